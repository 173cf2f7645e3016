// Shows a Markdown page with its Mermaid diagrams in headless Chromium, as a code host would.
// Usage: node render.mjs PAGE.md OUT.png [--mermaid 10|11|12] [--theme light|dark] [--html OUT.html]
//
// Writes a screenshot of the whole page and, with --html, the page as drawn. Prints
// { page, mermaid, theme, ok, errors: [text],
//   diagrams: [{ ok, error, nodes: [{ id, label }], edges: COUNT, edgeLabels, subgraphs,
//                title, description, errorIcons, oversized, width, height }] }
//
// `ok` is false when a diagram is not drawn or the page reports an error; the exit code is 0 even
// so. Exit code 2 is wrong usage or installation. The page cannot reach the network.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { print, withBrowser } from "./lib/browser.mjs";
import { drawDiagrams } from "./lib/draw.mjs";
import { htmlPage } from "./lib/page.mjs";
import { mermaidVersions } from "./lib/versions.mjs";

const usage =
  "usage: node render.mjs PAGE.md OUT.png [--mermaid 10|11|12] [--theme light|dark] [--html OUT.html]";

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mermaid: { type: "string", default: "12" },
      theme: { type: "string", default: "light" },
      html: { type: "string" },
    },
  });
  const version = mermaidVersions().find(({ major }) => major === values.mermaid);
  if (positionals.length !== 2 || !version || !["light", "dark"].includes(values.theme)) {
    throw new Error(usage);
  }
  const [page, png] = positionals;
  return { page, png, version, theme: values.theme, html: values.html };
}

async function show(browser, { page: path, png, version, theme, html }) {
  const page = await browser.newPage({
    colorScheme: theme,
    viewport: { width: 1100, height: 800 },
  });
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.route("**/*", (route) => {
    errors.push(`the page asks for ${route.request().url()}`);
    return route.abort();
  });
  await page.setContent(htmlPage(readFileSync(path, "utf8"), theme));
  await page.addScriptTag({
    path: fileURLToPath(new URL(`node_modules/${version.alias}/dist/mermaid.min.js`, import.meta.url)),
  });
  const diagrams = await page.evaluate(drawDiagrams, theme);
  await page.screenshot({ path: png, fullPage: true });
  if (html) writeFileSync(html, await page.content());
  const ok = errors.length === 0 && diagrams.every((diagram) => diagram.ok);
  return { page: path, mermaid: version.version, theme, ok, errors, diagrams };
}

print("render.mjs", () => {
  const request = readArguments();
  return withBrowser((browser) => show(browser, request));
});
