//! How long a whole run takes, against pest alone.
//!
//! Generates workspaces of 1,000, 10,000 and 100,000 services: 1.5 edges a service, groups of 20, five properties each, in
//! one architecture. Prints the best of several runs for the grammar alone, for `check`, and for `check` with diagrams
//! and documentation, each with its ratio to the grammar alone, and the memory at its highest.
//!
//! Then the same sizes with loads, where a tenth of the services are sources and every path passes on a part: `check`, the
//! loads with all limits, the bill, how far the loads can grow, and what the shape says of failures, with their ratio to
//! `check`.
//!
//! Then five views of the first workspaces, each of all services, and their ratio to `check`.
//!
//! Then the same sizes as at first, with a hundred rules of the team's own: `check` without them and with them.
//!
//! `cargo bench` runs all sizes; `cargo bench -- 1000` those given.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a program for people who stand at a terminal")]

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use archc::analysis::{Analysis, analyse};
use archc::cost::{Terms, bill};
use archc::emit::load::Survey;
use archc::emit::mermaid::{Painter, Style};
use archc::project::{self, Scope, Workspace};
use archc::topology::{SinglePoints, islands, longest_chains, orphans};
use archc::view::Canvas;
use archc::{emit, syntax, vfs};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const GROUP: usize = 20;

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { SIZES.to_vec() } else { asked };
    println!(
        "{:>9} {:>8}  {:>10}  {:>16}  {:>22}  {:>8}",
        "services", "KB", "pest", "check", "check + documents", "memory"
    );
    for services in &sizes {
        measure(*services);
    }
    println!("\n{:>9}  {:>10}  {:>18}  {:>18}  {:>18}  {:>18}", "services", "check", "load", "bill", "growth", "shape");
    for services in &sizes {
        measure_load(*services);
    }
    println!("\n{:>9}  {:>10}  {:>18}", "services", "check", "views");
    for services in &sizes {
        measure_views(*services);
    }
    println!("\n{:>9}  {:>10}  {:>20}", "services", "check", "check with 100 rules");
    for services in &sizes {
        measure_rules(*services);
    }
}

/// Views that look at every service, and draw as much of them as fits.
const VIEWS: &str = "view all
  view groups { collapse = group, labels = load }
  view owners { group_by = owner, show = kind(aws.lambda) }
  view down { show = downstream(s1) - kind(aws.sqs) }
  view c4 { as = c4, collapse = group }
}
";

fn measure_views(services: usize) {
    let text = generate(services);
    let text = text.strip_suffix("}\n").unwrap_or(&text).to_owned() + VIEWS;
    let files = vfs::Memory::default().with("workspace.arch", text.as_str());
    let check = best(3, || run_check(&files).1.diagnostics.len());
    let model = run_check(&files).1.model;
    let loads = Survey::new(&model).loads;
    let views = best(3, || {
        let canvas = Canvas::new(&model);
        let painter = Painter { canvas: &canvas, style: Style::Styled, loads: &loads };
        model.views.iter().map(|view| painter.view(view, None).text.len()).sum::<usize>()
    });
    println!("{services:>9}  {:>8}µs  {:>8}µs ({})", check.as_micros(), views.as_micros(), ratio(views, check));
}

/// Rules of all forms that nothing breaks, as it is in a workspace that keeps them.
fn measure_rules(services: usize) {
    let runs = if services > 50_000 { 3 } else { 7 };
    let text = generate(services);
    let files = vfs::Memory::default().with("workspace.arch", text.as_str());
    let without = best(runs, || run_check(&files).1.diagnostics.len());
    let files = files.with("rules.arch", generate_rules(100));
    let with = best(runs, || run_check(&files).1.diagnostics.len());
    let findings = run_check(&files).1.diagnostics;
    assert!(findings.is_empty(), "nothing is meant to break the rules: {:?}", findings.first());
    println!("{services:>9}  {:>8}µs  {:>10}µs ({})", without.as_micros(), with.as_micros(), ratio(with, without));
}

fn generate_rules(rules: usize) -> String {
    let demands = [
        "deny = external -> category(store)",
        "deny = moves(pii, to = external) - where(encrypted = true)",
        "deny = service - has(owner)",
        "require = kind(aws.lambda) -> kind(aws.sqs)",
        "limit = fan_out(service) <= 3",
        "limit = depth(service) <= 1",
        "limit = path_length(s0, service) <= 100_000",
    ];
    let rules = demands.iter().cycle().take(rules).enumerate();
    rules.fold(String::new(), |text, (number, demand)| {
        text + &format!("rule r{number} \"Rule\" {{ {demand}, because = \"It is so.\" }}\n")
    })
}

