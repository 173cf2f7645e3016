//! Bills: what each service costs, to the last digit, and what is not known.
#![allow(clippy::indexing_slicing, clippy::panic, reason = "what is not there fails the test")]

mod against;
mod declared;
mod formats;
mod patterns;
mod sharing;
mod sweep;
mod vectors;

use serde_json::Value;

use crate::cli::Folder;

/// A bill as `archc bom --format json` gives it.
struct Bill(Value);

impl Bill {
    /// The bill of the architecture `shop` in `us-east-1` with these declarations.
    fn of(declarations: &str) -> Bill {
        Bill::with(declarations, &[])
    }

    /// The same, with options.
    fn with(declarations: &str, options: &[&str]) -> Bill {
        Bill::in_folder(&Folder::new().with("archc.toml", "").with("shop.arch", shop(declarations)), options)
    }

    fn in_folder(folder: &Folder, options: &[&str]) -> Bill {
        let output = folder.command().args(["bom", "--format", "json"]).args(options).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        Bill(serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}\n{stderr}")))
    }

    /// A line, by the service or connection and the meter.
    fn line(&self, element: &str, meter: &str) -> &Value {
        let lines = self.0["lines"].as_array().unwrap();
        let line = lines.iter().find(|line| line["element"] == element && line["meter"] == meter);
        line.unwrap_or_else(|| panic!("no line `{element}`, `{meter}` in {:#}", self.0["lines"]))
    }

    /// What a line costs, exactly.
    fn cost(&self, element: &str, meter: &str) -> &str {
        let line = self.line(element, meter);
        line["cost"].as_str().unwrap_or_else(|| panic!("unpriced: {line:#}"))
    }

    fn quantity(&self, element: &str, meter: &str) -> &str {
        self.line(element, meter)["quantity"].as_str().unwrap()
    }

    /// Why a line is unpriced.
    fn reason(&self, element: &str, meter: &str) -> &str {
        let line = self.line(element, meter);
        assert!(line["cost"].is_null(), "{line:#}");
        line["unpriced"].as_str().unwrap()
    }

    /// The total in a currency, and how many lines are in it and are not.
    fn total(&self, currency: &str) -> (&str, u64, u64) {
        let total = &self.0["total"];
        let lines = |field: &str| total[field].as_u64().unwrap();
        (total["costs"][currency].as_str().unwrap(), lines("priced"), lines("unpriced"))
    }
}

fn shop(declarations: &str) -> String {
    format!("architecture shop \"Shop\" {{\n  region = us-east-1\n{declarations}\n}}\n")
}
