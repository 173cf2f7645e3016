// Runs the packed extension in a real VS Code, with the real compiler, and looks at what a reader would see. By hand, before a
// release: `npm run workbench`, or with a folder to install into. It takes about 650 MB, minutes for the first run, and a C++
// compiler, since VS Code's server builds two modules. VS Code comes as the npm package `code-server`, which is VS Code's own
// workbench and extension host behind a web server. Pictures of each step are left in `shots`, and are there to be looked at.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { build } from "../scripts/build.ts";
import { pack } from "../scripts/package.ts";
import { openBrowser } from "./browser.ts";
import { compiler, repository } from "./files.ts";

const VERSION = "4.139.1";
const PORT = 8731;
const home = resolve(process.argv[2] ?? join(tmpdir(), "archc-workbench"));
const server = join(home, "node_modules/code-server");
const workspace = join(home, "shop");
const entry = join(server, "out/node/entry.js");

/** A workspace with one file that is fine, and one with mistakes. */
const BROKEN = `architecture returns "Returns" {
  owner = "team-returns"
  service desk: aws.lamda "Desk" { memory = 512 MiB }
  service store: aws.s3 "Photos"
  desk -> stoer
}
`;

function npm(folder: string, ...parameters: string[]): void {
  execFileSync("npm", [...parameters, "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
}

/** Its own install script wants to build modules that nothing here touches. */
function install(): void {
  const code = join(server, "lib/vscode");
  const built = join(code, "node_modules/@vscode/spdlog/build/Release/spdlog.node");
  if (existsSync(built)) return;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), JSON.stringify({ private: true }));
  npm(home, "install", "--ignore-scripts", `code-server@${VERSION}`);
  npm(code, "install", "--ignore-scripts", "--omit=dev");
  const headers = join(dirname(process.execPath), "..");
  const nodedir = existsSync(join(headers, "include/node/node.h")) ? [`--nodedir=${headers}`] : [];
  npm(code, "rebuild", "--ignore-scripts=false", "@vscode/spdlog", "@vscode/native-watchdog", ...nodedir);
}

const options = [
  ...["--user-data-dir", join(home, "user"), "--extensions-dir", join(home, "extensions"), "--config", join(home, "config.yaml")],
  ...["--auth", "none", "--bind-addr", `127.0.0.1:${PORT}`],
  ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
];

async function prepare(): Promise<void> {
  for (const name of ["user", "extensions", "shop", "shots"]) rmSync(join(home, name), { recursive: true, force: true });
  cpSync(join(repository, "examples/shop"), workspace, { recursive: true });
  chmodSync(workspace, 0o755);
  writeFileSync(join(workspace, "returns.arch"), BROKEN);
  mkdirSync(join(home, "shots"));
  const settings = {
    "archc.path": compiler(),
    "chat.disableAIFeatures": true,
    "files.autoSave": "off",
    "security.workspace.trust.enabled": false,
    "workbench.startupEditor": "none",
  };
  // The path of a program belongs to a machine, and here that is the server's.
  for (const folder of ["User", "Machine"]) {
    mkdirSync(join(home, "user", folder), { recursive: true });
    writeFileSync(join(home, "user", folder, "settings.json"), JSON.stringify(settings));
  }
  const file = join(home, "archc.vsix");
  await build();
  await pack(file);
  execFileSync(process.execPath, [entry, ...options, "--install-extension", file], { stdio: "inherit" });
}

async function serve(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [entry, ...options], { stdio: "ignore" });
  for (let tries = 0; tries < 120; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${PORT}/healthz`).catch(() => undefined);
    if (answer?.ok === true) return child;
    await new Promise((later) => setTimeout(later, 500));
  }
  child.kill();
  throw new Error("VS Code's server does not start");
}

/** What a reader does, and sees. */
class Reader {
  readonly #page: Page;
  #shots = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  async sees(what: string, text: RegExp): Promise<void> {
    const seen = async () => (await Promise.all(this.#page.frames().map((frame) => frame.locator("body").innerText().catch(() => "")))).join("\n");
    let last = "";
    for (let tries = 0; tries < 240; tries += 1) {
      last = (await seen()).replaceAll("\u00a0", " ");
      if (text.test(last)) break;
      await this.#page.waitForTimeout(500);
    }
    this.#shots += 1;
    await this.#page.screenshot({ path: join(home, "shots", `${String(this.#shots).padStart(2, "0")} ${what}.png`) });
    assert.match(last, text, what);
    console.log(`ok: ${what}`);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text, { delay: 30 });
  }

  async #pick(key: string, text: string, choice: string): Promise<void> {
    await this.press(key);
    await this.#page.locator(".quick-input-widget:visible input").first().fill(text);
    await this.#page.locator(".quick-input-widget .monaco-list-row", { hasText: choice }).first().waitFor();
    await this.press("Enter");
    await this.#page.waitForTimeout(500);
  }

  run = (command: string) => this.#pick("F1", `>${command}`, command);
  open = (name: string) => this.#pick("Control+p", name, name);

  async goTo(line: number, column: number): Promise<void> {
    await this.press("Control+g");
    await this.#page.locator(".quick-input-widget:visible input").first().fill(`:${line}:${column}`);
    await this.press("Enter");
  }
}

async function look(reader: Reader): Promise<void> {
  await reader.open("shop.arch");
  await reader.sees("lenses and hints", /7 references[^]*\$89\.35\/month/);
  await reader.run("Problems: Focus on Problems View");
  await reader.sees("findings of all files", /there is no kind `aws\.lamda`[^]*there is no element `stoer`/);
  await reader.run("View: Close Panel");
  await reader.open("shop.arch");
  await reader.goTo(16, 14);
  await reader.run("Show or Focus Hover");
  await reader.sees("a hover", /Headroom[^]*89\.35 USD a month/);
  await reader.press("Escape", "Escape");
  await reader.run("archc: Open Preview to the Side");
  await reader.sees("the preview", /Courier[^]*100%|\d+%/);
  await reader.open("shop.arch");
  await reader.goTo(33, 6);
  await reader.sees("the preview follows the cursor", /Somebody orders\n/);
  await reader.run("Preferences: Toggle between Light/Dark Themes");
  await reader.sees("the other theme", /Somebody orders\n/);
  await reader.run("archc: Show the Cost of the Architecture");
  await reader.sees("the bill", /451\.84 USD[^]*How it came about/);
  await reader.run("View: Close Editor");
  await reader.open("returns.arch");
  await reader.goTo(3, 18);
  await reader.press("Control+.");
  await reader.sees("quick fixes", /Replace `aws\.lamda` with `aws\.lambda`/);
  await reader.press("Enter");
  await reader.sees("a fix is made", /service desk: aws\.lambda/);
  await reader.goTo(5, 1);
  await reader.press("End", "Enter");
  await reader.type("service queue: aws.sq");
  await reader.sees("completion", /aws\.sqs[^]*SQS · /);
  await reader.press("Escape");
  await reader.run("archc: Show the Output of the Language Server");
  await reader.sees("the output", /running, version/);
}

install();
await prepare();
const child = await serve();
const browser = await openBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1500, height: 950 } });
  page.setDefaultTimeout(120_000);
  await page.goto(`http://127.0.0.1:${PORT}/?folder=${workspace}`);
  await page.locator(".monaco-workbench").waitFor();
  await page.locator(".explorer-viewlet", { hasText: "shop.arch" }).waitFor();
  await look(new Reader(page));
  console.log(`Now look at the pictures in ${join(home, "shots")}.`);
} finally {
  await browser.close();
  child.kill();
}
