import { useContext } from "react";
import { type GlossaryPart, pieces } from "../store/glossary.ts";
import { useStream } from "../store/hooks.ts";
import { GlossaryContext } from "./Glossary.tsx";

interface TermsProps {
  of: GlossaryPart;
  sentence: string;
}

/** A sentence whose terms can be looked up: each is a button, for mouse, keyboard and touch. */
export function Terms({ of, sentence }: TermsProps) {
  const language = useStream((state) => state.language);
  const lookUp = useContext(GlossaryContext);
  // Keys are places: the focus stays where it is when the next sentence comes.
  let terms = 0;
  return pieces(sentence, of, language).map(({ words, term }, place) =>
    term === null ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <span key={`words ${place}`}>{words}</span>
    ) : (
      <button
        key={`term ${terms++}`}
        type="button"
        className="term"
        aria-haspopup="dialog"
        data-term={term}
        onClick={(event) => lookUp({ part: of, term, button: event.currentTarget })}
      >
        {words}
      </button>
    ),
  );
}
