import type { Answered } from "../protocol/messages.ts";

/** Asks the showcase for an address; fails when nobody answers. */
export type Ask = (address: string) => Promise<{ status: number; text: string }>;

/**
 * Why there is no answer: no such thing, no such question, too much asked at once or by one
 * question, not now, nobody there, or nothing readable.
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

/** The answer at an address, or why there is none. */
export async function told<T>(
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
