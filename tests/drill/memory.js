// Whether a program keeps more and more memory: by how much an hour, with its interval.
import { readFileSync } from "node:fs";

const PAGE = 4096;
const MINUTE = 60_000;
/**
 * So long, in minutes, a life fills what is bounded: the showcase's 16 games (a game ends every 40 s) and
 * 100 updates, the trainer's buffers and the first three evaluations.
 */
export const FILLING = 15;
/** Minutes: what waits while a fault lasts, such as another trainer, has gone after them. */
const FAULT = 5;
const LEAST = 20; // minutes after it that tell a slope
const WAVES = 4;
const QUANTILE = 2.776; // of Student's t with WAVES degrees of freedom, 97.5 %

/** Resident memory in bytes; none once the process is gone. */
export function residentBytes(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]) * PAGE;
  } catch {
    return undefined;
  }
}

/**
 * Samples {age, inUse} of one life as minutes {x: hours, y: MB} after the filling. The least from each
 * minute on for as long as a fault may last: what is kept, without what is needed for a while.
 */
export function minutes(samples) {
  const none = Number.POSITIVE_INFINITY;
  const least = new Map();
  for (const { age, inUse } of samples) {
    const minute = Math.floor(age / MINUTE);
    if (inUse === undefined || minute < FILLING) continue;
    least.set(minute, Math.min(least.get(minute) ?? none, inUse));
  }
  const end = Math.max(...least.keys()); // which may not be a whole minute
  const kept = (from) =>
    Math.min(...Array.from({ length: FAULT }, (_, i) => least.get(from + i) ?? none));
  return [...least.keys()]
    .filter((minute) => minute + FAULT <= end)
    .map((minute) => ({ x: minute / 60, y: kept(minute) / 1e6 }));
}

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const centred = (values) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
};
/** What `direction` does not explain of `values`. */
const without = (direction, values) => {
  const share = dot(values, direction) / dot(direction, direction);
  return values.map((value, i) => value - share * direction[i]);
};

// Squared weights of the slowest waves in the residuals of a line: cosines without what the line explains.
function slowWaves(x, residuals) {
  const known = [x.map(() => 1), x];
  return Array.from({ length: WAVES }, (_, wave) => {
    let cosine = x.map((_, i) => Math.cos((Math.PI * (wave + 1) * (i + 0.5)) / x.length));
    for (const direction of known) cosine = without(direction, cosine);
    known.push(cosine);
    return dot(cosine, residuals) ** 2 / dot(cosine, cosine);
  });
}

/**
 * MB per hour by which a program grows, over all its lives, with a 95 % interval; undefined where no life
 * was long enough. One slope for all lives and a level for each. One minute's memory is like the last
 * one's, so the slope's error is taken from the slowest waves of the residuals alone (as in
 * src/studio/history/trend.h): what comes and goes within a life is no growth.
 */
export function growth(lives) {
  const long = lives
    .filter((life) => life.length >= LEAST)
    .map((life) => ({ x: centred(life.map(({ x }) => x)), y: centred(life.map(({ y }) => y)) }));
  if (long.length === 0) return undefined;
  const sum = (of) => long.reduce((total, life) => total + of(life), 0);
  const xx = sum(({ x }) => dot(x, x));
  const slope = sum(({ x, y }) => dot(x, y)) / xx;
  const waves = long.flatMap(({ x, y }) =>
    slowWaves(
      x,
      y.map((value, i) => value - slope * x[i]),
    ),
  );
  const variance = waves.reduce((total, wave) => total + wave, 0) / waves.length;
  const error = QUANTILE * Math.sqrt(variance / xx);
  return { slope, low: slope - error, high: slope + error };
}
