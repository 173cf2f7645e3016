// What an architecture costs, as a page of Markdown that follows the text.

import * as vscode from "vscode";
import { paramsOf } from "./place.ts";
import type { Place } from "./preview/messages.ts";
import { rememberedPlace } from "./preview/messages.ts";
import type { Server } from "./server.ts";

const SCHEME = "archc-bill";
const PAUSE = 400;

export class Bills implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #server: Server;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registrations: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(server: Server) {
    this.#server = server;
    this.#registrations = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      // Findings come after each analysis, and so do figures.
      vscode.languages.onDidChangeDiagnostics(() => this.#refreshSoon()),
      server.onDidStart(() => this.#refreshSoon()),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const registration of this.#registrations) registration.dispose();
    this.#changed.dispose();
  }

  async show(place: Place): Promise<void> {
    const bill = await this.#server.bill(paramsOf(place));
    if (bill === null) {
      const running = this.#server.client !== undefined;
      void vscode.window.showInformationMessage(
        running
          ? "archc: no architecture stands at the cursor, so that there is nothing to add up."
          : "archc: the language server is not running.",
      );
      return;
    }
    const path = `/Cost of ${bill.title.replaceAll(/[\\/]+/g, " ")}.md`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: JSON.stringify(place) });
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const place = rememberedPlace(JSON.parse(uri.query));
    const bill = place === undefined ? null : await this.#server.bill(paramsOf(place));
    return bill?.markdown ?? "*What this page was about is no longer there.*\n";
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const { uri } of vscode.workspace.textDocuments) {
        if (uri.scheme === SCHEME) this.#changed.fire(uri);
      }
    }, PAUSE);
  }
}
