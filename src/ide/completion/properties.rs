//! Properties that a declaration can still be given.

use super::context::{Context, Place};
use super::edges::Written;
use super::items::Items;
use super::names::{Identity, Known};
use super::{About, Item, Sort, values};
use crate::catalog::{KindId, PropertySpec};
use crate::ide::position::Sort as Word;
use crate::model::is_inherited;

/// The kinds whose properties can be written in the block around the cursor, the nearest first.
fn owners(context: &Context<'_>) -> Vec<KindId> {
    let core = |name: &str| context.core(name).into_iter().collect();
    match context.place {
        Place::Architecture if is_group(context) => core("group"),
        Place::Architecture => core("architecture"),
        Place::Group | Place::Use => core("group"),
        Place::Element => vec![kind_of_element(context)].into_iter().flatten().collect(),
        Place::Edge => {
            let mut kinds = kinds_of_carriers(context);
            kinds.extend(context.core("edge"));
            kinds
        }
        Place::View => core("view"),
        Place::Scenario => core("scenario"),
        Place::Environment => core("environment"),
        Place::Rule => core("rule"),
        Place::Decision => core("decision"),
        _ => Vec::new(),
    }
}

/// Whether the block goes on with a group: `extend lake.ingest`.
fn is_group(context: &Context<'_>) -> bool {
    matches!(context.home, super::context::Home::Model(Some(scope)) if scope.group.is_some())
}

fn kind_of_element(context: &Context<'_>) -> Option<KindId> {
    let head = context.head();
    let colon = head.iter().position(|it| context.position.is(it, ":"));
    let kind = colon.and_then(|colon| head.get(colon + 1)).filter(|kind| kind.sort == Word::Name);
    let kind = kind.and_then(|kind| context.catalog().find(context.position.text_of(kind)));
    let keyword = head.first().map_or("", |first| context.position.text_of(first));
    kind.or_else(|| context.core(if keyword == "service" { "element" } else { keyword }))
}

/// The kinds of the carriers that an edge declares.
fn kinds_of_carriers(context: &Context<'_>) -> Vec<KindId> {
    let edge = Written::read(context, context.head());
    let declared = edge.carriers.iter().filter(|(name, target)| name.is_some() || context.meaning(target).is_none());
    declared.filter_map(|(_, target)| context.catalog().find(target)).collect()
}

/// What some kinds say of a property, the nearest first.
fn find<'s>(context: &Context<'s>, owners: &[KindId], name: &str) -> Option<&'s PropertySpec> {
    let catalog = context.catalog();
    owners.iter().find_map(|kind| catalog.property(*kind, name))
}

/// The property that a key names, which may reach into another element in an environment.
pub(super) fn find_key<'s>(context: &Context<'s>, key: &str) -> Option<&'s PropertySpec> {
    let Some((base, name)) = key.rsplit_once('.') else { return find(context, &owners(context), key) };
    let kind = match context.place {
        Place::Environment => kind_set_in_environment(context, &context.meaning(base)?)?,
        Place::Edge => {
            let edge = Written::read(context, context.head());
            let (_, target) = edge.carriers.iter().find(|(name, target)| *name == Some(base) || *target == base)?;
            context.catalog().find(target)?
        }
        _ => return None,
    };
    find(context, &[kind], name)
}

fn kind_set_in_environment(context: &Context<'_>, known: &Known<'_>) -> Option<KindId> {
    match known.identity {
        Identity::Architecture(_) => context.core("environment"),
        _ => known.kind,
    }
}

/// Offers the properties of the block around the cursor.
pub(super) fn properties(context: &Context<'_>, items: &mut Items) {
    let owners = owners(context);
    let mut offered: Vec<&str> = Vec::new();
    for kind in &owners {
        for spec in context.catalog().properties(*kind) {
            let is_set = context.position.keys.contains(&spec.name.as_str());
            let is_ambiguous = is_ambiguous(context, &owners, spec);
            if !is_set && !is_ambiguous && !offered.contains(&spec.name.as_str()) {
                offered.push(&spec.name);
                items.add(item(context, *kind, spec, &spec.name));
            }
        }
    }
}

