// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  connectionEstablished,
  message,
  milestone,
  milestones,
  replay,
} from "../protocol/testMessages.ts";
import { createArchiveStore } from "../store/archiveStore.ts";
import { ArchiveContext, StreamContext } from "../store/hooks.ts";
import type { Settings } from "../store/settings.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { turnAt } from "./celebration.ts";
import { MilestonesPanel } from "./MilestonesPanel.tsx";
import { MilestoneToast } from "./MilestoneToast.tsx";

const NOW = 1000;

function open(settings: Partial<Settings> = {}) {
  const store = createStreamStore({
    level: "intermediate",
    language: "en",
    map: "off",
    ...settings,
  });
  store.setState({ connectionStatus: "connected" });
  const archive = createArchiveStore(() => new Promise(() => {}));
  const place = document.body.appendChild(document.createElement("div"));
  act(() =>
    createRoot(place).render(
      <StreamContext value={store}>
        <ArchiveContext value={archive}>
          <MilestonesPanel />
          <MilestoneToast />
        </ArchiveContext>
      </StreamContext>,
    ),
  );
  return {
    archive,
    receive: (one: ReturnType<typeof message>) => act(() => store.getState().receive(one, NOW)),
    arrive: (key: string, title = key) =>
      act(() =>
        store
          .getState()
          .receive(message("milestone", { milestone: milestone({ key, title }) }, NOW), NOW),
      ),
    pass: (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000)),
    at: (selector: string) => place.querySelector<HTMLElement>(selector),
    all: (selector: string) => [...place.querySelectorAll<HTMLElement>(selector)],
    toast: () => place.querySelector<HTMLElement>("[data-testid=milestone-toast]"),
  };
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers({ now: NOW * 1000 });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("the milestones panel", () => {
  it("waits with words, and says when there is nothing yet", () => {
    const page = open();
    expect(page.at("[data-panel=milestones]")?.dataset.face).toBe("waiting");
    page.receive(message("milestones", milestones(), NOW));
    expect(page.at("[data-panel=milestones]")?.textContent).toContain("Nothing yet");
  });

  it("lists the newest first, with when, where and by which network", () => {
    const page = open();
    page.receive(message("milestones", milestones(milestone({ key: "dragon" }), milestone()), NOW));
    expect(page.all(".milestone").map(({ dataset }) => dataset.milestone)).toEqual([
      "dragon",
      "castle/mino",
    ]);
    expect(page.at(".milestone-facts")?.textContent).toBe("60 s ago · game 7, move 23 · update 3");
  });

  it("leads to the game that shows it, at its position", () => {
    const page = open();
    page.receive(message("milestones", milestones(milestone()), NOW));
    act(() => page.at("[data-opens=game-7]")?.click());
    expect(page.archive.getState().place).toEqual({
      run: "run",
      game: "game-7",
      ply: 23,
      endedBy: 940,
    });
  });

  it("leads nowhere where no game shows it, it is not kept, or the show is a replay", () => {
    const page = open();
    const shown = (...list: Parameters<typeof milestones>) => {
      page.receive(message("milestones", milestones(...list), NOW));
      return page.all("a, button");
    };
    expect(shown(milestone({ game_id: null, game_number: null, ply: null }))).toEqual([]);
    expect(shown(milestone({ saved: false }))).toEqual([]);
    expect(page.at(".milestone-facts")?.textContent).toContain("game 7, move 23");
    expect(shown(milestone())).toHaveLength(1);
    page.receive(message("replay", replay(), NOW));
    expect(page.all("a, button")).toEqual([]);
  });

  it("says that nobody knows what was reached before", () => {
    const page = open();
    page.receive(message("milestones", { ...milestones(), remembered: false }, NOW));
    expect(page.at("[data-panel=milestones]")?.textContent).toContain("cannot be read");
    expect(page.at("[data-panel=milestones]")?.textContent).not.toContain("Nothing yet");
  });

  it("says what is not saved", () => {
    const page = open();
    page.receive(message("milestones", milestones(milestone({ saved: false })), NOW));
    expect(page.at(".milestone")?.textContent).toContain("not saved");
  });

  it("explains to a beginner instead of telling", () => {
    const page = open({ level: "beginner" });
    page.receive(message("milestones", milestones(milestone()), NOW));
    expect(page.at(".milestone-text")?.textContent).toContain("wall of pieces");
  });

  it("does not grow stale while the connection lasts", () => {
    const page = open();
    page.receive(message("milestones", milestones(milestone()), NOW));
    page.pass(3600);
    expect(page.at("[data-panel=milestones]")?.dataset.face).toBe("live");
  });
});

describe("the news of a milestone", () => {
  it("comes when it arrives and goes by itself", () => {
    const page = open();
    page.arrive("dragon", "First dragon");
    expect(page.toast()?.textContent).toContain("First dragon");
    page.pass(9);
    expect(page.toast()).toBeNull();
  });

  it("does not come for what was reached before the viewer came", () => {
    const page = open();
    page.receive(message("milestones", milestones(milestone()), NOW));
    page.pass(60);
    expect(page.toast()).toBeNull();
  });

  it("waits its turn: one in half a minute", () => {
    const page = open();
    page.arrive("dragon");
    page.arrive("horse");
    expect(page.toast()?.dataset.milestone).toBe("dragon");
    page.pass(20);
    expect(page.toast()).toBeNull();
    page.pass(11);
    expect(page.toast()?.dataset.milestone).toBe("horse");
    page.pass(60);
    expect(page.toast()).toBeNull();
  });

  it("lasts as long whatever the server's clock says meanwhile", () => {
    const page = open();
    const hear = (server_time: number) =>
      page.receive(message("connection_established", connectionEstablished({ server_time }), NOW));
    page.arrive("dragon");
    hear(NOW + 3600);
    page.pass(1);
    expect(page.toast()?.dataset.milestone).toBe("dragon");
    hear(NOW - 3600);
    page.pass(8);
    expect(page.toast()).toBeNull();
    page.arrive("horse");
    page.pass(25);
    expect(page.toast()?.dataset.milestone).toBe("horse");
  });

  it("takes the next that is still known when some were dropped", () => {
    const arrivals = [5, 6].map((n) => ({ n, milestone: milestone() }));
    expect(turnAt({ n: 2, since: 0 }, arrivals, 30)).toEqual({ n: 5, since: 30 });
  });
});
