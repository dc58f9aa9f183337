import { describe, expect, it } from "vitest";
import en from "../../../content/en/glossary.json";
import ja from "../../../content/ja/glossary.json";
import type { Language } from "../protocol/messages.ts";
import { entryOf, type GlossaryPart, pieces } from "./glossary.ts";

const terms = (sentence: string, part: GlossaryPart, language: Language) =>
  pieces(sentence, part, language).flatMap(({ words, term }) => (term ? [`${words}=${term}`] : []));

describe("the pieces of a sentence", () => {
  it("are the sentence", () => {
    const sentence = "A fork with check: the king and the rook on 2b.";
    expect(
      pieces(sentence, "game", "en")
        .map(({ words }) => words)
        .join(""),
    ).toBe(sentence);
    expect(pieces("", "game", "en")).toEqual([]);
  });

  it("have the terms that can be looked up", () => {
    expect(terms("A fork with check: the king and the rook.", "game", "en")).toEqual([
      "fork=fork",
      "check=check",
    ]);
    expect(terms("両取りです。８二の金と６二の銀を狙っています。", "game", "ja")).toEqual([
      "両取り=fork",
    ]);
  });

  it("take the longest term", () => {
    expect(terms("Double check: only a move of the king answers it.", "game", "en")).toEqual([
      "Double check=double_check",
    ]);
    expect(terms("両王手です。", "game", "ja")).toEqual(["両王手=double_check"]);
  });

  it("find no term inside another word", () => {
    expect(terms("The king pinshot unchecked, a forklift.", "game", "en")).toEqual([]);
  });

  it("mark a term once", () => {
    expect(terms("Check after check after check.", "game", "en")).toEqual(["Check=check"]);
  });

  it("know what the sentence is about", () => {
    expect(terms("KL 0.01 and a fork", "learning", "en")).toEqual(["KL=kl"]);
    expect(terms("KL 0.01 and a fork", "game", "en")).toEqual(["fork=fork"]);
  });
});

describe("the glossary", () => {
  it.each(["game", "learning"] as const)("explains the same terms of %s everywhere", (part) => {
    expect(Object.keys(ja[part])).toEqual(Object.keys(en[part]));
    for (const id of Object.keys(en[part])) {
      expect(entryOf(part, id, "en")?.text).not.toBe(entryOf(part, id, "ja")?.text);
    }
  });
});
