/** The board is drawn in its own units: 816 × 816, scaled to whatever size it gets. */
export const BOARD_SIZE = 816;
/** One square. Margins: 22 left and below, 38 right and above, where the coordinates stand. */
export const CELL = 84;
export const LEFT = 22;
export const TOP = 38;
export const GRID = 9 * CELL;

export interface Point {
  x: number;
  y: number;
}

/** Upper left corner of a square. */
export function corner(index: number): Point {
  return { x: LEFT + (index % 9) * CELL, y: TOP + Math.floor(index / 9) * CELL };
}

export function centre(index: number): Point {
  const { x, y } = corner(index);
  return { x: x + CELL / 2, y: y + CELL / 2 };
}

/** The square under a point, null outside the grid. */
export function squareAt({ x, y }: Point): number | null {
  const column = Math.floor((x - LEFT) / CELL);
  const row = Math.floor((y - TOP) / CELL);
  if (column < 0 || column > 8 || row < 0 || row > 8) return null;
  return row * 9 + column;
}

/** Shaft and head of an arrow as one closed outline; it starts and ends inside its squares. */
export function arrowOutline(from: number, to: number, thickness: number): Point[] {
  const start = centre(from);
  const end = centre(to);
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  if (length === 0) return [];
  const along = { x: (end.x - start.x) / length, y: (end.y - start.y) / length };
  const at = (distance: number, aside: number): Point => ({
    x: start.x + along.x * distance - along.y * aside,
    y: start.y + along.y * distance + along.x * aside,
  });
  const half = thickness / 2;
  const head = 12 + thickness * 1.1;
  const tip = length - 6;
  return [
    at(14, -half * 0.6),
    at(tip - head, -half),
    at(tip - head, -half - head * 0.42),
    at(tip, 0),
    at(tip - head, half + head * 0.42),
    at(tip - head, half),
    at(14, half * 0.6),
  ];
}
