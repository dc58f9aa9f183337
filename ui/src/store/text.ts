import { result as resultsEn, side as sidesEn } from "../../../content/en/game.json";
import { castles as castlesEn, openings as openingsEn } from "../../../content/en/shogi_names.json";
import en from "../../../content/en/ui.json";
import formulas from "../../../content/formulas.json";
import { result as resultsJa, side as sidesJa } from "../../../content/ja/game.json";
import { castles as castlesJa, openings as openingsJa } from "../../../content/ja/shogi_names.json";
import jaJson from "../../../content/ja/ui.json";
import { metrics as origins } from "../../../content/thresholds.json";
import type { EndReason, HealthMetric, Language, MoveView, Side } from "../protocol/messages.ts";
import type { EndedGame } from "./slices/endedGames.ts";

/** Every text of the page itself; what the network's doings mean comes from the server. */
export type UiText = typeof en;

const ja: UiText = jaJson;

export function uiText(language: Language): UiText {
  return language === "ja" ? ja : en;
}

/** MathML, the same in every language and for every update: so it is part of the page. Not every
 * metric has one. */
export const FORMULAS: Partial<Record<HealthMetric, string>> = formulas;

/** What values a metric can have, and where the cuts between its bands come from. */
export const ORIGINS: Record<HealthMetric, { range: string; source: string }> = origins;

/** Puts values into a text's {places}; a place without a value stays visible, as a mistake should. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

const RESULTS: Record<Language, Record<EndReason, string>> = { en: resultsEn, ja: resultsJa };
const SIDES = { en: sidesEn, ja: sidesJa } as const;

/** How a game ended, in the words that the showcase uses on its own screen. */
export function resultText(game: EndedGame, language: Language): string {
  const sides = SIDES[language];
  return fill(RESULTS[language][game.reason], {
    plies: game.plies,
    winner: game.winner ? sides[game.winner] : "",
    loser: game.winner ? sides[game.winner === "black" ? "white" : "black"] : "",
  });
}

/** A move as the language's players write it. */
export function moveName(played: { move: MoveView; side: Side }, language: Language): string {
  if (language === "ja") return played.move.japanese;
  return `${played.side === "black" ? "▲" : "△"}${played.move.western}`;
}

/** By id, as content/castles.json and openings.json define them. */
type Names = Record<string, { name: string }>;
const CASTLES: Record<Language, Names> = { en: castlesEn, ja: castlesJa };
const OPENINGS: Record<Language, Names> = { en: openingsEn, ja: openingsJa };

/** The names of what games are searched by, in the order of their definition. */
function named(names: Names): [string, string][] {
  return Object.entries(names).map(([id, { name }]) => [id, name]);
}
export function castleNames(language: Language): [string, string][] {
  // A king that stays at home has no castle.
  return named(CASTLES[language]).filter(([id]) => id !== "sitting_king");
}
export function openingNames(language: Language): [string, string][] {
  return named(OPENINGS[language]);
}
export function castleName(id: string, language: Language): string {
  return CASTLES[language][id]?.name ?? id;
}
export function openingName(id: string, language: Language): string {
  return OPENINGS[language][id]?.name ?? id;
}
