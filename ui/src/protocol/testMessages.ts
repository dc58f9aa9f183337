// Builders of messages for tests: sensible by default, changed in what a test is about.
import {
  type ArchivedGame,
  type ArchivedMove,
  type ConnectionEstablished,
  everyMetric,
  type Forecast,
  type GameResult,
  type GameState,
  type GameSummary,
  type HistoryColumns,
  type HistoryLine,
  type Improvement,
  type Metric,
  type MetricsHistory,
  type Milestones,
  type MilestoneView,
  type MovePredictions,
  type MoveView,
  type NetworkStrength,
  type PlayedMove,
  type PpoMetrics,
  type Replay,
  type SeAttention,
  type ServerMessage,
  type SystemStatus,
} from "./messages.ts";

export const START_SFEN = "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";
/** After 7g7f. */
export const SECOND_SFEN = "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL w - 2";

/** 7g7f: from index 56 to index 47. */
export const PAWN_7F: MoveView = {
  usi: "7g7f",
  western: "P-7f",
  japanese: "▲７六歩",
  from: 56,
  to: 47,
  drop: "",
};

export function playedMove(changes: Partial<PlayedMove> = {}): PlayedMove {
  return { move: PAWN_7F, side: "black", probability: 0.4, rank: 1, ...changes };
}

export function connectionEstablished(
  changes: Partial<ConnectionEstablished> = {},
): ConnectionEstablished {
  return {
    client_id: "a",
    protocol_version: 2,
    server_time: 1000,
    available_channels: [],
    level: "intermediate",
    language: "en",
    channels: [],
    range: null,
    ...changes,
  };
}

export function gameResult(changes: Partial<GameResult> = {}): GameResult {
  return { winner: "black", reason: "checkmate", text: "Black wins.", ...changes };
}

export function forecast(changes: Partial<Forecast> = {}): Forecast {
  return {
    win: 0.42,
    draw: 0.2,
    loss: 0.38,
    raw: null,
    calibrated: true,
    games: 64,
    record: { right: 8, of: 11, even: 4 },
    verdict: "The forecast is about even.",
    ...changes,
  };
}

export function gameState(changes: Partial<GameState> = {}): GameState {
  return {
    game_id: "game-1",
    game_number: 7,
    update: 3,
    ply: 1,
    total_plies: null,
    sfen: SECOND_SFEN,
    side_to_move: "white",
    in_check: false,
    last_move: playedMove(),
    black_win_probability: 0.52,
    estimate: { source: "network", update: 3, error: null },
    forecast: forecast(),
    evaluation_history: [0.5, 0.52],
    result: null,
    commentary: "Black moves the pawn to 7f.",
    note: "",
    seconds_per_move: 3,
    scene: "move",
    pick: { reason: "only", among: 1, text: "The newest finished game." },
    played_at: null,
    next_at: null,
    held: false,
    drama: null,
    ...changes,
  };
}

export function milestone(changes: Partial<MilestoneView> = {}): MilestoneView {
  return {
    run_id: "run",
    key: "castle/mino",
    kind: "castle",
    title: "First Mino castle",
    text: "Black completes a castle that was not seen here before: Mino castle.",
    meaning: "A castle is a wall of pieces around the king.",
    rule: "",
    value: null,
    side: "black",
    game_id: "game-7",
    game_number: 7,
    ply: 23,
    update: 3,
    reached_at: 940,
    saved: true,
    ...changes,
  };
}

export function milestones(...list: MilestoneView[]): Milestones {
  return { milestones: list, total: list.length, remembered: true };
}

export function movePredictions(changes: Partial<MovePredictions> = {}): MovePredictions {
  return {
    game_id: "game-1",
    ply: 1,
    update: 3,
    side_to_move: "white",
    predictions: [
      { move: PAWN_7F, probability: 0.4, reason: "moves the pawn" },
      {
        move: { ...PAWN_7F, usi: "P*5e", western: "P*5e", from: -1, to: 40, drop: "P" },
        probability: 0.1,
        reason: "",
      },
    ],
    legal_moves: 30,
    entropy: 2.1,
    destinations: Array.from({ length: 81 }, (_, index) => (index === 47 ? 0.4 : 0.6 / 80)),
    ...changes,
  };
}

