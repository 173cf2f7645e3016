//! Expressions, their values and how these came about.

use std::fmt::Write;

use super::{Direction, Evaluated, Facts, PropertyFact, Type, derive, evaluate};
use crate::catalog::{Catalog, KindId, load};
use crate::flow::{Basis, Flow, Rates};
use crate::quantity::Amount;
use crate::source::{Origin, SourceMap};
use crate::syntax;

const KIND: &str = "
kind element \"Element\" {
  property region: symbol
}
kind stream \"Stream\" {
  property mode: one_of(provisioned, on-demand) = provisioned
  property retention: duration = 24 h
  property memory: size = 512 MiB
  property duration: duration
  property queries: rate = 300/d
  property keep: percent = 80%
  property shards: count = max(1, ceil(in.peak.bytes / 1 MiB/s))
";

/// A service that receives 2,000 records a second of 2 KiB and 10 of 30 KiB, three times as many at the peak.
struct Service {
    catalog: Catalog,
    kind: KindId,
    received: Flow,
}

impl Facts for Service {
    fn property(&self, name: &str) -> PropertyFact<'_> {
        let Some(spec) = self.catalog.property(self.kind, name) else { return PropertyFact::Unknown };
        match (&spec.default, &spec.computed) {
            (Some(default), _) => PropertyFact::Value(default),
            (None, Some(computed)) => PropertyFact::Computed(computed),
            (None, None) => PropertyFact::Unknown,
        }
    }

    fn flow(&self, direction: Direction) -> Option<&Flow> {
        (direction == Direction::In).then_some(&self.received)
    }

    fn edges(&self, _: Direction) -> usize {
        2
    }
}

fn rates(mean: i128) -> Rates {
    Rates { mean: Amount::whole(mean), peak: Amount::whole(3 * mean) }
}

fn service(statement: &str) -> (Service, Vec<String>) {
    let text = format!("{KIND}  {statement}\n}}\n");
    let mut sources = SourceMap::default();
    let file = sources.add("kind.arch", text.clone(), Origin::Workspace);
    let parse = syntax::parse(file, &text);
    let (catalog, found) = load(&[], &[&parse.tree]);
    let found = parse.diagnostics.into_iter().chain(found);
    let found = found.map(|it| format!("{} `{}`", it.message, sources.text(it.primary.span))).collect();
    let kind = catalog.find("stream").unwrap();
    let received = Flow::of(rates(2_000), Some(Amount::whole(2_048)));
    let received = received.merged(&Flow::of(rates(10), Some(Amount::whole(30_720)))).unwrap();
    (Service { catalog, kind, received }, found)
}

fn value_in_words(value: &Evaluated, ty: Type) -> String {
    match (value, ty) {
        (Evaluated::Amount(amount), Type::Amount(dimension)) => amount.in_words(dimension),
        (Evaluated::Truth(truth), _) => truth.to_string(),
        (Evaluated::Symbol(symbol), _) => symbol.to_string(),
        (Evaluated::Flow(flow), _) => format!("{:?}", flow.parcels().collect::<Vec<_>>()),
        (value, ty) => panic!("{value:?} is not {ty}"),
    }
}

/// What becomes of each expression of a meter: its value for the mean and for the peak, and its derivation.
fn meters(expressions: &[&str]) -> String {
    let mut out = String::new();
    for expression in expressions {
        let (service, found) = service(&format!("meter \"m\" = {expression} @ a.b"));
        writeln!(out, "{expression}").unwrap();
        for message in found {
            writeln!(out, "    error: {message}").unwrap();
        }
        let Some(meter) = service.catalog.meters(service.kind).first().copied() else { continue };
        for basis in [Basis::Mean, Basis::Peak] {
            match evaluate(&meter.quantity, &service, basis) {
                Ok(value) => writeln!(
                    out,
                    "    {basis:?}: {} = {}",
                    value_in_words(&value, meter.quantity.ty),
                    derive(&meter.quantity, &service, basis)
                ),
                Err(unknown) => writeln!(out, "    {basis:?}: not known without {:?}", unknown.missing),
            }
            .unwrap();
        }
    }
    out
}

#[test]
fn values_and_derivations() {
    insta::assert_snapshot!(meters(&[
        "in.records",
        "in.bytes",
        "in.peak.records",
        "in.edges",
        "chunks(in, of = 25 KiB)",
        "billed(in, round_up = 5 KiB)",
        "billed(in, round_up = 1 MiB, at_least = 10 MiB)",
        "billed(in)",
        "largest(in)",
        "in.bytes * retention",
        "memory * duration * in.records",
        "default(duration, 2 s) * in.records",
        "shards",
        "shards * 1_000/s - 20/s",
        "if(mode == provisioned, 1, 2) * queries",
        "if(and(mode == on-demand, given(duration)), 1, 2)",
        "if(given(duration), 1, 2)",
        "min(in.records, 500/s, queries)",
        "ceil(in.records / 700/s)",
        "-keep * (queries + in.records)",
        "(in.records + queries) / (retention / 1 h)",
        "in.records / (1 - 100%)",
        "side.records + in.records",
        "out.bytes",
    ]));
}

#[test]
fn mistakes() {
    insta::assert_snapshot!(meters(&[
        "in.bytes + in.records",
        "5 records/s + 5 requests/s",
        "retention - memory",
        "3 USD + 3 EUR",
        "ceil(in.bytes)",
        "in",
        "in.byte",
        "shard",
        "if(mode, 1, 2)",
        "if(mode == provisoned, 1, 2)",
        "if(retention > 5 MB, 1, 2)",
        "if(true, 1 s, 1 MB)",
        "one_of(mode, on-demand)",
        "chunk(in, of = 25 KiB)",
        "chunks(in)",
        "chunks(in, size = 25 KiB)",
        "chunks(in, of = 25 s)",
        "max(1)",
        "given(5)",
        "mode * 2",
        "[1, 2]",
        "5 GBit",
    ]));
}

/// What leaves a service whose kind says so.
fn passes(expression: &str) -> String {
    let (service, found) = service(&format!("passes = {expression}"));
    match service.catalog.passes(service.kind) {
        Some(passes) => match super::evaluate_flow(passes, &service) {
            Ok(flow) => {
                let parcel = |(size, rates): (Option<Amount>, Rates)| {
                    let size = size.map_or("?".to_owned(), |size| size.to_string());
                    format!("{} (peak {}) of {size} B", rates.mean, rates.peak)
                };
                flow.parcels().map(parcel).collect::<Vec<_>>().join("; ")
            }
            Err(unknown) => format!("not known without {:?}", unknown.missing),
        },
        None => found.join("; "),
    }
}

#[test]
fn what_leaves() {
    let expressions = [
        "in",
        "nothing",
        "batched(in, upto = 5 MiB, every = 300 s)",
        "batched(in, upto = 1 PiB, every = 300 s)",
        "scaled(in, records = 0.5, bytes = 2)",
        "scaled(in, bytes = 0.25)",
        "resized(in, size = 1 KiB)",
        "flow(queries, 4 KiB)",
        "merged(in, flow(10/s, 30 KiB))",
        "side",
        "out",
        "in.bytes",
        "resized(in, size = duration * 1 KiB/s)",
    ];
    let lines: Vec<_> = expressions.iter().map(|it| format!("{it}\n    {}", passes(it))).collect();
    insta::assert_snapshot!(lines.join("\n"));
}
