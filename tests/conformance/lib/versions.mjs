// The Mermaid versions of the harness: the `mermaid-*` aliases in package.json.

import { readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const readJson = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));

function installedVersion(alias, wanted) {
  const help = "run tests/conformance/install.sh once";
  let installed;
  try {
    installed = readJson(`node_modules/${alias}/package.json`).version;
  } catch {
    throw new Error(`\`${alias}\` is not installed: ${help}`);
  }
  if (wanted !== `npm:mermaid@${installed}`) {
    throw new Error(`\`${alias}\` is ${installed}, package.json wants ${wanted}: ${help}`);
  }
  return installed;
}

/**
 * All versions, oldest first: `[{ major: "10", alias: "mermaid-10", version: "10.9.8" }, …]`.
 * Throws when what is installed is not what package.json asks for.
 */
export function mermaidVersions() {
  return Object.entries(readJson("package.json").dependencies)
    .filter(([alias]) => alias.startsWith("mermaid-"))
    .map(([alias, wanted]) => ({
      major: alias.slice("mermaid-".length),
      alias,
      version: installedVersion(alias, wanted),
    }))
    .sort((a, b) => Number(a.major) - Number(b.major));
}
