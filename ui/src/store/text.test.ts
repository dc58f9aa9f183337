import { describe, expect, it } from "vitest";
import { fill, uiText } from "./text.ts";

/** Every text of a tree with its path. */
function texts(node: object, path = ""): [string, string][] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${path}${key}`, value] as [string, string]]
      : texts(value, `${path}${key}.`),
  );
}

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

/** The page's own code, without its tests and what is generated. */
const code = Object.entries(
  import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true }),
)
  .filter(([file]) => !file.includes(".test.") && !file.includes("protocol/messages"))
  .map(([, source]) => source)
  .join("\n");

/** Whether code names a text, or looks words up in its group. */
function isUsed(path: string): boolean {
  const [name = "", group = ""] = path.split(".").reverse();
  return new RegExp(`\\.${name}\\b|"${name}"`).test(code) || code.includes(`.${group}[`);
}

describe("the page's texts", () => {
  it("are all used", () => {
    expect(isUsed("bar.no_such_text")).toBe(false);
    const idle = texts(uiText("en")).filter(([path]) => !isUsed(path));
    expect(idle).toEqual([]);
  });

  it("are the same set in both languages", () => {
    const [en, ja] = [texts(uiText("en")), texts(uiText("ja"))];
    expect(ja.map(([path]) => path)).toEqual(en.map(([path]) => path));
  });

  it("have the same places in both languages", () => {
    const ja = new Map(texts(uiText("ja")));
    for (const [path, text] of texts(uiText("en"))) {
      expect([path, places(ja.get(path) ?? "")]).toEqual([path, places(text)]);
    }
  });

  it("are never empty", () => {
    const all = [...texts(uiText("en")), ...texts(uiText("ja"))];
    expect(all.filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});

describe("fill", () => {
  it("puts values into their places", () => {
    expect(fill("move {n} of {total}", { n: 3, total: 80 })).toBe("move 3 of 80");
  });

  it("leaves a place without a value visible", () => {
    expect(fill("move {n}", {})).toBe("move {n}");
  });
});
