// Opens pages of a built book in headless Chromium, with their scripts, as a reader would.
// Usage: node book.mjs PAGE.html … [--theme THEME] [--width PIXELS] [--shots FOLDER]
//
// Prints a list of { page, errors: [text], diagrams: COUNT, drawn: COUNT, theme, keywords: COUNT, wide: [text] }: `drawn` are the
// diagrams with a picture, `theme` is Mermaid's for all of them, `keywords` are the coloured ones in blocks of `arch` code,
// `wide` is what is broader than the window and cannot be scrolled by itself. With --shots, writes a screenshot of each. The
// exit code is 0 even if something is wrong; 2 is wrong usage or installation. The pages cannot reach the network.

import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { print, withBrowser } from "./lib/browser.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: { type: "string", default: "light" },
    width: { type: "string", default: "1200" },
    shots: { type: "string" },
  },
});

/** Waits in the page until nothing is left to draw. */
const isDrawn = () =>
  [...document.querySelectorAll("figure.diagram")].every((figure) => figure.dataset.theme !== undefined);

function look() {
  const figures = [...document.querySelectorAll("figure.diagram")];
  const pictures = figures.filter((figure) => {
    const svg = figure.querySelector("svg");
    return svg && !svg.querySelector(".error-icon") && svg.getBoundingClientRect().width > 0;
  });
  const inner = document.documentElement.clientWidth;
  const scrolls = (element) =>
    element && element !== document.body && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  const wide = [...document.querySelectorAll("main *")].filter(
    (element) => element.getBoundingClientRect().right > inner + 1 && !scrolls(element),
  );
  return {
    diagrams: figures.length,
    drawn: pictures.length,
    theme: [...new Set(figures.map((figure) => figure.dataset.theme))].join(" "),
    keywords: document.querySelectorAll("code.language-arch .hljs-keyword").length,
    wide: wide.slice(0, 5).map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`),
  };
}

async function show(browser, path) {
  const page = await browser.newPage({ viewport: { width: Number(values.width), height: 900 } });
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    // mdBook warns of each language that its highlighter does not know.
    if (message.type() === "error") errors.push(message.text());
  });
  await page.route("**/*", (route) => {
    if (route.request().url().startsWith("file:")) return route.continue();
    errors.push(`the page asks for ${route.request().url()}`);
    return route.abort();
  });
  await page.addInitScript((theme) => {
    localStorage.setItem("mdbook-theme", theme);
    localStorage.setItem("mdbook-sidebar", "hidden");
  }, values.theme);
  await page.goto(pathToFileURL(resolve(path)).href);
  await page.waitForFunction(isDrawn, undefined, { timeout: 60_000 }).catch((error) => errors.push(error.message));
  const seen = await page.evaluate(look);
  if (values.shots) {
    const name = `${basename(path, ".html")}.${values.theme}.${values.width}.png`;
    await page.screenshot({ path: join(values.shots, name), fullPage: true });
  }
  await page.close();
  return { page: path, errors, ...seen };
}

print("book.mjs", () => {
  if (positionals.length === 0) throw new Error("usage: node book.mjs PAGE.html … [--theme THEME] [--width PIXELS] [--shots FOLDER]");
  return withBrowser(async (browser) => {
    const seen = [];
    for (const path of positionals) seen.push(await show(browser, path));
    return seen;
  });
});
