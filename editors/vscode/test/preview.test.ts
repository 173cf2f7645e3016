// The preview's page in a real browser, as the extension makes it: under its policy, with what VS Code gives it.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { FromPage, PictureMessage, ToPage } from "../src/preview/messages.ts";
import { previewPage } from "../src/preview/page.ts";
import { openBrowser } from "./browser.ts";
import { archc, extension, repository } from "./files.ts";

const ORIGIN = "https://preview.invalid";
const PICTURES = join(repository, "target/vscode");

type Theme = "light" | "dark";

/** What VS Code defines for pages in its themes "Dark Modern" and "Light Modern", as far as the page asks for it. */
const THEMES: Record<Theme, Record<string, string>> = {
  light: {
    "editor-background": "#ffffff",
    "editor-foreground": "#3b3b3b",
    descriptionForeground: "#3b3b3b",
    focusBorder: "#005fb8",
    "editorWidget-background": "#f8f8f8",
    "widget-border": "#e5e5e5",
    "icon-foreground": "#3b3b3b",
    "inputValidation-warningBackground": "#f6f5d2",
    "inputValidation-warningBorder": "#b89500",
  },
  dark: {
    "editor-background": "#1f1f1f",
    "editor-foreground": "#cccccc",
    descriptionForeground: "#9d9d9d",
    focusBorder: "#0078d4",
    "editorWidget-background": "#202020",
    "widget-border": "#313131",
    "icon-foreground": "#cccccc",
    "inputValidation-warningBackground": "#352a05",
    "inputValidation-warningBorder": "#b89500",
  },
};

const style = (theme: Theme) =>
  Object.entries(THEMES[theme])
    .map(([name, value]) => `--vscode-${name}: ${value};`)
    .join(" ");

interface Host {
  sent: FromPage[];
  state: unknown;
}

/** Serves the page and its two files, and nothing else; keeps what the page says. */
async function open(browser: Browser, theme: Theme, deviceScaleFactor = 1): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 520 }, deviceScaleFactor });
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  const html = previewPage({
    nonce: "bm9uY2U=",
    cspSource: ORIGIN,
    script: `${ORIGIN}/preview.js`,
    style: `${ORIGIN}/preview.css`,
  });
  await page.route("**/*", (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === "/") return route.fulfill({ body: html, contentType: "text/html" });
    if (path === "/preview.js" || path === "/preview.css") return route.fulfill({ path: join(extension, "dist", path) });
    if (path !== "/favicon.ico") errors.push(`the page asks for ${route.request().url()}`);
    return route.abort();
  });
  await page.addInitScript(() => {
    const host: Host = { sent: [], state: undefined };
    const api = { postMessage: (message: FromPage) => host.sent.push(message), setState: (state: unknown) => (host.state = state) };
    Object.assign(globalThis, { host, acquireVsCodeApi: () => api });
  });
  await page.goto(ORIGIN);
  await setTheme(page, theme);
  return { page, errors };
}

async function setTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(
    ([name, css]) => {
      document.documentElement.setAttribute("style", css);
      document.body.className = `vscode-${name}`;
    },
    [theme, style(theme)] as const,
  );
}

const host = (page: Page) => page.evaluate(() => (globalThis as unknown as { host: Host }).host);

async function send(page: Page, message: ToPage): Promise<void> {
  await page.evaluate((data) => window.postMessage(data, "*"), message);
}

/** Sends a picture, and waits until it is drawn. */
async function show(page: Page, message: PictureMessage): Promise<void> {
  const before = (await host(page)).sent.length;
  await send(page, message);
  await page.waitForFunction(
    (count) => (globalThis as unknown as { host: Host }).host.sent.slice(count).some(({ type }) => type === "drawn" || type === "failed"),
    before,
  );
}

/** A picture as the server would send it: the compiler's own diagram, with a node for each id in it. */
function picture(title: string, ...parameters: string[]): PictureMessage {
  const { stdout: mermaid } = archc(["diagram", ...parameters]);
  assert.ok(mermaid.length > 0, parameters.join(" "));
  const ids = new Set(mermaid.match(/\b[nga]_\w+/g) ?? []);
  const nodes = [...ids].map((id) => ({ id, name: id.slice(2).replaceAll("__", ".") }));
  return { type: "picture", title, mermaid, nodes, note: null, place: { uri: "file:///a.arch", position: { line: 3, character: 0 } } };
}

const lake = () => picture("Modern Data Lake", join(repository, "examples/patterns/data_lake.arch"), "--architecture", "data_lake");

let browser: Browser;
before(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
});
after(() => browser.close());

for (const theme of ["light", "dark"] as const) {
  test(`the diagram is drawn, and fits the ${theme} page`, async () => {
    const { page, errors } = await open(browser, theme, 2);
    await show(page, lake());
    await send(page, { type: "select", ids: ["n_raw"] });
    const box = await page.locator("#picture svg").boundingBox();
    assert.ok(box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 1000 && box.y + box.height <= 520, JSON.stringify(box));
    assert.equal(await page.locator("g.node.archc-node").count(), 10);
    assert.equal(await page.locator("h1").textContent(), "Modern Data Lake");
    assert.equal(await page.locator(".archc-selected").count(), 1);
    assert.ok(await page.locator("#note").isHidden());
    await page.screenshot({ path: join(PICTURES, `preview.${theme}.png`) });
    assert.deepEqual(errors, []);
    await page.close();
  });
}

