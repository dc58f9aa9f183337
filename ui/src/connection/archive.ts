import {
  type Answered,
  type ArchivedGame,
  decodeArchivedGame,
  decodeGameList,
  type GameList,
} from "../protocol/messages.ts";

/** Asks the showcase for an address; fails when nobody answers. */
export type Ask = (address: string) => Promise<{ status: number; text: string }>;

/**
 * Why there is no answer: no such game, no such question, too much asked at once or by one search,
 * no archive now, nobody there, or nothing readable.
 */
export type Refusal =
  | "missing"
  | "refused"
  | "busy"
  | "too_long"
  | "unavailable"
  | "offline"
  | "unreadable";
export type Told<T> = { ok: true; answer: T } | { ok: false; why: Refusal };

const GAMES = "/api/v1/games";

/** The `code` of problem details (RFC 9457); empty if they are none. */
function codeOf(text: string): string {
  try {
    const problem: unknown = JSON.parse(text);
    const has = typeof problem === "object" && problem !== null && "code" in problem;
    return has && typeof problem.code === "string" ? problem.code : "";
  } catch {
    return "";
  }
}

const BY_CODE: Record<string, Refusal> = { rate_limited: "busy", too_large: "too_long" };

function refusalOf(status: number, text: string): Refusal {
  if (status === 404) return "missing";
  if (status === 400) return "refused";
  return BY_CODE[codeOf(text)] ?? "unavailable";
}

async function told<T>(
  ask: Ask,
  address: string,
  decode: (text: string) => Answered<T>,
): Promise<Told<T>> {
  try {
    const { status, text } = await ask(address);
    if (status !== 200) return { ok: false, why: refusalOf(status, text) };
    const answered = decode(text);
    return answered.ok ? answered : { ok: false, why: "unreadable" };
  } catch {
    return { ok: false, why: "offline" };
  }
}

/** Which game: of several under one id, the last, or the last that had ended by a time. */
export interface GameName {
  run: string;
  game: string;
  endedBy: number | null;
}

/** Where a game is, for programs; with a format as its ending, as a file. */
export function gameAddress({ run, game, endedBy }: GameName, format?: string): string {
  // A dot would be read as the beginning of a format.
  const name = encodeURIComponent(game).replaceAll(".", "%2E");
  const ending = format === undefined ? "" : `.${format}`;
  const by = endedBy === null ? "" : `?ended_by=${endedBy}`;
  return `${GAMES}/${encodeURIComponent(run)}/${name}${ending}${by}`;
}

export function askForGame(ask: Ask, name: GameName): Promise<Told<ArchivedGame>> {
  return told(ask, gameAddress(name), decodeArchivedGame);
}

/** `wishes` are parameters of the search; empty ones are left out. */
export function askForGames(ask: Ask, wishes: Record<string, string>): Promise<Told<GameList>> {
  const given = Object.entries(wishes).filter(([, value]) => value !== "");
  return told(ask, `${GAMES}?${new URLSearchParams(given)}`, decodeGameList);
}
