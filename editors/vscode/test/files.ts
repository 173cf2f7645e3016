// Files of the extension and of the compiler around it.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";

/** The folder of the extension, and the one of the compiler. */
export const extension = fileURLToPath(new URL("..", import.meta.url));
export const repository = fileURLToPath(new URL("../../..", import.meta.url));

export const read = (path: string) => readFileSync(join(extension, path), "utf8");
export const readJson = (path: string) => JSON.parse(read(path)) as unknown;

/** All files with an ending below folders of the repository, as paths from its root. */
export function filesBelow(folders: string[], ending: string): string[] {
  const below = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return below(path);
      return entry.name.endsWith(ending) ? [relative(repository, path)] : [];
    });
  return folders.flatMap((folder) => below(join(repository, folder))).sort();
}

/** The compiler: `cargo test` says which one, else the last that was built. */
export function compiler(): string {
  const command = process.env["ARCHC"] ?? join(repository, "target/debug/archc");
  assert.ok(existsSync(command), "the compiler is not built: run `cargo build` once, or set ARCHC");
  return command;
}

export function archc(args: string[], input = ""): { status: number; stdout: string; stderr: string } {
  try {
    const stdout = execFileSync(compiler(), args, { input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
    return { status: 0, stdout, stderr: "" };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { status, stdout, stderr };
  }
}

/** Compares a text with a file beside the tests. `INSTA_UPDATE=always`, as for all snapshots, writes it; read the diff. */
export function matchesSnapshot(path: string, actual: string): void {
  const file = join(extension, path);
  if (process.env["INSTA_UPDATE"] === "always") writeFileSync(file, actual);
  const expected = existsSync(file) ? readFileSync(file, "utf8") : "";
  assert.equal(actual, expected, `${path} differs: run \`INSTA_UPDATE=always cargo test editors\` and read the diff`);
}
