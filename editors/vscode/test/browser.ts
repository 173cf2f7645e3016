// The browser of the conformance harness.

import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
// @ts-expect-error It is plain JavaScript.
import { findChromium } from "../../../tests/conformance/lib/chromium.mjs";

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: (findChromium as () => string)(),
    args: ["--disable-background-networking", "--disable-component-update", "--disable-gpu", "--disable-sync", "--no-first-run"],
    // A sandbox needs privileges that containers lack; the pages are ours and have no network.
    chromiumSandbox: false,
  });
}
