import type { Language } from "../protocol/messages.ts";
import { useStream, useText } from "../store/hooks.ts";
import { LANGUAGES, LEVELS } from "../store/settings.ts";

export function EducationalLevelSelector() {
  const text = useText();
  const level = useStream((state) => state.level);
  const change = useStream((state) => state.change);
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{text.bar.level}</legend>
      {LEVELS.map((choice) => (
        <button
          key={choice}
          type="button"
          className="segment"
          aria-pressed={level === choice}
          data-level-choice={choice}
          onClick={() => change({ level: choice })}
        >
          {text.levels[choice]}
        </button>
      ))}
    </fieldset>
  );
}

/** Languages are named in themselves: whoever needs the choice can read it. */
const NAMES: Record<Language, string> = { en: "EN", ja: "日本語" };

export function LanguageSelector() {
  const text = useText();
  const language = useStream((state) => state.language);
  const change = useStream((state) => state.change);
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{text.bar.language}</legend>
      {LANGUAGES.map((choice) => (
        <button
          key={choice}
          type="button"
          className="segment"
          lang={choice}
          aria-pressed={language === choice}
          data-language-choice={choice}
          onClick={() => change({ language: choice })}
        >
          {NAMES[choice]}
        </button>
      ))}
    </fieldset>
  );
}
