const FIRST_MS = 500;
const LONGEST_MS = 5000;

/**
 * How long to wait before the given attempt (0 = the first one after a loss). Doubles up to five
 * seconds; the random half keeps a thousand viewers from returning in the same instant.
 */
export function retryDelay(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return ceiling / 2 + (ceiling / 2) * random();
}

/** How long to wait by the words of a showcase that stops; null if it did not say. */
export function toldDelay(words: string): number | null {
  const told = /^return in (\d{1,2}(?:\.\d+)?) s$/.exec(words);
  return told ? Number(told[1]) * 1000 : null;
}
