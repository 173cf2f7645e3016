// Draws `icons/archc.png`, the picture in lists of extensions, from its SVG. `npm run icons`

import { readFileSync, writeFileSync } from "node:fs";
import { openBrowser } from "../test/browser.ts";

const file = (name: string) => new URL(`../icons/${name}`, import.meta.url);

const browser = await openBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 128, height: 128 }, deviceScaleFactor: 2 });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 128px }</style>${readFileSync(file("archc.svg"), "utf8")}`);
  writeFileSync(file("archc.png"), await page.screenshot({ omitBackground: true }));
} finally {
  await browser.close();
}
