//! Parts of the documentation in documents of others.

use archc::analysis::{Analysis, analyse};
use archc::emit::excerpt::Excerpts;
use archc::inject;
use archc::project::{self, Scope, Workspace};
use archc::report::Report;
use archc::report::pretty::{self, Style};
use archc::source::{Origin, SourceMap};
use archc::vfs::Memory;
use insta::assert_snapshot;
use proptest::prelude::*;

const SHOP: &str = r#"
view all "All systems" { }

architecture shop "Shop" {
  region = us-east-1
  external web "Web | <!-- archc:end -->" { emits = 400/s of 3 KB }
  group back "Back office" {
    service queue: aws.sqs "Orders ```" { owner = "team-orders" }
  }
  service worker: aws.lambda { memory = 512 MiB, duration = 80 ms }
  web -> queue -> worker "jobs"
  view small { show = back }
  scenario order { web -> queue "Order" }
  decision queues "Use a queue" { status = accepted, date = 2026-11-01, affects = [back.queue, empty] }
}

architecture empty "Empty" { }
"#;

struct Shop {
    excerpts: Excerpts<'static>,
}

thread_local!(static ONCE: Shop = Shop::new());
thread_local!(static COMPILER: inject::Compiler = inject::Compiler::new("2026-11-23".parse().unwrap()));

impl Shop {
    fn new() -> Shop {
        let scope = Scope::Text { name: "shop.arch", bytes: SHOP.as_bytes() };
        let workspace = project::load(&Memory::default(), scope, &[]).unwrap();
        let workspace: &'static Workspace = Box::leak(Box::new(workspace));
        let analysis = analyse(workspace, "2026-11-23".parse().unwrap());
        let analysis: &'static Analysis = Box::leak(Box::new(analysis));
        Shop { excerpts: Excerpts::new(workspace, analysis) }
    }

    /// The document, or the report of what is wrong with it.
    fn inject(&self, text: &str) -> Result<String, String> {
        let mut sources = SourceMap::default();
        let file = sources.add("page.md", text.to_owned(), Origin::Workspace);
        inject::inject(&sources, file, &self.excerpts)
            .map_err(|findings| pretty::render(&Report::new(&sources, &findings), "", Style::PLAIN))
    }

    fn written(&self, text: &str) -> String {
        let new = self.inject(text);
        assert!(new.is_ok(), "{text}\n{new:?}");
        new.unwrap()
    }
}

/// A block that asks for something.
fn block(request: &str) -> String {
    format!("<!-- archc:begin {request} -->\n<!-- archc:end -->\n")
}

#[test]
fn everything_that_can_be_asked_for() {
    let requests = [
        "diagram shop",
        "diagram shop labels=load",
        "diagram shop view=small",
        "diagram shop view=small labels=load",
        "diagram workspace view=all",
        "diagram shop scenario=order",
        "decisions shop",
        "decisions workspace",
        "decisions empty",
        "roles shop",
        "services shop",
        "groups shop",
        "outside shop",
        "connections shop",
        "load shop",
        "bill shop",
        "bill workspace",
        "groups empty",
        "load empty",
        "bill empty",
    ];
    let page: String = requests.iter().map(|request| block(request) + "\n").collect();
    assert_snapshot!(Shop::new().written(&page));
}

/// The examples on the pages that `archc explain` shows.
#[test]
fn the_pages_of_the_findings_are_right() {
    let shop = Shop::new();
    let pages = archc::check::rules().iter().filter(|rule| rule.family() == "marker");
    let mut number = 0;
    for rule in pages {
        let examples = |mark: &str| -> Vec<String> {
            let open = format!("```markdown {mark}\n");
            let blocks = rule.documentation.split(open.as_str()).skip(1);
            blocks.map(|rest| rest.split("\n```\n").next().unwrap().to_owned() + "\n").collect()
        };
        let (bad, good) = (examples("bad"), examples("good"));
        assert!(!bad.is_empty() && !good.is_empty(), "{}", rule.code);
        for example in bad {
            let found = shop.inject(&example).unwrap_err();
            let codes: Vec<&str> = found.lines().filter(|line| line.starts_with("error[")).collect();
            assert_eq!(codes, [format!("error[{}]", rule.code)], "{example}");
        }
        for example in good {
            shop.written(&example);
        }
        number += 1;
    }
    assert_eq!(number, 5);
}

