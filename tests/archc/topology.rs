//! What the shape of an architecture says.

mod brute_force;
mod large;

use archc::analysis::{Analysis, analyse};
use archc::check::rules;
use archc::emit::artifacts;
use archc::model::{ElementId, Model};
use archc::project::{self, Scope, Workspace};
use archc::topology::{Lack, SinglePoints, islands, longest_chains, orphans, promises};
use archc::vfs::{Disk, FileSystem, Memory};

fn workspace(files: &dyn FileSystem) -> Workspace {
    let codes: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
    project::load(files, Scope::Folder(""), &codes).unwrap()
}

fn load(files: &Memory) -> (Workspace, Analysis) {
    let workspace = workspace(files);
    let analysis = analyse(&workspace, "2026-01-01".parse().unwrap());
    (workspace, analysis)
}

fn model(text: &str) -> Model {
    load(&Memory::default().with("a.arch", text)).1.model
}

/// A model of one architecture.
fn inside(text: &str) -> Model {
    model(&format!("architecture a {{\n{text}\n}}\n"))
}

fn names(model: &Model, ids: &[ElementId]) -> String {
    ids.iter().map(|id| model.path(*id)).collect::<Vec<_>>().join(" ")
}

/// Each single point of failure: `point: sinks | sources`.
fn points(model: &Model) -> Vec<String> {
    let words = |point: archc::topology::SinglePoint<'_>| {
        let [starved, stranded] = [point.starved, point.stranded].map(|ids| names(model, ids));
        format!("{}: {starved} | {stranded}", model.path(point.element))
    };
    SinglePoints::of(model).iter().map(words).collect()
}

fn chain(model: &Model) -> String {
    longest_chains(model).values().map(|chain| names(model, &chain.elements)).collect::<Vec<_>>().join("; ")
}

/// Each promise: what it comes to, the chain, and what is not known of it.
fn outlooks(model: &Model) -> Vec<String> {
    let words = |promise: archc::topology::Promise| {
        let outlook = promise.outlook.unwrap();
        let [chain, unknown] = [outlook.chain, outlook.unknown].map(|ids| names(model, &ids));
        format!("{} of {chain} without [{unknown}]", outlook.at_most)
    };
    promises(model).into_iter().map(words).collect()
}

#[test]
fn data_passes_single_points() {
    let model =
        inside("external web, service a: job, service b: job, service c: job, person us\n web -> a -> b, c -> us");
    assert_eq!(points(&model), ["a: us | web"]);
    let model =
        inside("external web, service a: job, service b: job, service c: job\n web -> a -> b -> a\n web -> c -> b");
    assert_eq!(points(&model), [""; 0], "nothing ends, so that nothing is cut off");
}

#[test]
fn carriers_are_single_points_and_side_channels_are_no_way() {
    let model = inside(
        "external web, service s: aws.s3 { class = onezone-ia }, person us\n web -> s via aws.appflow\n s -> us\n web ~> us",
    );
    assert_eq!(points(&model), ["s: us | web", "web-appflow-s: us | web"]);
}

#[test]
fn what_is_redundant_is_none() {
    let chain =
        |facts: &str| inside(&format!("external web, service a: api {{ {facts} }}, person us\n web -> a -> us"));
    assert_eq!(points(&chain("")), ["a: us | web"]);
    assert_eq!(points(&chain("instances = 1")), ["a: us | web"]);
    assert_eq!(points(&chain("redundant = true")), [""; 0]);
    assert_eq!(points(&chain("instances = 2")), [""; 0], "the kind knows it from other properties");
    assert_eq!(points(&chain("instances = 2, redundant = false")), ["a: us | web"]);
}

#[test]
fn no_way_leads_through_what_others_run() {
    let model = inside("external bank, service a: api, service b: api, service c: api\n a => b => bank -> c");
    assert_eq!(points(&model), ["b: bank | a"]);
}

#[test]
fn a_source_on_the_way_is_a_single_point_for_those_before_it() {
    let model = inside("external web, service a: api { emits = 1/s of 1 KB }, person us\n web -> a -> us");
    assert_eq!(points(&model), ["a: us | web"]);
    let model = inside("service a: api { emits = 1/s of 1 KB }, service b: api, person us\n a -> b -> a, a -> us");
    assert_eq!(points(&model), [""; 0], "only its own data comes back to it");
}

#[test]
fn a_chain_of_calls_counts_each_service_once() {
    let model = inside(
        "person us, service a: api { slo = 99.9%, availability = 99% }, service b: api { availability = 99.9% }\n\
         service c: api { availability = 99.9% }, external d { availability = 99.5% }, service e: api\n\
         us => a => b, c => d, b => c, d => a, d -> e",
    );
    assert_eq!(outlooks(&model), ["0.98308088505 of a b c d without []"]);
}

#[test]
fn what_is_not_known_makes_no_promise_better() {
    let model = inside(
        "service a: api { slo = 99.9% }, service b: api { availability = 99.9%, slo = 99.9% }, service c: api\n a => b => c",
    );
    assert_eq!(outlooks(&model), ["0.999 of a b c without [a c]", "0.999 of b c without [c]"]);
    assert!(promises(&model).iter().all(|promise| !promise.is_broken()), "as much as was promised is enough");
}

