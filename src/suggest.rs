//! "Did you mean": the known names that are like one that is not known, and how several are listed.

use std::cmp::Reverse;
use std::fmt::Display;

/// How many names a list shows before it says how many more there are.
pub(crate) const MOST: usize = 6;

/// `a`, `b` and `c`; beyond [`MOST`], "and 5 more". Names that are not shown are not made either.
pub(crate) fn listing<I>(names: I, conjunction: &str) -> String
where
    I: IntoIterator<Item: Display, IntoIter: ExactSizeIterator>,
{
    let names = names.into_iter();
    let more = names.len().saturating_sub(MOST);
    let names: Vec<String> = names.take(MOST).map(|name| format!("`{name}`")).collect();
    if more > 0 {
        return format!("{} {conjunction} {more} more", names.join(", "));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {conjunction} {last}", others.join(", ")),
        None => String::new(),
    }
}

/// The candidate most like `name`, if one is like it at all. Among equally good ones that wins which begins alike for longer,
/// and then the first, so that the answer does not depend on anything but the order of the candidates.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(name, candidate)?, candidate)))
        .min_by_key(|(distance, candidate)| (*distance, Reverse(alike(name, candidate))))
        .map(|(_, candidate)| candidate)
}

/// How many letters two words begin with in common.
fn alike(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one.eq_ignore_ascii_case(other)).count()
}

/// How many letters a word has in which one wrong letter is a slip and not another word.
const LONG: usize = 5;

/// Whether nobody who knows both doubts that the one was meant by the other: they differ in capitals or separators alone, or
/// by one letter inside of one long word, or by two neighbours that have changed places. `raw1` and `raw2`, `order` and
/// `orders`, `eu-west-1` and `us-west-1` may well be two things.
pub fn is_slip(name: &str, meant: &str) -> bool {
    let plain = |text: &str| -> String { text.chars().filter(|c| !is_separator(*c)).collect() };
    if name.eq_ignore_ascii_case(meant) || plain(name).eq_ignore_ascii_case(&plain(meant)) {
        return true;
    }
    let words = |text: &str| -> Vec<String> { text.split(is_separator).map(str::to_lowercase).collect() };
    let (written, right) = (words(name), words(meant));
    if written.len() != right.len() {
        return false;
    }
    let mut different = written.iter().zip(&right).filter(|(one, other)| one != other);
    let (Some((one, other)), None) = (different.next(), different.next()) else { return false };
    is_slip_in_word(one, other)
}

fn is_slip_in_word(one: &str, other: &str) -> bool {
    let letters = |word: &str| -> Vec<char> { word.chars().collect() };
    let (one_letters, other_letters) = (letters(one), letters(other));
    let length = one_letters.len().max(other_letters.len());
    let has_digit = one_letters.iter().chain(&other_letters).any(|c| c.is_numeric());
    // Long inputs are no slips, and the measure is quadratic.
    if has_digit || length + 1 < LONG || length > 64 || strsim::damerau_levenshtein(one, other) != 1 {
        return false;
    }
    let sorted = |mut letters: Vec<char>| {
        letters.sort_unstable();
        letters
    };
    let has_same_ends = one_letters.first() == other_letters.first() && one_letters.last() == other_letters.last();
    (has_same_ends && length >= LONG) || sorted(one_letters) == sorted(other_letters)
}

fn is_separator(c: char) -> bool {
    matches!(c, '_' | '-' | '.' | '/')
}

/// How far a candidate is from a name; none if nobody would take one for the other.
fn distance(name: &str, candidate: &str) -> Option<usize> {
    if name == candidate {
        return None;
    }
    if name.eq_ignore_ascii_case(candidate) || same_but_for_separators(name, candidate) {
        return Some(0);
    }
    let length = name.chars().count();
    let allowed = match length {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    // Long inputs are no slips, and the measure is quadratic. Of thousands of names, few have nearly the same letters.
    let is_far =
        length > 64 || length.abs_diff(candidate.chars().count()) > allowed || letters_apart(name, candidate) > allowed;
    let slips = if is_far { usize::MAX } else { strsim::damerau_levenshtein(name, candidate) };
    if slips <= allowed { Some(slips) } else { is_last_segment(name, candidate).then_some(3) }
}

/// How many letters one of two names has that the other lacks: they are at least so many slips apart.
fn letters_apart(name: &str, candidate: &str) -> usize {
    let mut counts = [0_i32; 32];
    let mut count = |text: &str, by: i32| {
        for c in text.chars() {
            // Letters that share a count hide a difference, and never make one.
            if let Some(count) = counts.get_mut(c as usize % 32) {
                *count += by;
            }
        }
    };
    count(name, 1);
    count(candidate, -1);
    let sum = |is_more: fn(&i32) -> bool| {
        counts.iter().filter(|it| is_more(it)).map(|it| it.unsigned_abs() as usize).sum::<usize>()
    };
    sum(|count| *count > 0).max(sum(|count| *count < 0))
}

/// `s3` for `aws.s3`, `lambda` for `aws.lambda`.
fn is_last_segment(name: &str, candidate: &str) -> bool {
    name.len() >= 2 && candidate.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case(name))
}

/// `web_app` for `web-app`, `aws_s3` for `aws.s3`.
fn same_but_for_separators(name: &str, candidate: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        text.chars().filter(|c| !matches!(c, '_' | '-' | '.')).map(|c| c.to_ascii_lowercase()).collect()
    };
    name.len() == candidate.len() && letters(name) == letters(candidate)
}

#[cfg(test)]
mod tests {
    use super::{is_slip, nearest};

    #[test]
    fn finds_slips_and_habits() {
        let kinds = ["aws.lambda", "aws.s3", "web-app"];
        assert_eq!(nearest("aws.lamda", kinds), Some("aws.lambda"));
        assert_eq!(nearest("lambda", kinds), Some("aws.lambda"));
        assert_eq!(nearest("aws.sq", ["aws.s3", "aws.sqs"]), Some("aws.sqs"));
        assert_eq!(nearest("aws_s3", kinds), Some("aws.s3"));
        assert_eq!(nearest("web_app", kinds), Some("web-app"));
        assert_eq!(nearest("Web-App", kinds), Some("web-app"));
        // What was not typed to its end.
        assert_eq!(nearest("aws.sq", ["aws.s3", "aws.sqs"]), Some("aws.sqs"));
    }

    #[test]
    fn knows_a_slip_from_another_word() {
        for (name, meant) in [
            ("strem", "stream"),
            ("aws.lamda", "aws.lambda"),
            ("Web-App", "web_app"),
            ("retenton", "retention"),
            ("memroy", "memory"),
            ("team_a.receipts", "team_a.reciepts"),
            ("scael", "scale"),
            ("rawzone", "raw_zone"),
            ("alow", "allow"),
        ] {
            assert!(is_slip(name, meant), "{name}");
        }
        for (name, meant) in [
            ("raw1", "raw2"),
            ("order", "orders"),
            ("lambda", "aws.lambda"),
            ("eu-west-1", "us-west-1"),
            ("shard10", "shard1"),
            ("aws.s3", "aws.s4"),
            ("use_erm", "use_emr"),
            ("host", "hosts"),
            ("team", "term"),
            ("reads", "roads_"),
        ] {
            assert!(!is_slip(name, meant), "{name}");
        }
    }

    #[test]
    fn stays_silent_where_nothing_is_near() {
        assert_eq!(nearest("kafka", ["aws.lambda", "aws.s3"]), None);
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(nearest("aws.s3", ["aws.s3"]), None);
    }
}
