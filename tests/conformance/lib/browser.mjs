// Headless Chromium, for as long as somebody looks at pages with it.

import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";

const args = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

/** What `look` makes of a browser, which is closed after that. */
export async function withBrowser(look) {
  // A sandbox needs privileges that containers lack; the pages are ours and have no network.
  const browser = await chromium.launch({ executablePath: findChromium(), args, chromiumSandbox: false });
  try {
    return await look(browser);
  } finally {
    await browser.close();
  }
}

/** Prints what a script finds out as JSON; it ends with 2 if that fails. */
export async function print(name, find) {
  try {
    process.stdout.write(`${JSON.stringify(await find(), null, 1)}\n`);
  } catch (error) {
    console.error(`${name}: ${error.message}`);
    process.exitCode = 2;
  }
}
