// The judge finds what a drill must not show; a judge that cannot fail is worse than none.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as judge from "./judge.js";
import { Played } from "./played.js";

const START = "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";
const AFTER_7G7F = "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL w - 2";
const game = (more = {}) => ({
  game_id: "run-1",
  start_sfen: START,
  moves: ["7g7f", "3c3d"],
  winner: "black",
  ...more,
});
const state = (more = {}) => ({
  type: "game_state",
  game_id: "run-1",
  ply: 1,
  sfen: AFTER_7G7F,
  usi: "7g7f",
  result: null,
  ...more,
});
const playedOf = (...games) => {
  const played = new Played();
  for (const one of games) played.addGame(one, "log");
  return played;
};
const notPlayed = (...states) => judge.notPlayed(states, playedOf(game())).findings;

test("a position of a logged game was played", () => {
  assert.deepEqual(notPlayed(state()), []);
});
test("a position of another game was not", () => {
  assert.equal(notPlayed(state({ game_id: "run-2" })).length, 1);
});
test("a position at the wrong ply was not played", () => {
  assert.equal(notPlayed(state({ ply: 2 })).length, 1);
});
test("a position that another move led to was not played", () => {
  assert.equal(notPlayed(state({ usi: "2g2f" })).length, 1);
});
test("a piece that is elsewhere was not played there", () => {
  assert.equal(notPlayed(state({ sfen: AFTER_7G7F.replace("2P6", "3P5") })).length, 1);
});
test("a result that no trainer reached is found", () => {
  assert.equal(notPlayed(state({ result: { winner: "white" } })).length, 1);
  assert.deepEqual(notPlayed(state({ result: { winner: "black" } })), []);
});
test("a stage with nothing on it needs nobody who played", () => {
  assert.deepEqual(notPlayed(state({ game_id: "", sfen: "" })), []);
});
test("a game that breaks the rules is the trainer's fault", () => {
  assert.deepEqual(playedOf(game({ moves: ["7g7e"] })).illegal, ["run-1"]);
});
test("a game that never ended is vouched for by what its trainer said", () => {
  const played = new Played();
  played.addMoves([
    { game_id: "run-1", ply: 0, sfen: START, usi: "7g7f" },
    { game_id: "run-1", ply: 1, sfen: AFTER_7G7F, usi: "3c3d" },
  ]);
  const { findings, sources } = judge.notPlayed([state()], played);
  assert.deepEqual([findings, sources.telemetry], [[], 1]);
  assert.equal(judge.notPlayed([state({ usi: "2g2f" })], played).findings.length, 1);
});

const frame = (kl) => ({ type: "ppo_metrics", update: 3, metrics: { kl_divergence: kl } });
const logged = [{ update: 3, metrics: { "ppo/kl_divergence_approx": 0.0123 } }];
test("a metric on screen is one of the trainer's log", () => {
  assert.deepEqual(judge.notMeasured([frame(0.0123)], logged).findings, []);
  assert.equal(judge.notMeasured([frame(0.0133)], logged).findings.length, 1);
});

const SECOND = 1000;
const conversation = (acknowledged, messages) => ({ acknowledged, messages });
const update = (number) => ({
  type: "trainer_metrics",
  update: number,
  acknowledgedAt: 10 * SECOND,
});
const visit = [{ from: 0, to: 0 }];
const status = (number, at) => ({ type: "system_status", update: number, at });
test("a confirmed update that no viewer saw is lost", () => {
  const said = [conversation(1, [update(5)])];
  const lost = (shown, visits = visit) =>
    judge.acknowledgedAndNotShown(said, shown, visits).findings;
  assert.equal(lost([status(4, 11 * SECOND)]).length, 1);
  assert.deepEqual(lost([status(5, 11 * SECOND)]), []);
  assert.deepEqual(lost([status(6, 11 * SECOND)]), [], "a later one stands for it");
  assert.deepEqual(lost([], [{ from: 0, to: 11 * SECOND }]), [], "nobody was there");
});
test("an update that was not confirmed may be missing", () => {
  const said = [conversation(0, [update(5)])];
  assert.deepEqual(judge.acknowledgedAndNotShown(said, [], visit).findings, []);
});

const finished = { type: "game_finished", game_id: "run-1" };
const heartbeat = (dropped) => ({ type: "heartbeat", dropped });
const lives = [{ folder: "run", to: 100 * SECOND }];
const unconfirmed = (messages, acknowledged, readAt = 10 * SECOND, folder = "run") =>
  judge.finishedAndNotAcknowledged(
    [{ game_id: "run-1", readAt, folder }],
    [conversation(acknowledged, messages)],
    lives,
  ).findings;
test("a finished game that was confirmed is not lost", () => {
  assert.deepEqual(unconfirmed([finished], 1), []);
});
test("a finished game that nobody confirmed is lost", () => {
  assert.equal(unconfirmed([finished], 0).length, 1);
  assert.equal(unconfirmed([], 0).length, 1);
});
test("a finished game that the hook counted as dropped is not lost in silence", () => {
  assert.deepEqual(unconfirmed([heartbeat({ "game_finished/ring_full": 1 })], 1), []);
});
test("a game that ended just before its trainer was killed may be unsaid", () => {
  assert.deepEqual(unconfirmed([], 0, 99 * SECOND), []);
});

test("another trainer's end excuses nobody's game", () => {
  assert.equal(unconfirmed([], 0, 99 * SECOND, "rival").length, 1);
});

test("a latency of an hour is impossible, and so is one before the event", () => {
  const shown = (latency_ms) => [{ type: "system_status", latency_ms }];
  assert.deepEqual(judge.impossibleLatencies(shown(4)), []);
  assert.deepEqual(judge.impossibleLatencies(shown(null)), []);
  assert.equal(judge.impossibleLatencies(shown(3_600_066)).length, 1);
  assert.equal(judge.impossibleLatencies(shown(-5)).length, 1);
});

test("two trainers that drive each other out for ever are found", () => {
  const faced = [{ fault: { name: "second trainer" }, from: 0, to: 60 * SECOND }];
  const visits = (count) =>
    Array.from({ length: count }, (_, i) => conversation(0, [{ type: "run_started", at: i }]));
  assert.deepEqual(judge.storms(faced, visits(2)), []);
  assert.equal(judge.storms(faced, visits(40)).length, 1);
});

test("more confirmed than the studio heard is found", () => {
  assert.deepEqual(judge.confirmedAndNotHeard([{ confirmed: 9, heard: 9 }]), []);
  assert.equal(judge.confirmedAndNotHeard([{ confirmed: 160_867, heard: 135_748 }]).length, 1);
});

test("a game that breaks the rules on its way to viewers is found, one with a gap is counted", () => {
  const skipped = (...reasons) => [{ skipped: new Map(reasons) }];
  assert.deepEqual(judge.brokenGames(skipped(["gap", 2], ["left_out", 1])), {
    findings: [],
    gaps: 3,
  });
  assert.equal(judge.brokenGames(skipped(["illegal_move", 1])).findings.length, 1);
  const anew = [...skipped(["contradiction", 1]), ...skipped(["contradiction", 0])];
  assert.equal(judge.brokenGames(anew).findings.length, 1, "also before the showcase began anew");
});

test("nothing seen is no evidence", () => {
  assert.equal(judge.tooLittle(0, "updates").length, 1);
  assert.deepEqual(judge.tooLittle(1, "updates"), []);
});

test("frames against the schema are found, each type once", () => {
  const invalid = ["game_state", "game_state", "hint"].map((type) => ({ type, problem: "no" }));
  assert.equal(judge.invalidFrames(invalid).length, 2);
});
