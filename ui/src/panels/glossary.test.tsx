// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Language } from "../protocol/messages.ts";
import { StreamContext } from "../store/hooks.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { Glossary } from "./Glossary.tsx";
import { Terms } from "./Terms.tsx";

/** What browsers do of popovers and the test's document does not. */
function teachPopovers() {
  const tell = (place: HTMLElement, newState: string) =>
    place.dispatchEvent(Object.assign(new Event("toggle"), { newState }));
  vi.spyOn(HTMLElement.prototype, "showPopover").mockImplementation(function (this: HTMLElement) {
    this.setAttribute("data-open", "");
    tell(this, "open");
  });
  vi.spyOn(HTMLElement.prototype, "hidePopover").mockImplementation(function (this: HTMLElement) {
    this.removeAttribute("data-open");
    tell(this, "closed");
  });
}

function open(sentence: string, language: Language = "en") {
  const store = createStreamStore({ level: "beginner", language, map: "off" });
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  const say = (words: string) =>
    act(() =>
      root.render(
        <StreamContext value={store}>
          <Glossary>
            <p>
              <Terms of="game" sentence={words} />
            </p>
          </Glossary>
        </StreamContext>,
      ),
    );
  say(sentence);
  const button = (words: string) =>
    [...document.querySelectorAll("button")].find((one) => one.textContent === words);
  return {
    say,
    button,
    press: (words: string) => act(() => button(words)?.click()),
    sentence: () => document.querySelector("p")?.textContent,
    explanation: () => document.querySelector(".glossary[data-open]")?.textContent ?? null,
  };
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  HTMLElement.prototype.showPopover ??= () => {};
  HTMLElement.prototype.hidePopover ??= () => {};
  teachPopovers();
});
afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

it("says a sentence as it is, with its terms as buttons", () => {
  const page = open("A fork: the knight attacks two pieces.");
  expect(page.sentence()).toBe("A fork: the knight attacks two pieces.");
  expect(page.button("fork")?.getAttribute("aria-haspopup")).toBe("dialog");
  expect(page.explanation()).toBeNull();
});

it("explains the term that is pressed", () => {
  const page = open("A fork with check.");
  page.press("fork");
  expect(page.explanation()).toMatch(/^Fork.*attacks two/);
  page.press("check");
  expect(page.explanation()).toMatch(/^Check.*attacks the king/);
});

it("explains in the viewer's language", () => {
  const page = open("両取りです。", "ja");
  page.press("両取り");
  expect(page.explanation()).toMatch(/^両取り.*同時に狙う手です。.*閉じる$/);
});

it("keeps the explanation when the show goes on", () => {
  const page = open("A fork: the knight attacks two pieces.");
  page.press("fork");
  page.say("White moves the king to 5b.");
  expect(page.button("fork")).toBeUndefined();
  expect(page.explanation()).toMatch(/^Fork/);
});

it("closes it when asked to", () => {
  const page = open("A fork.");
  page.press("fork");
  page.press("Close");
  expect(page.explanation()).toBeNull();
  page.press("fork");
  expect(page.explanation()).toMatch(/^Fork/);
});

it("leaves the focus on a term when the next sentence comes", () => {
  const page = open("A fork: the knight attacks two pieces.");
  page.button("fork")?.focus();
  page.say("White takes it: check.");
  expect(document.activeElement?.textContent).toBe("check");
});
