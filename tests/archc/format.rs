//! The formatter: its style as texts before and after, and what holds for every text.

mod layout;
mod properties;

use std::path::{Path, PathBuf};

use archc::format::format;
use insta::assert_snapshot;

use crate::inputs::files_below;

/// What a text becomes; that text stays as it is from then on.
fn formatted(text: &str) -> String {
    properties::check(text);
    format(text).text
}

#[test]
fn statements_and_blanks() {
    assert_snapshot!(formatted("\u{FEFF}//! File.\r\n\r\n\r\n\r\narchitecture   x\"X\"{\r\n\r\n\tregion    = us-east-1 // why\r\n\t// what follows\r\n\r\n\r\n\ta->b\"label\"{share=30%}\r\n/// Doc\r\n@allow(wiring/unknown,\"new\" , until=2027-01-01)\r\nservice s :aws.s3 { }\r\n y = (a+b)*-c - -1,z = [ 1 ,2, ]\r\n\r\n}\r\n\r\n"), @r#"
    //! File.

    architecture x "X" {
      region = us-east-1  // why
      // what follows

      a -> b "label" { share = 30% }
      /// Doc
      @allow(wiring/unknown, "new", until = 2027-01-01)
      service s: aws.s3 {}
      y = (a + b) * -c - -1, z = [1, 2]
    }
    "#);
}

#[test]
fn one_line_or_several() {
    assert_snapshot!(formatted(r#"
service kept: k { a = 1, b = 2 }
service opened: k {
  a = 1, b = 2, c = 3, }
service opened_later: k { a = 1,
  b = 2 }
service too_wide: aws.kinesis.stream "A label" { first = "some words", second = "some other words", third = "enough words" }
environment much_too_wide { first = "some words and some words", second = "some other words and some words", third = "enough words and some words" }
names = [first-name-of-many, second-name-of-many, third-name-of-many, fourth-name-of-many, fifth-name-of-many, sixth]
table = [1, 2, 3,
  4, 5, 6]
call = f(a, key = [
  b])
alt { a -> b } else { c -> d }
alt "x" { a -> b }
  else { c -> d }
par {
  a -> b
}
// between
and { a -> c }
"#), @r#"
    service kept: k { a = 1, b = 2 }
    service opened: k {
      a = 1, b = 2, c = 3
    }
    service opened_later: k {
      a = 1
      b = 2
    }
    service too_wide: aws.kinesis.stream "A label" {
      first = "some words", second = "some other words", third = "enough words"
    }
    environment much_too_wide {
      first = "some words and some words", second = "some other words and some words", third = "enough words and some words"
    }
    names = [first-name-of-many, second-name-of-many, third-name-of-many, fourth-name-of-many, fifth-name-of-many, sixth]
    table = [
      1, 2, 3,
      4, 5, 6,
    ]
    call = f(
      a,
      key = [
        b,
      ],
    )
    alt { a -> b } else { c -> d }
    alt "x" { a -> b }
    else { c -> d }
    par {
      a -> b
    }
    // between
    and { a -> c }
    "#);
}

#[test]
fn chains_wires_and_comments() {
    assert_snapshot!(formatted(r#"
a ->b
   -> c  =>d { // after the brace
 retention=1 d
// at the end
}
wire a, b // why
  , c   ->   d,
  e only { read = 2026-01-01 }
list = [ // first
  // own line
  1 // after an item
  , 2

  // last
]
text = """
   stays
     as it is
   """,   other = 2
"#), @r#"
    a -> b
      -> c => d {  // after the brace
        retention = 1 d
        // at the end
      }
    wire a, b,  // why
      c -> d,
      e only { read = 2026-01-01 }
    list = [  // first
      // own line
      1,  // after an item
      2,

      // last
    ]
    text = """
       stays
         as it is
       """
    other = 2
    "#);
}

#[test]
fn what_cannot_be_read_stays() {
    assert_snapshot!(formatted(r"
group g{
      a->b
   foo   bar !!   // and its comment
  service   broken : {   a  = 1 }
  /// Doc of what is not understood.
   servce x: k {
       a   =  1
 }
  key:  value,   other   =  2
      c->d,
   -> e
}
kind  after{}
"), @r"
    group g {
      a -> b
       foo   bar !!   // and its comment
      service   broken : {   a  = 1 }
      /// Doc of what is not understood.
       servce x: k {
           a   =  1
     }
      key:  value,   other   =  2
          c->d,
       -> e
    }
    kind after {}
    ");
}

/// The sources that people read first, which must show the style.
fn shipped() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["examples", "src"].iter().flat_map(|folder| files_below(&root.join(folder), "arch")).collect()
}

#[test]
fn every_file_that_ships_is_formatted() {
    let files = shipped();
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(formatted(&text) == text, "run `archc fmt {}`", file.display());
    }
}
