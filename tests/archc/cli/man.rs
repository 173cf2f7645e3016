//! `archc man`

use super::Folder;
use insta::assert_snapshot;

#[test]
fn prints_the_page_of_a_command() {
    let folder = Folder::new();
    let page = folder.run(&["man", "prices", "check"]).replace(env!("CARGO_PKG_VERSION"), "VERSION");
    assert_snapshot!("page_of_prices_check", page);
    let whole = folder.run(&["man"]);
    assert!(whole.contains(".TH ARCHC 1") && whole.contains("archc\\-build"), "{whole}");
}

#[test]
fn suggests_a_command() {
    assert_snapshot!(Folder::new().run(&["man", "prices", "lst"]), @r"
    $ archc man prices lst
    exit code 2
    --- stderr
    error: there is no command `lst`
      help: did you mean `list`?
    ");
}

#[test]
fn writes_a_page_for_each_command() {
    let folder = Folder::new();
    let written = folder.run(&["man", "--out", "man/man1"]);
    assert!(written.contains("exit code 0") && written.contains("pages in `man/man1`"), "{written}");
    let pages = folder.files();
    for page in ["archc.1", "archc-check.1", "archc-prices.1", "archc-prices-list.1", "archc-man.1"] {
        assert!(pages.contains(&format!("man/man1/{page}")), "no {page} in {pages:?}");
    }
    assert!(!pages.iter().any(|page| page.contains("help")), "{pages:?}");
    let help = folder.run(&["--help"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for command in commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        assert!(pages.contains(&format!("man/man1/archc-{command}.1")), "no page of {command} in {pages:?}");
    }
    assert!(folder.run(&["man", "--out", "man/man1/archc.1"]).contains("exit code 2"));
}
