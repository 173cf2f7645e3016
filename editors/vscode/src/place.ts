// Places in documents, as VS Code has them and as the server is asked about them.

import * as vscode from "vscode";
import type { Place } from "./preview/messages.ts";
import type { PlaceParams, Position } from "./protocol.ts";

/** A uri of the server as VS Code writes it, which escapes more characters: they are compared as texts. */
export const asWritten = (uri: string) => vscode.Uri.parse(uri, true).toString();

export const isArch = (document: vscode.TextDocument) => document.languageId === "arch";

/** The cursor of an editor. */
export function placeOf(editor: vscode.TextEditor): Place {
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

/** The cursor of the active editor, if it shows an `.arch` file. */
export function activePlace(): Place | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && isArch(editor.document) ? placeOf(editor) : undefined;
}

/**
 * The place that a command's arguments name. A lens gives a uri and a position; a menu gives the uri of a file and something
 * of its own, and the cursor in that file is meant, or else its beginning. The menu of the preview names the preview itself.
 */
export function placeFrom(uri: unknown, position: unknown): Place | undefined {
  if (typeof uri === "string" && isPosition(position)) {
    return { uri: asWritten(uri), position: { line: position.line, character: position.character } };
  }
  if (!(uri instanceof vscode.Uri) || uri.scheme === "webview-panel") return undefined;
  const here = activePlace();
  return here?.uri === uri.toString() ? here : { uri: uri.toString(), position: { line: 0, character: 0 } };
}

function isPosition(value: unknown): value is Position {
  const { line, character } = (value ?? {}) as Partial<Position>;
  return Number.isInteger(line) && Number.isInteger(character);
}

export function paramsOf({ uri, position }: Place): PlaceParams {
  return { textDocument: { uri }, position };
}
