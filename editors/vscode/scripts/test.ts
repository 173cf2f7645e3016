// Everything that `npm test` does: types, then all tests, over what is built anew.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build, root } from "./build.ts";

function run(name: string, parameters: string[]): void {
  const { status } = spawnSync(process.execPath, parameters, { cwd: root, stdio: "inherit" });
  if (status === 0) return;
  console.error(`npm test: ${name} failed`);
  process.exit(1);
}

const tsc = join(root, "node_modules/typescript/bin/tsc");
for (const project of [".", "src/webview", "test"]) run("the check of types", [tsc, "-p", project]);
await build();
const tests = readdirSync(join(root, "test")).filter((name) => name.endsWith(".test.ts"));
// The browser and the compiler are processes of their own, which waiting tests leave the processor to.
run("a test", ["--test", "--test-concurrency=2", ...tests.map((name) => join(root, "test", name))]);
