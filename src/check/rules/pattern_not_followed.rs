//! Architectures that lack what the patterns ask for that they follow.

use crate::check::conformance::{self, Conformance, Connection, Missing};
use crate::check::rule::{Check, Rule};
use crate::check::{Context, words};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::{Architecture, Edge, Element, ElementId, Model, Variety};
use crate::source::Span;
use crate::syntax::ast::{Arrow, Path};

pub(in crate::check) const RULE: Rule = Rule {
    code: "pattern/not-followed",
    level: Level::Error,
    summary: "an architecture lacks what the pattern asks for that it follows",
    documentation: r#"
`architecture x follows p` promises that x has the services and the edges of the pattern p, whatever they are called and
whatever else is there. A service stands for one of the pattern's if it is of the same kind, or of one that inherits from
it; a carrier of an edge counts as a service. An edge stands for one of the pattern's if it leads from the same service to
the same other along the same arrow, be it through more carriers. Parameters that stand for elements may be anything of
their sort. Of all ways to see the pattern in the architecture, the one counts that leaves the least missing.

```arch bad
pattern archive(source: external, reader: person) {
  service stream: aws.kinesis.stream
  service store: aws.s3
  source -> stream
  stream -> store via aws.firehose
  store -> reader via aws.athena
}

architecture shop "Shop" follows archive {
  external web "Web"
  person analysts "Analysts"
  service clicks: aws.kinesis.stream "Clicks"
  service enrich: aws.lambda "Enrich"
  service lake: aws.s3 "Lake"
  web -> clicks
  clicks -> enrich -> lake
  lake -> analysts via aws.athena
}
```

Declare what is missing, or do not promise to follow the pattern. Where it is left out on purpose, say so with
`@allow(pattern/not-followed, "…")` before the architecture.

```arch good
pattern archive(source: external, reader: person) {
  service stream: aws.kinesis.stream
  service store: aws.s3
  source -> stream
  stream -> store via aws.firehose
  store -> reader via aws.athena
}

architecture shop "Shop" follows archive {
  external web "Web"
  person analysts "Analysts"
  service clicks: aws.kinesis.stream "Clicks"
  service lake: aws.s3 "Lake"
  web -> clicks
  clicks -> lake via aws.firehose
  lake -> analysts via aws.athena
}
```
"#,
    check: Check::Model(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // An environment may leave out what the pattern asks for.
    let Some(templates) = context.templates.filter(|_| context.model.environment.is_none()) else { return };
    for architecture in &context.model.architectures {
        for follows in &architecture.follows {
            let Some(template) = templates.find_architecture(&follows.text) else { continue };
            let conformance = conformance::compare(context.model, architecture, templates, template);
            let report = Report { model: context.model, templates, architecture, follows, conformance: &conformance };
            found.extend(conformance.missing.iter().map(|missing| report.finding(*missing, template)));
        }
    }
}

struct Report<'a> {
    model: &'a Model,
    templates: &'a Model,
    architecture: &'a Architecture,
    follows: &'a Path,
    conformance: &'a Conformance,
}

