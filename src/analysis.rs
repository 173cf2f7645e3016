//! The middle of the way: a workspace in, a model and all findings out.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::catalog::{self, Catalog};
use crate::check;
use crate::diagnostic::Diagnostic;
use crate::load::{Kept, Loads};
use crate::model::{self, Model, Overlay};
use crate::pattern::{self, Expansion, Library};
use crate::policy;
use crate::project::Workspace;
use crate::quantity::Quantity;
use crate::source::{FileId, Span};
use crate::syntax::{self, Parse, ast};

/// What is known of a workspace.
#[derive(Debug)]
pub struct Analysis {
    /// What the files mean, as far as they were understood.
    pub model: Model,
    /// The patterns that nobody uses and those that an architecture follows, each on its own as an architecture of its name.
    pub templates: Model,
    /// The findings, by file and place, with the workspace's levels and `@allow` applied.
    pub diagnostics: Vec<Diagnostic>,
    /// How the examples of the team's own rules came out.
    pub trials: check::Trials,
    /// The loads, if a rule has asked for them.
    loads: Option<Kept>,
    loaded: Loaded,
}

/// A catalog, and what it is made of.
#[derive(Clone, Debug)]
struct Loaded {
    catalog: Arc<Catalog>,
    mistakes: Vec<Diagnostic>,
    /// The files that declare kinds and wires, beside those that ship.
    declaring: Vec<Arc<Parse>>,
}

impl Analysis {
    /// What moves where, if that has been computed.
    pub fn loads(&self) -> Option<&Arc<Loads>> {
        self.loads.as_ref().map(|kept| &kept.loads)
    }
}

/// What the parser made of the files of a workspace. Whoever analyses again after a change, such as an editor, keeps those of
/// the files that did not change.
#[derive(Clone, Debug, Default)]
pub struct Parses {
    /// Those of the catalog that ships, in the order of [`Workspace::catalog`].
    pub shipped: Vec<Arc<Parse>>,
    /// Those of the workspace, in the order of [`Workspace::files`].
    pub written: Vec<Arc<Parse>>,
}

impl Parses {
    /// Parses all files of a workspace.
    pub fn of(workspace: &Workspace) -> Parses {
        let parse = |file: &FileId| Arc::new(syntax::parse(*file, workspace.sources.file(*file).text()));
        Parses {
            shipped: workspace.catalog.iter().map(parse).collect(),
            written: workspace.files.iter().map(parse).collect(),
        }
    }

    fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.shipped.iter().chain(&self.written).flat_map(|parse| &parse.diagnostics)
    }
}

/// The trees, as most stages take them.
fn trees(parses: &[Arc<Parse>]) -> Vec<&ast::File> {
    parses.iter().map(|parse| &parse.tree).collect()
}

/// What an analysis supposes beside what the files say. The default supposes nothing.
#[derive(Clone, Debug, Default)]
pub struct Situation {
    /// The environment to look at; none for the base.
    pub environment: Option<String>,
    /// Sources of one property each, `lake.raw.retention = 30 d`, which have the last word. They are in the workspace's map
    /// of sources, and none of its files.
    pub overrides: Vec<FileId>,
    /// A factor on the load of all sources, beyond that of the environment: a percentage or a multiple.
    pub scale: Option<Quantity>,
}

/// Why a situation cannot be supposed.
#[derive(Debug)]
pub enum Impossible {
    /// There is no environment of the name.
    Environment {
        /// The name.
        name: String,
        /// The environments that there are, sorted.
        known: Vec<String>,
    },
    /// What is wrong with an override.
    Override(Box<Diagnostic>),
}

/// Parses, resolves and checks a workspace. `today` decides which `@allow` have expired.
pub fn analyse(workspace: &Workspace, today: Date) -> Analysis {
    analyse_parses(workspace, &Parses::of(workspace), today, None)
}

/// The same for files that have been parsed. What an earlier analysis found out and no change has touched, is not found out
/// again.
pub fn analyse_parses(workspace: &Workspace, parses: &Parses, today: Date, earlier: Option<&Analysis>) -> Analysis {
    analyse_over(workspace, parses, &Overlay::default(), today, earlier)
}

/// The same in a situation.
///
/// # Errors
/// Says which environment there is not, or the first thing that is wrong with the overrides.
pub fn analyse_in(workspace: &Workspace, situation: &Situation, today: Date) -> Result<Analysis, Impossible> {
    let property = |file: &FileId| syntax::parse_property(*file, workspace.sources.file(*file).text());
    let overrides: Result<Vec<_>, _> = situation.overrides.iter().map(property).collect();
    let overrides = overrides.map_err(Impossible::Override)?;
    let environment = situation.environment.as_deref();
    let overlay = Overlay { environment, overrides: overrides.iter().collect(), scale: situation.scale };
    let mut analysis = analyse_over(workspace, &Parses::of(workspace), &overlay, today, None);
    if let Some(name) = environment.filter(|name| analysis.model.find_environment(name).is_none()) {
        let known = analysis.model.environments.iter().map(|environment| environment.name.to_string()).collect();
        return Err(Impossible::Environment { name: name.to_owned(), known });
    }
    let is_override = |finding: &Diagnostic| situation.overrides.contains(&finding.primary.span.file);
    match analysis.diagnostics.iter().position(is_override) {
        Some(at) => Err(Impossible::Override(Box::new(analysis.diagnostics.swap_remove(at)))),
        None => Ok(analysis),
    }
}

