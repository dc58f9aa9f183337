/** What of the archive is open: all games, those of a run, or one game at a position. */
export interface Place {
  run: string | null;
  game: string | null;
  /** Moves played; null: wherever a reader begins. */
  ply: number | null;
  /** Of several games of that name the last that had ended by this second since the epoch; null: the
   * last. */
  endedBy: number | null;
}

/** All games. */
export const EVERYTHING: Place = { run: null, game: null, ply: null, endedBy: null };

const NAMES = ["archive", "run", "game", "ply", "ended_by"] as const;

function plyIn(text: string | null): number | null {
  return text !== null && /^\d{1,4}$/.test(text) ? Number(text) : null;
}

function timeIn(text: string | null): number | null {
  return text !== null && /^\d{1,12}(\.\d{1,9})?$/.test(text) ? Number(text) : null;
}

/** The place that an address names; null: none, the page is live. */
export function placeIn(search: string): Place | null {
  const address = new URLSearchParams(search);
  const run = address.get("run");
  if (run === null) return address.has("archive") ? EVERYTHING : null;
  const game = address.get("game");
  if (game === null) return { ...EVERYTHING, run };
  return { run, game, ply: plyIn(address.get("ply")), endedBy: timeIn(address.get("ended_by")) };
}

export function isSamePlace(one: Place | null, other: Place | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.run === other.run &&
    one.game === other.game &&
    one.ply === other.ply &&
    one.endedBy === other.endedBy
  );
}

/** The address's parameters with another place; all else stays. */
export function searchWith(place: Place | null, search: string): string {
  const address = new URLSearchParams(search);
  for (const name of NAMES) address.delete(name);
  if (place?.run === null) address.set("archive", "1");
  if (place && place.run !== null) address.set("run", place.run);
  if (place && place.game !== null) address.set("game", place.game);
  if (place && place.ply !== null) address.set("ply", String(place.ply));
  if (place && place.endedBy !== null) address.set("ended_by", String(place.endedBy));
  const text = address.toString();
  return text === "" ? "" : `?${text}`;
}
