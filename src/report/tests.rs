use super::pretty::{self, Style};
use super::{Report, json};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, Origin, SourceMap, Span};

/// The first place of a text in a file.
fn place(sources: &SourceMap, file: FileId, text: &str) -> Span {
    let start = sources.file(file).text().find(text).unwrap();
    let [start, end] = [start, start + text.len()].map(|offset| u32::try_from(offset).unwrap());
    Span { file, start, end }
}

fn show(sources: &SourceMap, findings: &[Diagnostic], style: Style) -> String {
    pretty::render(&Report::new(sources, findings), "", style)
}

fn show_one(text: &str, at: &str) -> String {
    let mut sources = SourceMap::default();
    let file = sources.add("a.arch", text.to_owned(), Origin::Workspace);
    let finding = Diagnostic::new("test/code", place(&sources, file, at), "something is wrong").label("here");
    show(&sources, &[finding], Style::PLAIN)
}

/// A finding with places in two files of the user's and in the catalog.
fn invalid_wiring() -> (SourceMap, Diagnostic) {
    let mut sources = SourceMap::default();
    let catalog =
        sources.add("catalog:aws/sns.arch", "wire aws.sns ~> aws.mwaa through aws.lambda\n".into(), Origin::Catalog);
    let shop = sources.add(
        "shop.arch",
        "architecture shop {\n\tservice topic: aws.sns\n\n\t// far\n\n\ttopic ~> flow\n}\n".into(),
        Origin::Workspace,
    );
    let flow = sources.add("flow.arch", "service flow: aws.mwaa\n".into(), Origin::Workspace);
    let finding =
        Diagnostic::new("wiring/unsupported", place(&sources, shop, "topic ~> flow"), "SNS cannot notify MWAA")
            .label("this connection cannot work")
            .also(place(&sources, shop, "aws.sns"), "`topic` is an SNS topic")
            .also(place(&sources, flow, "aws.mwaa"), "`flow` is an MWAA environment")
            .also(place(&sources, catalog, "aws.sns ~> aws.mwaa"), "the catalog says so")
            .help("put `aws.lambda` between them: `topic ~> notify ~> flow`")
            .fix("Put `aws.lambda` between them", place(&sources, shop, "~> flow"), "~> notify ~> flow");
    (sources, finding)
}

