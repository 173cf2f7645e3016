// Settings: what of them the server is told, and in which shape.

/** What reads a setting below `archc`, as VS Code's `WorkspaceConfiguration` does. */
export interface SettingsReader {
  get<T>(key: string, fallback: T): T;
}

/** What the server knows of the settings: its initialization options, and the section `archc` of later changes. */
export interface ServerSettings {
  inlayHints: { load: boolean; cost: boolean; defaults: boolean };
  codeLens: boolean;
}

/** All settings that are read, with their defaults; the manifest declares the same. */
export const DEFAULTS = {
  path: "archc",
  "inlayHints.load": true,
  "inlayHints.cost": true,
  "inlayHints.defaults": true,
  "codeLens.enable": true,
} as const;

export function serverSettings(reader: SettingsReader): ServerSettings {
  const flag = (key: Exclude<keyof typeof DEFAULTS, "path">) => reader.get<boolean>(key, DEFAULTS[key]);
  return {
    inlayHints: {
      load: flag("inlayHints.load"),
      cost: flag("inlayHints.cost"),
      defaults: flag("inlayHints.defaults"),
    },
    codeLens: flag("codeLens.enable"),
  };
}

/** The setting `archc.path`; an empty one means the default. */
export function compilerSetting(reader: SettingsReader): string {
  return reader.get<string>("path", DEFAULTS.path).trim() || DEFAULTS.path;
}
