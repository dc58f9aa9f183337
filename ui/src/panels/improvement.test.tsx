// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Improvement, Level } from "../protocol/messages.ts";
import { improvement, message } from "../protocol/testMessages.ts";
import { StreamContext } from "../store/hooks.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { ImprovementPanel } from "./ImprovementPanel.tsx";

const NOW = 1000;

function open(level: Level, content: React.ReactNode) {
  const store = createStreamStore({ level, language: "en", map: "off" });
  store.setState({ connectionStatus: "connected" });
  const place = document.body.appendChild(document.createElement("div"));
  act(() => createRoot(place).render(<StreamContext value={store}>{content}</StreamContext>));
  return {
    receive: (...messages: ReturnType<typeof message>[]) =>
      act(() => {
        for (const one of messages) store.getState().receive(one, NOW);
      }),
    at: (selector: string) => place.querySelector<HTMLElement>(selector),
    all: (selector: string) => [...place.querySelectorAll<HTMLElement>(selector)],
  };
}

function show(changes: Partial<Improvement> = {}, level: Level = "intermediate") {
  const page = open(level, <ImprovementPanel />);
  page.receive(message("improvement", improvement(changes), NOW));
  return page;
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers({ now: NOW * 1000 });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("whether it gets better", () => {
  it("is answered first, in a word, an icon and a sentence", () => {
    const page = show();
    expect(page.at(".lead")?.textContent).toBe(
      "getting betterYes: 68% of the points against itself of about an hour ago, in 480 games.",
    );
    expect(page.at(".lead .status-healthy .icon")).not.toBeNull();
    expect(page.at("[data-testid=improvement]")?.dataset.verdict).toBe("better");
    expect(page.at(".panel-aside")?.textContent).toBe("update 120, 1 min ago");
  });

  it.each([
    ["weaker", "exploring"],
    ["no_longer", "learning"],
    ["maybe_better", "unknown"],
    ["unclear", "unknown"],
  ] as const)("is coloured as far as it is certain: %s is %s", (verdict, colour) => {
    expect(show({ verdict }).at(".lead .status")?.className).toContain(`status-${colour}`);
  });

  it("puts everybody on one scale, strongest first, with the words beside", () => {
    const page = show();
    const rows = page.all("[data-testid=ladder] [data-player]");
    expect(rows.map((row) => row.dataset.player)).toEqual([
      "now",
      "capture_greedy",
      "then",
      "random_mover",
    ]);
    expect(rows[0]?.textContent).toContain("500 ± 60");
    expect(rows[1]?.textContent).toContain("as strong");
    const point = (row: HTMLElement | undefined) =>
      Number.parseFloat(row?.querySelector<HTMLElement>(".ruler-point")?.style.left ?? "");
    expect(point(rows[0])).toBeGreaterThan(point(rows[1]));
    expect(point(rows[1])).toBeGreaterThan(point(rows[3]));
  });

  it("shows scores where nobody says how strong the fixed players are", () => {
    const anchors = improvement().anchors.map((one) => ({ ...one, elo: null }));
    const page = show({ anchors });
    expect(page.at("[data-testid=ladder]")).toBeNull();
    expect(page.at("[data-player=random_mover]")?.dataset.score).toBe("0.95");
    expect(page.at("[data-player=random_mover]")?.textContent).toContain("95");
    expect(page.at("[data-testid=standing]")?.textContent).toContain("500 ± 60");
  });

  it("shows skills now and then, with their numbers, and none where none were asked", () => {
    const page = show();
    const mate = page.at("[data-skill=mate_in_one]");
    expect({ ...mate?.dataset }).toMatchObject({ now: "0.4", before: "0.05", change: "risen" });
    expect(mate?.textContent).toContain("better");
    expect(mate?.querySelectorAll(".ruler-interval")).toHaveLength(2);
    const rook = page.at("[data-skill=save_rook]");
    expect(rook?.querySelectorAll(".ruler-interval")).toHaveLength(1);
    expect(show({ skills: [] }).at("[data-testid=skills]")).toBeNull();
  });

  it("tells a beginner one thing and shows one picture", () => {
    const page = show({}, "beginner");
    expect(page.at("[data-testid=skills]")).toBeNull();
    expect(page.at("[data-testid=ladder]")?.textContent).not.toContain("±");
    expect(page.at("[data-testid=selves]")).toBeNull();
  });

  it("says what is not known, and draws nothing of it", () => {
    const page = show({
      measured_at: null,
      verdict: "unknown",
      state: "not known yet",
      headline: "Not known yet.",
      earlier: null,
      elo: null,
      anchors: [],
      skills: [],
      selves: [],
    });
    expect(page.at(".lead")?.textContent).toContain("Not known yet.");
    expect(page.at(".standings")).toBeNull();
    expect(page.at(".panel-aside")?.textContent).toBe("");
  });

  it("waits with words", () => {
    const page = open("beginner", <ImprovementPanel />);
    expect(page.at("[data-panel=improvement]")?.dataset.face).toBe("waiting");
  });
});