/// Whether several carriers of an edge have a property of their own by this name.
fn is_ambiguous(context: &Context<'_>, owners: &[KindId], spec: &PropertySpec) -> bool {
    if context.place != Place::Edge {
        return false;
    }
    let (element, edge) = (context.core("element"), context.core("edge"));
    let knows = |kind: &&KindId| {
        let own = context.catalog().ancestry(**kind).take_while(|kind| Some(kind.id) != element);
        own.into_iter().any(|kind| kind.properties.iter().any(|property| property.name == spec.name))
    };
    owners.iter().filter(|kind| Some(**kind) != edge).filter(knows).count() > 1
}

/// Offers the properties of an element that an environment sets: `warehouse.nodes`.
pub(super) fn of_another(context: &Context<'_>, items: &mut Items, base: &str) {
    let Some(kind) = context.meaning(base).and_then(|known| kind_set_in_environment(context, &known)) else { return };
    for spec in context.catalog().properties(kind) {
        let key = format!("{base}.{}", spec.name);
        if !context.position.keys.contains(&key.as_str()) {
            let item = item(context, kind, spec, &key);
            items.add(item.filter(key));
        }
    }
}

fn item(context: &Context<'_>, kind: KindId, spec: &PropertySpec, key: &str) -> Item {
    let is_required = is_required(context, kind, spec);
    let ancestor = |name: &str| context.core(name);
    let declared_by = context.catalog().ancestry(kind).find(|it| it.properties.iter().any(|p| p.name == spec.name));
    let is_common = declared_by.is_some_and(|it| [ancestor("element"), ancestor("declaration")].contains(&Some(it.id)));
    let tier = match (is_required, is_common) {
        (true, _) => 0,
        (false, false) => 2,
        (false, true) => 4,
    };
    let owner = context.catalog().kind(kind).name.to_string();
    let item = Item::new(Sort::Property, spec.name.as_str())
        .detail(detail(spec, is_required))
        .about(About::Property(owner, spec.name.to_string()))
        .tier(tier);
    if context.position.rest_of_line().trim_start().starts_with('=') {
        return item.text(key);
    }
    let value = values::placeholder(context, spec);
    item.text(format!("{key} = ")).snippet(format!("{key} = {value}"))
}

/// Whether a value has to be given and nothing gives one.
fn is_required(context: &Context<'_>, kind: KindId, spec: &PropertySpec) -> bool {
    let is_given_around = || {
        let super::context::Home::Model(Some(scope)) = context.home else { return false };
        let around = |id: &crate::model::ElementId| context.model().element(*id).group;
        let groups = std::iter::successors(scope.group, around);
        let by_group = groups.map(|id| &context.model().element(id).settings);
        let own = &context.model().architecture(scope.architecture).settings;
        by_group.chain([own]).any(|settings| settings.get(&spec.name).is_some())
    };
    let is_required = context.catalog().required(kind).any(|name| *name == spec.name) && spec.default.is_none();
    is_required && !(is_inherited(&spec.name) && is_given_around())
}

/// Type, default and range on one line.
pub(super) fn detail(spec: &PropertySpec, is_required: bool) -> String {
    let mut detail = spec.ty.to_string();
    if let Some(default) = &spec.default {
        detail = format!("{detail} = {default}");
    }
    detail = match (&spec.min, &spec.max) {
        (Some(min), Some(max)) => format!("{detail} · {min} to {max}"),
        (Some(min), None) => format!("{detail} · at least {min}"),
        (None, Some(max)) => format!("{detail} · at most {max}"),
        (None, None) => detail,
    };
    if is_required {
        detail.push_str(" · required");
    }
    detail
}
