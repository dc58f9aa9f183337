import {
  createContext,
  type ReactNode,
  useCallback,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { entryOf, type GlossaryPart } from "../store/glossary.ts";
import { useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";

export interface LookUp {
  part: GlossaryPart;
  term: string;
  button: HTMLElement;
}

/** Shows what a term means, beside the button that asks for it. */
export const GlossaryContext = createContext<(lookUp: LookUp) => void>(() => {});

const GAP = 8;
const MARGIN = 16;

/** Above or below the word, wherever there is more room, and inside the window. */
function putBeside(popover: HTMLElement, word: DOMRect) {
  const { clientWidth, clientHeight } = document.documentElement;
  const left = Math.min(word.left, clientWidth - popover.offsetWidth - MARGIN);
  const isLow = word.top + word.height / 2 > clientHeight / 2;
  popover.style.left = `${Math.max(MARGIN, left)}px`;
  popover.style.top = isLow ? "auto" : `${word.bottom + GAP}px`;
  popover.style.bottom = isLow ? `${clientHeight - word.top + GAP}px` : "auto";
}

/** What terms mean. An explanation stays until it is closed, although the show goes on and the
 * sentence that it belongs to is gone: by Escape, its button, or a click anywhere else. */
export function Glossary({ children }: { children: ReactNode }) {
  const text = useText();
  const language = useStream((state) => state.language);
  const heading = useId();
  const popover = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<LookUp | null>(null);
  const lookUp = useCallback((next: LookUp) => setAsked(next), []);
  const entry = asked ? entryOf(asked.part, asked.term, language) : undefined;

  useLayoutEffect(() => {
    const place = popover.current;
    if (!place || !asked) return;
    const word = asked.button.getBoundingClientRect();
    place.showPopover();
    putBeside(place, word);
    place.focus();
  }, [asked]);

  return (
    <GlossaryContext value={lookUp}>
      {children}
      <div
        ref={popover}
        popover="auto"
        role="dialog"
        className="glossary"
        aria-labelledby={heading}
        tabIndex={-1}
        data-term={asked?.term}
        onToggle={(event) => {
          if (event.newState === "closed") setAsked(null);
        }}
      >
        {entry ? (
          <>
            <h2 id={heading} aria-label={fill(text.glossary.explain, { term: entry.name })}>
              {entry.name}
            </h2>
            <p>{entry.text}</p>
            <button type="button" onClick={() => popover.current?.hidePopover()}>
              {text.glossary.close}
            </button>
          </>
        ) : null}
      </div>
    </GlossaryContext>
  );
}
