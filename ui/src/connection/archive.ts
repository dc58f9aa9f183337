import {
  type Answered,
  type ArchivedGame,
  decodeArchivedGame,
  decodeGameList,
  type GameList,
} from "../protocol/messages.ts";

/** Asks the showcase for an address; fails when nobody answers. */
export type Ask = (address: string) => Promise<{ status: number; text: string }>;

/** Why there is no answer: no such game, no archive now, nobody there, or nothing readable. */
export type Refusal = "missing" | "unavailable" | "offline" | "unreadable";
export type Told<T> = { ok: true; answer: T } | { ok: false; why: Refusal };

const GAMES = "/api/v1/games";

async function told<T>(
  ask: Ask,
  address: string,
  decode: (text: string) => Answered<T>,
): Promise<Told<T>> {
  try {
    const { status, text } = await ask(address);
    if (status === 404) return { ok: false, why: "missing" };
    if (status !== 200) return { ok: false, why: "unavailable" };
    const answered = decode(text);
    return answered.ok ? answered : { ok: false, why: "unreadable" };
  } catch {
    return { ok: false, why: "offline" };
  }
}

/** Where a game is, for programs; with a format as its ending, as a file. */
export function gameAddress(run: string, game: string): string {
  // A dot would be read as the beginning of a format.
  const name = encodeURIComponent(game).replaceAll(".", "%2E");
  return `${GAMES}/${encodeURIComponent(run)}/${name}`;
}

export function askForGame(ask: Ask, run: string, game: string): Promise<Told<ArchivedGame>> {
  return told(ask, gameAddress(run, game), decodeArchivedGame);
}

/** `wishes` are parameters of the search; empty ones are left out. */
export function askForGames(ask: Ask, wishes: Record<string, string>): Promise<Told<GameList>> {
  const given = Object.entries(wishes).filter(([, value]) => value !== "");
  return told(ask, `${GAMES}?${new URLSearchParams(given)}`, decodeGameList);
}
