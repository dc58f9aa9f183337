import { createLookBack } from "../store/lookBack.ts";
import type { StreamStore } from "../store/streamStore.ts";
import { ask } from "./ask.ts";

/** Ten times a second, as the show itself. */
const TICK_MS = 100;

/** Ties a look into the past to the page's clock. */
export function startLookBack(live: StreamStore) {
  const past = createLookBack(ask, live, () => Date.now() / 1000);
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    past.store.getState().tick((now - last) / 1000);
    last = now;
  }, TICK_MS);
  return past;
}
