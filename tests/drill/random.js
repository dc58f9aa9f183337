// Chance that a seed decides: the same drill can be run again.

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = (items, random) => items[Math.floor(random() * items.length)];

/** Deals the cards of a deck in random order, and shuffles it anew when it is used up. */
export function* dealt(cards, random) {
  for (;;) {
    const deck = [...cards];
    while (deck.length > 0) yield deck.splice(Math.floor(random() * deck.length), 1)[0];
  }
}
