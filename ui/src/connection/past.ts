import {
  type Answered,
  decode,
  decodePastRange,
  type Language,
  type Level,
  type PastRange,
  type ServerMessage,
} from "../protocol/messages.ts";
import { type Ask, type Told, told } from "./ask.ts";

/** What of the past is asked for, in seconds since the epoch. */
export interface Excerpt {
  from: number;
  to: number;
  level: Level;
  language: Language;
  /** First what was on air at `from`, then what came after it. */
  present: boolean;
}

/** Messages, a line each. What cannot be read is left out, as it is of the stream. */
function decodeLines(text: string): Answered<ServerMessage[]> {
  const answer = text
    .split("\n")
    .filter((line) => line !== "")
    .map(decode)
    .flatMap((decoded) => (decoded.ok ? [decoded.message] : []));
  return { ok: true, answer };
}

export function askForRange(ask: Ask): Promise<Told<PastRange>> {
  return told(ask, "/api/v1/range", decodePastRange);
}

export function askForPast(ask: Ask, excerpt: Excerpt): Promise<Told<ServerMessage[]>> {
  const { from, to, level, language, present } = excerpt;
  const wishes = { from: `${from}`, to: `${to}`, level, language, present: present ? "yes" : "no" };
  return told(ask, `/api/v1/frames?${new URLSearchParams(wishes)}`, decodeLines);
}
