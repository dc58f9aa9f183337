import type { HealthMetric, Language } from "../protocol/messages.ts";
import type { HistoryKey } from "./historyLines.ts";
import { fill, type UiText } from "./text.ts";

const GROUP = "\u202f";

/** 18402 → "18 402", with a narrow no-break space in both languages. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, GROUP);
}

/** 371000 → "0.37 M", 12000 → "12 k". */
export function shortCount(value: number): string {
  if (value >= 1e5) return `${(value / 1e6).toFixed(value >= 1e7 ? 1 : 2)}${GROUP}M`;
  if (value >= 1e4) return `${Math.round(value / 1e3)}${GROUP}k`;
  return count(value);
}

/** A share 0…1 → "38.2 %"; whole numbers when digits is 0. */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)}${GROUP}%`;
}

/**
 * Two significant digits below 0.1, three above, and `more`; an exponent only where zeros would pile
 * up.
 */
export function figure(value: number, more = 0): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 1e-4) return value.toExponential(1 + more);
  const digits = (size < 0.1 ? 2 : 3) + more;
  return value.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size))));
}

/** A second since the epoch → "Nov 28, 2026", where the viewer is. */
export function day(seconds: number, language: Language): string {
  return new Date(seconds * 1000).toLocaleDateString(language, {
    year: "numeric",
    month: "short",
    day: "numeric",
  });
}

const twoDigits = (numbers: number[]) => numbers.map((n) => String(n).padStart(2, "0")).join(":");

/** The same → "14:05". */
export function timeOfDay(seconds: number): string {
  const time = new Date(seconds * 1000);
  return twoDigits([time.getHours(), time.getMinutes()]);
}

/** The same → "14:05:09". */
export function timeToTheSecond(seconds: number): string {
  const time = new Date(seconds * 1000);
  return twoDigits([time.getHours(), time.getMinutes(), time.getSeconds()]);
}

/** 3723 → "1:02:03", 65 → "1:05". */
export function clockTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const parts = hours > 0 ? [hours, minutes, whole % 60] : [minutes, whole % 60];
  return parts.map((n, place) => (place > 0 ? String(n).padStart(2, "0") : n)).join(":");
}

interface Look {
  /** The ends of its scale that mean something in themselves; the others are its values'. */
  scale?: { low?: number; high?: number };
  print?: Print;
}

/** Prints a value with so many digits more than usual. */
type Print = (value: number, more?: number) => string;

const wholePercent: Print = (value, more = 0) => percent(value, (value < 0.1 ? 1 : 0) + more);
/** With so many places, and no sign where nothing but zeros is left. */
function fixed(value: number, places: number): string {
  const printed = value.toFixed(places);
  return Number(printed) === 0 ? printed.replace("-", "") : printed;
}
const twoPlaces: Print = (value, more = 0) => fixed(value, 2 + more);

/** Readings that look another way than most, which are figures on a scale of their values. */
const LOOKS: Partial<Record<HealthMetric, Look>> = {
  kl_divergence: { scale: { low: 0 }, print: (value, more = 0) => figure(value, more + 1) },
  clip_fraction: { scale: { low: 0 }, print: wholePercent },
  exploration: { scale: { low: 0, high: 1 }, print: wholePercent },
  explained_variance: { scale: { low: 0, high: 1 }, print: twoPlaces },
};

/** A reading as its panel prints it. */
export function reading(metric: HealthMetric, value: number): string {
  return (LOOKS[metric]?.print ?? figure)(value);
}

const whole: Print = (value, more = 0) => {
  if (more === 0) return count(value);
  const [units = "", places] = fixed(value, more).split(".");
  return `${units.replace(/\B(?=(\d{3})+$)/g, GROUP)}.${places}`;
};

/** What is drawn over a run that is not a figure. */
const HISTORY_PRINT: Partial<Record<HistoryKey, Print>> = {
  random_score: wholePercent,
  elo: whole,
  mean_length: whole,
  explained_variance: twoPlaces,
};

/** A value of what is drawn over a run. */
export function historyFigure(key: HistoryKey, value: number): string {
  return (HISTORY_PRINT[key] ?? figure)(value);
}

const MOST_MORE_DIGITS = 6;

/** Values along an axis, with as many digits as tell them apart. */
export function historyTicks(key: HistoryKey, values: readonly number[]): string[] {
  const print = HISTORY_PRINT[key] ?? figure;
  const printed = (more: number) => values.map((value) => print(value, more));
  let more = 0;
  while (more < MOST_MORE_DIGITS && new Set(printed(more)).size < values.length) more += 1;
  return printed(more);
}

/** The ends of a reading's scale that do not depend on its values. */
export function scaleOf(metric: HealthMetric): NonNullable<Look["scale"]> {
  return LOOKS[metric]?.scale ?? {};
}

/** Seconds as the one unit that fits: "42 s", "3 min", "5 h". */
export function age(seconds: number, text: UiText): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 100) return fill(text.face.age_s, { n: whole });
  if (whole < 100 * 60) return fill(text.face.age_min, { n: Math.floor(whole / 60) });
  return fill(text.face.age_h, { n: Math.floor(whole / 3600) });
}

/** Map index → "2d"; "２四". */
export function squareName(index: number, language: Language): string {
  const [file, rank] = [8 - (index % 9), Math.floor(index / 9)];
  if (language === "ja") return `${"１２３４５６７８９"[file]}${"一二三四五六七八九"[rank]}`;
  return `${file + 1}${"abcdefghi"[rank]}`;
}
