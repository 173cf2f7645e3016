//! What an editor asks of a workspace, one feature a file: offsets and plain data in, plain data out. Nobody here knows a
//! protocol.

pub mod actions;
mod calls;
mod colours;
mod completion;
mod declared;
mod effective;
mod examples;
mod folding;
mod formatting;
mod headroom;
mod hints;
mod hover;
mod keywords;
mod lenses;
mod links;
mod money;
pub mod names;
mod navigation;
mod parts;
mod place;
mod places;
mod plain;
mod position;
mod preview;
mod rename;
mod selection;
mod signature;
mod symbols;

pub use calls::{Connections, Neighbour, element_of, elements_at, incoming, neighbour, outgoing};
pub use colours::{Colour, ColourSort, Shades, colours};
pub use completion::{About, Completions, Item, Sort, completion, completion_of_settings, documentation, in_snippet};
pub use effective::Effective;
pub use folding::{Fold, FoldSort, folds};
pub use formatting::{formatting, range_formatting, typing_formatting};
pub use headroom::Headrooms;
pub use hints::{Hint, Wanted, hints};
pub use hover::{Hover, Links, hover, hover_of_settings};
pub use keywords::{Word, keyword};
pub use lenses::{Lens, LensKind, cost_of, lenses, uses_of};
pub use links::{DocumentLink, LinkTarget, document_links, file_of_link};
pub use names::{Definition, DefinitionId, Meaning, Names, Occurrence, Role};
pub use navigation::{Leads, Target, allowed_rule, definition, references, type_definition};
pub use place::statements_at;
pub use places::Places;
pub use plain::plain;
pub use preview::{Bill as BillPreview, Preview, bill, diagram};
pub use rename::{Refusal, Renamable, prepare_rename, rename};
pub use selection::selections;
pub use signature::{Help, Parameter, signature};
pub use symbols::{Fit, Found, MAX_FOUND, Symbol, SymbolSort, search, symbols};

use std::cell::OnceCell;
use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::{self, Analysis, Parses};
use crate::cost::{self, Bill, Terms};
use crate::load::{self, Loads};
use crate::model::Model;
use crate::pattern::Library;
use crate::project::Workspace;
use crate::quantity::Amount;
use crate::source::{FileId, Origin};
use crate::syntax::{Parse, ast};

/// A workspace as it is at one moment, with all that is known of it. What takes time and is not always asked for is
/// computed when it is.
#[derive(Debug)]
pub struct Snapshot {
    /// The files and the settings.
    pub workspace: Workspace,
    /// Their trees.
    pub parses: Parses,
    /// The model and the findings.
    pub analysis: Analysis,
    /// The day that decides what has expired.
    pub today: Date,
    all_names: OnceCell<Names>,
    bill: OnceCell<Bill>,
    headrooms: OnceCell<Headrooms>,
    loads: OnceCell<Arc<Loads>>,
    names: OnceCell<Names>,
    places: OnceCell<Places>,
    library: OnceCell<Library>,
}

impl Snapshot {
    /// Parses and analyses a workspace.
    pub fn new(workspace: Workspace, today: Date) -> Snapshot {
        let parses = Parses::of(&workspace);
        Snapshot::of(workspace, parses, today, None)
    }

    /// Analyses a workspace whose files have been parsed, given what was known of it before.
    pub fn of(workspace: Workspace, parses: Parses, today: Date, earlier: Option<&Analysis>) -> Snapshot {
        let analysis = analysis::analyse_parses(&workspace, &parses, today, earlier);
        Snapshot {
            workspace,
            parses,
            analysis,
            today,
            all_names: OnceCell::new(),
            bill: OnceCell::new(),
            headrooms: OnceCell::new(),
            loads: OnceCell::new(),
            names: OnceCell::new(),
            places: OnceCell::new(),
            library: OnceCell::new(),
        }
    }

    /// What the files mean.
    pub fn model(&self) -> &Model {
        &self.analysis.model
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.workspace.sources.file(file).text()
    }

    /// The tree of a file of the workspace or of the catalog that ships; none of one that is no source.
    pub fn tree(&self, file: FileId) -> Option<&ast::File> {
        let file = file.written();
        let find = |files: &[FileId]| files.iter().position(|it| *it == file);
        let parse = match self.workspace.sources.file(file).origin() {
            Origin::Workspace => self.parses.written.get(find(&self.workspace.files)?),
            Origin::Catalog => self.parses.shipped.get(find(&self.workspace.catalog)?),
        };
        parse.map(|parse| &parse.tree)
    }

    /// What moves where.
    pub fn loads(&self) -> &Loads {
        let known = || self.analysis.loads().cloned();
        self.loads.get_or_init(|| known().unwrap_or_else(|| Arc::new(load::load(self.model(), Amount::ONE))))
    }

    /// The patterns that there are.
    pub fn library(&self) -> &Library {
        self.library.get_or_init(|| {
            fn trees(parses: &[Arc<Parse>]) -> Vec<&ast::File> {
                parses.iter().map(|parse| &parse.tree).collect()
            }
            Library::of(&trees(&self.parses.shipped), &trees(&self.parses.written), &self.model().catalog)
        })
    }

    /// What everything costs.
    pub fn bill(&self) -> &Bill {
        self.bill.get_or_init(|| {
            let prices = self.workspace.price_book();
            cost::bill(self.model(), self.loads(), Terms { prices: &prices, free_tier: false })
        })
    }

    /// The quotas that services are closest to.
    pub fn headrooms(&self) -> &Headrooms {
        self.headrooms.get_or_init(|| Headrooms::of(self))
    }

    /// Where the model is written.
    pub fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::of(self.model()))
    }
}