impl Report<'_> {
    fn finding(&self, missing: Missing, template: &Architecture) -> Diagnostic {
        let (what, at, help) = match missing {
            Missing::Element(id) => self.element(self.templates.element(id), template),
            Missing::Connection(connection) => self.connection(connection, template),
        };
        let (name, pattern) = (&self.architecture.name, &self.follows.text);
        let finding = RULE
            .at(self.follows.span, format!("`{name}` follows `{pattern}`, and has no {what}"))
            .also(at, "the pattern asks for it here")
            .help(help);
        match missing {
            Missing::Element(id) => self.with_carrier(finding, id, template),
            Missing::Connection(_) => finding,
        }
    }

    /// Adds the fix that lets a missing carrier carry the edge that it carries in the pattern.
    fn with_carrier(&self, finding: Diagnostic, carrier: ElementId, template: &Architecture) -> Diagnostic {
        let kind = self.templates.kind_of(self.templates.element(carrier));
        let own = self.edge_of(carrier, template).and_then(|(from, arrow, to)| {
            let mut edges = self.model.edges.iter().filter(|it| (it.from, it.arrow, it.to) == (from, arrow, to));
            let own = edges.find(|it| it.carriers.is_empty() && !it.lost_carrier)?;
            // What one carries in a statement of several, all of them would be carried by.
            let is_alone = self.model.edges.iter().filter(|it| it.span == own.span).count() == 1;
            is_alone.then_some(own)
        });
        match (own, kind) {
            (Some(own), Some(kind)) if own.to_span.file.instance() == 0 => {
                let replacement = format!(" via {}", kind.name);
                let title = format!("Let `{}` carry it", kind.name);
                finding.fix(title, own.to_span.after(), replacement).sure_if(false)
            }
            _ => finding,
        }
    }

    /// The edge of the architecture that a carrier of the pattern belongs to.
    fn edge_of(&self, carrier: ElementId, template: &Architecture) -> Option<(ElementId, Arrow, ElementId)> {
        let mut edges = template.edges.iter().map(|id| self.templates.edge(*id));
        let edge = edges.find(|edge| edge.carriers.contains(&carrier))?;
        let own = |id| self.conformance.matched.get(&id).copied();
        Some((own(edge.from)?, edge.arrow, own(edge.to)?))
    }

    fn element(&self, element: &Element, template: &Architecture) -> (String, Span, String) {
        let kind = self.templates.kind_of(element).map_or("element", |kind| &kind.name);
        let name = words::name(self.templates, element.id);
        let what = match element.variety {
            _ if element.variety == Variety::Carrier && words::is_anonymous(element) => format!("`{kind}`"),
            _ if element.group.is_none() => format!("`{kind}` for the parameter `{name}`"),
            _ => format!("`{kind}` for `{name}`"),
        };
        let help = match element.variety {
            Variety::Carrier => self.carrier(element.id, template, kind),
            Variety::External => {
                format!("declare it, such as `external {name}`, with the edges that the pattern gives it")
            }
            Variety::Person => {
                format!("declare them, such as `person {name}`, with the edges that the pattern gives them")
            }
            _ => format!("declare it, such as `service {name}: {kind}`, with the edges that the pattern gives it"),
        };
        (what, element.kind_span.written(), help)
    }

    /// The edge that a missing carrier belongs to, in the architecture's own names.
    fn carrier(&self, carrier: ElementId, template: &Architecture, kind: &str) -> String {
        match self.edge_of(carrier, template) {
            Some((from, arrow, to)) => {
                let [from, to] = [from, to].map(|id| self.model.path(id));
                format!("let it carry an edge: `{from} {} {to} via {kind}`", arrow.symbol())
            }
            None => format!("let it carry an edge: `… via {kind}`"),
        }
    }

    /// What to call an element of the architecture: its path, or the kind of a carrier without a name.
    fn called(&self, id: ElementId) -> String {
        if words::is_anonymous(self.model.element(id)) {
            return words::name(self.model, id).to_owned();
        }
        self.model.path(id)
    }

    fn connection(&self, connection: Connection, template: &Architecture) -> (String, Span, String) {
        let Connection { from, to, arrow } = connection;
        let own = |id: ElementId| self.conformance.matched.get(&id).copied();
        let called = |id: ElementId| own(id).map_or_else(String::new, |id| self.called(id));
        let (own_from, own_to) = (called(from), called(to));
        let carriers = [from, to].into_iter().filter_map(own).map(|id| self.model.element(id));
        let nameless = carriers.into_iter().find(|element| words::is_anonymous(element));
        let what = match arrow {
            Arrow::Call => "call",
            Arrow::Side => "side channel",
            Arrow::Data | Arrow::Reply => "edge",
        };
        let mut edges = template.edges.iter().map(|id| self.templates.edge(*id));
        let declares = |edge: &&Edge| {
            let mut hops = self.templates.hops(edge);
            hops.any(|hop| (hop.from, hop.to, hop.arrow) == (from, to, arrow))
        };
        let at = edges.find(declares).map_or(template.name_span, |edge| edge.arrow_span);
        let what = format!("{what} from `{own_from}` to `{own_to}`");
        let help = match nameless {
            None => format!("declare it: `{own_from} {} {own_to}`", arrow.symbol()),
            Some(carrier) => {
                let kind = self.called(carrier.id);
                format!(
                    "give the carrier a name, `via NAME: {kind}`, so that an edge can name it; or let it carry another edge"
                )
            }
        };
        (what, at.written(), help)
    }
}
