// The language server: found, started, stopped, and asked.

import { realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";
import type { LanguageClient, LanguageClientOptions } from "vscode-languageclient/node";
import { GrammarKeepsItsColours, Keeper, QuietClient } from "./client.ts";
import { findExecutable, isOfWorkspace } from "./executable.ts";
import type { Machine } from "./executable.ts";
import { BILL_REQUEST, DIAGRAM_REQUEST, LENS_COMMANDS } from "./protocol.ts";
import type { Bill, Diagram, PlaceParams } from "./protocol.ts";
import { asWritten } from "./place.ts";
import { compilerSetting, serverSettings } from "./settings.ts";

const SELECTOR = [
  { scheme: "file", language: "arch" },
  { scheme: "untitled", language: "arch" },
  // What the server knows beside the sources: the settings, and records of decisions and topics. It has nothing to say of
  // other Markdown, and formats none.
  { scheme: "file", pattern: "**/archc.toml" },
  { scheme: "file", language: "markdown" },
];

/** The walkthrough of the manifest, which tells how the compiler is installed. */
const WALKTHROUGH = "archc.archc#begin";

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function machine(): Machine {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  return {
    platform: process.platform,
    home: homedir(),
    folder: folders[0],
    folders,
    cargo: join(process.env["CARGO_HOME"] || join(homedir(), ".cargo"), "bin"),
    path: process.env["PATH"] ?? "",
    pathExt: process.env["PATHEXT"] ?? "",
    isFile,
    realPath,
  };
}

const configuration = () => vscode.workspace.getConfiguration("archc");

export class Server implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel("archc", { log: true });
  readonly #status = vscode.languages.createLanguageStatusItem("archc.server", { language: "arch" });
  readonly #started = new vscode.EventEmitter<void>();
  /** The server is there, and so are its answers. */
  readonly onDidStart = this.#started.event;
  readonly #listeners: vscode.Disposable[];
  #client: LanguageClient | undefined;
  /** Starts and stops happen one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor() {
    this.#status.name = "archc";
    this.#listeners = [
      vscode.workspace.onDidChangeConfiguration((event) => this.#changed(event)),
      // Another compiler may be the one to run now.
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.restart()),
    ];
  }

  start(): Promise<void> {
    return this.#next(() => this.#start());
  }

  restart(): Promise<void> {
    return this.#next(async () => {
      await this.#stop();
      await this.#start();
    });
  }

  stop(): Promise<void> {
    return this.#next(() => this.#stop());
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#status.dispose();
    this.#started.dispose();
    this.output.dispose();
  }

  /** The running client, for its converters. */
  get client(): LanguageClient | undefined {
    return this.#client?.state === State.Running ? this.#client : undefined;
  }

  async diagram(params: PlaceParams): Promise<Diagram | null> {
    const diagram = await this.client?.sendRequest<Diagram | null>(DIAGRAM_REQUEST, params);
    if (diagram === undefined || diagram === null) return null;
    return { ...diagram, nodes: diagram.nodes.map((node) => ({ ...node, uri: asWritten(node.uri) })) };
  }

  async bill(params: PlaceParams): Promise<Bill | null> {
    return (await this.client?.sendRequest<Bill | null>(BILL_REQUEST, params)) ?? null;
  }

  #next(step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(step, step);
    return this.#queue;
  }

  async #start(): Promise<void> {
    const setting = compilerSetting(configuration());
    const command = findExecutable(setting, machine());
    if (command === undefined) {
      this.#say(`\`${setting}\` not found`, vscode.LanguageStatusSeverity.Error);
      void this.#explainMissing(setting);
      return;
    }
    if (!vscode.workspace.isTrusted && isOfWorkspace(command, machine())) {
      this.#say("not run in a folder that is not trusted", vscode.LanguageStatusSeverity.Warning);
      this.#status.command = { command: "workbench.trust.manage", title: "Manage Trust" };
      this.output.warn(`${command} lies in the workspace, which is not trusted`);
      return;
    }
    this.#say("starting …", vscode.LanguageStatusSeverity.Information, true);
    const keeper = new Keeper(() => void this.#explainFailure(`\`${command} lsp\` crashed again and again.`));
    const client = new QuietClient("archc", "archc", { command, args: ["lsp"] }, this.#options(keeper));
    client.registerFeature(new GrammarKeepsItsColours());
    this.#client = client;
    this.output.info(`starting ${command} lsp`);
    client.onDidChangeState(({ newState }) => this.#stateChanged(client, newState));
    try {
      await client.start();
      keeper.hasStarted = true;
    } catch (error) {
      this.output.error(`${command} lsp: ${error instanceof Error ? error.message : String(error)}`);
      this.#say("not running", vscode.LanguageStatusSeverity.Error);
      void this.#explainFailure(`\`${command} lsp\` did not start. An old compiler may lack the language server.`);
    }
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // One that never started cannot be stopped.
      this.output.debug(`stopping: ${String(error)}`);
    }
  }

  #options(errorHandler: Keeper): LanguageClientOptions {
    return {
      documentSelector: SELECTOR,
      outputChannel: this.output,
      errorHandler,
      initializationFailedHandler: () => false,
      // The server runs the commands of its lenses itself for who does not name them.
      initializationOptions: () => ({ ...serverSettings(configuration()), commands: Object.values(LENS_COMMANDS) }),
      middleware: {
        workspace: {
          // Asked for its section, the server gets the shape that it got at the beginning.
          configuration: async (params, token, next) => {
            const answers = await next(params, token);
            if (!Array.isArray(answers)) return answers;
            return answers.map((answer, index): unknown =>
              params.items[index]?.section === "archc" ? serverSettings(configuration()) : answer,
            );
          },
        },
      },
    };
  }

  #stateChanged(client: LanguageClient, state: State): void {
    if (client !== this.#client) return;
    if (state === State.Running) {
      const version = client.initializeResult?.serverInfo?.version;
      this.output.info(`running${version === undefined ? "" : `, version ${version}`}`);
      this.#say(version === undefined ? "running" : `version ${version}`, vscode.LanguageStatusSeverity.Information);
      this.#started.fire();
    } else if (state === State.Stopped) {
      this.#say("not running", vscode.LanguageStatusSeverity.Error);
    }
  }

  #say(text: string, severity: vscode.LanguageStatusSeverity, isBusy = false): void {
    this.#status.text = `archc: ${text}`;
    this.#status.severity = severity;
    this.#status.busy = isBusy;
    this.#status.command =
      severity === vscode.LanguageStatusSeverity.Error
        ? { command: "archc.restartServer", title: "Restart" }
        : { command: "archc.showOutput", title: "Show Output" };
  }

  #changed(event: vscode.ConfigurationChangeEvent): void {
    if (event.affectsConfiguration("archc.path")) {
      void this.restart();
    } else if (event.affectsConfiguration("archc")) {
      const settings = { archc: serverSettings(configuration()) };
      void this.client?.sendNotification("workspace/didChangeConfiguration", { settings });
    }
  }

  async #explainMissing(setting: string): Promise<void> {
    const choose = "Choose File …";
    const help = "How to Install";
    const answer = await vscode.window.showErrorMessage(
      `archc: the compiler \`${setting}\` was not found, so that files are only coloured. Install it, or say where it is.`,
      choose,
      help,
    );
    if (answer === help) {
      await vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH, false);
    } else if (answer === choose) {
      const [file] = (await vscode.window.showOpenDialog({ title: "The compiler archc", openLabel: "Use" })) ?? [];
      if (file === undefined) return;
      await configuration().update("path", file.fsPath, vscode.ConfigurationTarget.Global);
    }
  }

  async #explainFailure(what: string): Promise<void> {
    const output = "Show Output";
    const retry = "Try Again";
    const answer = await vscode.window.showErrorMessage(`archc: ${what}`, output, retry);
    if (answer === output) this.output.show();
    else if (answer === retry) await this.restart();
  }
}