export function seAttention(changes: Partial<SeAttention> = {}): SeAttention {
  return {
    game_id: "game-1",
    ply: 1,
    update: 3,
    method: "se_weighted_activation",
    block: 4,
    weights: Array.from({ length: 81 }, (_, index) => index / 80),
    min: 0.1,
    max: 0.9,
    gates: [],
    ...changes,
  };
}

/** Every metric there is: what is not told is null. */
function allMetrics(told: Partial<PpoMetrics["metrics"]>): PpoMetrics["metrics"] {
  const all = Object.fromEntries(everyMetric.map((metric) => [metric, told[metric] ?? null]));
  return all as Record<Metric, number | null>;
}

export function ppoMetrics(changes: Partial<PpoMetrics> = {}): PpoMetrics {
  return {
    run_id: "run",
    segment: 1,
    update: 3,
    global_step: 24576,
    games: 70,
    metrics: allMetrics({
      kl_divergence: 0.0123,
      clip_fraction: 0.12,
      entropy: 2.9,
      entropy_max: 3.6,
      explained_variance: 0.4,
      policy_loss: -0.01,
      value_loss: 0.3,
      learning_rate: 0.0003,
      selfplay_s: 6,
      update_s: 4,
      samples_per_s: 800,
    }),
    readings: [
      {
        metric: "kl_divergence",
        name: "Step size",
        value: 0.0123,
        newest: "healthy",
        guide: 0.02,
        guide_text: "run aims at 0.012, ε²/2 = 0.02",
        health: "healthy",
        state: "steady steps",
        meaning: "Median of the last 3 values: 0.0123.",
        trend: "steady",
        history: [0.01, null, 0.0123],
      },
    ],
    educational: {
      level: "healthy",
      color_code: "#10b981",
      state: "healthy",
      explanation: "Lately all that is watched of its learning was in its usual range.",
      next: "",
      remarks: [],
    },
    ...changes,
  };
}

export function historyLine(values: (number | null)[]): HistoryLine {
  return {
    min: values,
    max: values,
    mean: values,
    last: values,
    trend: "unknown",
    slope: null,
    slope_low: null,
    slope_high: null,
  };
}

/** Of a run whose updates from 1 on had these KL divergences. */
export function metricsHistory(
  kl: (number | null)[] = [],
  changes: Partial<MetricsHistory> = {},
): MetricsHistory {
  return {
    run_id: "run",
    segment: 1,
    forgotten: 0,
    updates: historyColumns(kl.map((_value, index) => index + 1)),
    metrics: kl.length > 0 ? [{ metric: "kl_divergence", line: historyLine(kl) }] : [],
    evaluations: historyColumns([]),
    strength: [],
    ...changes,
  };
}

export function historyColumns(
  starts: number[],
  changes: Partial<HistoryColumns> = {},
): HistoryColumns {
  return {
    updates: 1,
    newest: starts.at(-1) ?? 0,
    starts,
    segments: starts.length > 0 ? [{ segment: 1, columns: starts.length }] : [],
    ...changes,
  };
}

export function networkStrength(changes: Partial<NetworkStrength> = {}): NetworkStrength {
  return {
    run_id: "run",
    segment: 1,
    update: 50,
    readings: [{ measure: "random_score", skill: "", value: 0.75, low: 0.65, high: 0.83 }],
    ...changes,
  };
}

export function systemStatus(changes: Partial<SystemStatus> = {}): SystemStatus {
  return {
    training: "running",
    text: "Training is running.",
    since: 1000,
    run: {
      name: "first",
      preset: "demo",
      device: "cpu",
      parameters: 371000,
      tower_depth: 4,
      tower_width: 64,
      reward: "terminal",
      reward_text: "Only the result counts.",
      started_at: 900,
    },
    update: 3,
    games: 70,
    samples_per_s: 800,
    viewers: 2,
    hook: {
      connected: true,
      emitted: 12,
      dropped: 0,
      withheld: 0,
      impact_pct: null,
      impact_low_pct: null,
      impact_high_pct: null,
      impact_text: "What streaming costs the training has not been measured yet.",
      stage: "full",
      stopped: false,
    },
    latency_ms: 9,
    uptime_s: 60,
    next_update_at: null,
    next_evaluation_at: null,
    ...changes,
  };
}

export function replay(changes: Partial<Replay> = {}): Replay {
  return {
    state: "playing",
    recorded_at: 900,
    shown_at: 1000,
    position_s: 125,
    length_s: 600,
    speed: 1,
    ...changes,
  };
}