#[test]
fn lines_follow_those_around_them() {
    let shop = Shop::new();
    let groups = |before: &str, line_break: &str| {
        let page = format!("{before}<!-- archc:begin groups shop -->\nold\n<!-- archc:end -->");
        let page = shop.written(&page.replace('\n', line_break));
        page.split_once("shop -->").unwrap().1.rsplit_once("<!--").unwrap().0.to_owned()
    };
    let table = ["| Group | Holds |", "| --- | --- |", "| Back office | Orders \\`\\`\\` |"];
    let laid = |prefix: &str, line_break: &str| {
        let lines = table.map(|line| format!("{prefix}{line}{line_break}"));
        let blank = format!("{}{line_break}", prefix.trim_end());
        format!("{line_break}{blank}{}{blank}", lines.concat())
    };
    assert_eq!(groups("", "\n"), laid("", "\n"));
    assert_eq!(groups("\u{feff}---\ntitle: x\n---\n", "\r\n"), laid("", "\r\n"));
    assert_eq!(groups("\u{feff}", "\n"), laid("", "\n"));
    assert_eq!(groups("- ", "\n"), laid("  ", "\n"));
    assert_eq!(groups("12. a\n\n\t", "\n"), laid("\t", "\n"));
    assert_eq!(groups("> ", "\r\n"), laid("> ", "\r\n"));
    assert_eq!(groups("> - a\n>\n>   ", "\n"), laid(">   ", "\n"));
    assert_eq!(groups("text\n", "\n"), laid("", "\n"));
    assert_eq!(groups("<div>\n  ", "\n"), laid("  ", "\n"));
}

#[test]
fn what_is_no_marker_is_text() {
    let marker = "<!-- archc:begin nonsense -->";
    let pages = [
        format!("```\n{marker}\n```\n"),
        format!("````md\n```\n{marker}\n```\n````"),
        format!("~~~\r\n{marker}\r\n"),
        format!("- a\n\n      {marker}\n"),
        format!("`{marker}`"),
        format!("---\na: |\n  {marker}\n---\n"),
        format!("\u{feff}+++\r\n{marker}\r\n+++\r\n"),
        format!("<!-- a comment\n{}", marker.replace("-->", "")),
        format!("\\{marker}\n"),
        "<!-- archcbegin -->\n<!-- arch:begin -->\n<!-- my archc:begin -->\n<!---->\n<!-->\n<!--".to_owned(),
        "archc:begin diagram".to_owned(),
        String::new(),
    ];
    for page in pages {
        assert_eq!(Shop::new().written(&page), page);
    }
}

#[test]
fn what_is_wrong_has_a_place() {
    let shop = Shop::new();
    let end = "<!-- archc:end -->\n";
    let pages = [
        "text\n\n<!-- archc:begin groups shop -->\n\n```\n<!-- archc:end -->\n```\n".to_owned(),
        format!("<!-- archc:begin groups shop -->\n<!-- archc:begin load shop -->\n{end}{end}"),
        format!("<!-- archc:begin groups shop -->\n\nfoo\n\n<!-- archc:begin load shop -->\n{end}"),
        format!("text\n\n{end}"),
        format!("<!-- archc:begni groups shop -->\n{end}"),
        format!("<!-- archc:diagram shop -->\n{end}"),
        format!("text <!-- archc:begin groups shop -->\n{end}"),
        format!("| a |\n|---|\n| <!-- archc:begin groups shop --> |\n\n{end}"),
        "<!-- archc:begin groups shop --><!-- archc:end -->\n".to_owned(),
        format!("<!-- archc:begin\n groups shop -->\n{end}"),
        "<!-- archc:begin groups shop".to_owned(),
        "<!-- archc:begin groups shop -->\n<!-- archc:end groups -->\n".to_owned(),
        block(""),
        block("diagramm shop"),
        block("picture shop"),
        block("diagram"),
        block("diagram labels=load"),
        block("diagram  shopp"),
        block("diagram nothing"),
        block("diagram shop smal"),
        block("diagram shop view=smal"),
        block("diagram shop veiw=small"),
        block("diagram shop labels=bytes"),
        block("diagram shop labels=load labels=names"),
        block("diagram empty view=small"),
        block("diagram shop scenario=ordre"),
        block("diagram shop scenario=order view=small"),
        block("diagram shop scenario=order labels=load"),
        block("diagram workspace"),
        block("services workspace"),
        block("groups shop view=small"),
    ];
    let reports = pages.map(|page| {
        let report = shop.inject(&page).expect_err(&page);
        let findings = report.matches("error[").count();
        assert_eq!(findings, 1, "{page}\n{report}");
        report
    });
    assert_snapshot!(reports.join("\n"));
}

