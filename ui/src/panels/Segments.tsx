interface SegmentsProps<Choice extends string> {
  /** What is chosen here, for those who do not see it. */
  label: string;
  choices: readonly Choice[];
  chosen: Choice;
  choose: (choice: Choice) => void;
  nameOf: (choice: Choice) => string;
  /** The attribute by which a choice's button is found. */
  mark: `data-${string}`;
  /** The language that a choice's name is in, where it is not the page's. */
  langOf?: (choice: Choice) => string;
  className?: string;
}

/** One of a few, side by side. */
export function Segments<Choice extends string>({
  label,
  choices,
  chosen,
  choose,
  nameOf,
  mark,
  langOf,
  className = "",
}: SegmentsProps<Choice>) {
  return (
    <fieldset className={`segments ${className}`.trim()}>
      <legend className="visually-hidden">{label}</legend>
      {choices.map((choice) => (
        <button
          key={choice}
          type="button"
          className="segment"
          lang={langOf?.(choice)}
          aria-pressed={choice === chosen}
          {...{ [mark]: choice }}
          onClick={() => choose(choice)}
        >
          {nameOf(choice)}
        </button>
      ))}
    </fieldset>
  );
}