#[test]
fn shows_places_in_several_files() {
    let (sources, finding) = invalid_wiring();
    insta::assert_snapshot!(show(&sources, &[finding], Style::PLAIN), @r"
    error[wiring/unsupported]

      × SNS cannot notify MWAA
       ╭─[shop.arch:6:2]
     5 │ 
     6 │     topic ~> flow
       ·     ──────┬──────
       ·           ╰── this connection cannot work
     7 │ }
       ╰────
      ☞ `topic` is an SNS topic
       ╭─[shop.arch:2:17]
     1 │ architecture shop {
     2 │     service topic: aws.sns
       ·                    ───────
     3 │ 
       ╰────
      ☞ `flow` is an MWAA environment
       ╭─[flow.arch:1:15]
     1 │ service flow: aws.mwaa
       ·               ────────
       ╰────
      ☞ the catalog says so
       ╭─[catalog:aws/sns.arch:1:6]
     1 │ wire aws.sns ~> aws.mwaa through aws.lambda
       ·      ───────────────────
       ╰────
      help: put `aws.lambda` between them: `topic ~> notify ~> flow`
    ");
}

#[test]
fn draws_with_ascii_where_there_is_nothing_else() {
    let (sources, finding) = invalid_wiring();
    let text = show(&sources, &[finding], Style { color: false, unicode: false, width: 40 });
    insta::assert_snapshot!(text, @r"
    error[wiring/unsupported]

      x SNS cannot notify MWAA
       ,-[shop.arch:6:2]
     5 | 
     6 |     topic ~> flow
       :     ^^^^^^|^^^^^^
       :           `-- this connection cannot work
     7 | }
       `----
      > `topic` is an SNS topic
       ,-[shop.arch:2:17]
     1 | architecture shop {
     2 |     service topic: aws.sns
       :                    ^^^^^^^
     3 | 
       `----
      > `flow` is an MWAA environment
       ,-[flow.arch:1:15]
     1 | service flow: aws.mwaa
       :               ^^^^^^^^
       `----
      > the catalog says so
       ,-[catalog:aws/sns.arch:1:6]
     1 | wire aws.sns ~> aws.mwaa through aws.lambda
       :      ^^^^^^^^^^^^^^^^^^^
       `----
      help: put `aws.lambda` between them:
            `topic ~> notify ~> flow`
    ");
}

#[test]
fn json_has_every_place() {
    let (sources, finding) = invalid_wiring();
    insta::assert_snapshot!(json::render(&Report::new(&sources, &[finding])), @r#"
    {
      "version": 1,
      "findings": [
        {
          "code": "wiring/unsupported",
          "severity": "error",
          "message": "SNS cannot notify MWAA",
          "help": "put `aws.lambda` between them: `topic ~> notify ~> flow`",
          "file": "shop.arch",
          "start": {
            "line": 6,
            "column": 2,
            "offset": 55
          },
          "end": {
            "line": 6,
            "column": 15,
            "offset": 68
          },
          "label": "this connection cannot work",
          "related": [
            {
              "file": "shop.arch",
              "start": {
                "line": 2,
                "column": 17,
                "offset": 36
              },
              "end": {
                "line": 2,
                "column": 24,
                "offset": 43
              },
              "label": "`topic` is an SNS topic"
            },
            {
              "file": "flow.arch",
              "start": {
                "line": 1,
                "column": 15,
                "offset": 14
              },
              "end": {
                "line": 1,
                "column": 23,
                "offset": 22
              },
              "label": "`flow` is an MWAA environment"
            },
            {
              "file": "catalog:aws/sns.arch",
              "start": {
                "line": 1,
                "column": 6,
                "offset": 5
              },
              "end": {
                "line": 1,
                "column": 25,
                "offset": 24
              },
              "label": "the catalog says so"
            }
          ],
          "fix": {
            "title": "Put `aws.lambda` between them",
            "edits": [
              {
                "file": "shop.arch",
                "start": {
                  "line": 6,
                  "column": 8,
                  "offset": 61
                },
                "end": {
                  "line": 6,
                  "column": 15,
                  "offset": 68
                },
                "replacement": "~> notify ~> flow"
              }
            ]
          },
          "fingerprint": "3480d2b7174c1f9fd19b183237288c83"
        }
      ],
      "summary": {
        "errors": 1,
        "warnings": 0,
        "notes": 0
      }
    }
    "#);
}

#[test]
fn a_fix_is_shown_where_there_is_no_help() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.arch", "owner: x\n".into(), Origin::Workspace);
    let colon = place(&sources, file, ":");
    let finding =
        Diagnostic::new("syntax/foreign", colon, "`:` is no assignment").fix("Replace `:` with ` =`", colon, " =");
    insta::assert_snapshot!(show(&sources, &[finding], Style::PLAIN), @r"
    error[syntax/foreign]

      × `:` is no assignment
       ╭─[a.arch:1:6]
     1 │ owner: x
       ·      ─
       ╰────
      help: Replace `:` with ` =`
    ");
}

#[test]
fn shows_places_at_the_borders_of_a_file() {
    insta::assert_snapshot!(show_one("", ""), @r"
    error[test/code]

      × something is wrong
       ╭─[a.arch:1:1]
     1 │ 
       · ▲
       · ╰── here
       ╰────
    ");
    let mut sources = SourceMap::default();
    let file = sources.add("a.arch", "group a {\r\n  b\r\n".into(), Origin::Workspace);
    let end = Span { file, start: 16, end: 16 };
    let finding = Diagnostic::new("syntax/unclosed", end, "`}` is missing").label("expected here");
    insta::assert_snapshot!(show(&sources, &[finding], Style::PLAIN), @r"
    error[syntax/unclosed]

      × `}` is missing
       ╭─[a.arch:3:1]
     2 │   b
     3 │ 
       · ▲
       · ╰── expected here
       ╰────
    ");
}

#[test]
fn a_place_outside_of_its_file_does_no_harm() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.arch", "é\n".into(), Origin::Workspace);
    for span in [Span { file, start: 1, end: 1 }, Span { file, start: 900, end: 901 }, Span { file, start: 2, end: 1 }]
    {
        let text = show(&sources, &[Diagnostic::new("test/code", span, "odd")], Style::PLAIN);
        assert!(text.contains("a.arch:"), "{text}");
    }
}

#[test]
fn clips_long_lines_around_each_label() {
    let text = format!("{} {} wrong {}", "x ".repeat(400), "ünï ".repeat(100), "y ".repeat(900));
    insta::assert_snapshot!(show_one(&text, "wrong"), @r"
    error[test/code]

      × something is wrong
       ╭─[a.arch:1:1203]
     1 │ …ünï ünï ünï ünï ünï ünï ünï ünï ünï ünï  wrong y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y …
       ·                                           ──┬──
       ·                                             ╰── here
       ╰────
    ");
}

#[test]
fn shows_the_first_line_of_a_long_label() {
    let text = format!("group a {{\n{}}}\n", "  b\n".repeat(40));
    insta::assert_snapshot!(show_one(&text, &text), @r"
    error[test/code]

      × something is wrong
       ╭─[a.arch:1:1]
     1 │ group a {
       · ────┬────
       ·     ╰── here
     2 │   b
       ╰────
    ");
}

#[test]
fn makes_visible_what_would_act_on_a_terminal() {
    insta::assert_snapshot!(show_one("a \u{1b}[2J\u{7} \u{202e}b = 1\n", "b = 1"), @r"
    error[test/code]

      × something is wrong
       ╭─[a.arch:1:10]
     1 │ a ␛[2J␇ �b = 1
       ·          ──┬──
       ·            ╰── here
       ╰────
    ");
    let mut sources = SourceMap::default();
    let file = sources.add("a.arch", "a".into(), Origin::Workspace);
    let span = Span { file, start: 0, end: 1 };
    let finding = Diagnostic::new("test/code", span, "`\u{1b}[2J`").label("\u{1b}").help("\u{9b}2J");
    assert!(!show(&sources, &[finding], Style::PLAIN).contains(['\u{1b}', '\u{9b}']));
}

#[test]
fn counts_and_sorts() {
    let mut sources = SourceMap::default();
    let b = sources.add("b.arch", "one two".into(), Origin::Workspace);
    let a = sources.add("a.arch", "one two".into(), Origin::Workspace);
    let finding = |file, text, severity| {
        let mut finding = Diagnostic::new("test/code", place(&sources, file, text), text);
        finding.severity = severity;
        finding
    };
    let findings = [
        finding(b, "two", Severity::Note),
        finding(b, "one", Severity::Error),
        finding(a, "two", Severity::Note),
        finding(a, "one", Severity::Warning),
    ];
    let report = Report::new(&sources, &findings);
    assert_eq!(report.totals(), "1 error, 1 warning, 2 notes in 2 files");
    let order: Vec<_> = report.findings().map(|it| (sources.file(it.primary.span.file).path(), &it.message)).collect();
    let expected = [("a.arch", "one"), ("a.arch", "two"), ("b.arch", "one"), ("b.arch", "two")];
    assert!(order.iter().map(|(path, message)| (*path, message.as_str())).eq(expected));
    assert!(report.reaches(Severity::Error) && !Report::new(&sources, &findings[..1]).reaches(Severity::Warning));
}

#[test]
fn shows_the_weightiest_of_too_many() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.arch", "x\n".repeat(pretty::MOST + 2), Origin::Workspace);
    let finding = |line: usize| {
        let start = u32::try_from(2 * line).unwrap();
        let span = Span { file, start, end: start + 1 };
        let severity = if line == 0 { Severity::Note } else { Severity::Error };
        Diagnostic { severity, ..Diagnostic::new("test/code", span, format!("finding {line}")) }
    };
    let findings: Vec<_> = (0..pretty::MOST + 2).map(finding).collect();
    let shown = show(&sources, &findings, Style::PLAIN);
    let order: Vec<&str> = shown.lines().filter_map(|line| line.trim().strip_prefix("× finding ")).collect();
    let expected: Vec<String> = (1..=pretty::MOST).map(|line| line.to_string()).collect();
    assert_eq!(order, expected);
    assert!(shown.ends_with("\n… and 2 findings that are not shown here\n"), "{}", shown.lines().last().unwrap());
    let all = show(&sources, &findings[1..=pretty::MOST], Style::PLAIN);
    assert!(!all.contains("not shown"));
}
