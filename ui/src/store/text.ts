import en from "../../../content/en/ui.json";
import jaJson from "../../../content/ja/ui.json";
import type { Language } from "../protocol/messages.ts";

/** Every text of the page itself; what the network's doings mean comes from the server. */
export type UiText = typeof en;

const ja: UiText = jaJson;

export function uiText(language: Language): UiText {
  return language === "ja" ? ja : en;
}

/** Puts values into a text's {places}; a place without a value stays visible, as a mistake should. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
