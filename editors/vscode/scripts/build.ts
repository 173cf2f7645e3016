// Bundles the extension and the preview's page into `dist`. `npm run build`, or with `--watch`.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import type { BuildOptions, Metafile } from "esbuild";

export const root = fileURLToPath(new URL("..", import.meta.url));

const shared = {
  absWorkingDir: root,
  bundle: true,
  metafile: true,
  logLevel: "warning",
  legalComments: "none",
  minify: true,
} satisfies BuildOptions;

/** Runs in VS Code's own Node.js: 1.91 brings version 20. */
const extension = {
  ...shared,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.cjs",
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
} satisfies BuildOptions;

/** Runs in the webview of VS Code: 1.91 brings Chromium 122. */
const preview = {
  ...shared,
  entryPoints: { preview: "src/webview/main.ts" },
  outdir: "dist",
  platform: "browser",
  format: "iife",
  target: "chrome122",
} satisfies BuildOptions;

const style = {
  ...shared,
  entryPoints: { preview: "src/webview/style.css" },
  outdir: "dist",
  target: "chrome122",
} satisfies BuildOptions;

/** The packages that went into a bundle. */
function bundledPackages(metafiles: Metafile[]): string[] {
  const folders = metafiles.flatMap(({ inputs }) => Object.keys(inputs)).flatMap((path) => {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    return match?.[1] === undefined ? [] : [match[1]];
  });
  return [...new Set(folders)].sort();
}

/** The licences of what is bundled, which have to go with it. */
function notices(metafiles: Metafile[]): string {
  const parts = bundledPackages(metafiles).map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Record<string, string>;
    const file = readdirSync(join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    if (file === undefined && license === undefined) throw new Error(`${name} says nothing about its licence`);
    const text = file === undefined ? `Licence: ${license}` : readFileSync(join(root, folder, file), "utf8").trim();
    return `${name} ${version}${license === undefined ? "" : ` (${license})`}\n\n${text}\n`;
  });
  return `This extension contains the following packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

export async function build(): Promise<void> {
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const results = await Promise.all([extension, preview, style].map((options) => esbuild.build(options)));
  const target = join(root, "dist/third-party-notices.txt");
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, notices(results.map(({ metafile }) => metafile)));
}

async function watch(): Promise<void> {
  await build();
  for (const options of [extension, preview, style]) {
    const context = await esbuild.context({ ...options, minify: false, sourcemap: "inline" });
    await context.watch();
  }
}

if (import.meta.main) await (process.argv.includes("--watch") ? watch() : build());
