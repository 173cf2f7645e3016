//! "Did you mean": the known names that are like one that is not known.

/// The candidate most like `name`, if one is like it at all. Among equally good ones the first wins, so that the answer
/// does not depend on anything but the order of the candidates.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(name, candidate)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
    // Long inputs are no slips, and the measure is quadratic.
    if length > 64 || length.abs_diff(candidate.chars().count()) > 3 {
        return is_last_segment(name, candidate).then_some(3);
    }
    let slips = strsim::damerau_levenshtein(name, candidate);
    let allowed = match length {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    if slips <= allowed { Some(slips) } else { is_last_segment(name, candidate).then_some(3) }
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
    use super::nearest;

    #[test]
    fn finds_slips_and_habits() {
        let kinds = ["aws.lambda", "aws.s3", "web-app"];
        assert_eq!(nearest("aws.lamda", kinds), Some("aws.lambda"));
        assert_eq!(nearest("lambda", kinds), Some("aws.lambda"));
        assert_eq!(nearest("aws_s3", kinds), Some("aws.s3"));
        assert_eq!(nearest("web_app", kinds), Some("web-app"));
        assert_eq!(nearest("Web-App", kinds), Some("web-app"));
    }

    #[test]
    fn stays_silent_where_nothing_is_near() {
        assert_eq!(nearest("kafka", ["aws.lambda", "aws.s3"]), None);
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(nearest("aws.s3", ["aws.s3"]), None);
    }
}
