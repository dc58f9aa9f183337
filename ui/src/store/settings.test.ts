import { describe, expect, it } from "vitest";
import { loadSettings, type Memory, saveSettings, settingsSearch } from "./settings.ts";

function memoryHolding(value: string | null = null): Memory {
  let held = value;
  return {
    getItem: () => held,
    setItem: (_, next) => {
      held = next;
    },
  };
}

const FORBIDDEN: Memory = {
  getItem: () => {
    throw new Error("denied");
  },
  setItem: () => {
    throw new Error("denied");
  },
};

describe("loadSettings", () => {
  it("starts at the intermediate level with the exact map", () => {
    expect(loadSettings("", memoryHolding(), "de-DE")).toEqual({
      level: "intermediate",
      language: "en",
      map: "destinations",
    });
  });

  it("takes the language of the browser", () => {
    expect(loadSettings("", memoryHolding(), "ja-JP").language).toBe("ja");
  });

  it("lets the address win over what was remembered", () => {
    const memory = memoryHolding('{"level":"beginner","language":"en","map":"off"}');
    expect(loadSettings("?level=advanced&lang=ja", memory, "en")).toEqual({
      level: "advanced",
      language: "ja",
      map: "off",
    });
  });

  it.each(["?level=expert&lang=xx&map=3", "?level="])("ignores the unknown in %s", (search) => {
    expect(loadSettings(search, memoryHolding("[7]"), "en").level).toBe("intermediate");
  });

  it("lives without storage", () => {
    expect(loadSettings("", FORBIDDEN, "en").level).toBe("intermediate");
    expect(() =>
      saveSettings({ level: "beginner", language: "en", map: "off" }, FORBIDDEN),
    ).not.toThrow();
  });

  it("finds again what was saved", () => {
    const memory = memoryHolding();
    const chosen = { level: "beginner", language: "ja", map: "activity" } as const;
    saveSettings(chosen, memory);
    expect(loadSettings("", memory, "en")).toEqual(chosen);
  });
});

describe("settingsSearch", () => {
  it("writes the settings into the address and leaves the rest of it", () => {
    const settings = { level: "advanced", language: "ja", map: "off" } as const;
    expect(settingsSearch(settings, "?obs=1&level=beginner")).toBe(
      "?obs=1&level=advanced&lang=ja&map=off",
    );
  });
});
