// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { improvement, message, ppoMetrics } from "../protocol/testMessages.ts";
import { StreamContext } from "../store/hooks.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { Insights } from "./Insights.tsx";
import type { Layout } from "./useLayout.ts";

const NOW = 1000;

function open(layout: Layout) {
  const store = createStreamStore({ level: "intermediate", language: "en", map: "off" });
  store.setState({ connectionStatus: "connected" });
  const place = document.body.appendChild(document.createElement("div"));
  act(() =>
    createRoot(place).render(
      <StreamContext value={store}>
        <Insights layout={layout} />
      </StreamContext>,
    ),
  );
  act(() => {
    store.getState().receive(message("improvement", improvement(), NOW), NOW);
    store.getState().receive(message("ppo_metrics", ppoMetrics(), NOW), NOW);
  });
  return {
    at: (selector: string) => place.querySelector<HTMLElement>(selector),
    all: (selector: string) => [...place.querySelectorAll<HTMLElement>(selector)],
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

describe("the first place of a broadcast", () => {
  it("shows the answer, and learning health when asked for", () => {
    const page = open("broadcast");
    const isShown = (panel: string) =>
      page.at(`[data-panel=${panel}]`)?.closest("[hidden]") === null;
    expect([isShown("improvement"), isShown("health")]).toEqual([true, false]);
    expect(page.at("[data-testid=metrics]")?.dataset.update).toBe("3");
    act(() => page.at("[data-panel=improvement] [data-top=health]")?.click());
    expect([isShown("improvement"), isShown("health")]).toEqual([false, true]);
  });

  it("is the first panel of a phone, with health below it", () => {
    const page = open("feed");
    const panels = page.all("[data-panel]").map((panel) => panel.dataset.panel);
    expect(panels.slice(0, 2)).toEqual(["improvement", "health"]);
  });
});