fn measure_load(services: usize) {
    let text = generate_load(services);
    let runs = if services > 50_000 { 3 } else { 7 };
    let files = vfs::Memory::default().with("workspace.arch", text.as_str());
    let check = best(runs, || run_check(&files).1.diagnostics.len());
    let (workspace, analysis) = run_check(&files);
    let model = analysis.model;
    let survey = Survey::new(&model);
    assert!(survey.undeclared.is_empty(), "all loads are meant to be known: {:?}", survey.undeclared.first());
    let load = best(runs, || Survey::new(&model).capacities.len());
    let prices = workspace.price_book();
    let bill = best(runs, || bill(&model, &survey.loads, Terms { prices: &prices, free_tier: false }).lines.len());
    let growth = best(1, || survey.growth().is_some());
    let shape = best(runs, || {
        let points = SinglePoints::of(&model).iter().count();
        points + longest_chains(&model).len() + islands(&model).len() + orphans(&model).len()
    });
    println!(
        "{services:>9}  {:>8}µs  {:>8}µs ({})  {:>8}µs ({})  {:>8}µs ({})  {:>8}µs ({})",
        check.as_micros(),
        load.as_micros(),
        ratio(load, check),
        bill.as_micros(),
        ratio(bill, check),
        growth.as_micros(),
        ratio(growth, check),
        shape.as_micros(),
        ratio(shape, check),
    );
}

fn measure(services: usize) {
    let text = generate(services);
    let runs = if services > 50_000 { 3 } else { 7 };
    let grammar = best(runs, || syntax::run_grammar(&text));
    let files = vfs::Memory::default().with("workspace.arch", text.as_str());
    let check = best(runs, || run_check(&files).1.diagnostics.len());
    let build = best(runs, || {
        let (workspace, analysis) = run_check(&files);
        emit::artifacts(&workspace, &analysis, None).len()
    });
    let findings = run_check(&files).1.diagnostics;
    assert!(findings.is_empty(), "the generated workspace is meant to be right: {:?}", findings.first());
    println!(
        "{services:>9} {:>8}  {:>8}µs  {:>8}µs ({})  {:>10}µs ({})  {:>8}",
        text.len() / 1000,
        grammar.as_micros(),
        check.as_micros(),
        ratio(check, grammar),
        build.as_micros(),
        ratio(build, grammar),
        memory(),
    );
}

fn run_check(files: &vfs::Memory) -> (Workspace, Analysis) {
    let workspace = project::load(files, Scope::Folder(""), &[]).expect("the workspace is in memory");
    let today = "2026-01-01".parse().expect("a date");
    let analysis = analyse(&workspace, today);
    (workspace, analysis)
}

fn best<T>(runs: usize, work: impl Fn() -> T) -> Duration {
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

/// How many times as long, with one decimal.
fn ratio(time: Duration, base: Duration) -> String {
    let tenths = time.as_micros() * 10 / base.as_micros().max(1);
    format!("{:>2}.{}x", tenths / 10, tenths % 10)
}

/// The highest memory use of this process so far, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| format!("{} MB", kilobytes / 1000))
}

/// Functions and queues in turn, in groups of 20: each sends to the next, and each function to one queue more.
fn generate(services: usize) -> String {
    let mut text = String::from("/// Generated.\narchitecture generated \"Generated\" {\n");
    for first in (0..services).step_by(GROUP) {
        let group = first / GROUP;
        writeln!(text, "  group g{group} \"Group {group}\" {{").expect("memory");
        for service in first..services.min(first + GROUP) {
            service_text(&mut text, service);
        }
        text.push_str("  }\n");
    }
    for service in 0..services {
        writeln!(text, "  s{service} -> s{} \"passes on\"", (service + 1) % services).expect("memory");
        if service.is_multiple_of(2) {
            writeln!(text, "  s{service} -> s{}", (service * 7 + 3) % services).expect("memory");
        }
    }
    text.push_str("}\n");
    text
}

fn service_text(text: &mut String, service: usize) {
    let owner = service % 7;
    if service.is_multiple_of(2) {
        writeln!(
            text,
            "    service s{service}: aws.lambda \"Function {service}\" {{\n      role = \"transformation\"\n      \
             owner = \"team-{owner}\"\n      memory = 512 MB, duration = 120 ms\n      batch = 100\n    }}"
        )
    } else {
        writeln!(
            text,
            "    service s{service}: aws.sqs \"Queue {service}\" {{\n      role = \"buffer\"\n      \
             owner = \"team-{owner}\"\n      technology = \"SQS\"\n      tags = [async]\n      status = live\n    }}"
        )
    }
    .expect("memory");
}

/// Streams of functions, ten after a source each, that also pass on a tenth to one further down. Parts come back to where
/// they started in every fifth.
fn generate_load(services: usize) -> String {
    const STREAM: usize = 10;
    let mut text = String::from("architecture loaded \"Loaded\" {\n  region = us-east-1\n");
    let mut line = |line: std::fmt::Arguments<'_>| writeln!(text, "  {line}").expect("memory");
    for service in 0..services {
        if service.is_multiple_of(STREAM) {
            line(format_args!(
                "external s{service} {{ emits = {}/s of {} B, peak = 3x }}",
                1 + service % 9,
                100 + service % 7
            ));
        } else {
            line(format_args!("service s{service}: aws.lambda {{ memory = 512 MB, duration = 1 ms, batch = 1 }}"));
            line(format_args!("s{} -> s{service}", service - 1));
        }
        let further = service * 7 / 5 + 3;
        if service.is_multiple_of(3) && further < services && !further.is_multiple_of(STREAM) {
            line(format_args!("s{service} -> s{further} {{ share = 10% }}"));
        }
        if service % (5 * STREAM) == STREAM - 1 {
            line(format_args!("s{service} -> s{} \"retry\" {{ keep = 5% }}", service - 3));
        }
    }
    text.push_str("}\n");
    text
}
