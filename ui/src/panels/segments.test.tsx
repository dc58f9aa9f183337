// @vitest-environment happy-dom
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Segments } from "./Segments.tsx";

describe("segments", () => {
  it("mark what is chosen, and the language of each name", () => {
    const markup = renderToStaticMarkup(
      <Segments
        label="Language"
        choices={["en", "ja"] as const}
        chosen="ja"
        choose={() => {}}
        nameOf={(choice) => choice.toUpperCase()}
        mark="data-language-choice"
        langOf={(choice) => choice}
        className="wide"
      />,
    );
    const place = document.createElement("div");
    place.innerHTML = markup;
    expect(place.querySelector("fieldset.segments.wide legend")?.textContent).toBe("Language");
    const shown = [...place.querySelectorAll("button")].map((button) => [
      button.dataset.languageChoice,
      button.getAttribute("aria-pressed"),
      button.lang,
      button.textContent,
    ]);
    expect(shown).toEqual([
      ["en", "false", "en", "EN"],
      ["ja", "true", "ja", "JA"],
    ]);
  });
});
