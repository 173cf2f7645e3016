//! Sources full of what Mermaid takes for something else.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::inputs::quoted;

const LABELS: &[&str] = &[
    "end",
    "End of graph",
    "direction LR",
    "redirection LRU",
    "direction  TB direction\tRL",
    "direction\u{feff}BT",
    "say \"hi\"",
    "it's `code`",
    "`",
    "**bold** *x* _y_",
    "#35; #quot; #amp;",
    "issue #12; is open",
    "#",
    "%%{init}%%",
    "%%{init: {\"theme\": \"dark\"}}%%",
    "%% no comment",
    "100%",
    "<b>bold</b> & <script>alert(1)</script>",
    "List<String>",
    "a < b > c",
    "&lt;br&gt; &amp; &#35;",
    "🚀 launch 👩‍🚀",
    "שלום עולם",
    "مرحبا بالعالم",
    "日本語のラベル",
    "fa:fa-car",
    "fab:fa-aws x",
    "$$x^2$$",
    "$5 and $$",
    "1. Ingest",
    "10) Store",
    "- item",
    "* item",
    "+ item",
    "# heading",
    "> quote",
    "first\n- second\n2. third",
    "",
    "   ",
    "\n",
    "C:\\new\\table",
    "one\\ntwo",
    "a;b; c",
    "a|b||c",
    "[x] (y) {z} [/w/] ((v)) {{u}} >t]",
    "]:::c_x",
    "--> n_a -->|x| n_b",
    "style:\"x\"",
    "style n_a fill:#f00;",
    "classDef c fill:#f00;",
    "linkStyle 0 stroke:#f00;",
    "ﬂ°°35¶ß ﬂ°lt¶ß",
    "subgraph g",
    "click n_a href \"http://example.com\"",
    "accTitle: x",
    "http://example.com/a?b=c&d=e#f",
    "@{ shape: circle }",
    "---",
    "trailing\\",
    "  blanks   in  between ",
    "two\nlines",
    "two\n\nparagraphs",
    "null",
    "\u{7}",
    "\u{1b}[31mred\r\nend",
    "\u{200b}",
    "a\u{2028}b\u{a0}c",
    "__proto__",
    "{{ mustache }} ${x}",
];

const NAMES: &[&str] = &[
    "end",
    "graph",
    "flowchart",
    "subgraph",
    "style",
    "class",
    "classDef",
    "linkStyle",
    "click",
    "default",
    "interpolate",
    "direction",
    "href",
    "call",
    "TB",
    "LR",
    "o",
    "x",
    "ox",
    "xo",
    "a_b",
    "a-b",
    "a__b",
    "a_x2d_b",
    "größe",
    "日本",
    "v",
    "_self",
    "ORDERS",
    "orders",
    "n_a",
    "g_a",
    "constructor",
    "prototype",
    "toString",
    "accTitle",
    "x_",
    "end_",
    "elsewhere",
];

/// The pieces that random labels are made of.
const PIECES: &[&str] = &[
    "direction",
    " ",
    "  ",
    "LR",
    "TB",
    "\n",
    "\"",
    "`",
    "#",
    ";",
    "#35;",
    "<",
    ">",
    "br/",
    "&",
    "amp;",
    "%%",
    "{",
    "}",
    "init",
    "$$",
    "$",
    "fa:",
    "fa-x",
    ":",
    "style",
    "classDef",
    "\\",
    "n",
    "|",
    "[",
    "]",
    "(",
    ")",
    "1.",
    "-",
    "*",
    "_",
    "ﬂ°",
    "¶ß",
    "🚀",
    "א",
    "é",
    "x",
    "end",
    "-->",
    "@",
    "\t",
    "0",
    "/",
    "'",
    "=",
    "~",
    ",",
    "!",
    "^",
];

/// Files that are drawn as they stand: environments have nothing to draw, and name what other files declare.
pub(crate) fn sources() -> Vec<PathBuf> {
    files_of(&["tests/archc/mermaid", "examples/patterns", "examples/literal"])
}

/// Files with views.
pub(crate) fn view_sources() -> Vec<PathBuf> {
    files_of(&["tests/archc/view", "examples/patterns"])
}

fn files_of(folders: &[&str]) -> Vec<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in folders {
        let Ok(entries) = package.join(folder).read_dir() else { continue };
        let paths = entries.map(|entry| entry.unwrap().path());
        // What declares no architecture draws nothing: rules, environments.
        let is_drawn = |path: &PathBuf| {
            let is_arch = path.extension().is_some_and(|it| it == "arch");
            is_arch && fs::read_to_string(path).unwrap().lines().any(|line| line.starts_with("architecture "))
        };
        files.extend(paths.filter(is_drawn));
    }
    files.sort();
    files
}

/// For each label an architecture that has it everywhere.
pub(crate) fn labels() -> String {
    everywhere(LABELS.iter().map(|label| (*label).to_owned()))
}

/// Architectures with labels put together from pieces, the same in every run.
pub(crate) fn random(count: usize) -> String {
    let mut runner = TestRunner::deterministic();
    let label = prop::collection::vec(select(PIECES), 1..12).prop_map(|pieces| pieces.concat());
    everywhere((0..count).map(|_| label.new_tree(&mut runner).unwrap().current()))
}

