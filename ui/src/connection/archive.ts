import {
  type ArchivedGame,
  decodeArchivedGame,
  decodeGameList,
  type GameList,
} from "../protocol/messages.ts";
import { type Ask, type Told, told } from "./ask.ts";

const GAMES = "/api/v1/games";

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
