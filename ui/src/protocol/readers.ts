/** What the generated decoder is made of: each reader gives the value, or says which field is wrong. */
export type Fields = Record<string, unknown>;
export type Reader<T> = (value: unknown, path: string) => T;

export class Refused extends Error {}

export function refuse(path: string, reason: string): never {
  throw new Refused(path === "" ? reason : `${path}: ${reason}`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asFields(value: unknown, path: string): Fields {
  return isFields(value) ? value : refuse(path, "expected an object");
}

export function field<T>(fields: Fields, key: string, path: string, read: Reader<T>): T {
  return read(fields[key], path === "" ? key : `${path}.${key}`);
}

export const asBoolean: Reader<boolean> = (value, path) =>
  typeof value === "boolean" ? value : refuse(path, "expected true or false");

export const asNumber: Reader<number> = (value, path) =>
  typeof value === "number" ? value : refuse(path, "expected a number");

export const asText: Reader<string> = (value, path) =>
  typeof value === "string" ? value : refuse(path, "expected a text");

export function nullable<T>(read: Reader<T>): Reader<T | null> {
  return (value, path) => (value === null ? null : read(value, path));
}

export function listOf<T>(read: Reader<T>): Reader<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return refuse(path, "expected a list");
    const items: readonly unknown[] = value;
    return items.map((item, i) => read(item, `${path}[${i}]`));
  };
}

export function oneOf<T extends string>(words: readonly T[]): Reader<T> {
  return (value, path) => {
    const word = words.find((candidate) => candidate === value);
    return word ?? refuse(path, `expected one of ${words.join(", ")}`);
  };
}

const asNumbers = listOf(asNumber);

/** As a board is drawn from Black's side, row by row. */
export const asBoardMap: Reader<number[]> = (value, path) => {
  const numbers = asNumbers(value, path);
  return numbers.length === 81 ? numbers : refuse(path, "expected 81 numbers");
};

const BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const STEPS = BASE_64.length ** 2 - 1;

/** Numbers to be drawn: two digits of base 64 for each, between two ends; two stops are unknown. */
export const asSeries: Reader<(number | null)[]> = (value, path) => {
  const fields = asFields(value, path);
  const from = field(fields, "from", path, asNumber);
  const to = field(fields, "to", path, asNumber);
  const points = field(fields, "points", path, asText);
  const series: (number | null)[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const point = points.slice(i, i + 2);
    if (point === "..") {
      series.push(null);
      continue;
    }
    const high = BASE_64.indexOf(point.charAt(0));
    const low = point.length === 2 ? BASE_64.indexOf(point.charAt(1)) : -1;
    if (high < 0 || low < 0) return refuse(path, "expected two digits of base 64 for each point");
    series.push(from + ((high * BASE_64.length + low) / STEPS) * (to - from));
  }
  return series;
};
