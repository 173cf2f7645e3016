//! Links in documentation that lead nowhere.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::check::Context;
use crate::check::rule::{Check, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::docs::{self, Form, Link, Target, files};
use crate::model::{Lookup, Scope, Variety};
use crate::select;
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{Doc, Path};

pub(in crate::check) const RULE: Rule = Rule {
    code: "docs/broken-link",
    level: Level::Warning,
    summary: "a link in documentation that leads nowhere",
    documentation: r#"
Documentation is Markdown, and its links are checked: one in brackets and back-ticks names an element, as an edge would; one
with a path leads to a file of the workspace, seen from the file it stands in; one with `#` to a heading. What has been
renamed or removed since would be a dead link on the page. Addresses on the web are not looked at, but they have to begin with
`https:`, `http:` or `mailto:`: others, which could make an editor run a command, are left out of pages and hovers.

```arch bad
/// Everything lands in [`rawzone`] first; see [the numbers](#numbers).
architecture lake "Lake" {
  external crm "CRM"
  service raw_zone: aws.s3
  crm -> raw_zone via aws.appflow
}
```

Correct the link, or remove the brackets. A word in brackets without back-ticks is taken for text unless it nearly is the
name of an element; `\[` makes it text for certain.

```arch good
/// Everything lands in [`raw_zone`] first; see [the numbers](#numbers) [sic].
///
/// # Numbers
/// Two million records a day.
architecture lake "Lake" {
  external crm "CRM"
  service raw_zone: aws.s3
  crm -> raw_zone via aws.appflow
}
```
"#,
    check: Check::Model(check),
};

/// For how many links a near name is looked for: each look compares with all names of an architecture.
const MAX_SUGGESTIONS: usize = 100;

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let model = context.model;
    let checker = Checker { context, suggestions: Cell::new(0), files: RefCell::default() };
    for architecture in &model.architectures {
        let scope = Scope { architecture: architecture.id, group: None };
        checker.text(architecture.doc.as_ref(), Some(scope), found);
    }
    for element in &model.elements {
        let group = if element.variety == Variety::Group { Some(element.id) } else { element.group };
        let scope = Scope { architecture: element.architecture, group };
        checker.text(element.doc.as_ref(), Some(scope), found);
    }
    // One statement may declare several edges, which have their text in common.
    for edges in model.edges.chunk_by(|a, b| a.span == b.span) {
        let Some(edge) = edges.first() else { continue };
        let scope = Scope { architecture: edge.architecture, group: edge.group };
        checker.text(edge.doc.as_ref(), Some(scope), found);
    }
    for head in model.heads() {
        checker.text(head.doc.as_ref(), head.scope(), found);
    }
    for part in model.environments.iter().flat_map(|environment| &environment.parts) {
        // At the top of a file, a name means what it means on the page that the text will stand on.
        let Some(architecture) = part.architecture else { continue };
        checker.text(part.doc.as_ref(), Some(Scope { architecture, group: None }), found);
    }
    for record in context.decisions().all.iter().filter(|decision| decision.path.is_some()) {
        let mut broken = Vec::new();
        checker.text(record.text.as_ref(), record.scope(), &mut broken);
        // A decision that is referred to has a finding of its own, if there is none.
        let references: Vec<Span> =
            record.supersedes.iter().chain(&record.superseded_by).map(|it| it.name.span).collect();
        broken.retain(|finding| !references.iter().any(|it| it.contains(finding.primary.span)));
        found.append(&mut broken);
    }
    for topic in &context.workspace.topics {
        checker.text(Doc::of_file(*topic, context.workspace.sources.file(*topic).text(), 0).as_ref(), None, found);
    }
}

struct Checker<'c, 'a> {
    context: &'c Context<'a>,
    suggestions: Cell<usize>,
    /// The anchors of the Markdown files that links lead to; none of a file that was not read.
    files: RefCell<BTreeMap<String, Option<Anchors>>>,
}

/// The anchors of the headings of a text.
type Anchors = BTreeSet<String>;

impl Checker<'_, '_> {
    fn text(&self, doc: Option<&Doc>, scope: Option<Scope>, found: &mut Vec<Diagnostic>) {
        // Most texts have no link, and parsing Markdown is not cheap.
        let Some(doc) = doc.filter(|doc| doc.text.contains(['[', '<'])) else { return };
        let own = OnceCell::new();
        found.extend(docs::links(&doc.text).iter().filter_map(|link| self.link(doc, link, scope, &own)));
    }

    fn link(&self, doc: &Doc, link: &Link, scope: Option<Scope>, own: &OnceCell<Anchors>) -> Option<Diagnostic> {
        let at = doc.span_of(link.target_range.clone());
        match &link.target {
            Target::Element(path) => self.element(path, at, scope, link.form),
            Target::Heading(slug) => self.heading(slug, own.get_or_init(|| anchors(&doc.text)), "this text", at),
            Target::File { path, heading } => self.file(path, heading.as_deref(), at, scope),
            Target::Web(_) => None,
            Target::Foreign(address) => Some(foreign(address, at)),
        }
    }

