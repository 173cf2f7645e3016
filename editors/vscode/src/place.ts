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

/** A place from a command's arguments: a uri, as text or from the explorer, and a position. */
export function placeFrom(uri: unknown, position: unknown): Place | undefined {
  const text = uri instanceof vscode.Uri ? uri.toString() : typeof uri === "string" ? asWritten(uri) : undefined;
  if (text === undefined) return undefined;
  const { line, character } = (position ?? {}) as Partial<Position>;
  const start = { line: Number.isInteger(line) ? Number(line) : 0, character: Number.isInteger(character) ? Number(character) : 0 };
  return { uri: text, position: start };
}

export function paramsOf({ uri, position }: Place): PlaceParams {
  return { textDocument: { uri }, position };
}
