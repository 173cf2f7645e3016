//! The bills of the reference patterns.

use crate::cli::Folder;

/// Each line shows its arithmetic. It was evaluated apart from archc, with fractions, when this was written: the derivation
/// over the unit is the quantity, and the quantity times the unit price is the cost, for all 60 priced lines.
#[test]
fn each_line_was_computed_by_hand() {
    let folder = Folder::new()
        .with("batch_etl.arch", include_str!("../../../examples/patterns/batch_etl.arch"))
        .with("data_lake.arch", include_str!("../../../examples/patterns/data_lake.arch"))
        .with("realtime_analytics.arch", include_str!("../../../examples/patterns/realtime_analytics.arch"));
    insta::assert_snapshot!(folder.run(&["bom"]));
}
