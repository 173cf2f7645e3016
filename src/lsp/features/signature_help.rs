//! `textDocument/signatureHelp`

use gen_lsp_types::{
    ActiveParameter, ClientSignatureInformationOptions, ParameterInformation, ParameterInformationLabel, SignatureHelp,
    SignatureHelpParams, SignatureInformation,
};

use super::completion::markup;
use crate::ide;
use crate::lsp::client::Client;
use crate::lsp::session::Session;

pub(in crate::lsp) fn help(session: &mut Session, params: &SignatureHelpParams) -> Option<SignatureHelp> {
    let at = &params.text_document_position_params;
    let look = session.look(&at.text_document.uri)?;
    let help = ide::signature(look.snapshot, look.file, look.offset(at.position))?;
    let options = options(look.client);
    let formats = options.documentation_format.as_deref();
    let has_offsets =
        options.parameter_information.as_ref().is_some_and(|options| options.label_offset_support == Some(true));
    let parameters = help.parameters.iter().map(|parameter| {
        let text = |range: std::ops::Range<usize>| help.label.get(range).unwrap_or_default();
        // Labels of signatures are measured in UTF-16, whatever positions are.
        let offset = |at: usize| u32::try_from(text(0..at).encode_utf16().count()).unwrap_or(u32::MAX);
        let label = if has_offsets {
            ParameterInformationLabel::Tuple((offset(parameter.range.start), offset(parameter.range.end)))
        } else {
            ParameterInformationLabel::String(text(parameter.range.clone()).to_owned())
        };
        ParameterInformation { label, documentation: parameter.documentation.clone().map(|it| markup(formats, it)) }
    });
    let parameters: Vec<ParameterInformation> = parameters.collect();
    let may_be_none = options.no_active_parameter_support == Some(true);
    let active = match help.active {
        Some(at) => ActiveParameter::Int(u32::try_from(at).unwrap_or(u32::MAX)),
        None if may_be_none => ActiveParameter::Null,
        // One that is not there: nothing is marked.
        None => ActiveParameter::Int(u32::try_from(parameters.len()).unwrap_or(u32::MAX)),
    };
    let signature = SignatureInformation {
        label: help.label.clone(),
        documentation: help.documentation.map(|it| markup(formats, it)),
        parameters: Some(parameters),
        active_parameter: (options.active_parameter_support == Some(true)).then_some(active),
    };
    Some(SignatureHelp { signatures: vec![signature], active_signature: Some(0), active_parameter: Some(active) })
}

fn options(client: &Client) -> ClientSignatureInformationOptions {
    let document = client.capabilities.text_document.as_ref();
    let help = document.and_then(|document| document.signature_help.as_ref());
    help.and_then(|help| help.signature_information.clone()).unwrap_or_default()
}
