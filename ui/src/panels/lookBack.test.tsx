// @vitest-environment happy-dom
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connectionEstablished, message } from "../protocol/testMessages.ts";
import { createArchiveStore } from "../store/archiveStore.ts";
import { ArchiveContext, LookBackContext, StreamContext } from "../store/hooks.ts";
import { createLookBack } from "../store/lookBack.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { ConnectionStatus } from "./ConnectionStatus.tsx";
import { LookBackBar } from "./LookBackBar.tsx";
import { LookBackDoor } from "./LookBackDoor.tsx";

const RANGE = { from: 1000, to: 2000 };
let root: Root | undefined;

beforeEach(() => vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true));
afterEach(() => act(() => root?.unmount()));

/** A page with a past that answers at once. */
async function open(range: typeof RANGE | null = RANGE, status = 200) {
  const stream = createStreamStore({ level: "intermediate", language: "en", map: "off" });
  const archive = createArchiveStore(() => new Promise(() => {}));
  const past = createLookBack(
    async (address) => ({ status, text: address.includes("range") ? JSON.stringify(range) : "" }),
    stream,
    () => 5000,
  );
  const place = document.body.appendChild(document.createElement("div"));
  const made = createRoot(place);
  root = made;
  await act(async () =>
    made.render(
      <StreamContext value={stream}>
        <ArchiveContext value={archive}>
          <LookBackContext value={past.store}>
            <ConnectionStatus />
            <LookBackDoor />
            <LookBackBar />
          </LookBackContext>
        </ArchiveContext>
      </StreamContext>,
    ),
  );
  await act(async () =>
    stream
      .getState()
      .receive(message("connection_established", connectionEstablished({ range }), 1000), 1000),
  );
  return {
    state: () => past.store.getState(),
    at: (selector: string) => place.querySelector<HTMLElement>(selector),
    press: (selector: string) =>
      act(async () => place.querySelector<HTMLElement>(selector)?.click()),
    change: (selector: string, value: string) =>
      act(async () => {
        const field = place.querySelector<HTMLInputElement | HTMLSelectElement>(selector);
        if (!field) throw new Error(`no ${selector}`);
        const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
        own?.set?.call(field, value);
        const kind = field instanceof HTMLSelectElement ? "change" : "input";
        field.dispatchEvent(new Event(kind, { bubbles: true }));
      }),
  };
}

describe("the way into the past", () => {
  it("is there where the show keeps one", async () => {
    expect((await open(null)).at("[data-look-back]")).toBeNull();
    expect((await open()).at("[data-look-back]")).not.toBeNull();
  });

  it("opens the last minute, and leads back", async () => {
    const { at, press, state } = await open();
    expect(at("[data-past]")).toBeNull();
    await press("[data-look-back]");
    expect(at("[data-past='1940']")).not.toBeNull();
    expect(at("[data-connection]")?.textContent).toBe("Looking back");
    expect(at("[data-look-back]")).toBeNull();
    await press("[data-past-live]");
    expect(state().moment).toBeNull();
    expect(at("[data-past]")).toBeNull();
  });

  it("plays, pauses, seeks and is faster", async () => {
    const { at, change, press, state } = await open();
    await press("[data-look-back]");
    await press("[data-past-playing=true]");
    expect(state().isPlaying).toBe(false);
    await press("[data-past-playing=false]");
    expect(state().isPlaying).toBe(true);
    await change("[data-past-speed]", "4");
    expect(state().speed).toBe(4);
    await change("[data-past-position]", "1234");
    expect(at("[data-past='1234']")).not.toBeNull();
  });

  it("says why nothing is shown", async () => {
    const { at, press } = await open(RANGE, 404);
    await press("[data-look-back]");
    expect(at("[data-past-failed=missing]")?.textContent).toContain("no longer kept");
  });
});
