//! `archc diagram --view`, and views in what a build writes.

use super::Folder;
use insta::assert_snapshot;

const SHOP: &str = r#"architecture shop "Shop" {
  external web "Web shop" { emits = 10/s of 2 KB }
  service api: aws.lambda "API"
  web -> api "HTTP"
  api -> bank.ledger "payments"
  /// From [web] to the bank.
  view money "The way of money" { show = web + api }
  view all "All"
}
architecture bank "Bank" {
  service ledger: aws.aurora "Ledger"
  view all "All"
}
environment trial { without shop.api }
"#;

fn shop() -> Folder {
    Folder::new().with("shop.arch", SHOP)
}

/// The lines of a diagram that say what is drawn.
fn drawn(folder: &Folder, arguments: &[&str]) -> String {
    let output = folder.run(arguments);
    let output = output.split("--- stderr").next().unwrap_or_default();
    let is_drawn = |line: &&str| line.starts_with("  ") && !line.contains("classDef") && !line.contains("class ");
    output.lines().filter(is_drawn).collect::<Vec<_>>().join("\n")
}

#[test]
fn prints_a_view() {
    let folder = shop();
    let money = ["diagram", "--view", "money"];
    assert_snapshot!("view", drawn(&folder, &money));
    assert_snapshot!("view_with_loads", drawn(&folder, &[&money[..], &["--labels", "load"]].concat()));
    assert_snapshot!("view_in_an_environment", drawn(&folder, &[&money[..], &["--env", "trial"]].concat()));
    assert_snapshot!(
        "view_of_one_architecture",
        drawn(&folder, &["diagram", "--view", "all", "--architecture", "bank"])
    );
}

#[test]
fn says_which_views_there_are() {
    let folder = shop();
    assert_snapshot!("view_unknown", folder.run(&["diagram", "--view", "monny"]));
    assert_snapshot!("view_ambiguous", folder.run(&["diagram", "--view", "all"]));
}

#[test]
fn a_build_shows_views_on_their_pages() {
    let folder = shop();
    folder.run(&["build", "--out", "out"]);
    let section = |page: &str, title: &str| {
        let text = folder.read(page);
        let part = text.split("\n## ").find(|part| part.starts_with(title)).unwrap().to_owned();
        part.lines().filter(|line| !line.contains("classDef")).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!("views_on_a_page", section("out/shop.md", "Views"));
    assert_snapshot!("landscape_on_the_index", section("out/README.md", "Landscape"));
    for file in ["shop.money", "shop.all", "bank.all", "landscape"] {
        assert!(folder.read(&format!("out/diagrams/views/{file}.mmd")).contains("flowchart"), "{file}");
    }
}
