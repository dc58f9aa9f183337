import type { Language, Level } from "../protocol/messages.ts";

export const LEVELS = ["beginner", "intermediate", "advanced"] as const satisfies Level[];
export const LANGUAGES = ["en", "ja"] as const satisfies Language[];
export const MAP_MODES = ["off", "destinations", "activity", "matters"] as const;
export type MapMode = (typeof MAP_MODES)[number];

/** What a viewer chooses for themselves. */
export interface Settings {
  level: Level;
  language: Language;
  map: MapMode;
}

/** The part of localStorage that settings need; it may throw (private windows, sandboxed frames). */
export interface Memory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = "keisei.settings";
const PARAMETERS = { level: "level", language: "lang", map: "map" } as const;

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

function remembered(memory: Memory): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(memory.getItem(KEY) ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The address wins over memory, memory over the browser's language, and that over the defaults. */
export function loadSettings(search: string, memory: Memory, browserLanguage: string): Settings {
  const address = new URLSearchParams(search);
  const past = remembered(memory);
  const pick = <T extends string>(name: keyof typeof PARAMETERS, allowed: readonly T[]) =>
    oneOf(allowed, address.get(PARAMETERS[name])) ?? oneOf(allowed, past[name]);
  return {
    level: pick("level", LEVELS) ?? "intermediate",
    language: pick("language", LANGUAGES) ?? (browserLanguage.startsWith("ja") ? "ja" : "en"),
    map: pick("map", MAP_MODES) ?? "destinations",
  };
}

export function saveSettings(settings: Settings, memory: Memory): void {
  try {
    memory.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A viewer without storage keeps the settings in the address.
  }
}

/** The address that reopens the page as it is. */
export function settingsSearch(settings: Settings, search: string): string {
  const address = new URLSearchParams(search);
  address.set("level", settings.level);
  address.set("lang", settings.language);
  address.set("map", settings.map);
  return `?${address}`;
}
