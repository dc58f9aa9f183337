import type { Language } from "../protocol/messages.ts";
import { useStream, useText } from "../store/hooks.ts";
import { LANGUAGES, LEVELS } from "../store/settings.ts";
import { Segments } from "./Segments.tsx";

export function EducationalLevelSelector() {
  const text = useText();
  const level = useStream((state) => state.level);
  const change = useStream((state) => state.change);
  return (
    <Segments
      label={text.bar.level}
      choices={LEVELS}
      chosen={level}
      choose={(choice) => change({ level: choice })}
      nameOf={(choice) => text.levels[choice]}
      mark="data-level-choice"
    />
  );
}

/** Languages are named in themselves: whoever needs the choice can read it. */
const NAMES: Record<Language, string> = { en: "EN", ja: "日本語" };

export function LanguageSelector() {
  const text = useText();
  const language = useStream((state) => state.language);
  const change = useStream((state) => state.change);
  return (
    <Segments
      label={text.bar.language}
      choices={LANGUAGES}
      chosen={language}
      choose={(choice) => change({ language: choice })}
      nameOf={(choice) => NAMES[choice]}
      mark="data-language-choice"
      langOf={(choice) => choice}
    />
  );
}
