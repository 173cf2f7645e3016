// Where VS Code enters and leaves.

import * as vscode from "vscode";
import { Bills } from "./bill.ts";
import { commands } from "./commands.ts";
import { Preview } from "./preview/preview.ts";
import { Server } from "./server.ts";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  server = new Server();
  const preview = new Preview(context.extensionUri, server);
  const bills = new Bills(server);
  context.subscriptions.push(server, preview, bills);
  for (const [name, run] of Object.entries(commands(server, preview, bills))) {
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  }
  // Nobody waits for it: colours, snippets and commands are there before it is.
  void server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
