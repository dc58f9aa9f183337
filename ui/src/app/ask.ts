import type { Ask } from "../connection/ask.ts";

const PATIENCE_MS = 10_000;

/** Asks the showcase that the page came from. */
export const ask: Ask = async (address) => {
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return { status: answer.status, text: await answer.text() };
};
