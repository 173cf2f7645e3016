// Finds the compiler, so that a missing one is said in plain words before anything is started.

import { posix, win32 } from "node:path";

/** What is asked of the machine. */
export interface Machine {
  platform: NodeJS.Platform;
  home: string;
  /** The first folder of the workspace. */
  folder: string | undefined;
  /** All of them. */
  folders: string[];
  /** The folder in which `cargo install` puts programs: an editor that was not started from a shell may not have it on its path. */
  cargo: string;
  /** The variables `PATH` and `PATHEXT`. */
  path: string;
  pathExt: string;
  isFile(path: string): boolean;
  /** The path without links in it; as it is, where there is nothing. */
  realPath(path: string): string;
}

/** `setting` with `~` and `${workspaceFolder}` replaced. */
export function expand(setting: string, machine: Machine): string {
  const home = setting.replace(/^~(?=$|[/\\])/, () => machine.home);
  return home.replaceAll("${workspaceFolder}", () => machine.folder ?? "");
}

/** The file to run for the setting `archc.path`, or nothing if there is none. */
export function findExecutable(setting: string, machine: Machine): string | undefined {
  const { isAbsolute, join, delimiter } = machine.platform === "win32" ? win32 : posix;
  const command = expand(setting, machine);
  const names = candidates(command, machine);
  if (isAbsolute(command)) return names.find(machine.isFile);
  if (/[/\\]/.test(command)) {
    const { folder } = machine;
    return folder === undefined ? undefined : names.map((name) => join(folder, name)).find(machine.isFile);
  }
  const folders = [...machine.path.split(delimiter), machine.cargo].filter((folder) => folder !== "" && isAbsolute(folder));
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(machine.isFile);
}

/** Whether a file lies in a folder of the workspace, by its name or where links lead: whoever wrote the folder wrote the file. */
export function isOfWorkspace(file: string, machine: Machine): boolean {
  const { isAbsolute, relative, sep } = machine.platform === "win32" ? win32 : posix;
  const isBelow = (path: string, folder: string) => {
    const below = relative(fold(folder, machine), fold(path, machine));
    return below !== ".." && !below.startsWith(`..${sep}`) && !isAbsolute(below);
  };
  const both = (path: string) => [path, machine.realPath(path)];
  return machine.folders.flatMap(both).some((folder) => both(file).some((path) => isBelow(path, folder)));
}

/** Where systems do not tell letters of both cases apart, neither does this: it is asked what not to run. */
function fold(path: string, machine: Machine): string {
  return machine.platform === "linux" ? path : path.toLowerCase();
}

/** On Windows, a name without an extension stands for those with one. */
function candidates(command: string, machine: Machine): string[] {
  if (machine.platform !== "win32" || win32.extname(command) !== "") return [command];
  const extensions = machine.pathExt.split(";").filter((extension) => extension !== "");
  return extensions.map((extension) => command + extension.toLowerCase());
}
