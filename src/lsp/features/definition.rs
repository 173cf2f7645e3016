//! `textDocument/definition`, `textDocument/declaration` and `textDocument/typeDefinition`

use gen_lsp_types::{
    Definition, DefinitionParams, DefinitionResponse, Location, LocationLink, TextDocumentPositionParams,
    TypeDefinitionParams,
};

use crate::ide::{self, Leads};
use crate::lsp::session::{Look, Session};

/// Where a name is declared. Of the code of a rule of the compiler's own, it is the rule's page.
pub(in crate::lsp) fn definition(session: &mut Session, params: &DefinitionParams) -> Option<DefinitionResponse> {
    let TextDocumentPositionParams { text_document, position } = &params.text_document_position_params;
    let look = session.look(&text_document.uri)?;
    let offset = look.offset(*position);
    if let Some(leads) = ide::definition(look.snapshot, look.file, offset) {
        return response(look, &leads, has_links(look, false));
    }
    let (rule, _) = ide::allowed_rule(look.snapshot, look.file, offset)?;
    let location = Location { uri: look.uri_of_rule(rule)?, range: <_>::default() };
    Some(Definition::Location(location).into())
}

/// Where the kind of a thing is declared.
pub(in crate::lsp) fn type_definition(
    session: &mut Session,
    params: &TypeDefinitionParams,
) -> Option<DefinitionResponse> {
    let TextDocumentPositionParams { text_document, position } = &params.text_document_position_params;
    let look = session.look(&text_document.uri)?;
    let leads = ide::type_definition(look.snapshot, look.file, look.offset(*position))?;
    response(look, &leads, has_links(look, true))
}

/// Whether the client takes links, which tell what they start from, in place of locations.
fn has_links(look: Look<'_>, of_types: bool) -> bool {
    let Some(document) = &look.client.capabilities.text_document else { return false };
    let supported = if of_types {
        document.type_definition.as_ref().and_then(|it| it.link_support)
    } else {
        document.definition.as_ref().and_then(|it| it.link_support)
    };
    supported.unwrap_or(false)
}

/// Without a place that can be opened, there is no answer.
fn response(look: Look<'_>, leads: &Leads, as_links: bool) -> Option<DefinitionResponse> {
    if as_links {
        let links = leads.to.iter().filter_map(|to| {
            Some(LocationLink {
                origin_selection_range: Some(look.range(leads.from)),
                target_uri: look.uri_to_read(to.name.file)?,
                target_range: look.range(to.whole),
                target_selection_range: look.range(to.name),
            })
        });
        let links: Vec<LocationLink> = links.collect();
        return (!links.is_empty()).then(|| links.into());
    }
    let locations: Vec<Location> = leads.to.iter().filter_map(|to| look.location_to_read(to.name)).collect();
    (!locations.is_empty()).then(|| Definition::LocationList(locations).into())
}
