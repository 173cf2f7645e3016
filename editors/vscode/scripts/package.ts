// Builds the extension and packs it into `archc-VERSION.vsix`. `npm run package`, or with a file to write.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { build, root } from "./build.ts";

/** Everything is bundled. */
const options = { cwd: root, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };

/**
 * The README without its pictures. The page of an extension shows none of the package's own files and no `data:` address,
 * only a broken picture, and there is no public address yet from which it could get them.
 */
export function readmeOfPage(): string {
  return readFileSync(join(root, "README.md"), "utf8").replaceAll(/^!\[[^\]]*\]\(images\/[\w-]+\.png\)\n\n/gm, "");
}

/** Packs what is built. */
export async function pack(packagePath?: string): Promise<void> {
  const readmePath = "dist/README.md";
  writeFileSync(join(root, readmePath), readmeOfPage());
  await createVSIX({ ...options, readmePath, ...(packagePath !== undefined && { packagePath }) });
}

if (import.meta.main) {
  await build();
  await pack(process.argv[2]);
}
