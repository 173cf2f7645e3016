//! Inputs of a size that nobody writes: an error or a tree, never a crash. Two megabytes of stack is what a test has.

use archc::syntax::MAX_NESTING;

use super::{messages, parse};

/// Parses, and drops the tree, which must not overflow the stack either. Returns the number of findings.
fn survive(text: &str) -> usize {
    let (_, _, parse) = parse(text);
    parse.diagnostics.len()
}

#[test]
fn deep_nesting_of_any_sort_is_an_error_at_its_place() {
    let units = [
        "{",
        "x y {",
        "group a {",
        "a{",
        "alt {",
        "k = [",
        "[",
        "(",
        "-",
        "- ",
        "f(",
        "f(a=",
        "}",
        "x (",
        "@a(",
        "[{(",
    ];
    for unit in units {
        for head in ["", "k = ", "property p: ", "pattern p(a: t = ", "@a(", "meter \"m\" = ", "use p(", "x y "] {
            assert!(survive(&format!("{head}{}", unit.repeat(10_000))) > 0, "{head}{unit}…");
        }
    }
}

/// Servers and other platforms give threads less stack than the main thread has.
#[test]
fn a_small_stack_is_enough() {
    let parse_all = || {
        for (open, close) in [("group a {", "}"), ("k = [", "]"), ("k = f(", ")"), ("k = -", ""), ("x y {", "}")] {
            for depth in [MAX_NESTING, 100, 10_000] {
                survive(&format!("{}{}", open.repeat(depth), close.repeat(depth)));
            }
        }
        let terms = format!("k = 1{}\n", " + 1".repeat(100_000));
        survive(&terms)
    };
    let thread = std::thread::Builder::new().stack_size(1024 * 1024).spawn(parse_all).unwrap();
    assert_eq!(thread.join().unwrap(), 1);
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    for (open, close) in [("group a {\n", "}\n"), ("meta {\n", "}\n")] {
        let nested = |depth: usize| format!("{}{}", open.repeat(depth), close.repeat(depth));
        assert_eq!(messages(&nested(MAX_NESTING)), Vec::<String>::new());
        assert_eq!(messages(&nested(MAX_NESTING + 1)).len(), 1);
    }
    for (open, close) in [("[", "]"), ("f(", ")")] {
        let nested = |depth: usize| format!("k = {}{}\nafter = 1\n", open.repeat(depth), close.repeat(depth));
        assert_eq!(messages(&nested(MAX_NESTING / 2 - 1)), Vec::<String>::new());
        assert_eq!(messages(&nested(MAX_NESTING + 1)).len(), 1);
    }
}

#[test]
fn what_stands_around_deep_nesting_is_read() {
    let deep = format!("{}{}", "group a {\n".repeat(80), "}\n".repeat(80));
    let (_, _, parse) = parse(&format!("service before: k\n{deep}service after: k\n"));
    assert_eq!(parse.diagnostics.len(), 1);
    assert_eq!(parse.tree.statements.len(), 3);
}

#[test]
fn long_lines_are_read() {
    let units = [
        "a", "a.", "a-", "1", "1_", "1.", "\"a", "\"", "\\", " ", "\t", "//", "///", "a ", "a,", "a -> ", ", a",
        "a\"b\"", " + 1", "*1", " < a", "a b ", "é", "\u{301}", "\u{A0}", "\0", "}", ",", ";", ":", "=", "->", "a:",
        "a=", "a=1,", "#", "/*", "<!--", "'", "“", "—", "@a ", "via a ", "a is b", "1 of ", "1 a/", "\\u{1}", "\"\"\"",
        "{}", "()",
    ];
    for unit in units {
        for head in ["", "a", "k = ", "k = \"", "k = [", "a -> b", "wire a", "x y {"] {
            survive(&format!("{head}{}", unit.repeat(5_000 / unit.len())));
        }
    }
}

#[test]
fn long_expressions_are_an_error() {
    let text = format!("k = 1{}\nafter = 1\n", " + 1".repeat(100_000));
    assert_eq!(messages(&text), ["syntax/too-large: this expression has too many terms"]);
    let text = format!("k = 1{}\n", " + 1".repeat(250));
    assert_eq!(messages(&text), Vec::<String>::new());
}

#[test]
fn a_huge_file_is_refused() {
    let text = "\n".repeat(archc::source::MAX_FILE_SIZE + 1);
    assert_eq!(messages(&text), ["syntax/too-large: the file is larger than 64 MiB"]);
}

/// A square of a list of 10 KB would take gigabytes.
#[test]
fn lists_multiply_up_to_a_limit() {
    let names = |count: usize| (0..count).map(|index| format!("s{index}")).collect::<Vec<_>>().join(", ");
    for head in ["", "wire "] {
        assert_eq!(messages(&format!("{head}{} -> {}\n", names(100), names(100))), Vec::<String>::new());
        assert_eq!(
            messages(&format!("{head}{} -> {}\n", names(100), names(101))),
            ["syntax/too-large: this stands for 10100 connections, and no more than 10000 are read"]
        );
    }
}
