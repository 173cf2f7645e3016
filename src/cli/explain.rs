//! `archc explain`

use std::fmt::Write as _;

use clap::Args;

use super::Outcome;
use super::failure::Failure;
use crate::check::{self, Rule};
use crate::policy;
use crate::suggest::nearest;

/// Explains a rule, or lists all rules
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Explain {
    /// A rule, such as `wiring/unsupported`, or a family of rules, such as `wiring` [default: list all]
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

const AFTER_HELP: &str = "\
Examples:
  archc explain                       list all rules
  archc explain wiring                list the rules of a family
  archc explain wiring/unsupported    the page of one rule";

impl Explain {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let rules = check::rules();
        let Some(code) = &self.code else { return Ok(Outcome::text(table(rules.iter()))) };
        if let Some(rule) = rules.iter().find(|rule| rule.code == code) {
            return Ok(Outcome::text(rule.page()));
        }
        let family = rules.iter().filter(|rule| rule.code.split('/').next() == Some(code.trim_end_matches('/')));
        if family.clone().next().is_some() {
            return Ok(Outcome::text(table(family)));
        }
        if code.starts_with(policy::PREFIX) {
            let help = "a rule of a workspace's own is explained where it is declared, by its `because`";
            return Err(Failure::new(format!("there is no page about `{code}`")).help(help));
        }
        Err(unknown(code))
    }
}

/// A rule or a family that there is not, with the one that was probably meant.
pub(super) fn unknown(wanted: &str) -> Failure {
    let rules = check::rules();
    let name = |code: &'static str| code.split_once('/').map_or(code, |(_, name)| name);
    let near = nearest(wanted, rules.iter().flat_map(|rule| [rule.code, rule.family()])).or_else(|| {
        // Its family is left out or another one, as in `unresolved` and `names/unresolved`.
        let wanted = wanted.split_once('/').map_or(wanted, |(_, name)| name);
        let codes = || rules.iter().map(|rule| rule.code);
        let near = codes().map(name).find(|name| *name == wanted).or_else(|| nearest(wanted, codes().map(name)))?;
        codes().find(|code| name(code) == near)
    });
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`archc explain` lists all rules".to_owned(),
    };
    Failure::new(format!("there is no rule `{wanted}`")).help(help)
}

fn table<'a>(rules: impl Iterator<Item = &'a Rule> + Clone) -> String {
    let width = rules.clone().map(|rule| rule.code.len()).max().unwrap_or_default();
    let mut text = String::new();
    for rule in rules {
        let _ = writeln!(text, "{:width$}  {:7}  {}", rule.code, rule.level, rule.summary);
    }
    text
}
