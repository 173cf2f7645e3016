use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::{Confidence, Lookup, PriceBook, embedded_files};
use super::read;

/// What is wrong with a file: a line for each mistake, and one for what to do.
fn mistakes(text: &str) -> String {
    let mut shown = String::new();
    for mistake in read("ours.toml", text).1 {
        let line = text[..mistake.span.start].matches('\n').count() + 1;
        let help = mistake.help.map_or(String::new(), |help| format!("     {help}\n"));
        let _ = write!(shown, "{line}: {}\n{help}", mistake.message);
    }
    shown
}

/// A file with one group of the given lines and rows.
fn file(group: &str, rows: &str) -> String {
    format!(
        "[sources.deal]\nkind = \"contract\"\nref = \"4711\"\nread = 2026-11-22\n\n\
         [[price]]\nid = \"team.queue\"\nunit = \"request\"\nsource = \"deal\"\nconfidence = \"A\"\n{group}\nrows = [\n{rows}\n]\n"
    )
}

#[test]
fn nothing_is_wrong_with_the_shipped_files() {
    for (path, text) in embedded_files() {
        assert_eq!(read(path, text).1, [], "{path}");
    }
}

/// A price that goes missing, or one whose confidence changes, is seen here.
#[test]
fn the_shipped_book_has_so_many_prices() {
    let mut numbers: BTreeMap<(String, Confidence), usize> = BTreeMap::new();
    for price in PriceBook::shipped().prices() {
        *numbers.entry((price.region.to_string(), price.confidence)).or_default() += 1;
    }
    let lines: Vec<String> =
        numbers.iter().map(|((region, letter), number)| format!("{region} {letter} {number}\n")).collect();
    let shown = lines.concat();
    insta::assert_snapshot!(shown, @r"
    eu-west-1 A 100
    eu-west-1 B 1
    eu-west-1 C 5
    us-east-1 A 168
    us-east-1 B 25
    us-east-1 C 17
    us-east-1 X 4
    ");
}

#[test]
fn no_shipped_price_has_a_date_that_is_to_come() {
    for price in PriceBook::shipped().prices() {
        assert_eq!(price.source.read.to_string(), "2026-11-22", "{} in {}", price.id, price.region);
        assert!(!price.source.reference.is_empty() && price.source.date() <= price.source.read, "{}", price.id);
        assert_eq!(price.tiers.is_empty(), price.confidence == Confidence::X, "{} in {}", price.id, price.region);
    }
}

#[test]
fn reports_every_mistake_with_what_to_do() {
    let text = r#"
colour = "red"

[sources.old]
kind = "contract"
ref = "4711"
published = 2026-11-23
read = 2026-11-22

[sources.half]
kind = "contract"
refs = "4711"

[[price]]
id = "team queue"
unit = "GiB-mo"
currency = "usd"
per = "0"
free = { quantity = "0", scope = "planet" }
rows = []

[[price]]
id = "team.queue"
unit = "request"
source = "odl"
confidence = "D"
rows = [
  { region = "r1", price = 0.015 },
  { region = "r2", price = "-1" },
  { region = "r3", price = "one" },
  { region = "r4", price = "0" },
  { region = "r5" },
  { price = "1", pirce = "2" },
]
"#;
    insta::assert_snapshot!(mistakes(text), @r#"
    2: a file with prices has no `colour`
         it has `sources`, `price`
    7: it was published after it was read
         check the two dates
    10: `ref` is missing
         add `ref = "…"`: where it is found
    10: `read` is missing
         add `read = 2026-11-22`: the day you read it
    12: a source has no `refs`
         did you mean `ref`?
    15: `team queue` is no name that a meter can have behind its `@`
         join names by `.`: `team.queue.messages`
    16: `mo` is no unit
         did you mean `month`?
    17: `usd` is no currency
         write a code of ISO 4217, such as `USD`
    18: this cannot be 0
         leave it out, or write a positive number
    19: this cannot be 0
         leave it out, or write a positive number
    19: a free pool is shared in an `account` or a `region`, and not in `planet`
         write `scope = "account"`
    20: a price without rows says nothing
         add a row, or leave the price out
    25: there is no source `odl` in this file
         did you mean `old`?
    26: there is no confidence `D`
         it is `A`, `B`, `C` or `X`
    28: a figure is a text here
         put it in quotes: figures are read as decimals, exactly as they are written
    29: `-1` is less than 0
         figures of a price are 0 or more
    30: `one` is no decimal number
         write digits, with single `_` between them if you like, such as `1_000` or `0.015`
    31: a price of 0 needs its reason
         if it is free, say why: `zero = "deliveries to queues are free"`; if it is not known, leave the row out
    32: a row needs its price
         add `price = "0.015"`
    33: `region` is missing
         add `region = "us-east-1"`, or `"*"` for all regions
    33: a row of prices has no `pirce`
         did you mean `price`?
    "#);
}

#[test]
fn a_row_says_where_it_is_from_and_how_far_it_can_be_relied_on() {
    let text = "[[price]]\nid = \"team.queue\"\nunit = \"request\"\nrows = [{ region = \"*\", price = \"1\" }]\n";
    insta::assert_snapshot!(mistakes(text), @r"
    4: a price needs its source
         add `source`: the name of one of the file's `[sources]`, or a table with `kind`, `ref` and `read`
    4: a price needs to say how far it can be relied on
         add `confidence`: `A`, `B` or `C`, or `X` where sources contradict each other
    ");
}

#[test]
fn tiers_follow_each_other_from_the_first_unit_on() {
    let cases = [
        ("a gap", r#"{ region = "*", price = "2", to = "10" }, { region = "*", price = "1", from = "11" }"#),
        ("an overlap", r#"{ region = "*", price = "2", to = "10" }, { region = "*", price = "1", from = "9" }"#),
        ("twice", r#"{ region = "*", price = "2" }, { region = "*", price = "1" }"#),
        ("late", r#"{ region = "*", price = "2", from = "10" }"#),
        ("early", r#"{ region = "*", price = "2", to = "10" }"#),
    ];
    let shown = cases.map(|(name, rows)| format!("{name}\n{}", mistakes(&file("", rows)))).concat();
    insta::assert_snapshot!(shown, @r"
    a gap
    13: `team.queue` in `*`: one tier ends at 10, and the next begins at 11
         the tiers begin at 0, and each begins where the one before ends
    an overlap
    13: `team.queue` in `*`: one tier ends at 10, and the next begins at 9
         the tiers begin at 0, and each begins where the one before ends
    twice
    13: `team.queue` in `*`: two rows are for the same units
         the tiers begin at 0, and each begins where the one before ends
    late
    13: `team.queue` in `*`: the first tier begins at 10
         the tiers begin at 0, and each begins where the one before ends
    early
    13: `team.queue` in `*`: the last tier ends at 10
         the tiers begin at 0, and each begins where the one before ends
    ");
}

#[test]
fn a_contradiction_has_two_figures_and_no_price() {
    let cases = [
        r#"{ region = "a", confidence = "X", price = "2", conflicting = ["1", "2"] }"#,
        r#"{ region = "a", confidence = "X" }"#,
        r#"{ region = "a", confidence = "X", conflicting = ["1", "1.0"] }"#,
        r#"{ region = "a", confidence = "X", conflicting = ["1", "two"] }"#,
        r#"{ region = "a", price = "2", conflicting = ["1", "2"] }"#,
        r#"{ region = "a", price = "2" }, { region = "a", confidence = "X", conflicting = ["1", "2"] }"#,
        r#"{ region = "a", price = "2", zero = "a gift" }"#,
    ];
    let shown = cases.map(|rows| format!("{rows}\n{}", mistakes(&file("", rows)))).concat();
    insta::assert_snapshot!(shown, @r#"
    { region = "a", confidence = "X", price = "2", conflicting = ["1", "2"] }
    13: sources that contradict each other make no price
         give the figures as `conflicting = ["0.02", "0.30"]`, and no price
    { region = "a", confidence = "X" }
    13: nothing says how the sources contradict each other
         give the figures of the sources: `conflicting = ["0.02", "0.30"]`
    { region = "a", confidence = "X", conflicting = ["1", "1.0"] }
    13: it takes two figures for a contradiction
         give at least two, or the one as `price`
    { region = "a", confidence = "X", conflicting = ["1", "two"] }
    13: `two` is no decimal number
         write digits, with single `_` between them if you like, such as `1_000` or `0.015`
    { region = "a", price = "2", conflicting = ["1", "2"] }
    13: a price that can be relied on has no figures against it
         write `confidence = "X"` if nobody knows which one is right, or leave `conflicting` out
    { region = "a", price = "2" }, { region = "a", confidence = "X", conflicting = ["1", "2"] }
    13: `team.queue` in `a` is given in line 13 already
         remove one of the two
    { region = "a", price = "2", zero = "a gift" }
    13: this price is not 0
         leave `zero` out, or write `price = "0"`
    "#);
}

#[test]
fn tiers_in_two_groups_are_billed_alike() {
    let row = r#"{ region = "*", price = "2", to = "10" }"#;
    let other = "[[price]]\nid = \"team.queue\"\nunit = \"request\"\nper = \"1_000\"\nsource = \"deal\"\nconfidence = \"A\"\n\
                 rows = [{ region = \"*\", price = \"1\", from = \"10\" }]\n";
    insta::assert_snapshot!(mistakes(&(file("", row) + other)), @r"
    21: `team.queue` is billed in another way by its row in line 13
         unit, currency, `per`, roundings and free units are those of all tiers: give them in one `[[price]]`
    ");
}

#[test]
fn a_file_that_is_no_toml_is_reported_line_by_line() {
    insta::assert_snapshot!(mistakes("[[price]]\nid = aws\nunit = \"request\nper = \"1\"\n"), @r#"
    2: string values must be quoted, expected literal string
    3: invalid basic string, expected `"`
    "#);
}

#[test]
fn the_price_of_a_workspace_replaces_the_shipped_one_with_all_its_tiers() {
    let ours = "[[price]]\nid = \"aws.s3.storage\"\nunit = \"GiB-month\"\nconfidence = \"A\"\n\
                source = { kind = \"contract\", ref = \"4711\", read = 2026-11-22 }\n\
                rows = [\n{ variant = \"standard\", region = \"us-east-1\", price = \"0.019\" },\n\
                { variant = \"standard\", region = \"*\", price = \"0.03\" }]\n";
    let mut book = PriceBook::shipped();
    book.add(read("ours.toml", ours).0);
    let figures = |region: &str| match book.lookup("aws.s3.storage", Some("standard"), region) {
        Lookup::Priced(price) => price.tiers.iter().map(|tier| tier.price.to_string()).collect::<Vec<_>>().join(", "),
        other => format!("{other:?}"),
    };
    assert_eq!(figures("us-east-1"), "0.019");
    assert_eq!(figures("eu-west-1"), "0.023, 0.022, 0.021");
    assert_eq!(figures("moon-1"), "0.03");
}

#[test]
fn says_which_part_of_a_key_is_not_known() {
    let book = PriceBook::shipped();
    let lookup = |id, variant| format!("{:?}", book.lookup(id, variant, "moon-1"));
    assert_eq!(lookup("aws.lambda.requests", None), r#"NoRegion { regions: ["eu-west-1", "us-east-1"] }"#);
    assert_eq!(lookup("aws.lambda.duration", Some("sparc")), r#"NoVariant { variants: ["arm64", "x86_64"] }"#);
    assert_eq!(lookup("aws.lambda", None), "NoId");
    let conflict = book.lookup("aws.appflow.processed", None, "us-east-1");
    assert!(matches!(conflict, Lookup::Conflicting(price) if price.conflicting.len() == 4));
}