    fn element(&self, name: &str, at: Span, scope: Option<Scope>, form: Form) -> Option<Diagnostic> {
        let path = Path { text: name.into(), span: at };
        match self.context.model.look_up(scope, &path) {
            Lookup::Element(_) | Lookup::Architecture(_) | Lookup::Absent => None,
            Lookup::Ambiguous(ids) => Some(select::ambiguous(self.context.model, RULE.code, name, at, &ids)),
            Lookup::Nothing => {
                let near = self.near(&path, scope);
                // A word in brackets may be just that.
                if form == Form::Shortcut && near.is_none() {
                    return None;
                }
                let finding = RULE.at(at, format!("this link names no element: there is no `{name}`"));
                Some(finding.did_you_mean(name, at, near.as_deref(), || {
                    "correct the name, or remove the brackets if no link is meant".into()
                }))
            }
        }
    }

    /// The name that was meant, if it means one thing.
    fn near(&self, path: &Path, scope: Option<Scope>) -> Option<String> {
        let model = self.context.model;
        let near = self.may_suggest().then(|| model.near_name(scope, path, [])).flatten()?;
        let meant = model.look_up(scope, &Path { text: near.as_str().into(), span: path.span });
        matches!(meant, Lookup::Element(_) | Lookup::Architecture(_)).then_some(near)
    }

    fn may_suggest(&self) -> bool {
        self.suggestions.set(self.suggestions.get() + 1);
        self.suggestions.get() <= MAX_SUGGESTIONS
    }

    /// A finding, if none of the headings of a text has this anchor.
    fn heading(&self, slug: &str, anchors: &Anchors, place: &str, at: Span) -> Option<Diagnostic> {
        if anchors.contains(slug) {
            return None;
        }
        let candidates = self.may_suggest().then_some(anchors).into_iter().flatten();
        let finding = RULE.at(at, format!("{place} has no heading `#{slug}`"));
        let near = suggest::nearest(slug, candidates.map(String::as_str));
        let Some(near) = near else {
            return Some(finding.help("a heading's anchor is its words in lower case, with `-` for each blank"));
        };
        let written = self.context.workspace.sources.text(at);
        let Some(start) = written.rfind('#').filter(|start| written.get(start + 1..) == Some(slug)) else {
            return Some(finding.help(format!("did you mean `#{near}`?")));
        };
        let (written, right) = (format!("#{slug}"), format!("#{near}"));
        let at = at.slice(start, start + written.len());
        Some(finding.did_you_mean(&written, at, Some(&right), String::new))
    }

    fn file(&self, written: &str, slug: Option<&str>, at: Span, scope: Option<Scope>) -> Option<Diagnostic> {
        let workspace = self.context.workspace;
        let known = workspace.known_files.as_ref()?;
        let path = files::resolve(workspace.sources.file(at.file).path(), written)?;
        if !files::exists(known, &path) {
            let candidates = self.may_suggest().then_some(known).into_iter().flatten();
            let near = suggest::nearest(&path, candidates.map(String::as_str));
            let named = Path { text: written.into(), span: at };
            let is_element = matches!(self.context.model.look_up(scope, &named), Lookup::Element(_));
            let help = match near {
                _ if is_element => format!("an element is named in brackets: `[…][{written}]`"),
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "a path is seen from the file that the link stands in; with `/` in front, from the workspace's root"
                        .into()
                }
            };
            let finding = RULE.at(at, format!("there is no file `{path}`"));
            // The file of another name in the same folder.
            let written_at = self.context.workspace.sources.text(at).rfind(written);
            let parts = near.and_then(|near| Some((split(near), split(&path), written_at?)));
            return Some(match parts {
                Some(((folder, near), (same, name), start)) if folder == same && written.ends_with(name) => {
                    let start = start + written.len() - name.len();
                    finding.did_you_mean(name, at.slice(start, start + name.len()), Some(near), String::new).help(help)
                }
                _ => finding.help(help),
            });
        }
        let slug = slug?;
        let mut read = self.files.borrow_mut();
        let anchors =
            read.entry(path.clone()).or_insert_with(|| files::text(&workspace.sources, &path).map(self::anchors));
        self.heading(slug, anchors.as_ref()?, &format!("`{path}`"), at)
    }
}

/// An address that could do more than show a page, or does nothing at all.
fn foreign(address: &str, at: Span) -> Diagnostic {
    let finding = match docs::scheme(address).unwrap_or_default().as_str() {
        "" => RULE.at(at, "this link does not say how its address is reached"),
        scheme => RULE.at(at, format!("a link to `{scheme}:` leads nowhere: neither pages nor editors follow it")),
    };
    finding.help("links begin with `https:`, `http:` or `mailto:`, or are paths of the workspace")
}

/// The folder of a path, and the name in it.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn anchors(text: &str) -> Anchors {
    docs::headings(text).into_iter().map(|heading| heading.slug).collect()
}