/// The same architectures with views that have their labels, and a view of all.
pub(crate) fn with_views(source: &str) -> String {
    let mut with_views = String::new();
    let mut label = "";
    for line in source.lines() {
        let head = line.strip_prefix("architecture ").and_then(|rest| rest.split_once(' '));
        label = head.map_or(label, |(_, title)| title.strip_suffix(" {").unwrap());
        if line == "}" {
            _ = writeln!(with_views, "view near {label} {{ collapse = group, expand = carrier }}");
            _ = writeln!(with_views, "view owners {label} {{ group_by = owner }}\nowner = {label}");
        }
        _ = writeln!(with_views, "{line}");
    }
    with_views + "view all { direction = up }\n"
}

/// The same architectures with views in all forms but the flowchart, and loads where there are none.
pub(crate) fn in_all_forms(source: &str) -> String {
    let mut with_views = String::new();
    for line in source.lines() {
        if line == "}" {
            for form in ["c4", "architecture", "sankey"] {
                _ = writeln!(with_views, "view in_{form} {{ as = {form} }}");
                _ = writeln!(with_views, "view near_{form} {{ as = {form}, collapse = group, expand = carrier }}");
                _ = writeln!(with_views, "view owners_{form} {{ as = {form}, group_by = category, labels = load }}");
            }
        }
        let load = if line.starts_with("  external a ") { " { emits = 12/s of 1 KB }" } else { "" };
        _ = writeln!(with_views, "{line}{load}");
    }
    with_views + "view whole_c4 { as = c4 }\nview whole_architecture { as = architecture }\n"
}

fn everywhere(labels: impl Iterator<Item = String>) -> String {
    let mut source = String::new();
    let mut other = String::from("architecture other \"direction LR \\\"x\\\"\" {\n");
    for (index, label) in labels.enumerate() {
        let doc = label.lines().next().unwrap_or_default().to_owned();
        let label = quoted(&label);
        _ = writeln!(other, "service x{index}: aws.s3 {label}");
        _ = writeln!(
            source,
            "/// {doc}
architecture trap{index:02} {label} {{
  external a {label}
  group g {label} {{ service b: aws.s3 {label}, group h {label} }}
  a -> b {label}
  a -> b {label}
  b => other.x{index} {label}
  b ~> a via aws.lambda {label}
  g ~> a {label}
  scenario s {label} {{
    a -> b {label}
    note a, b {label}
    alt {label} {{
      b => other.x{index} {label}
      b <- other.x{index}
    }}
    else {label} {{ note g {label}, g ~> a }}
    par {label} {{ loop {label} {{ b ~> a {label} }} }}
    and {{ opt {label} {{ a -> b }} }}
  }}
}}"
        );
    }
    source + &other + "}\n"
}

/// Names that are words of Mermaid, or that look alike when they are escaped, on two levels.
pub(crate) fn names() -> String {
    let mut source = String::from("architecture end {\n");
    for name in NAMES {
        _ = writeln!(source, "service {name}: aws.s3\ngroup in_{name} {{ service {name}: aws.s3 }}");
        _ = writeln!(source, "end -> in_{name}.{name}\nin_{name}.{name} -> {name}");
    }
    source.push_str("scenario course {\n");
    for name in NAMES {
        _ = writeln!(source, "end -> in_{name}.{name} -> {name}");
    }
    source + "} }\n"
}

/// A node of each shape, that is of each kind.
pub(crate) fn shapes() -> String {
    let mut source = String::from("architecture shapes {\n");
    for shape in archc::catalog::Shape::ALL {
        let shape = shape.name();
        _ = writeln!(source, "service of_{shape}: kind_{shape} \"{shape} (x) [y]\"\nof_{shape} -> of_box");
    }
    source.push_str("}\n");
    for shape in archc::catalog::Shape::ALL {
        let shape = shape.name();
        _ = writeln!(source, "kind kind_{shape} is service \"{shape}\" {{ shape = {shape} }}");
    }
    source
}

/// All labels in one diagram, but for Mermaid's own placeholders: when it draws, Mermaid 10 decodes them twice.
pub(crate) fn one_of_each() -> String {
    let mut source =
        String::from("architecture traps \"Traps <all> & more\" {\ndirection = down\nservice hub: aws.s3\n");
    for (index, label) in LABELS.iter().filter(|label| !label.contains('ﬂ')).enumerate() {
        let label = quoted(label);
        _ = writeln!(source, "group g{index} {label} {{ service n{index}: aws.s3 {label} }}\nhub -> n{index} {label}");
    }
    source + "}\n"
}

/// More than one diagram can show: groups in groups, a hub, and long labels.
pub(crate) fn large() -> String {
    let mut source = String::from("architecture large \"Large\" {\nservice hub: aws.s3 \"Hub\"\n");
    for outer in 0..6 {
        _ = writeln!(source, "group o{outer} \"Outer {outer}\" {{");
        for inner in 0..12 {
            _ = writeln!(source, "group i{inner} \"Inner {inner}\" {{");
            for leaf in 0..12 {
                let name = format!("s{outer}_{inner}_{leaf}");
                _ = writeln!(source, "service {name}: aws.lambda \"Service direction LR {name}\"");
                _ = writeln!(source, "{name} -> hub \"writes; #35; here\"");
                if leaf > 0 {
                    _ = writeln!(source, "s{outer}_{inner}_{} => {name}", leaf - 1);
                }
            }
            source.push_str("}\n");
        }
        source.push_str("}\n");
    }
    source + "}\n"
}
