//! All rules. A new rule is a file in `rules/` and a line here and in `rules.rs`.

use super::rule::Rule;
use super::rules as all;

static RULES: &[Rule] = &[
    all::allow_expired::RULE,
    all::allow_invalid::RULE,
    all::allow_unused::RULE,
    all::architecture_island::RULE,
    all::attribute_unknown::RULE,
    all::availability_below_slo::RULE,
    all::availability_single_point::RULE,
    all::availability_unknown::RULE,
    all::budget_exceeded::RULE,
    all::budget_uncertain::RULE,
    all::call_cycle::RULE,
    all::call_long_chain::RULE,
    all::capacity_limit_exceeded::RULE,
    all::capacity_quota_exceeded::RULE,
    all::catalog_invalid_kind::RULE,
    all::catalog_invalid_wire::RULE,
    all::declaration_misplaced::RULE,
    all::docs_broken_link::RULE,
    all::docs_missing::RULE,
    all::edge_duplicate::RULE,
    all::edge_self::RULE,
    all::edge_wrong_end::RULE,
    all::element_unconnected::RULE,
    all::environment_cycle::RULE,
    all::environment_unknown::RULE,
    all::kind_abstract::RULE,
    all::kind_missing::RULE,
    all::kind_retired::RULE,
    all::kind_unknown::RULE,
    all::load_growing_cycle::RULE,
    all::load_not_positive::RULE,
    all::load_shares_exceed_whole::RULE,
    all::meter_without_price::RULE,
    all::meter_wrong_unit::RULE,
    all::name_ambiguous::RULE,
    all::name_dotted::RULE,
    all::name_duplicate::RULE,
    all::name_unresolved::RULE,
    all::owner_missing::RULE,
    all::pattern_argument::RULE,
    all::pattern_free_name::RULE,
    all::pattern_parameter::RULE,
    all::pattern_recursive::RULE,
    all::pattern_too_large::RULE,
    all::pattern_unknown::RULE,
    all::property_ambiguous::RULE,
    all::property_duplicate::RULE,
    all::property_missing::RULE,
    all::property_mistyped::RULE,
    all::property_out_of_range::RULE,
    all::property_unknown::RULE,
    all::property_wrong_unit::RULE,
    all::region_unknown::RULE,
    all::selector_invalid::RULE,
    all::selector_unknown_word::RULE,
    all::store_never_read::RULE,
    all::store_never_written::RULE,
    all::syntax_dangling::RULE,
    all::syntax_escape::RULE,
    all::syntax_foreign::RULE,
    all::syntax_incomplete::RULE,
    all::syntax_too_large::RULE,
    all::syntax_unclosed::RULE,
    all::syntax_unexpected::RULE,
    all::via_misplaced::RULE,
    all::wiring_retired::RULE,
    all::wiring_unknown::RULE,
    all::wiring_unsupported::RULE,
];

/// All rules, in the order of their codes.
pub fn rules() -> &'static [Rule] {
    RULES
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.code.cmp(code)).ok().and_then(|index| RULES.get(index))
}
