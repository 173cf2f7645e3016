// Builds the extension and packs it into `archc-VERSION.vsix`. `npm run package`, or with a file to write.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { build, root } from "./build.ts";

/** Everything is bundled. */
const options = { cwd: root, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };

/**
 * The README with its pictures in it. The page of an extension shows no picture of the package's own files, and there is no
 * address yet from which it could get them.
 */
export function readmeWithPictures(): string {
  const picture = (path: string) => readFileSync(join(root, path)).toString("base64");
  const text = readFileSync(join(root, "README.md"), "utf8");
  return text.replaceAll(/\]\((images\/[\w-]+\.png)\)/g, (_, path: string) => `](data:image/png;base64,${picture(path)})`);
}

/** Packs what is built. */
export async function pack(packagePath?: string): Promise<void> {
  const readmePath = "dist/README.md";
  writeFileSync(join(root, readmePath), readmeWithPictures());
  await createVSIX({ ...options, readmePath, ...(packagePath !== undefined && { packagePath }) });
}

if (import.meta.main) {
  await build();
  await pack(process.argv[2]);
}
