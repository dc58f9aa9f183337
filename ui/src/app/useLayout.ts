import { useSyncExternalStore } from "react";

/** broadcast: everything at once. compact: the same, lower panels in tabs. feed: one column. */
export type Layout = "broadcast" | "compact" | "feed";

/** Shares of the 1920 × 1080 design, below which its text, never under 14 px, no longer fits. */
const COMPACT_BELOW = 0.88;
const FEED_BELOW = 0.64;

export function layoutFor(width: number, height: number): Layout {
  const scale = Math.min(width / 1920, height / 1080);
  if (scale < FEED_BELOW || width < height) return "feed";
  return scale < COMPACT_BELOW ? "compact" : "broadcast";
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("resize", changed);
  return () => window.removeEventListener("resize", changed);
}

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, () => layoutFor(window.innerWidth, window.innerHeight));
}

/** Wider than a broadcast: the panels stand in two columns (as in layout.css). */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => window.innerWidth >= 2 * window.innerHeight);
}
