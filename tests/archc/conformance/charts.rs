//! Charts of costs, with whatever labels may be.

use std::fs;

use archc::emit::bill::{Row, Sheet, charts};
use serde_json::json;

use crate::harness;

/// Labels that end a text, begin another statement, or are one to some parser.
const LABELS: [&str; 13] = [
    "\"quoted\"",
    "'single'",
    "a#35;b; c: 7",
    "🛒 orders",
    "end",
    "title",
    "pie showData",
    "%%{init: {}}%% %% comment",
    "<b>bold</b> & <br/>",
    "[x] {y} (z) |",
    "back\\slash `tick`",
    "---",
    "\n",
];

fn row(number: usize, label: &str) -> Row {
    Row {
        architecture: "shop".to_owned(),
        element: format!("service-{number}"),
        label: label.to_owned(),
        cost: Some(format!("{}.125", number + 1)),
        currency: Some("USD".to_owned()),
        ..Row::default()
    }
}

/// The charts of bills with a few services each.
fn pies() -> Vec<String> {
    let long = "long ".repeat(200);
    let labels: Vec<&str> = LABELS.into_iter().chain([long.as_str()]).collect();
    let few = labels.chunks(5).map(<[&str]>::to_vec).collect::<Vec<_>>();
    let many = vec!["same"; 14];
    let sheet = |labels: &Vec<&str>| Sheet {
        lines: labels.iter().enumerate().map(|(number, label)| row(number, label)).collect(),
        ..Sheet::default()
    };
    few.iter().chain([&many]).filter_map(|labels| charts::pie(&sheet(labels), "shop")).collect()
}

#[test]
fn mermaid_reads_every_slice_of_a_pie() {
    let folder = tempfile::tempdir().unwrap();
    let pies = pies();
    assert_eq!(pies.len(), 4);
    for (number, pie) in pies.iter().enumerate() {
        fs::write(folder.path().join(format!("{number}.mmd")), pie).unwrap();
    }
    let read = harness::parse(folder.path());
    for (number, pie) in pies.iter().enumerate() {
        let meant: Vec<(&str, f64)> = pie.lines().skip(2).map(slice).collect();
        let versions = read["files"][format!("{number}.mmd")].as_object().unwrap();
        assert_eq!(versions.len(), 3);
        for (version, read) in versions {
            assert_eq!((&read["ok"], &read["error"]), (&json!(true), &json!("")), "{version}:\n{pie}");
            let slices = read["slices"].as_array().unwrap();
            assert_eq!(slices.len(), meant.len(), "{version}:\n{pie}");
            for (label, value) in &meant {
                let same = |it: &&serde_json::Value| it["label"] == *label && it["value"] == *value;
                assert!(slices.iter().any(|it| same(&it)), "{label} in {version}:\n{read:#}\n{pie}");
            }
        }
    }
}

/// The label and the figure of a line of a pie.
fn slice(line: &str) -> (&str, f64) {
    let (label, value) = line.trim().rsplit_once(" : ").unwrap();
    (label.trim_matches('"'), value.parse().unwrap())
}

#[test]
fn mermaid_reads_the_course_of_costs() {
    let folder = tempfile::tempdir().unwrap();
    let points = |scales: &[&str]| {
        let costs = ["0", "0.004", "12345678901.99"].map(|cost| cost.parse().unwrap());
        scales.iter().zip(costs).map(|(scale, cost)| ((*scale).to_owned(), cost)).collect::<Vec<_>>()
    };
    let charts = [&["1x", "10x", "100x"], &["\"", "50 %;", "🛒 end"]].map(|scales| points(scales));
    for (number, points) in charts.iter().enumerate() {
        let chart = charts::against_scale(points, "USD").unwrap();
        fs::write(folder.path().join(format!("{number}.mmd")), chart).unwrap();
    }
    let read = harness::parse(folder.path());
    for number in 0..charts.len() {
        for (version, read) in read["files"][format!("{number}.mmd")].as_object().unwrap() {
            assert_eq!((&read["type"], &read["error"]), (&json!("xychart"), &json!("")), "{version}");
        }
    }
}

#[test]
fn there_is_no_chart_of_nothing() {
    assert_eq!(charts::pie(&Sheet::default(), "shop"), None);
    assert_eq!(charts::against_scale(&[("1x".to_owned(), 5.into())], "USD"), None);
    assert_eq!(charts::against_scale(&[("1x".to_owned(), 0.into()), ("2x".to_owned(), 0.into())], "USD"), None);
}
