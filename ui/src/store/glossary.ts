import en from "../../../content/en/glossary.json";
import ja from "../../../content/ja/glossary.json";
import type { Language } from "../protocol/messages.ts";

/** What sentences are about: words of the game do not mean the same where learning is spoken of. */
export type GlossaryPart = "game" | "learning";

/** A term with the words that stand for it in sentences, separated by "|". */
interface Entry {
  name: string;
  words: string;
  text: string;
}

const GLOSSARIES: Record<Language, Record<GlossaryPart, Record<string, Entry>>> = { en, ja };

/** A part of a sentence; one that can be looked up has the id of its term. */
export interface Piece {
  words: string;
  term: string | null;
}

export function entryOf(part: GlossaryPart, id: string, language: Language): Entry | undefined {
  return GLOSSARIES[language][part][id];
}

interface Finder {
  pattern: RegExp;
  terms: Map<string, string>;
}

function makeFinder(part: GlossaryPart, language: Language): Finder {
  const terms = new Map<string, string>();
  for (const [id, { words }] of Object.entries(GLOSSARIES[language][part])) {
    for (const word of words.split("|")) terms.set(word.toLowerCase(), id);
  }
  // The longest first: "double check" is no check.
  const all = [...terms.keys()].sort((a, b) => b.length - a.length).join("|");
  const pattern =
    language === "ja" ? new RegExp(all, "gi") : new RegExp(`(?<![\\w-])(?:${all})(?![\\w-])`, "gi");
  return { pattern, terms };
}

const finders = new Map<string, Finder>();

function finderOf(part: GlossaryPart, language: Language): Finder {
  const key = `${part} ${language}`;
  const finder = finders.get(key) ?? makeFinder(part, language);
  finders.set(key, finder);
  return finder;
}

/** The sentence in pieces: each term where it comes up first. */
export function pieces(sentence: string, part: GlossaryPart, language: Language): Piece[] {
  const { pattern, terms } = finderOf(part, language);
  const found: Piece[] = [];
  const seen = new Set<string>();
  let end = 0;
  for (const match of sentence.matchAll(pattern)) {
    const term = terms.get(match[0].toLowerCase());
    if (term === undefined || seen.has(term)) continue;
    seen.add(term);
    if (match.index > end) found.push({ words: sentence.slice(end, match.index), term: null });
    found.push({ words: match[0], term });
    end = match.index + match[0].length;
  }
  if (end < sentence.length) found.push({ words: sentence.slice(end), term: null });
  return found;
}
