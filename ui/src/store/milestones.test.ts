import { describe, expect, it } from "vitest";
import { milestones as listOf, message, milestone } from "../protocol/testMessages.ts";
import { milestones } from "./slices/milestones.ts";

const BEFORE = { latest: {}, localSeconds: 1000 };
const keysOf = (known: { list: readonly { key: string }[] }) => known.list.map(({ key }) => key);

describe("what the run has reached", () => {
  it("is what the list says, without a celebration", () => {
    const known = milestones.next(
      milestones.initial,
      message("milestones", listOf(milestone()), 1000),
      BEFORE,
    );
    expect(keysOf(known)).toEqual(["castle/mino"]);
    expect(known.arrivals).toEqual([]);
  });

  it("begins with what has just come, which is celebrated", () => {
    let known = milestones.next(
      milestones.initial,
      message("milestones", listOf(milestone()), 1000),
      BEFORE,
    );
    known = milestones.next(
      known,
      message("milestone", { milestone: milestone({ key: "dragon" }) }, 1001),
      BEFORE,
    );
    expect(keysOf(known)).toEqual(["dragon", "castle/mino"]);
    expect(known.arrivals.map(({ n, milestone: { key } }) => [n, key])).toEqual([[1, "dragon"]]);
  });

  it("takes what is told twice once", () => {
    const news = message("milestone", { milestone: milestone() }, 1000);
    const once = milestones.next(milestones.initial, news, BEFORE);
    expect(milestones.next(once, news, BEFORE)).toBe(once);
  });

  it("is forgotten with its run, and so is what was to be celebrated", () => {
    const news = message("milestone", { milestone: milestone() }, 1000);
    const known = milestones.next(milestones.initial, news, BEFORE);
    const cleared = milestones.next(known, message("milestones", listOf(), 1001), BEFORE);
    expect(cleared).toEqual({ list: [], arrivals: [], arrived: 1 });
  });

  it("gives way to a run that has reached the same and more before", () => {
    const news = message("milestone", { milestone: milestone() }, 1000);
    const known = milestones.next(milestones.initial, news, BEFORE);
    const others = listOf(milestone({ key: "dragon" }), milestone({ reached_at: 5 }));
    const next = milestones.next(known, message("milestones", others, 1001), BEFORE);
    expect(keysOf(next)).toEqual(["dragon", "castle/mino"]);
    expect(next.arrivals).toEqual([]);
  });

  it("is celebrated in the list's words when they change", () => {
    const news = message("milestone", { milestone: milestone() }, 1000);
    const known = milestones.next(milestones.initial, news, BEFORE);
    const list = listOf(milestone({ title: "初めての美濃囲い" }));
    const next = milestones.next(known, message("milestones", list, 1001), BEFORE);
    expect(next.arrivals.map(({ milestone: { title } }) => title)).toEqual(["初めての美濃囲い"]);
  });
});