test("a click on a node, or Enter, asks for its declaration; a drag does not", async () => {
  const { page, errors } = await open(browser, "light");
  await show(page, lake());
  const node = page.locator('g.node[data-archc-node="n_curated"]');
  await node.click();
  await node.focus();
  await page.keyboard.press("Enter");
  const box = await node.boundingBox();
  assert.ok(box !== null);
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 60, { steps: 4 });
  await page.mouse.up();
  const revealed = (await host(page)).sent.filter(({ type }) => type === "reveal");
  assert.deepEqual(revealed, [{ type: "reveal", id: "n_curated" }, { type: "reveal", id: "n_curated" }]);
  const moved = await node.boundingBox();
  assert.deepEqual([Math.round((moved?.x ?? 0) - box.x), Math.round((moved?.y ?? 0) - box.y)], [80, 50]);
  assert.deepEqual((await host(page)).state, lake().place);
  assert.deepEqual(errors, []);
  await page.close();
});

test("the reader zooms, and a new picture of the same thing stays where it was", async () => {
  const { page, errors } = await open(browser, "light");
  const first = lake();
  await show(page, first);
  const width = async () => Math.round((await page.locator("#picture svg").boundingBox())?.width ?? 0);
  const fitting = await width();
  await page.locator("#in").click();
  await page.keyboard.press("+");
  const zoomed = await width();
  assert.ok(zoomed > fitting * 1.5, `${fitting}, ${zoomed}`);
  const level = await page.locator("#level").textContent();
  await show(page, { ...first, mermaid: first.mermaid.replace("Analysts", "People") });
  assert.equal(await page.locator("#level").textContent(), level);
  await page.mouse.move(500, 260);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, 100);
  await page.keyboard.up("Control");
  await page.waitForFunction((text) => document.querySelector("#level")?.textContent !== text, level);
  await page.locator("#fit").click();
  assert.equal(await width(), fitting);
  assert.deepEqual(errors, []);
  await page.close();
});

test("what Mermaid cannot draw leaves the last good picture, with a note", async () => {
  const { page } = await open(browser, "dark");
  await show(page, { ...lake(), mermaid: "flowchart LR\n a -->" });
  assert.match((await page.locator("#empty").textContent()) ?? "", /cannot draw/);
  await show(page, lake());
  await show(page, { ...lake(), mermaid: "flowchart LR\n a -->" });
  assert.match((await page.locator("#note").textContent()) ?? "", /cannot draw/);
  assert.equal(await page.locator("g.node").count(), 10);
  assert.equal((await host(page)).sent.at(-1)?.type, "failed");
  assert.equal(await page.locator("body > [id^=darchc]").count(), 0, "Mermaid's leavings are removed");
  await send(page, { ...lake(), note: "The text has mistakes." });
  await page.waitForFunction(() => document.querySelector("#note")?.textContent === "The text has mistakes.");
  await page.screenshot({ path: join(PICTURES, "preview.note.png") });
  await page.close();
});

test("with the editor's theme the picture changes its colours", async () => {
  const { page, errors } = await open(browser, "light");
  await show(page, lake());
  const colour = () => page.locator(".edgeLabel p").first().evaluate((element) => getComputedStyle(element).backgroundColor);
  const light = await colour();
  await setTheme(page, "dark");
  await page.waitForFunction(
    (old) => getComputedStyle(document.querySelector(".edgeLabel p") ?? document.body).backgroundColor !== old,
    light,
  );
  assert.deepEqual(errors, []);
  await page.close();
});

test("all sorts of diagrams are drawn, and lead to declarations", async () => {
  const { page, errors } = await open(browser, "dark");
  const forms = join(repository, "tests/archc/view/forms.arch");
  const cases: [PictureMessage, string][] = [
    [picture("Scenario", join(repository, "examples/shop"), "--scenario", "order"), "n_checkout"],
    [picture("C4", forms, "--architecture", "shop", "--view", "c4"), "n_raw"],
    [picture("Icons", forms, "--view", "icons"), "n_raw"],
    [picture("Frames", forms, "--architecture", "shop"), "g_ingest"],
  ];
  for (const [message, id] of cases) {
    await show(page, message);
    assert.deepEqual((await host(page)).sent.at(-1), { type: "drawn", title: message.title });
    assert.ok((await page.locator(`[data-archc-node="${id}"]`).count()) > 0, message.title);
    await page.screenshot({ path: join(PICTURES, `${message.title}.png`) });
  }
  await show(page, picture("Bands", forms, "--view", "no_effect"));
  assert.deepEqual((await host(page)).sent.at(-1), { type: "drawn", title: "Bands" });
  assert.deepEqual(errors, []);
  await page.close();
});

test("without a picture the page says why", async () => {
  const { page, errors } = await open(browser, "light");
  await show(page, lake());
  await send(page, { type: "empty", text: "Put the cursor into an architecture." });
  await page.waitForFunction(() => document.querySelector("#empty")?.textContent?.startsWith("Put"));
  assert.equal(await page.locator("#picture svg").count(), 0);
  assert.ok(await page.locator("#tools").isHidden());
  assert.deepEqual(errors, []);
  await page.close();
});

test("the policy lets nothing run but the page's own script", async () => {
  const { page } = await open(browser, "light");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.intruder = true";
    document.body.append(script);
    const image = document.createElement("img");
    image.setAttribute("onerror", "globalThis.intruder = true");
    image.src = "data:,";
    document.body.append(image);
  });
  await page.waitForTimeout(50);
  assert.equal(await page.evaluate(() => "intruder" in globalThis), false);
  assert.doesNotMatch(readFileSync(join(extension, "src/preview/page.ts"), "utf8"), /unsafe-eval|script-src[^`"]*unsafe-inline/);
  await page.close();
});