type DataOf<T extends ServerMessage["type"]> = Extract<ServerMessage, { type: T }>["data"];

/** A message in its envelope, made at the given second. */
export function message<T extends ServerMessage["type"]>(
  type: T,
  data: DataOf<T>,
  timestamp = 1000,
): ServerMessage {
  return { type, data, timestamp, seq: 1 } as ServerMessage;
}

export function gameSummary(changes: Partial<GameSummary> = {}): GameSummary {
  return {
    run_id: "run",
    run_name: "A run",
    game_id: "run-3",
    game_number: 3,
    segment: 1,
    update: 7,
    plies: 2,
    winner: "white",
    reason: "resignation",
    ended_at: 1000,
    openings: [],
    black_openings: ["static_rook"],
    white_openings: [],
    black_castle: null,
    white_castle: "mino",
    ...changes,
  };
}

export function archivedMove(changes: Partial<ArchivedMove> = {}): ArchivedMove {
  return {
    move: PAWN_7F,
    kif: "７六歩(77)",
    side: "black",
    sfen: SECOND_SFEN,
    in_check: false,
    probability: 0.25,
    value: 0.5,
    entropy: 2.5,
    rank: 2,
    legal_moves: 30,
    update: 7,
    ...changes,
  };
}

/** 7g7f 3c3d, and Black resigns. */
export function archivedGame(changes: Partial<ArchivedGame> = {}): ArchivedGame {
  return {
    game: gameSummary(),
    start_sfen: START_SFEN,
    moves: [
      archivedMove(),
      archivedMove({
        move: { usi: "3c3d", western: "P-3d", japanese: "△３四歩", from: 24, to: 33, drop: "" },
        kif: "３四歩(33)",
        side: "white",
        sfen: "lnsgkgsnl/1r5b1/pppppp1pp/6p2/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL b - 3",
        value: -0.2,
      }),
    ],
    moves_thought_of: 2,
    unreadable_from: null,
    ...changes,
  };
}

/** An hour in: better than then, between two players that never learn. */
export function improvement(changes: Partial<Improvement> = {}): Improvement {
  const anchor = { meaning: "Plays so.", games: 40, low: 0.5, high: 0.78, text: "So many." };
  return {
    run_id: "run",
    segment: 1,
    update: 120,
    measured_at: 900,
    verdict: "better",
    state: "getting better",
    headline: "Yes: 68% of the points against itself of about an hour ago, in 480 games.",
    evidence: "95 % interval 63% to 72%; 50% would mean as strong as then.",
    plateau: "",
    rule: "",
    earlier: {
      age: 3600,
      is_hour: true,
      wins: 312,
      draws: 24,
      losses: 144,
      score: 0.675,
      low: 0.632,
      high: 0.715,
    },
    elo: { value: 500, low: 440, high: 560 },
    elo_before: { value: 380, low: 320, high: 440 },
    standing: "Rated above: random mover. Level with: greedy taker.",
    anchors: [
      {
        ...anchor,
        name: "random_mover",
        title: "random mover",
        standing: "above",
        elo: { value: 0, low: 0, high: 0 },
        score: 0.95,
      },
      {
        ...anchor,
        name: "capture_greedy",
        title: "greedy taker",
        standing: "level",
        elo: { value: 460, low: 440, high: 480 },
        score: 0.65,
      },
    ],
    before_age: 3600,
    before: "about an hour earlier",
    skills: [
      {
        skill: "mate_in_one",
        title: "Mate in 1",
        questions: 100,
        now: 0.4,
        now_low: 0.31,
        now_high: 0.5,
        before: 0.05,
        before_low: 0.02,
        before_high: 0.11,
        change: "risen",
        text: "Mate in 1: 40%, before 5.0%.",
      },
      {
        skill: "save_rook",
        title: "Saving the rook",
        questions: 100,
        now: 0.33,
        now_low: 0.25,
        now_high: 0.43,
        before: null,
        before_low: null,
        before_high: null,
        change: "unknown",
        text: "Saving the rook: 33%.",
      },
    ],
    selves: [
      {
        update: 40,
        age: 3600,
        title: "the network after update 40, about an hour earlier",
        style: "It took pieces more often.",
        games: 12,
      },
    ],
    ...changes,
  };
}
