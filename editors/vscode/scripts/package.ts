// Builds the extension and packs it into `archc-VERSION.vsix`. `npm run package`, or with a file to write.

import { createVSIX } from "@vscode/vsce";
import { build, root } from "./build.ts";

/** Everything is bundled, and there is no address yet from which a reader could get the pictures of the README. */
const options = { cwd: root, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };

/** Packs what is built. */
export async function pack(packagePath?: string): Promise<void> {
  await createVSIX({ ...options, ...(packagePath !== undefined && { packagePath }) });
}

if (import.meta.main) {
  await build();
  await pack(process.argv[2]);
}
