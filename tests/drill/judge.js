// What a drill must not show: findings from what was seen, played, said and acknowledged.

/** Who saw nothing has nothing to say: a finding where there is less than `least` to judge by. */
export function tooLittle(count, what, least = 1) {
  return count >= least ? [] : [`nothing to judge by: ${count} ${what}`];
}

/** Whatever was on screen that nobody played. `sources` counts who vouches for the rest. */
export function notPlayed(shown, played) {
  const findings = [];
  const sources = { log: 0, telemetry: 0 };
  const seen = new Set();
  for (const state of shown) {
    if (state.type !== "game_state" || state.game_id === "") continue;
    const key = `${state.game_id} ${state.ply} ${state.sfen} ${state.usi} ${Boolean(state.result)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const source = played.sourceOf(state);
    if (source) ++sources[source];
    const where = `${state.game_id}, ply ${state.ply}`;
    if (!source) findings.push(`${where}: nobody played ${state.usi} to ${state.sfen}`);
    if (state.result && !played.hasWinner(state.game_id, state.result.winner)) {
      findings.push(`${where}: nobody's game ended so: ${state.result.winner ?? "drawn"}`);
    }
  }
  return { findings, sources, positions: seen.size };
}

const KL = "ppo/kl_divergence_approx";
const differ = (a, b) => Math.abs(a - b) > 1e-9 + 1e-3 * Math.abs(b);

/** Updates on screen whose KL divergence is in no trainer's log. */
export function notMeasured(shown, logged) {
  const known = new Map();
  for (const { update, ...line } of logged) {
    if (!known.has(update)) known.set(update, []);
    known.get(update).push((line.metrics ?? line)[KL]);
  }
  const findings = [];
  let updates = 0;
  for (const { type, update, metrics } of shown) {
    if (type !== "ppo_metrics") continue;
    const value = metrics?.kl_divergence?.value ?? metrics?.kl_divergence;
    if (typeof value !== "number") continue;
    ++updates;
    // Shown rounded, and never below 0, of which the estimate may fall short.
    if (!known.get(update)?.some((kl) => !differ(value, Math.max(0, kl)))) {
      findings.push(`update ${update}: a KL divergence of ${value} is in no log`);
    }
  }
  return { findings, updates };
}

/** How long after its confirmation an update may be missing from the screen. */
const PATIENCE = 3_000;

/**
 * Updates that the showcase confirmed and a viewer who was there all the while was not shown, nor
 * a later one. `shown` and the visits are the witness's.
 */
export function acknowledgedAndNotShown(conversations, shown, visits) {
  const findings = [];
  const frames = shown.filter(({ type }) => type === "system_status" || type === "ppo_metrics");
  let checked = 0;
  for (const { messages, acknowledged } of conversations) {
    for (const { type, update, acknowledgedAt } of messages.slice(0, acknowledged)) {
      if (type !== "trainer_metrics") continue;
      const until = acknowledgedAt + PATIENCE;
      if (
        !visits.some(({ from, to }) => from <= acknowledgedAt - 1_000 && (to || until) >= until)
      ) {
        continue;
      }
      ++checked;
      const wasShown = frames.some(
        (frame) =>
          frame.at >= acknowledgedAt - 1_000 && frame.at <= until && frame.update >= update,
      );
      if (!wasShown) findings.push(`update ${update} was confirmed and not shown`);
    }
  }
  return { findings, checked };
}

/**
 * Finished games of the trainers' logs that no showcase confirmed, although their trainer lived on
 * for `GRACE` and did not count them as dropped. `lives`: of the trainers, {folder, to}; a game has
 * the folder of its run.
 */
const GRACE = 15_000;
export function finishedAndNotAcknowledged(games, conversations, lives) {
  const confirmed = new Set();
  const dropped = new Map(); // by conversation, the hook's last count
  for (const { messages, acknowledged } of conversations) {
    messages.forEach(({ type, game_id, ...data }, i) => {
      if (type === "game_finished" && i < acknowledged) confirmed.add(game_id);
      if (type !== "heartbeat") return;
      for (const [key, count] of Object.entries(data.dropped)) {
        if (key.startsWith("game_finished/"))
          dropped.set(key, Math.max(dropped.get(key) ?? 0, count));
      }
    });
  }
  const missing = games.filter(({ game_id }) => !confirmed.has(game_id));
  const cutOff = (game) =>
    lives.some(
      ({ folder, to }) => folder === game.folder && game.readAt <= to && to - game.readAt < GRACE,
    );
  const lost = missing.filter((game) => !cutOff(game));
  const counted = [...dropped.values()].reduce((sum, count) => sum + count, 0);
  const findings =
    lost.length > counted
      ? lost.map(({ game_id }) => `${game_id} was finished and never confirmed`)
      : [];
  return {
    findings,
    games: games.length,
    confirmed: confirmed.size,
    counted,
    unsaid: missing.length - lost.length,
  };
}

/** Latencies on screen that no clock on one machine can measure. */
export function impossibleLatencies(shown) {
  const findings = new Set();
  for (const { type, latency_ms } of shown) {
    if (
      type === "system_status" &&
      latency_ms !== null &&
      !(latency_ms >= 0 && latency_ms < 60_000)
    ) {
      findings.add(`a latency of ${latency_ms} ms was shown`);
    }
  }
  return [...findings];
}

const MOST_VISITS = 6;

/** Faults during which trainers came to the showcase again and again instead of keeping away. */
export function storms(faced, conversations) {
  const findings = [];
  for (const { fault, from, to } of faced) {
    const visits = conversations.filter(
      ({ messages }) => messages.length > 0 && messages[0].at >= from && messages[0].at < to,
    );
    if (visits.length > MOST_VISITS) {
      findings.push(`${fault.name}: ${visits.length} connections of trainers`);
    }
  }
  return findings;
}

/** Programs that ended though nobody ended them, each way of it once. */
export function deaths(programs) {
  const times = new Map();
  for (const { name, end } of programs) {
    times.set(`${name}: ${end}`, (times.get(`${name}: ${end}`) ?? 0) + 1);
  }
  return [...times].map(([death, count]) => (count > 1 ? `${death} (${count} times)` : death));
}

/** Moments at which more was confirmed than the studio itself had heard. */
export function confirmedAndNotHeard(counters) {
  return counters
    .filter(({ confirmed, heard }) => confirmed > heard)
    .map(({ confirmed, heard }) => `${confirmed} messages were confirmed and ${heard} heard`);
}

/** Games never shown for another reason than that the hook left moves out, as a showcase counts. */
export function brokenGames(counters) {
  const most = new Map();
  for (const { skipped } of counters) {
    for (const [reason, count] of skipped) most.set(reason, Math.max(most.get(reason) ?? 0, count));
  }
  const gaps = (most.get("gap") ?? 0) + (most.get("left_out") ?? 0);
  most.delete("gap");
  most.delete("left_out");
  const findings = [...most]
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason}: ${count} games`);
  return { findings, gaps };
}

/** Frames that do not follow the published schema, a finding for each type of them. */
export function invalidFrames(invalid) {
  const first = new Map();
  for (const { type, problem } of invalid) if (!first.has(type)) first.set(type, problem);
  return [...first].map(([type, problem]) => `${type}: ${problem}`);
}
