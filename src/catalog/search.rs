//! Finding kinds by what people call them.

use super::{Catalog, Kind, PropertyType};

/// How well a word fits a kind. The first is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is a word of the kind's names.
    Named,
    /// It is a part of them, or the category.
    Partly,
    /// It is a value that a property takes, or the beginning of a word in the documentation.
    Mentioned,
}

impl Catalog {
    /// The kinds that all words of a query fit, the best first; all kinds if there is no word. Looked through are names,
    /// products, aliases, categories, the names that properties take, and the documentation. Abstract kinds are left out;
    /// `group`, `external` and `person`, which are keywords as well, are not.
    pub fn search(&self, query: &str) -> Vec<&Kind> {
        let query: Vec<String> = words(query).collect();
        let mut found: Vec<(bool, Fit, &Kind)> = self
            .kinds()
            .filter(|kind| !kind.is_abstract || kind.name == "group")
            .filter_map(|kind| Some((self.retirement(kind.id).is_some(), self.fit(kind, &query)?, kind)))
            .collect();
        // By name where they fit as well, since that is how they came.
        found.sort_by_key(|(is_retired, fit, _)| (*is_retired, *fit));
        found.into_iter().map(|(_, _, kind)| kind).collect()
    }

    /// What somebody may have meant who names a kind: those whose names hold its name, whose alias it is, or that are of
    /// the category of this name. `aws.elasticache` for `cache`, `aws.rds` for `database`.
    pub fn namesakes(&self, of: &Kind) -> Vec<&Kind> {
        let asked: Vec<String> = words(&of.name).collect();
        let is_namesake = |kind: &&Kind| {
            let is_alias = kind.aliases.iter().any(|alias| words(alias).eq(asked.iter().cloned()));
            kind.id != of.id && (is_alias || kind.name.contains(&*of.name) || self.category(kind.id).name() == of.name)
        };
        self.search("").into_iter().filter(is_namesake).collect()
    }

    /// How well the word fits that fits worst; none if one does not fit at all.
    fn fit(&self, kind: &Kind, query: &[String]) -> Option<Fit> {
        let names: Vec<String> = std::iter::once(&kind.name)
            .chain([&kind.product])
            .chain(&kind.aliases)
            .map(|name| name.to_lowercase())
            .collect();
        let category = self.category(kind.id).name();
        let mut worst = Fit::Named;
        for word in query {
            // Who asks for `queues` means queues.
            let singular = word.strip_suffix('s').filter(|word| word.len() > 2).unwrap_or(word);
            let fit = if names.iter().any(|name| name == word || words(name).any(|it| it == *word || it == singular)) {
                Fit::Named
            } else if category.starts_with(singular) || names.iter().any(|name| name.contains(singular)) {
                Fit::Partly
            } else if mentions(kind, singular) {
                Fit::Mentioned
            } else {
                return None;
            };
            worst = worst.max(fit);
        }
        Some(worst)
    }
}

/// Whether the documentation of a kind and its own properties holds a word that begins like this, or a property takes it.
fn mentions(kind: &Kind, word: &str) -> bool {
    // Many words begin like a short one: `bus` is not meant by "busiest".
    let is_short = word.len() <= 3;
    let has = |text: &str| words(text).any(|it| it == word || (!is_short && it.starts_with(word)));
    let property_mentions = kind.properties.iter().any(|property| {
        let takes = matches!(&property.ty, PropertyType::OneOf(names) if names.iter().any(|name| has(name)));
        takes || property.doc.as_ref().is_some_and(|doc| has(&doc.text))
    });
    property_mentions || kind.doc.as_ref().is_some_and(|doc| has(&doc.text))
}

/// The words of a text, in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
