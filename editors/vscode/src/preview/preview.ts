// The preview: one panel, which shows the architecture, view or scenario at the cursor.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { activePlace, isArch, paramsOf, placeOf } from "../place.ts";
import type { Diagram, DiagramNode } from "../protocol.ts";
import type { Server } from "../server.ts";
import { fromPage, rememberedPlace } from "./messages.ts";
import type { FromPage, Place, ToPage } from "./messages.ts";
import { previewPage } from "./page.ts";
import { firstDrawn, isSyntaxCode, nextPicture, nodesAt } from "./picture.ts";

const VIEW_TYPE = "archc.preview";
const NOTHING = "Put the cursor into an architecture, a view or a scenario.";
/** Pauses before asking, in milliseconds: a cursor that walks, and somebody who types. */
const AFTER_MOVE = 80;
const AFTER_CHANGE = 250;

export class Preview implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #dist: vscode.Uri;
  readonly #server: Server;
  readonly #registrations: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  #isReady = false;
  /** What is followed. */
  #place: Place | undefined;
  /** Where a click on the picture has put the cursor, which is no reason to show another one. */
  #revealed: Place | undefined;
  /** Whether it is being put there: the editor tells of its old cursor, too, when it comes to the front. */
  #isRevealing = false;
  #last: Diagram | undefined;
  #serial = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(extension: vscode.Uri, server: Server) {
    this.#dist = vscode.Uri.joinPath(extension, "dist");
    this.#server = server;
    this.#registrations = [
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#follow(textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => isArch(document) && this.#refreshSoon(AFTER_CHANGE)),
      vscode.languages.onDidChangeDiagnostics(() => this.#refreshSoon(AFTER_CHANGE)),
      server.onDidStart(() => this.#refreshSoon(0)),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const registration of this.#registrations) registration.dispose();
    this.#panel?.dispose();
  }

  /** The diagram that is shown, and for what. */
  get shown(): { diagram: Diagram; place: Place } | undefined {
    return this.#last && this.#place && { diagram: this.#last, place: this.#place };
  }

  get isActive(): boolean {
    return this.#panel?.active ?? false;
  }

  open(place: Place, column: vscode.ViewColumn, preserveFocus: boolean): void {
    this.#place = place;
    this.#revealed = undefined;
    if (this.#panel === undefined) {
      const show = { viewColumn: column, preserveFocus };
      this.#take(vscode.window.createWebviewPanel(VIEW_TYPE, "Architecture", show, { retainContextWhenHidden: true }));
    } else {
      this.#panel.reveal(undefined, preserveFocus);
    }
    this.#refreshSoon(0);
  }

  /** A panel comes back with its window. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.#place = rememberedPlace(state) ?? activePlace();
    this.#take(panel);
    this.#refreshSoon(0);
  }

  #take(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#isReady = false;
    this.#last = undefined;
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.#dist, "..", "icons", "arch-light.svg"),
      dark: vscode.Uri.joinPath(this.#dist, "..", "icons", "arch-dark.svg"),
    };
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(fromPage(message)));
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    panel.webview.html = this.#html(panel.webview);
  }

  #html(webview: vscode.Webview): string {
    const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#dist, name)).toString();
    return previewPage({
      nonce: randomBytes(16).toString("base64"),
      cspSource: webview.cspSource,
      script: file("preview.js"),
      style: file("preview.css"),
    });
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    if (this.#panel === undefined || this.#isRevealing || editor === undefined || !isArch(editor.document)) return;
    const place = placeOf(editor);
    if (this.#revealed !== undefined && isSame(place, this.#revealed)) {
      this.#select(place);
      return;
    }
    this.#revealed = undefined;
    this.#place = place;
    this.#refreshSoon(AFTER_MOVE);
  }

  #refreshSoon(pause: number): void {
    if (this.#panel === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh(), pause);
  }

  /** Asks for the picture at the place, and shows it unless a later question is on its way. */
  async #refresh(): Promise<void> {
    const place = this.#place;
    if (this.#panel === undefined || !this.#isReady || place === undefined) return;
    const number = (this.#serial += 1);
    let answer: Diagram | null = null;
    try {
      answer = await this.#ask(place);
    } catch (error) {
      this.#server.output.warn(`archc/diagram: ${String(error)}`);
    }
    if (number === this.#serial) this.#show(answer, place);
  }

  /** Where nothing stands at the cursor and nothing is shown yet, what is first in the file is better than nothing. */
  async #ask(place: Place): Promise<Diagram | null> {
    const answer = await this.#server.diagram(paramsOf(place));
    if (answer !== null || this.#last !== undefined) return answer;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(place.uri, true));
    const position = firstDrawn(document.getText());
    return position === undefined ? null : this.#server.diagram(paramsOf({ uri: place.uri, position }));
  }

  #show(answer: Diagram | null, place: Place): void {
    const picture = nextPicture(this.#last, answer, isBroken(place));
    if (picture === undefined) {
      const running = this.#server.client !== undefined;
      this.#post({ type: "empty", text: running ? NOTHING : "The language server is not running." });
      return;
    }
    const { diagram, note } = picture;
    this.#last = diagram;
    if (this.#panel !== undefined) this.#panel.title = diagram.title;
    const nodes = diagram.nodes.map(({ id, name }) => ({ id, name }));
    this.#post({ type: "picture", title: diagram.title, mermaid: diagram.mermaid, nodes, note, place });
    this.#select(this.#revealed ?? place);
  }

  #select(place: Place): void {
    this.#post({ type: "select", ids: nodesAt(this.#last?.nodes ?? [], place) });
  }

  #post(message: ToPage): void {
    void this.#panel?.webview.postMessage(message);
  }

  async #receive(message: FromPage | undefined): Promise<void> {
    if (message?.type === "ready") {
      this.#isReady = true;
      await this.#refresh();
    } else if (message?.type === "reveal") {
      const node = this.#last?.nodes.find(({ id }) => id === message.id);
      if (node !== undefined) await this.#reveal(node);
    } else if (message?.type === "failed") {
      this.#server.output.warn(`preview: ${message.message}`);
    }
  }

  async #reveal({ uri, range }: DiagramNode): Promise<void> {
    const { line, character } = range.start;
    this.#revealed = { uri, position: { line, character } };
    const start = new vscode.Position(line, character);
    this.#isRevealing = true;
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
      const editor = await vscode.window.showTextDocument(document, {
        viewColumn: this.#columnFor(uri),
        selection: new vscode.Range(start, start),
      });
      editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    } finally {
      this.#isRevealing = false;
    }
    this.#select(this.#revealed);
  }

  /** Where a file is shown already, else beside the picture, not over it. */
  #columnFor(uri: string): vscode.ViewColumn {
    const editors = vscode.window.visibleTextEditors;
    const showing = editors.find(({ document }) => document.uri.toString() === uri) ?? editors.find(({ document }) => isArch(document));
    if (showing?.viewColumn !== undefined) return showing.viewColumn;
    return this.#panel?.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
  }
}

function isSame(a: Place, b: Place): boolean {
  return a.uri === b.uri && a.position.line === b.position.line && a.position.character === b.position.character;
}

/** Whether the text at a place cannot be read. */
function isBroken({ uri }: Place): boolean {
  return vscode.languages.getDiagnostics(vscode.Uri.parse(uri, true)).some(({ code }) => isSyntaxCode(code));
}
