//! What an editor asks of a workspace, one feature a file: offsets and plain data in, plain data out. Nobody here knows a
//! protocol.

mod completion;
mod formatting;
mod position;
mod signature;

pub use completion::{About, Completions, Item, Sort, completion, documentation};
pub use formatting::formatting;
pub use signature::{Help, Parameter, signature};

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
    loads: OnceCell<Loads>,
    bill: OnceCell<Bill>,
    library: OnceCell<Library>,
}

impl Snapshot {
    /// Parses and analyses a workspace.
    pub fn new(workspace: Workspace, today: Date) -> Snapshot {
        let parses = Parses::of(&workspace);
        Snapshot::of(workspace, parses, today)
    }

    /// Analyses a workspace whose files have been parsed.
    pub fn of(workspace: Workspace, parses: Parses, today: Date) -> Snapshot {
        let analysis = analysis::analyse_parses(&workspace, &parses, today);
        Snapshot {
            workspace,
            parses,
            analysis,
            today,
            loads: OnceCell::new(),
            bill: OnceCell::new(),
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
        self.loads.get_or_init(|| load::load(self.model(), Amount::ONE))
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
}