/// Pieces of documents, from which markers, and what they stand in, come about more often than from characters.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "<!-- archc:begin groups shop -->",
        "<!-- archc:begin roles shop -->",
        "<!-- archc:end -->",
        "<!-- archc:",
        "-->",
        "<!--",
        "archc:begin",
        "\n",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "  ",
        "    ",
        "\t",
        "> ",
        "- ",
        "1. ",
        "```",
        "~~~\n",
        "````\n",
        "| a | b |\n|---|---|\n",
        "# ",
        "---\n",
        "+++\n",
        "<div>",
        "</div>",
        "<pre>\n",
        "`",
        "text",
        "é🚀",
        "\u{feff}",
        "[^1]: ",
        "[x]: y",
        "\\",
        "\0",
        "*",
        "===\n",
        "<script>",
        "<![CDATA[",
        "<?",
    ];
    prop_oneof![4 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

fn document() -> impl Strategy<Value = String> {
    let text = || prop::collection::vec(piece(), 0..12).prop_map(|pieces| pieces.concat());
    let whole = (text(), text(), text()).prop_map(|(before, old, after)| {
        format!("{before}\n<!-- archc:begin groups shop -->\n{old}\n<!-- archc:end -->\n{after}")
    });
    prop_oneof![prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat()), whole]
}

/// What stands outside of blocks, without looking at where the blocks are: the longest ends that two texts share.
fn shared(old: &str, new: &str) -> (usize, usize) {
    let start = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
    let end = old.bytes().rev().zip(new.bytes().rev()).take_while(|(old, new)| old == new).count();
    (start, end)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_same_again_changes_nothing(text in document()) {
        ONCE.with(|shop| -> Result<(), TestCaseError> {
            let Ok(new) = shop.inject(&text) else { return Ok(()) };
            prop_assert_eq!(&shop.written(&new), &new);
            if !text.contains("archc:end") {
                prop_assert_eq!(&new, &text);
            }
            Ok(())
        })?;
    }

    #[test]
    fn chapters_that_ask_for_nothing_stay_as_they_are(text in document(), asking in any::<bool>()) {
        ONCE.with(|shop| -> Result<(), TestCaseError> {
            let text = if asking { text.replace("text", "{{#arch groups shop}}").replace("````", "```arch,ignore") } else { text };
            let new = COMPILER.with(|compiler| inject::chapter(&text, Some(&shop.excerpts), false, compiler));
            if !inject::asks(&text) && !text.contains("arch,") {
                prop_assert_eq!(new, Ok(text));
            }
            Ok(())
        })?;
    }

    #[test]
    fn every_byte_outside_is_kept(before in "[a-z \t\r\n>#|-]{0,30}", old in "[a-z \t\n>#|]{0,30}", after in "(?s).{0,30}") {
        ONCE.with(|shop| -> Result<(), TestCaseError> {
            let begin = format!("{before}\n\n<!-- archc:begin groups shop -->\n");
            let end = format!("<!-- archc:end -->\n{after}");
            let text = format!("{begin}{old}\n\n{end}");
            let Ok(new) = shop.inject(&text) else { return Ok(()) };
            let (start, tail) = shared(&text, &new);
            prop_assert!(new == text || start >= begin.len(), "{:?}", new);
            prop_assert!(new == text || tail >= end.len(), "{:?}", new);
            prop_assert!(new.contains("| Back office |"), "{:?}", new);
            Ok(())
        })?;
    }
}