fn analyse_over(
    workspace: &Workspace,
    parses: &Parses,
    overlay: &Overlay<'_>,
    today: Date,
    earlier: Option<&Analysis>,
) -> Analysis {
    let mut diagnostics: Vec<Diagnostic> = parses.diagnostics().cloned().collect();
    let (shipped, written) = (trees(&parses.shipped), trees(&parses.written));
    let declaring: Vec<_> = parses.written.iter().filter(|parse| has_catalog(parse)).cloned().collect();
    let loaded = earlier.and_then(|earlier| earlier.catalog_of(&declaring)).unwrap_or_else(|| {
        let (catalog, mistakes) = catalog::load(&shipped, &written);
        Loaded { catalog: Arc::new(catalog), mistakes, declaring }
    });
    diagnostics.extend(loaded.mistakes.iter().cloned());
    let Loaded { catalog, .. } = &loaded;
    let (expansion, found) = pattern::expand(&shipped, &written, catalog);
    diagnostics.extend(found);
    let templates = templates(&expansion, catalog);
    let model = model::resolve(expansion.trees(), Arc::clone(catalog), overlay);
    let known_loads = earlier.and_then(|earlier| Some((&earlier.model, earlier.loads.as_ref()?)));
    let base = check::Context::new(&model, workspace, today, &diagnostics)
        .with_templates(&templates.model)
        .with_loads(known_loads);
    let mut found = check::check(&base);
    let (trials, loads) = (base.trials().clone(), base.into_loads());
    if overlay.is_base() {
        for environment in model.environments.iter().take(MAX_ENVIRONMENTS) {
            let overlay = Overlay { environment: Some(&environment.name), ..Overlay::default() };
            let there = model::resolve(expansion.trees(), Arc::clone(catalog), &overlay);
            let context = check::Context::new(&there, workspace, today, &diagnostics).with_templates(&templates.model);
            add_what_is_new(&mut found, check::check(&context), &environment.name);
        }
    }
    // What the parser did not read, and names that no instance has: nothing else is to be said of these places.
    diagnostics.retain(|it| it.code == pattern::FREE_NAME || it.code.starts_with("syntax/"));
    diagnostics.extend(templates.diagnostics);
    let context = check::Context::new(&templates.model, workspace, today, &diagnostics).of_patterns();
    let unused = expansion.unused().map(|pattern| pattern.block_span);
    found.extend(check::check_patterns(&context, unused));
    check::sort(&mut found, &workspace.sources);
    found.dedup();
    Analysis { model, templates: templates.model, diagnostics: found, trials, loads, loaded }
}

impl Analysis {
    /// The catalog, if it is that of these files, none of which has changed.
    fn catalog_of(&self, declaring: &[Arc<Parse>]) -> Option<Loaded> {
        let known = &self.loaded.declaring;
        let is_same = known.len() == declaring.len() && known.iter().zip(declaring).all(|(a, b)| Arc::ptr_eq(a, b));
        is_same.then(|| self.loaded.clone())
    }
}

/// Whether a file declares kinds or wires, or may have meant to.
fn has_catalog(parse: &Parse) -> bool {
    let is_of_catalog = |statement: &ast::Statement| match statement {
        ast::Statement::Declaration(it) => it.keyword == ast::Keyword::Kind,
        ast::Statement::Wire(_) => true,
        _ => false,
    };
    !parse.tree.poisoned.is_empty() || parse.tree.statements.iter().any(is_of_catalog)
}

/// Patterns on their own, and what went wrong when they were used.
struct Templates {
    model: Model,
    diagnostics: Vec<Diagnostic>,
}

/// Those of the patterns that nobody uses, which are checked so, and of those that an architecture follows.
fn templates(expansion: &Expansion<'_>, catalog: &Arc<Catalog>) -> Templates {
    let unused = expansion.unused().map(|pattern| pattern.name.clone()).collect();
    let (file, diagnostics) = pattern::templates(&expansion.library, catalog, &expansion.followed, &unused);
    Templates { model: model::resolve([&file], Arc::clone(catalog), &Overlay::default()), diagnostics }
}

/// How many environments are looked at in depth when the base is checked.
const MAX_ENVIRONMENTS: usize = 16;

/// Adds what an environment's loads, costs, availabilities and regions make wrong, or what breaks a rule of the team's own
/// there and not in the base.
/// The rest is the same everywhere, or has been found in the environment's declaration.
fn add_what_is_new(found: &mut Vec<Diagnostic>, more: Vec<Diagnostic>, environment: &str) {
    let known: BTreeSet<(&str, Span)> =
        found.iter().map(|finding| (finding.code.as_ref(), finding.primary.span)).collect();
    let depends = |finding: &Diagnostic| {
        ["load/", "capacity/", "budget/", "availability/", "region/", policy::PREFIX]
            .iter()
            .any(|it| finding.code.starts_with(it))
    };
    let new = more
        .into_iter()
        .filter(|finding| depends(finding) && !known.contains(&(finding.code.as_ref(), finding.primary.span)));
    let new: Vec<Diagnostic> = new
        .map(|mut finding| {
            finding.message = format!("in `{environment}`, {}", finding.message);
            if let Some(measure) = &mut finding.measure {
                measure.of = format!("in `{environment}`, {}", measure.of);
            }
            finding
        })
        .collect();
    found.extend(new);
}

/// The kinds and wiring facts that hold in a workspace. What breaks their form is left out, as [`analyse`] reports.
pub fn catalog(workspace: &Workspace) -> Catalog {
    let parses = Parses::of(workspace);
    catalog::load(&trees(&parses.shipped), &trees(&parses.written)).0
}

/// The patterns that a workspace declares, and those that ship with the compiler.
pub fn patterns(workspace: &Workspace) -> Library {
    let parses = Parses::of(workspace);
    let (shipped, written) = (trees(&parses.shipped), trees(&parses.written));
    let (catalog, _) = catalog::load(&shipped, &written);
    pattern::expand(&shipped, &written, &catalog).0.library
}