#[test]
fn the_longest_chain_takes_the_way_declared_first_and_one_way_through_a_circle() {
    let nodes = "service a: api, service b: api, service c: api, service d: api, service e: api, person us\n";
    assert_eq!(chain(&inside(&format!("{nodes} us => a => b, c => d => us"))), "a b d");
    assert_eq!(chain(&inside(&format!("{nodes} a => b => c => d => b\n c => e"))), "a b c e");
    assert_eq!(chain(&inside(&format!("{nodes} a => b => a"))), "", "a circle alone is no chain");
    assert_eq!(chain(&inside(&format!("{nodes} a -> b ~> c"))), "");
}

#[test]
fn parts_that_nothing_connects_are_islands() {
    let found = |model: &Model| islands(model).iter().map(|island| names(model, &island.elements)).collect::<Vec<_>>();
    let nodes = "service a: api, service b: api, service c: api, service d: api, service lonely: api\n";
    assert_eq!(found(&inside(&format!("{nodes} a -> b\n c ~> d"))), ["c d"]);
    assert_eq!(found(&inside(&format!("{nodes} a -> b\n c -> d via aws.sqs"))), ["a b"], "the larger part is the rest");
    assert_eq!(
        found(&inside(&format!(
            "{nodes} group g {{ service e: api, service f: api\n e -> f }}\n a -> b\n c -> d ~> g"
        ))),
        ["a b"]
    );
    assert_eq!(
        found(&inside(&format!("{nodes} group g {{ group h {{ service e: api }}}}\n a ~> g\n b -> a\n h.e -> b"))),
        [""; 0]
    );
    let around = "architecture a { service one: api, service two: api\n one -> b.hub, b.hub -> two }\n\
                  architecture b { service hub: api }";
    assert_eq!(found(&model(around)), [""; 0], "the way leads through another architecture");
}

#[test]
fn stores_need_readers_and_writers() {
    let found = |text: &str| {
        let model =
            inside(&format!("service s: aws.s3, service d: aws.dynamodb, service f: job, service k: aws.sqs\n{text}"));
        let words = |lack| if lack == Lack::Reader { "unread" } else { "unwritten" };
        let all = orphans(&model);
        all.iter().map(|it| format!("{} {}", model.path(it.element), words(it.lack))).collect::<Vec<_>>()
    };
    assert_eq!(found("f -> s\n d -> f -> k"), ["s unread", "d unwritten"]);
    assert_eq!(found("f -> s\n f ~> s\n f => d"), [""; 0], "calls and side channels may do both");
    assert_eq!(found("s -> f -> d -> f"), ["s unwritten"]);
    assert_eq!(found("s -> s"), [""; 0], "what has no edges has a rule of its own");
}

/// The rules that are off, turned on.
const ALL_ON: &str = "[rules]\n\"architecture/island\" = \"note\"\n\"availability/single-point\" = \"note\"\n\"availability/unknown\" = \"note\"\n\
                      \"call/long-chain\" = \"note\"\n\"store/never-read\" = \"note\"\n\"store/never-written\" = \"note\"\n";

const SHOP: &str = "\
architecture shop \"Shop\" {
  person buyers
  service web: web-app { instances = 3, slo = 99.9%, availability = 99.99% }
  service cart: api { slo = 99%, availability = 99.95% }
  service stock: aws.dynamodb
  external bank \"Bank|2\" { availability = 99.5% }
  service exports: aws.s3 { class = onezone-ia }
  service report: job
  buyers => web => cart => stock
  cart => bank
  stock -> exports via nightly: job
  environment test { bank.availability = 90% }
  environment cheap { web.slo = 99.45% }
}
";

#[test]
fn the_rules_are_switched_on_in_the_settings() {
    let (_, analysis) = load(&Memory::default().with("shop.arch", SHOP).with("archc.toml", ALL_ON));
    let found: Vec<_> = analysis.diagnostics.iter().map(|it| format!("{}: {}", it.code, it.message)).collect();
    insta::assert_snapshot!(format!("{SHOP}\n{}\n", found.join("\n")));
}

#[test]
fn the_page_tells_what_fails_alone() {
    let (workspace, analysis) = load(&Memory::default().with("shop.arch", SHOP));
    let page = artifacts(&workspace, &analysis, None).into_iter().find(|file| file.path == "shop.md").unwrap().content;
    let section = page.split("\n## ").find(|section| section.starts_with("Resilience")).unwrap();
    insta::assert_snapshot!(format!("{SHOP}\n{section}"));
    let (workspace, analysis) = load(&Memory::default().with("a.arch", "architecture a { service b: api -> c: api }"));
    assert!(artifacts(&workspace, &analysis, None).iter().all(|file| !file.content.contains("Resilience")));
}

#[test]
fn what_the_patterns_hear_of_rules_that_are_off() {
    let disk = Disk::new(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/patterns"));
    let mut workspace = workspace(&disk);
    workspace.config.rules = load(&Memory::default().with("shop.arch", SHOP).with("archc.toml", ALL_ON)).0.config.rules;
    let analysis = analyse(&workspace, "2026-01-01".parse().unwrap());
    let found: Vec<_> = analysis.diagnostics.iter().map(|it| format!("{}: {}", it.code, it.message)).collect();
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn carriers_of_one_kind_are_named_once() {
    let text = "architecture shop { service a: api { slo = 99%, availability = 90% }\nservice b: api { availability = 99% }\n\
                service c: api { availability = 99% }\na => b via aws.sqs\na => c via aws.sqs }\n";
    let (_, analysis) = load(&Memory::default().with("a.arch", text));
    let found = analysis.diagnostics.iter().find(|it| it.code == "availability/below-slo").unwrap();
    assert_eq!(found.help.as_deref().unwrap().matches("`aws.sqs`").count(), 1, "{found:?}");
}
