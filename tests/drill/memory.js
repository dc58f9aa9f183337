// Whether a program's memory grows, as a slope with its interval.
import { readFileSync } from "node:fs";
import { randomFrom } from "./random.js";

const PAGE = 4096;
const MINUTE = 60_000;
/** What a program takes while its caches and histories fill, for about four minutes, is no leak. */
const WARM_UP = 5 * MINUTE;
const BLOCK = 5; // minutes: neighbouring minutes are alike
const DRAWS = 2_000;

/** Resident memory in bytes; none once the process is gone. */
export function residentBytes(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]) * PAGE;
  } catch {
    return undefined;
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Samples {age, bytes} of one life as minutes {x: hours, y: MB} after the warm-up. */
export function minutes(samples) {
  const byMinute = new Map();
  for (const { age, bytes } of samples) {
    if (age < WARM_UP) continue;
    const minute = Math.floor(age / MINUTE);
    if (!byMinute.has(minute)) byMinute.set(minute, []);
    byMinute.get(minute).push(bytes / 1e6);
  }
  return [...byMinute].map(([minute, values]) => ({ x: minute / 60, y: median(values) }));
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// Least squares with one slope for all lives and a level for each.
function fit(lives) {
  let xy = 0;
  let xx = 0;
  const levels = lives.map((life) => {
    const x = mean(life.map((point) => point.x));
    const y = mean(life.map((point) => point.y));
    for (const point of life) {
      xy += (point.x - x) * (point.y - y);
      xx += (point.x - x) ** 2;
    }
    return { x, y };
  });
  return { slope: xy / xx, levels };
}

/**
 * MB per hour by which a program grows, over all its lives, with a 95 % interval: a bootstrap of the
 * residuals in blocks of five minutes. Undefined where there is too little to tell.
 */
export function growth(lives, seed = 1) {
  const long = lives.filter((life) => life.length >= 3);
  if (long.reduce((sum, life) => sum + life.length, 0) < 10) return undefined;
  const { slope, levels } = fit(long);
  const fitted = long.map((life, i) =>
    life.map(({ x }) => levels[i].y + slope * (x - levels[i].x)),
  );
  const residuals = long.flatMap((life, i) => life.map(({ y }, j) => y - fitted[i][j]));
  const random = randomFrom(seed);
  const redrawn = () => {
    const drawn = [];
    while (drawn.length < residuals.length) {
      const from = Math.floor(random() * residuals.length);
      for (let i = 0; i < BLOCK; ++i) drawn.push(residuals[(from + i) % residuals.length]);
    }
    return drawn;
  };
  const slopes = Array.from({ length: DRAWS }, () => {
    const drawn = redrawn();
    let next = 0;
    const life = (points, i) => points.map(({ x }, j) => ({ x, y: fitted[i][j] + drawn[next++] }));
    return fit(long.map(life)).slope;
  }).sort((a, b) => a - b);
  return { slope, low: slopes[Math.floor(0.025 * DRAWS)], high: slopes[Math.floor(0.975 * DRAWS)] };
}
