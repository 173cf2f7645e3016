//! That the tests of the book see what is wrong in a chapter, and what differs.

use insta::assert_snapshot;

use super::chapter::Chapter;

/// A chapter in which every second fence says something else than is true.
const WRONG: &str = include_str!("wrong.md");

#[test]
fn what_is_wrong_in_a_chapter_is_found() {
    let mut chapter = Chapter::of(WRONG);
    chapter.try_all();
    assert_snapshot!(format!("{}\n--- stale\n{}", chapter.complaints.join("\n"), chapter.stale.join("\n")));
}

#[test]
fn an_update_mends_what_commands_print_and_nothing_else() {
    let mut chapter = Chapter::of(WRONG);
    chapter.try_all();
    let current = chapter.current();
    assert_snapshot!(similar::TextDiff::from_lines(WRONG, &current).unified_diff().context_radius(1).to_string());
    let mut again = Chapter::of(&current);
    again.try_all();
    assert_eq!((again.stale.len(), again.complaints.len()), (0, chapter.complaints.len()));
}
