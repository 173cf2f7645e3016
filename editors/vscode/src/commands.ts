// The commands, of the palette and of the server's lenses.

import * as vscode from "vscode";
import type { Location, Position as LspPosition } from "vscode-languageclient/node";
import type { Bills } from "./bill.ts";
import { activePlace, paramsOf, placeFrom } from "./place.ts";
import type { Place } from "./preview/messages.ts";
import { fileStem } from "./preview/picture.ts";
import type { Preview } from "./preview/preview.ts";
import { LENS_COMMANDS } from "./protocol.ts";
import type { Server } from "./server.ts";

type Run = (...parameters: unknown[]) => unknown;

/** What each command does, by its name. */
export function commands(server: Server, preview: Preview, bills: Bills): Record<string, Run> {
  const withPlace = (run: (place: Place) => unknown): Run => (uri, position) => {
    const place = placeFrom(uri, position) ?? activePlace() ?? preview.shown?.place;
    if (place !== undefined) return run(place);
    return void vscode.window.showInformationMessage("archc: open an `.arch` file first.");
  };
  return {
    "archc.openPreview": withPlace((place) => preview.open(place, vscode.ViewColumn.Active, false)),
    "archc.openPreviewToSide": withPlace((place) => preview.open(place, vscode.ViewColumn.Beside, true)),
    [LENS_COMMANDS.preview]: withPlace((place) => preview.open(place, vscode.ViewColumn.Beside, true)),
    [LENS_COMMANDS.showBill]: withPlace((place) => bills.show(place)),
    [LENS_COMMANDS.showReferences]: (...parameters) => showReferences(server, parameters),
    [LENS_COMMANDS.rename]: (...parameters) => rename(server, parameters),
    "archc.exportMermaid": () => exportMermaid(server, preview),
    "archc.restartServer": () => server.restart(),
    "archc.showOutput": () => server.output.show(),
  };
}

/** Lenses carry plain data; the editor's own command wants its types. */
async function showReferences(server: Server, [uri, position, locations]: unknown[]): Promise<void> {
  const convert = server.client?.protocol2CodeConverter;
  if (convert === undefined || typeof uri !== "string" || !Array.isArray(locations)) return;
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    convert.asUri(uri),
    convert.asPosition(position as LspPosition),
    (locations as Location[]).map((location) => convert.asLocation(location)),
  );
}

/** Asks for the name of something that an action has just made. */
async function rename(server: Server, [uri, position]: unknown[]): Promise<void> {
  const convert = server.client?.protocol2CodeConverter;
  if (convert === undefined || typeof uri !== "string") return;
  const [target, place] = [convert.asUri(uri), convert.asPosition(position as LspPosition)];
  const editor = await vscode.window.showTextDocument(target);
  editor.selection = new vscode.Selection(place, place);
  await vscode.commands.executeCommand("editor.action.rename", [target, place]);
}

async function exportMermaid(server: Server, preview: Preview): Promise<void> {
  const active = preview.isActive ? undefined : activePlace();
  const diagram = active === undefined ? preview.shown?.diagram : await server.diagram(paramsOf(active));
  const place = active ?? preview.shown?.place;
  if (diagram === undefined || diagram === null || place === undefined) {
    void vscode.window.showInformationMessage("archc: nothing that can be drawn stands at the cursor.");
    return;
  }
  const source = vscode.Uri.parse(place.uri, true);
  const folder = source.scheme === "file" ? source : vscode.workspace.workspaceFolders?.[0]?.uri.with({ path: "/x" });
  const name = `${fileStem(diagram.title)}.mmd`;
  const target = await vscode.window.showSaveDialog({
    title: "Export the Mermaid source",
    filters: { Mermaid: ["mmd", "mermaid"] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, "..", name) }),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(diagram.mermaid));
  await vscode.window.showTextDocument(target);
}
