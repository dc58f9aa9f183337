// Made by keisei-protocol from src/protocol. Do not edit: change the descriptions there.
import {
  asBoardMap,
  asBoolean,
  asFields,
  asNumber,
  asSeries,
  asText,
  field,
  type Fields,
  listOf,
  nullable,
  oneOf,
  type Reader,
  refuse,
  Refused,
} from './readers.ts';

/** What a viewer subscribes to. */
export type Channel = 'metrics' | 'attention' | 'predictions' | 'game' | 'milestones' | 'community' | 'education' | 'system';
/** How much is explained, and how much is shown. */
export type Level = 'beginner' | 'intermediate' | 'advanced';
/** Of every text. */
export type Language = 'en' | 'ja';
/** What a viewer may ask for: a channel, or all of them. */
export type ChannelWish = 'all' | 'metrics' | 'attention' | 'predictions' | 'game' | 'milestones' | 'community' | 'education' | 'system';
/** `low` asks for fewer frames than `high`. */
export type Quality = 'low' | 'high';
/** The operator's word. `stop_streaming`: training sends nothing but heartbeats until `resume_streaming`. `pause_game`: the game on screen stands still until `play_game`; `step_game`: it stands still after one more move. `next_game`: another game comes on. `follow_live`: it goes on, with the newest game, at the pace that the show began with. `set_pace`: to `seconds_per_move`. */
export type Command = 'stop_streaming' | 'resume_streaming' | 'pause_game' | 'play_game' | 'step_game' | 'next_game' | 'follow_live' | 'set_pace';
/** Why something was refused. */
export type ErrorCode = 'failed' | 'bad_json' | 'unknown_type' | 'bad_field' | 'too_large' | 'rate_limited' | 'unauthorized' | 'unavailable';
/** A number that training reports once per PPO update. */
export type Metric = 'policy_loss' | 'value_loss' | 'entropy' | 'entropy_max' | 'kl_divergence' | 'clip_fraction' | 'learning_rate' | 'explained_variance' | 'grad_norm' | 'selfplay_s' | 'update_s' | 'samples_per_s' | 'mean_length' | 'target_kl' | 'first_kl' | 'planned_share' | 'black_win_share' | 'white_win_share';
/** What the health panels watch; `exploration` is entropy / entropy_max. */
export type HealthMetric = 'kl_divergence' | 'clip_fraction' | 'exploration' | 'explained_variance';
/** The band that a metric is in. */
export type Health = 'healthy' | 'learning' | 'exploring';
/** Over a window of updates; `unknown` without enough of them. */
export type Trend = 'unknown' | 'falling' | 'steady' | 'rising';
/** How a map of the board was made. `se_weighted_activation`: the sum over channels of SE gate times |activation|. */
export type MapMethod = 'se_weighted_activation';
/** Black moves first. */
export type Side = 'black' | 'white';
/** Where a forecast comes from: the value that the `network` gives the position, before the next move, or the `result` of the game, after its last. */
export type EstimateSource = 'network' | 'result';
/** Why a game ended. `repetition` is a draw by the fourth occurrence of a position, `perpetual_check` the same by checks alone, `declaration` a king declared safe, `impasse` a count of pieces, `max_plies` the trainer's limit. */
export type EndReason = 'checkmate' | 'stalemate' | 'repetition' | 'perpetual_check' | 'declaration' | 'impasse' | 'resignation' | 'max_plies';
/** What a picture of the game is: its `start`, where a game that goes on is `joined`, a `move`, its `end`, or a look back at an earlier `recap` of it, while nothing newer can be shown. */
export type SceneKind = 'start' | 'joined' | 'move' | 'end' | 'recap';
/** Why a game is on. `only`: no other finished one could be; `newest`: nothing told it from the others but its age; `suspense`: its forecast may move the most from move to move; `surprise`: of games as tense it moves the most, or holds an upset that has not come yet; `first`: something happens in it that this run has not shown before; `upset`: it is won by the side that the forecast held for the weaker one; `live`: it was still being played when it came on. */
export type PickReason = 'only' | 'newest' | 'suspense' | 'surprise' | 'first' | 'upset' | 'live';
/** What a move brought: a `swing` of the forecast, a `mate`, or a `missed_mate` that was on the board. */
export type DramaKind = 'swing' | 'mate' | 'missed_mate';
/** `waiting` for a trainer, `running`, or `paused`. */
export type TrainingState = 'waiting' | 'running' | 'paused';
/** What is rewarded: only results (`terminal`), or material too (`shaped`). */
export type Reward = 'terminal' | 'shaped';
/** How much a hook streams: less when it costs training too much. `reduced` leaves out attention, `minimal` leaves metrics and results, `off` leaves heartbeats. */
export type StreamingStage = 'full' | 'reduced' | 'minimal' | 'off';
/** What is measured of a network's strength: its score against a uniformly random mover, its Elo against frozen networks of the run, how often it shows a skill. */
export type StrengthMeasure = 'random_score' | 'elo' | 'skill';
/** What games against an earlier self say. `unknown`: too few of them. `better`, `weaker`: the 99.5 % interval of the score lies above or below one half; `maybe_better`, `maybe_weaker`: only the 95 % interval does. `steady`: that of an hour lies within 60 Elo of one half; `no_longer`: the same, of a run that was `better` before. `unclear`: none of these. */
export type Verdict = 'unknown' | 'better' | 'maybe_better' | 'unclear' | 'steady' | 'no_longer' | 'maybe_weaker' | 'weaker';
/** Of the network beside a player that never learns: `above` and `below` where the two 95 % intervals do not overlap. */
export type Standing = 'unknown' | 'below' | 'level' | 'above';
/** Of a measured share: `risen` and `fallen` where the two 95 % intervals do not overlap, `unknown` without an earlier one. */
export type Change = 'unknown' | 'fallen' | 'unclear' | 'risen';
/** What a milestone is about. `checkmate`, `win`, `castle`, `dragon`, `horse` and `safe_rook` are seen in a game for the first time; `games` and `updates` are counts; `score`, `skill` and `elo` are steps of what evaluations measure, and `breakthrough` is progress that they prove; the rest are records. */
export type MilestoneKind = 'checkmate' | 'win' | 'castle' | 'dragon' | 'horse' | 'safe_rook' | 'games' | 'updates' | 'score' | 'skill' | 'elo' | 'breakthrough' | 'longest_game' | 'shortest_game' | 'swing';
/** `playing`, or `ended`: then the last that was recorded stays. */
export type ReplayState = 'playing' | 'ended';

/** A client's first message, and any later one that changes its wishes. The bare fields without `type` and `data` are accepted too. Unknown fields are ignored. */
export interface Hello {
  /** How much the viewer wants explained. `educational_level` is an alias. */
  level?: Level;
  /** Language of every text. */
  language?: Language;
  /** What to receive. */
  channels?: ChannelWish[];
  /** At most this many frames of each channel per second. Unit: 1/s. 1 to 60. */
  max_fps?: number;
  /** Whether to send fewer frames. */
  quality?: Quality;
}

/** The operator's word. Answered only by what it changes, in `system_status` or `game_state`, or by an `error` with code `unauthorized`, `bad_field` or `unavailable`. */
export interface Control {
  /** The operator token. */
  token: string;
  /** What to do. */
  command: Command;
  /** With `set_pace`, and only with it. Unit: s. 0.05 to 60. */
  seconds_per_move?: number;
}

/** The moments that a viewer can look back at; also answers `GET /api/v1/range`. */
export interface PastRange {
  /** The oldest. Unit: s since the epoch. */
  from: number;
  /** The newest: it moves on with the show. Unit: s since the epoch. */
  to: number;
}

/** The answer to a hello. The latest frame of every subscribed channel follows. */
export interface ConnectionEstablished {
  /** 128 random bits in hexadecimal. */
  client_id: string;
  /** Rises with incompatible changes. */
  protocol_version: number;
  /** The server's clock. Unit: s since the epoch. */
  server_time: number;
  /** Channels that this server sends. */
  available_channels: Channel[];
  /** The level in force for this client. */
  level: Level;
  /** The language in force for this client. */
  language: Language;
  /** The channels this client now receives. */
  channels: Channel[];
  /** What can be looked back at over HTTP; null: nothing. */
  range: PastRange | null;
}

/** The client's last message was refused; the connection lives on. */
export interface ErrorMessage {
  /** Why, for programs. */
  code: ErrorCode;
  /** The offending field, empty if there is none. */
  field: string;
  /** Why, in English. */
  message: string;
}

/** One metric as a panel shows it. */
export interface MetricReading {
  /** Which one. */
  metric: HealthMetric;
  /** Its name in the viewer's language and for their level. */
  name: string;
  /** The latest value. */
  value: number | null;
  /** The band of the latest value by itself; null without one. */
  newest: Health | null;
  /** A value to compare with; null if there is none. */
  guide: number | null;
  /** What it is and where it comes from; may be empty. */
  guide_text: string;
  /** The band of the newest few values, by their median; null: too few of them, or none now. */
  health: Health | null;
  /** That band in a few words. */
  state: string;
  /** What it means here; names the values that it speaks of. */
  meaning: string;
  /** Over time, not over what fell into one frame. */
  trend: Trend;
  /** Of the value, oldest first. */
  history: (number | null)[];
}

/** How learning goes, in words. */
export interface EducationalContext {
  /** The worst `health` of the readings; `learning` at best where the measured strength has fallen or the newest update failed its self-test. Null: too little is known to say. */
  level: Health | null;
  /** CSS colour of the level: `#10b981`. */
  color_code: string;
  /** The level in a word of the viewer's language. */
  state: string;
  /** Which readings are out of their usual range, what was measured of the strength, and whether the newest update failed its self-test. */
  explanation: string;
  /** What to look at next when something is off; else empty. */
  next: string;
  /** What else the newest few updates tell. */
  remarks: string[];
}

/** One PPO update. */
export interface PpoMetrics {
  /** Of the run; empty before the first. */
  run_id: string;
  /** Of the run; a resume from an older update begins the next one. */
  segment: number;
  /** 1 for the first PPO update of the run. */
  update: number;
  /** Positions played so far. */
  global_step: number;
  /** Finished games of all environments so far. */
  games: number;
  /** The numbers; null below the level that shows them. */
  metrics: Record<Metric, number | null>;
  /** What the viewer's level shows of them. */
  readings: MetricReading[];
  /** The update in words. */
  educational: EducationalContext;
}

/** Where the network's features are active: the sum over channels of SE gate times |activation| in one residual block, min-max normalised. Not human attention. */
export interface SeAttention {
  /** As in game_state; empty with it. */
  game_id: string;
  /** The position after this many moves. */
  ply: number;
  /** The network looked through: after this PPO update. */
  update: number;
  /** How the map was made. */
  method: MapMethod;
  /** Residual block, from 1. */
  block: number;
  /** The map, normalised. 0 to 1. */
  weights: number[];
  /** The raw value behind 0. */
  min: number;
  /** The raw value behind 1. */
  max: number;
  /** SE gates of the block's channels at the advanced level, else empty. 0 to 1. */
  gates: (number | null)[];
}

/** A move with everything needed to draw and name it. */
export interface MoveView {
  /** `7g7f`, `2b3c+`, `P*5e`. */
  usi: string;
  /** `P-7f`. */
  western: string;
  /** `▲７六歩`. */
  japanese: string;
  /** Board map index, -1 for a drop. -1 to 80. */
  from: number;
  /** Board map index. 0 to 80. */
  to: number;
  /** `P` for a pawn drop, empty for a board move. */
  drop: string;
}

/** A move the network considers. */
export interface MovePrediction {
  /** The move. */
  move: MoveView;
  /** What the policy gives it. 0 to 1. */
  probability: number;
  /** What the move does, from the rules of the game; may be empty. */
  reason: string;
}

/** The policy at the position on screen: what may be played next. */
export interface MovePredictions {
  /** As in game_state; empty with it. */
  game_id: string;
  /** The position after this many moves. */
  ply: number;
  /** The network that decides: after this PPO update. */
  update: number;
  /** Who moves next. */
  side_to_move: Side;
  /** Most probable first; empty if the trainer tells none. */
  predictions: MovePrediction[];
  /** How many moves are legal. 0 to 593. */
  legal_moves: number;
  /** Of the policy over them: 0 to ln(legal_moves). Unit: nats. */
  entropy: number | null;
  /** Chance that the next move lands on each square; sums to 1. Null if the trainer does not tell. 0 to 1. */
  destinations: number[] | null;
}

/** A move of the featured game. */
export interface PlayedMove {
  /** The move. */
  move: MoveView;
  /** Who played it. */
  side: Side;
  /** What the policy gave it. 0 to 1. */
  probability: number | null;
  /** 1 for the network's favourite; null outside its top moves. */
  rank: number | null;
}

/** What a forecast is of, beside its position and its side. */
export interface WinEstimate {
  /** Where it comes from. */
  source: EstimateSource;
  /** The network that estimated the newer of its two positions, or played the last move: after this PPO update. */
  update: number;
  /** Half the width of its 95 % interval; null: nobody knows how sure it is. */
  error: number | null;
}

/** How often the forecast halfway through a game was on the side that then won, of the newest games that were won: 20 or fewer. */
export interface ForecastRecord {
  /** So many times. */
  right: number;
  /** So many times it was on a side: at least 5 of 100 from even. */
  of: number;
  /** In so many more of these games it was on none. */
  even: number;
}

/** How a game is expected to end, from Black's side: the network's value held against the results of this run's games that had ended before this one began. */
export interface Forecast {
  /** Probability that Black wins. 0 to 1. */
  win: number;
  /** Of a draw. 0 to 1. */
  draw: number;
  /** Probability that White wins. 0 to 1. */
  loss: number;
  /** What the network itself says, as an expected score: the mean of (value + 1) / 2 in this position and in the one before. At the advanced level, else null. 0 to 1. */
  raw: number | null;
  /** False as long as fewer than 20 games tell what its word is worth. */
  calibrated: boolean;
  /** So many tell: the newest 256 or fewer. */
  games: number;
  /** Of the forecasts of earlier games, each as it was told then. */
  record: ForecastRecord;
  /** On whose side the forecast is, and what in the position speaks for it, if anything that is looked for does. */
  verdict: string;
}

/** How a game ended. */
export interface GameResult {
  /** Null for a draw. */
  winner: Side | null;
  /** Why it ended. */
  reason: EndReason;
  /** The same in the viewer's language. */
  text: string;
}

/** Why a game was chosen. */
export interface GamePick {
  /** What decided. */
  reason: PickReason;
  /** How many games could have come on, this one included. */
  among: number;
  /** The same in the viewer's language. */
  text: string;
}

/** A moment that the page may celebrate. */
export interface Drama {
  /** What it is. */
  kind: DramaKind;
  /** The same in the viewer's language. */
  text: string;
}

/** The featured game as it stands on screen, played at a viewer's pace. */
export interface GameState {
  /** Unique over all runs. Empty: none is on, because another run has just begun. */
  game_id: string;
  /** Of the featured environment, from 1; 0 without a game. */
  game_number: number;
  /** The network that played: after this PPO update. */
  update: number;
  /** Moves played so far. */
  ply: number;
  /** Told with the game's end: before, it would give the end away. */
  total_plies: number | null;
  /** The position. */
  sfen: string;
  /** Who moves next. */
  side_to_move: Side;
  /** Whether the side to move is in check. */
  in_check: boolean;
  /** Null in the start position. */
  last_move: PlayedMove | null;
  /** Black's expected score, a draw being half a point: forecast.win + forecast.draw / 2. Null where the network said nothing of this position or of the one before; after the last move the result. 0 to 1. */
  black_win_probability: number | null;
  /** What that is of; null where nothing is known. */
  estimate: WinEstimate | null;
  /** The same as probabilities, and what they are worth; null where nothing is known, and after the last move. */
  forecast: Forecast | null;
  /** black_win_probability of each position, oldest first, each by the network that moved next; the last one is of `ply`. The last 200. 0 to 1. */
  evaluation_history: (number | null)[];
  /** Null while the game goes on. */
  result: GameResult | null;
  /** One sentence. */
  commentary: string;
  /** A second, smaller one; may be empty. */
  note: string;
  /** The pace where something is at stake: dull positions pass four times as fast. Unit: s. */
  seconds_per_move: number;
  /** What this is a picture of; null without a game. */
  scene: SceneKind | null;
  /** Why this game is on; null without one. */
  pick: GamePick | null;
  /** When the network on screen, `update`, chose a move last: the one that led here, or where there is none the next. By the trainer's clock; null without a game. Unit: s since the epoch. */
  played_at: number | null;
  /** When another picture is due, unless the trainer has to tell it first; it depends on what may come, not on what will. Null if nobody knows. Unit: s since the epoch. */
  next_at: number | null;
  /** Whether the operator has paused the game on screen. */
  held: boolean;
  /** Null for most moves: swings are told at most once in 30 s. */
  drama: Drama | null;
}

/** The training run that is being shown. */
export interface RunView {
  /** What the streamer calls it. */
  name: string;
  /** The configuration preset of the trainer. */
  preset: string;
  /** Where it trains: `cpu`, `cuda:0`. */
  device: string;
  /** Weights of the network. */
  parameters: number;
  /** Residual blocks. */
  tower_depth: number;
  /** Channels of each block. */
  tower_width: number;
  /** What is rewarded. */
  reward: Reward;
  /** The reward explained, in the viewer's language. */
  reward_text: string;
  /** When the run began. Unit: s since the epoch. */
  started_at: number;
}

/** What the streaming hook costs the trainer and what it lost. */
export interface HookView {
  /** Whether a trainer is connected. */
  connected: boolean;
  /** Events the trainer handed to the hook. */
  emitted: number;
  /** Events the hook dropped instead of waiting. */
  dropped: number;
  /** Events left out on purpose: to measure the impact, because it was too high, or on the operator's word. */
  withheld: number;
  /** Measured slowdown of training; null until measured. Unit: %. */
  impact_pct: number | null;
  /** Lower end of its 95 % interval. Unit: %. */
  impact_low_pct: number | null;
  /** Upper end of its 95 % interval. Unit: %. */
  impact_high_pct: number | null;
  /** What that interval says, in the viewer's language. */
  impact_text: string;
  /** How much the hook streams: less when that costs too much. */
  stage: StreamingStage;
  /** Whether the operator stopped the stream. */
  stopped: boolean;
}

/** Whether training runs, and how the show does. */
export interface SystemStatus {
  /** Whether a trainer is there and speaks. */
  training: TrainingState;
  /** The state in the viewer's language. */
  text: string;
  /** When this state began. Unit: s since the epoch. */
  since: number;
  /** Null before the first trainer. */
  run: RunView | null;
  /** PPO updates so far. */
  update: number;
  /** Finished games of all environments. */
  games: number;
  /** Positions learned from. Unit: 1/s. */
  samples_per_s: number | null;
  /** Connected viewers. */
  viewers: number;
  /** The trainer's side of the show. */
  hook: HookView;
  /** Median of the last 10 s from the trainer's emit, over the finished frame, to the confirmation that is back at the trainer: by one clock. Null until measured. Unit: ms. */
  latency_ms: number | null;
  /** Age of the showcase process. Unit: s. */
  uptime_s: number;
  /** When the next update is to be expected: the latest one and the median time between the last ones. Null while they are too few or too uneven, and while nobody trains. Unit: s since the epoch. */
  next_update_at: number | null;
  /** The same of the next evaluation. Unit: s since the epoch. */
  next_evaluation_at: number | null;
}

/** A strength as it was measured. */
export interface StrengthReading {
  /** Of what. */
  measure: StrengthMeasure;
  /** Which one, as its trainer calls it; else empty. */
  skill: string;
  /** The estimate: a share, or Elo. */
  value: number;
  /** Lower end of its 95 % interval. */
  low: number | null;
  /** Upper end of its 95 % interval. */
  high: number | null;
}

/** The newest evaluation of the network. */
export interface NetworkStrength {
  /** Of the run; empty before the first. */
  run_id: string;
  /** Of the run. */
  segment: number;
  /** The network that was measured: after this PPO update. It was some time ago: measuring takes longer than learning. */
  update: number;
  /** Empty before the run's first evaluation. */
  readings: StrengthReading[];
}

/** Columns that follow one another in one segment of the run. */
export interface SegmentColumns {
  /** From 1. A resume from an older update begins the next one. */
  segment: number;
  /** How many. */
  columns: number;
}

/** What the points of lines stand for, segment by segment and oldest first. Where a column does not begin at the end of the one before, nothing is known in between. */
export interface HistoryColumns {
  /** That each column holds: a power of two. */
  updates: number;
  /** The newest update of the newest segment; 0 without any. */
  newest: number;
  /** The first update of each column: a multiple of `updates`. */
  starts: number[];
  /** Whose they are. */
  segments: SegmentColumns[];
}

/** A metric, a point for each column; unknown where it was not reported. */
export interface HistoryLine {
  /** The least; of estimates, the least lower end of an interval. */
  min: (number | null)[];
  /** The greatest; of estimates, the greatest upper end. */
  max: (number | null)[];
  /** The mean. */
  mean: (number | null)[];
  /** The newest. */
  last: (number | null)[];
  /** Over the newest 256 values of the newest segment and of what it was resumed from; `unknown` with fewer than 64, of estimates with fewer than 16. */
  trend: Trend;
  /** Change with an update: of a line through the medians of 16 blocks. */
  slope: number | null;
  /** Lower end of its 99 % interval. */
  slope_low: number | null;
  /** Upper end of its 99 % interval. */
  slope_high: number | null;
}

/** What training reported. */
export interface MetricHistory {
  /** Which number. */
  metric: Metric;
  /** Its line over the columns of updates. */
  line: HistoryLine;
}

/** What evaluations found. */
export interface StrengthHistory {
  /** Of what. */
  measure: StrengthMeasure;
  /** Which one, as its trainer calls it; else empty. */
  skill: string;
  /** Its line over the columns of evaluations. */
  line: HistoryLine;
}

/** The whole run until now, the same for every level and language. What comes after it is in `ppo_metrics` and `strength`; a viewer to whom another run begins there asks for that one's past by another hello. */
export interface MetricsHistory {
  /** Of the run; empty before the first. */
  run_id: string;
  /** The newest of the run. */
  segment: number;
  /** Segments that are not in it any more: those with the fewest updates. */
  forgotten: number;
  /** What the lines in `metrics` are of. */
  updates: HistoryColumns;
  /** Those that were ever reported. */
  metrics: MetricHistory[];
  /** What the lines in `strength` are of. */
  evaluations: HistoryColumns;
  /** What was ever measured. */
  strength: StrengthHistory[];
}

/** Games against networks that were frozen earlier, of an hour or less. */
export interface EarlierSelf {
  /** How old they were, on average over the games. Unit: s. */
  age: number;
  /** Whether all of them were 45 to 90 minutes old; if not, the run is too young for that. */
  is_hour: boolean;
  /** Of the network that is measured. */
  wins: number;
  /** Games that neither won. */
  draws: number;
  /** Won by the earlier one. */
  losses: number;
  /** A draw counts half. 0 to 1. */
  score: number;
  /** Lower end of its 95 % interval. 0 to 1. */
  low: number;
  /** Upper end of its 95 % interval. 0 to 1. */
  high: number;
}

/** A place on the run's scale. */
export interface EloReading {
  /** Elo. */
  value: number;
  /** Lower end of its 95 % interval. */
  low: number | null;
  /** Upper end of its 95 % interval. */
  high: number | null;
}

/** A player that never learns, and how the network does against it. */
export interface AnchorView {
  /** `random_mover`, `capture_greedy`, …; as its trainer calls it. */
  name: string;
  /** A few words. */
  title: string;
  /** How it plays. */
  meaning: string;
  /** Of the network beside it. */
  standing: Standing;
  /** Where it stands on the scale of `elo`; null where that is not told. */
  elo: EloReading | null;
  /** Against it within the last hour of evaluations. */
  games: number;
  /** Of the network in them; null without any. 0 to 1. */
  score: number | null;
  /** Lower end of its 95 % interval. 0 to 1. */
  low: number | null;
  /** Upper end of its 95 % interval. 0 to 1. */
  high: number | null;
  /** The same in a sentence. */
  text: string;
}

/** A skill now and then. */
export interface SkillComparison {
  /** As its trainer calls it. */
  skill: string;
  /** A few words. */
  title: string;
  /** Positions that were asked in the newest evaluation. */
  questions: number;
  /** Share of right answers. 0 to 1. */
  now: number;
  /** Lower end of its 95 % interval. 0 to 1. */
  now_low: number;
  /** Upper end of its 95 % interval. 0 to 1. */
  now_high: number;
  /** The same in the earlier evaluation; null: not asked. 0 to 1. */
  before: number | null;
  /** Lower end of its 95 % interval. 0 to 1. */
  before_low: number | null;
  /** Upper end of its 95 % interval. 0 to 1. */
  before_high: number | null;
  /** From then to now. */
  change: Change;
  /** The same in a sentence. */
  text: string;
}

/** A frozen network of the run that the newest one has met. */
export interface PastSelf {
  /** As it was after this PPO update. */
  update: number;
  /** When it was met. Unit: s. */
  age: number;
  /** What it is called. */
  title: string;
  /** How the featured games around then differ from all of the run; empty where too few are known or nothing stands out. */
  style: string;
  /** Featured games around then that are known. */
  games: number;
}

/** Is it getting better? What the run's evaluations say, once more after each of them. */
export interface Improvement {
  /** Of the run; empty before the first. */
  run_id: string;
  /** Of the run. */
  segment: number;
  /** The network that was measured: after this PPO update. */
  update: number;
  /** When that was told; null before the first evaluation. Unit: s since the epoch. */
  measured_at: number | null;
  /** Against an earlier self. */
  verdict: Verdict;
  /** The verdict in a few words. */
  state: string;
  /** The answer, with what it is known from. */
  headline: string;
  /** How sure that is; may be empty. */
  evidence: string;
  /** When it was last seen to improve, if it no longer does; else empty. */
  plateau: string;
  /** How the verdict is made, at the advanced level; else empty. */
  rule: string;
  /** The games that the verdict is of; null without any. */
  earlier: EarlierSelf | null;
  /** Of the network; null where it is not told. */
  elo: EloReading | null;
  /** In the earlier evaluation. */
  elo_before: EloReading | null;
  /** Where it stands among players that never learn. */
  standing: string;
  /** Those, the weakest first. */
  anchors: AnchorView[];
  /** How much earlier the evaluation was that is compared with; null: there is none. Unit: s. */
  before_age: number | null;
  /** The same in words; may be empty. */
  before: string;
  /** Skill by skill. */
  skills: SkillComparison[];
  /** Earlier selves, the oldest first. */
  selves: PastSelf[];
}

/** One milestone. Each is reached once in a run. */
export interface MilestoneView {
  /** The run that reached it. */
  run_id: string;
  /** Unique in the run: `checkmate`, `castle/mino`, `games/1000`. */
  key: string;
  /** What it is about. */
  kind: MilestoneKind;
  /** A few words. */
  title: string;
  /** What happened, one sentence. */
  text: string;
  /** What that means, for the viewer's level. */
  meaning: string;
  /** When it counts, at the advanced level; else empty. */
  rule: string;
  /** What was reached, if it is a number. */
  value: number | null;
  /** Whose it is, if it is one side's. */
  side: Side | null;
  /** The featured game that shows it; null if none does. */
  game_id: string | null;
  /** The same, as viewers know it. */
  game_number: number | null;
  /** In that game the position after this many moves. */
  ply: number | null;
  /** The network that reached it: after this PPO update. */
  update: number;
  /** When, by the trainer's clock. Unit: s since the epoch. */
  reached_at: number;
  /** Whether it is on the disk; if not, a restarted showcase will not know. */
  saved: boolean;
}

/** The run has just reached something: it is kept now, or cannot be (`saved`). */
export interface MilestoneReached {
  /** What. */
  milestone: MilestoneView;
}

/** What the run has reached so far, for whoever comes later; follows each `milestone` within seconds. */
export interface Milestones {
  /** The newest first. */
  milestones: MilestoneView[];
  /** How many there are in all. */
  total: number;
  /** Whether the showcase could read what the run had reached before; if not, it tells nothing until it can. */
  remembered: boolean;
}

/** The show is a recording: everything else that is sent was sent then, with the times of then. Comes once a second; a live show never sends it. */
export interface Replay {
  /** Whether there is more to come. */
  state: ReplayState;
  /** When the recording begins. Unit: s since the epoch. */
  recorded_at: number;
  /** The moment that is on screen. Unit: s since the epoch. */
  shown_at: number;
  /** The same from the beginning of the recording. Unit: s. */
  position_s: number;
  /** Of the whole recording. Unit: s. */
  length_s: number;
  /** 1 is the pace of then. */
  speed: number;
}

/** A finished game of the featured environment. */
export interface GameSummary {
  /** Its run. */
  run_id: string;
  /** What the streamer calls the run; may be empty. */
  run_name: string;
  /** Unique over all runs. */
  game_id: string;
  /** Of the featured environment, from 1. */
  game_number: number;
  /** 1, and one more after each resume from an older checkpoint. */
  segment: number;
  /** The network that played: after this PPO update. */
  update: number;
  /** Moves. 0 to 1024. */
  plies: number;
  /** Null for a draw. */
  winner: Side | null;
  /** Why it ended. */
  reason: EndReason;
  /** When training handed it to the hook. Unit: s since the epoch. */
  ended_at: number;
  /** Of both: ids of `content/openings.json`. */
  openings: string[];
  /** Black's. */
  black_openings: string[];
  /** White's. */
  white_openings: string[];
  /** The one of most pieces that Black completed: an id of `content/castles.json`. */
  black_castle: string | null;
  /** White's. */
  white_castle: string | null;
}

/** Answers `GET /api/v1/games`. */
export interface GameList {
  /** In the order that was asked for. */
  games: GameSummary[];
  /** The `after` of the next page; null: there is no more. */
  next: string | null;
}

/** A move, and what the network thought before it as far as that is kept. */
export interface ArchivedMove {
  /** The move. */
  move: MoveView;
  /** `７六歩(77)`. */
  kif: string;
  /** Who played it. */
  side: Side;
  /** The position after it. */
  sfen: string;
  /** Whether it gives check. */
  in_check: boolean;
  /** What the policy gave it. 0 to 1. */
  probability: number | null;
  /** The network's value for the side that played it. -1 to 1. */
  value: number | null;
  /** Of the policy over the legal moves. Unit: nats. */
  entropy: number | null;
  /** 1 for the network's favourite; null outside its top moves. */
  rank: number | null;
  /** How many there were. 0 to 593. */
  legal_moves: number | null;
  /** The network that thought: after this PPO update. Null: nothing is kept. */
  update: number | null;
}

/** Answers `GET /api/v1/games/{run}/{game}`. */
export interface ArchivedGame {
  /** What a list says of it. */
  game: GameSummary;
  /** The position before the first move. */
  start_sfen: string;
  /** From the first to the last. */
  moves: ArchivedMove[];
  /** Of how many moves it is kept what the network thought. 0 to 1024. */
  moves_thought_of: number;
  /** Null, or after how many moves one follows that the rules do not allow: it and what comes after are left out. 0 to 1024. */
  unreadable_from: number | null;
}

/** What a run has reached (docs/milestones.md). */
export interface MilestoneSummary {
  /** The run. */
  run_id: string;
  /** Unique in the run: `checkmate`, `castle/mino`, `games/1000`. */
  key: string;
  /** What it is about; null: a newer showcase has kept it. */
  kind: MilestoneKind | null;
  /** The network that reached it: after this PPO update. */
  update: number;
  /** What was reached, if it is a number. */
  value: number | null;
  /** Whose it is, if it is one side's. */
  side: Side | null;
  /** The featured game that shows it; null if none does. */
  game_id: string | null;
  /** The same, as viewers know it. */
  game_number: number | null;
  /** In that game the position after this many moves. */
  ply: number | null;
  /** When, by the trainer's clock. Unit: s since the epoch. */
  reached_at: number;
}

/** Answers `GET /api/v1/milestones`. */
export interface MilestoneList {
  /** The newest first. */
  milestones: MilestoneSummary[];
  /** The `after` of the next page; null: there is no more. */
  next: string | null;
}

/** How every message travels. */
export interface Envelope<Type extends string, Data> {
  type: Type;
  /** When it was made. Unit: s since the epoch. */
  timestamp: number;
  /** The show's count of its messages, the same for all viewers; 0 in replies. */
  seq: number;
  data: Data;
}

export type ServerMessage =
  | Envelope<'connection_established', ConnectionEstablished>
  | Envelope<'error', ErrorMessage>
  | Envelope<'ppo_metrics', PpoMetrics>
  | Envelope<'se_attention', SeAttention>
  | Envelope<'move_prediction', MovePredictions>
  | Envelope<'game_state', GameState>
  | Envelope<'system_status', SystemStatus>
  | Envelope<'strength', NetworkStrength>
  | Envelope<'metrics_history', MetricsHistory>
  | Envelope<'improvement', Improvement>
  | Envelope<'milestone', MilestoneReached>
  | Envelope<'milestones', Milestones>
  | Envelope<'replay', Replay>;

/** What a viewer may say. */
export type ClientMessage =
  | { type: 'hello'; data: Hello }
  | { type: 'control'; data: Control };

export type Decoded =
  | { ok: true; message: ServerMessage }
  | { ok: false; error: string };

const asChannel = oneOf<Channel>(['metrics', 'attention', 'predictions', 'game', 'milestones', 'community', 'education', 'system']);
const asLevel = oneOf<Level>(['beginner', 'intermediate', 'advanced']);
const asLanguage = oneOf<Language>(['en', 'ja']);
const asErrorCode = oneOf<ErrorCode>(['failed', 'bad_json', 'unknown_type', 'bad_field', 'too_large', 'rate_limited', 'unauthorized', 'unavailable']);
export const everyMetric: readonly Metric[] = ['policy_loss', 'value_loss', 'entropy', 'entropy_max', 'kl_divergence', 'clip_fraction', 'learning_rate', 'explained_variance', 'grad_norm', 'selfplay_s', 'update_s', 'samples_per_s', 'mean_length', 'target_kl', 'first_kl', 'planned_share', 'black_win_share', 'white_win_share'];
function byMetric<T>(read: Reader<T>): Reader<Record<Metric, T>> {
  return (value, path) => {
    const fields = asFields(value, path);
    return {
      policy_loss: field(fields, 'policy_loss', path, read),
      value_loss: field(fields, 'value_loss', path, read),
      entropy: field(fields, 'entropy', path, read),
      entropy_max: field(fields, 'entropy_max', path, read),
      kl_divergence: field(fields, 'kl_divergence', path, read),
      clip_fraction: field(fields, 'clip_fraction', path, read),
      learning_rate: field(fields, 'learning_rate', path, read),
      explained_variance: field(fields, 'explained_variance', path, read),
      grad_norm: field(fields, 'grad_norm', path, read),
      selfplay_s: field(fields, 'selfplay_s', path, read),
      update_s: field(fields, 'update_s', path, read),
      samples_per_s: field(fields, 'samples_per_s', path, read),
      mean_length: field(fields, 'mean_length', path, read),
      target_kl: field(fields, 'target_kl', path, read),
      first_kl: field(fields, 'first_kl', path, read),
      planned_share: field(fields, 'planned_share', path, read),
      black_win_share: field(fields, 'black_win_share', path, read),
      white_win_share: field(fields, 'white_win_share', path, read),
    };
  };
}
const asMetric = oneOf<Metric>(['policy_loss', 'value_loss', 'entropy', 'entropy_max', 'kl_divergence', 'clip_fraction', 'learning_rate', 'explained_variance', 'grad_norm', 'selfplay_s', 'update_s', 'samples_per_s', 'mean_length', 'target_kl', 'first_kl', 'planned_share', 'black_win_share', 'white_win_share']);
const asHealthMetric = oneOf<HealthMetric>(['kl_divergence', 'clip_fraction', 'exploration', 'explained_variance']);
const asHealth = oneOf<Health>(['healthy', 'learning', 'exploring']);
const asTrend = oneOf<Trend>(['unknown', 'falling', 'steady', 'rising']);
const asMapMethod = oneOf<MapMethod>(['se_weighted_activation']);
const asSide = oneOf<Side>(['black', 'white']);
const asEstimateSource = oneOf<EstimateSource>(['network', 'result']);
const asEndReason = oneOf<EndReason>(['checkmate', 'stalemate', 'repetition', 'perpetual_check', 'declaration', 'impasse', 'resignation', 'max_plies']);
const asSceneKind = oneOf<SceneKind>(['start', 'joined', 'move', 'end', 'recap']);
const asPickReason = oneOf<PickReason>(['only', 'newest', 'suspense', 'surprise', 'first', 'upset', 'live']);
const asDramaKind = oneOf<DramaKind>(['swing', 'mate', 'missed_mate']);
const asTrainingState = oneOf<TrainingState>(['waiting', 'running', 'paused']);
const asReward = oneOf<Reward>(['terminal', 'shaped']);
const asStreamingStage = oneOf<StreamingStage>(['full', 'reduced', 'minimal', 'off']);
const asStrengthMeasure = oneOf<StrengthMeasure>(['random_score', 'elo', 'skill']);
const asVerdict = oneOf<Verdict>(['unknown', 'better', 'maybe_better', 'unclear', 'steady', 'no_longer', 'maybe_weaker', 'weaker']);
const asStanding = oneOf<Standing>(['unknown', 'below', 'level', 'above']);
const asChange = oneOf<Change>(['unknown', 'fallen', 'unclear', 'risen']);
const asMilestoneKind = oneOf<MilestoneKind>(['checkmate', 'win', 'castle', 'dragon', 'horse', 'safe_rook', 'games', 'updates', 'score', 'skill', 'elo', 'breakthrough', 'longest_game', 'shortest_game', 'swing']);
const asReplayState = oneOf<ReplayState>(['playing', 'ended']);

const asPastRange: Reader<PastRange> = (value, path) => {
  const fields = asFields(value, path);
  return {
    from: field(fields, 'from', path, asNumber),
    to: field(fields, 'to', path, asNumber),
  };
};

const asConnectionEstablished: Reader<ConnectionEstablished> = (value, path) => {
  const fields = asFields(value, path);
  return {
    client_id: field(fields, 'client_id', path, asText),
    protocol_version: field(fields, 'protocol_version', path, asNumber),
    server_time: field(fields, 'server_time', path, asNumber),
    available_channels: field(fields, 'available_channels', path, listOf(asChannel)),
    level: field(fields, 'level', path, asLevel),
    language: field(fields, 'language', path, asLanguage),
    channels: field(fields, 'channels', path, listOf(asChannel)),
    range: field(fields, 'range', path, nullable(asPastRange)),
  };
};

const asErrorMessage: Reader<ErrorMessage> = (value, path) => {
  const fields = asFields(value, path);
  return {
    code: field(fields, 'code', path, asErrorCode),
    field: field(fields, 'field', path, asText),
    message: field(fields, 'message', path, asText),
  };
};

const asMetricReading: Reader<MetricReading> = (value, path) => {
  const fields = asFields(value, path);
  return {
    metric: field(fields, 'metric', path, asHealthMetric),
    name: field(fields, 'name', path, asText),
    value: field(fields, 'value', path, nullable(asNumber)),
    newest: field(fields, 'newest', path, nullable(asHealth)),
    guide: field(fields, 'guide', path, nullable(asNumber)),
    guide_text: field(fields, 'guide_text', path, asText),
    health: field(fields, 'health', path, nullable(asHealth)),
    state: field(fields, 'state', path, asText),
    meaning: field(fields, 'meaning', path, asText),
    trend: field(fields, 'trend', path, asTrend),
    history: field(fields, 'history', path, asSeries),
  };
};

const asEducationalContext: Reader<EducationalContext> = (value, path) => {
  const fields = asFields(value, path);
  return {
    level: field(fields, 'level', path, nullable(asHealth)),
    color_code: field(fields, 'color_code', path, asText),
    state: field(fields, 'state', path, asText),
    explanation: field(fields, 'explanation', path, asText),
    next: field(fields, 'next', path, asText),
    remarks: field(fields, 'remarks', path, listOf(asText)),
  };
};

const asPpoMetrics: Reader<PpoMetrics> = (value, path) => {
  const fields = asFields(value, path);
  return {
    run_id: field(fields, 'run_id', path, asText),
    segment: field(fields, 'segment', path, asNumber),
    update: field(fields, 'update', path, asNumber),
    global_step: field(fields, 'global_step', path, asNumber),
    games: field(fields, 'games', path, asNumber),
    metrics: field(fields, 'metrics', path, byMetric(nullable(asNumber))),
    readings: field(fields, 'readings', path, listOf(asMetricReading)),
    educational: field(fields, 'educational', path, asEducationalContext),
  };
};

const asSeAttention: Reader<SeAttention> = (value, path) => {
  const fields = asFields(value, path);
  return {
    game_id: field(fields, 'game_id', path, asText),
    ply: field(fields, 'ply', path, asNumber),
    update: field(fields, 'update', path, asNumber),
    method: field(fields, 'method', path, asMapMethod),
    block: field(fields, 'block', path, asNumber),
    weights: field(fields, 'weights', path, asBoardMap),
    min: field(fields, 'min', path, asNumber),
    max: field(fields, 'max', path, asNumber),
    gates: field(fields, 'gates', path, asSeries),
  };
};

const asMoveView: Reader<MoveView> = (value, path) => {
  const fields = asFields(value, path);
  return {
    usi: field(fields, 'usi', path, asText),
    western: field(fields, 'western', path, asText),
    japanese: field(fields, 'japanese', path, asText),
    from: field(fields, 'from', path, asNumber),
    to: field(fields, 'to', path, asNumber),
    drop: field(fields, 'drop', path, asText),
  };
};

const asMovePrediction: Reader<MovePrediction> = (value, path) => {
  const fields = asFields(value, path);
  return {
    move: field(fields, 'move', path, asMoveView),
    probability: field(fields, 'probability', path, asNumber),
    reason: field(fields, 'reason', path, asText),
  };
};

const asMovePredictions: Reader<MovePredictions> = (value, path) => {
  const fields = asFields(value, path);
  return {
    game_id: field(fields, 'game_id', path, asText),
    ply: field(fields, 'ply', path, asNumber),
    update: field(fields, 'update', path, asNumber),
    side_to_move: field(fields, 'side_to_move', path, asSide),
    predictions: field(fields, 'predictions', path, listOf(asMovePrediction)),
    legal_moves: field(fields, 'legal_moves', path, asNumber),
    entropy: field(fields, 'entropy', path, nullable(asNumber)),
    destinations: field(fields, 'destinations', path, nullable(asBoardMap)),
  };
};

const asPlayedMove: Reader<PlayedMove> = (value, path) => {
  const fields = asFields(value, path);
  return {
    move: field(fields, 'move', path, asMoveView),
    side: field(fields, 'side', path, asSide),
    probability: field(fields, 'probability', path, nullable(asNumber)),
    rank: field(fields, 'rank', path, nullable(asNumber)),
  };
};

const asWinEstimate: Reader<WinEstimate> = (value, path) => {
  const fields = asFields(value, path);
  return {
    source: field(fields, 'source', path, asEstimateSource),
    update: field(fields, 'update', path, asNumber),
    error: field(fields, 'error', path, nullable(asNumber)),
  };
};

const asForecastRecord: Reader<ForecastRecord> = (value, path) => {
  const fields = asFields(value, path);
  return {
    right: field(fields, 'right', path, asNumber),
    of: field(fields, 'of', path, asNumber),
    even: field(fields, 'even', path, asNumber),
  };
};

const asForecast: Reader<Forecast> = (value, path) => {
  const fields = asFields(value, path);
  return {
    win: field(fields, 'win', path, asNumber),
    draw: field(fields, 'draw', path, asNumber),
    loss: field(fields, 'loss', path, asNumber),
    raw: field(fields, 'raw', path, nullable(asNumber)),
    calibrated: field(fields, 'calibrated', path, asBoolean),
    games: field(fields, 'games', path, asNumber),
    record: field(fields, 'record', path, asForecastRecord),
    verdict: field(fields, 'verdict', path, asText),
  };
};

const asGameResult: Reader<GameResult> = (value, path) => {
  const fields = asFields(value, path);
  return {
    winner: field(fields, 'winner', path, nullable(asSide)),
    reason: field(fields, 'reason', path, asEndReason),
    text: field(fields, 'text', path, asText),
  };
};

const asGamePick: Reader<GamePick> = (value, path) => {
  const fields = asFields(value, path);
  return {
    reason: field(fields, 'reason', path, asPickReason),
    among: field(fields, 'among', path, asNumber),
    text: field(fields, 'text', path, asText),
  };
};

const asDrama: Reader<Drama> = (value, path) => {
  const fields = asFields(value, path);
  return {
    kind: field(fields, 'kind', path, asDramaKind),
    text: field(fields, 'text', path, asText),
  };
};

const asGameState: Reader<GameState> = (value, path) => {
  const fields = asFields(value, path);
  return {
    game_id: field(fields, 'game_id', path, asText),
    game_number: field(fields, 'game_number', path, asNumber),
    update: field(fields, 'update', path, asNumber),
    ply: field(fields, 'ply', path, asNumber),
    total_plies: field(fields, 'total_plies', path, nullable(asNumber)),
    sfen: field(fields, 'sfen', path, asText),
    side_to_move: field(fields, 'side_to_move', path, asSide),
    in_check: field(fields, 'in_check', path, asBoolean),
    last_move: field(fields, 'last_move', path, nullable(asPlayedMove)),
    black_win_probability: field(fields, 'black_win_probability', path, nullable(asNumber)),
    estimate: field(fields, 'estimate', path, nullable(asWinEstimate)),
    forecast: field(fields, 'forecast', path, nullable(asForecast)),
    evaluation_history: field(fields, 'evaluation_history', path, asSeries),
    result: field(fields, 'result', path, nullable(asGameResult)),
    commentary: field(fields, 'commentary', path, asText),
    note: field(fields, 'note', path, asText),
    seconds_per_move: field(fields, 'seconds_per_move', path, asNumber),
    scene: field(fields, 'scene', path, nullable(asSceneKind)),
    pick: field(fields, 'pick', path, nullable(asGamePick)),
    played_at: field(fields, 'played_at', path, nullable(asNumber)),
    next_at: field(fields, 'next_at', path, nullable(asNumber)),
    held: field(fields, 'held', path, asBoolean),
    drama: field(fields, 'drama', path, nullable(asDrama)),
  };
};

const asRunView: Reader<RunView> = (value, path) => {
  const fields = asFields(value, path);
  return {
    name: field(fields, 'name', path, asText),
    preset: field(fields, 'preset', path, asText),
    device: field(fields, 'device', path, asText),
    parameters: field(fields, 'parameters', path, asNumber),
    tower_depth: field(fields, 'tower_depth', path, asNumber),
    tower_width: field(fields, 'tower_width', path, asNumber),
    reward: field(fields, 'reward', path, asReward),
    reward_text: field(fields, 'reward_text', path, asText),
    started_at: field(fields, 'started_at', path, asNumber),
  };
};

const asHookView: Reader<HookView> = (value, path) => {
  const fields = asFields(value, path);
  return {
    connected: field(fields, 'connected', path, asBoolean),
    emitted: field(fields, 'emitted', path, asNumber),
    dropped: field(fields, 'dropped', path, asNumber),
    withheld: field(fields, 'withheld', path, asNumber),
    impact_pct: field(fields, 'impact_pct', path, nullable(asNumber)),
    impact_low_pct: field(fields, 'impact_low_pct', path, nullable(asNumber)),
    impact_high_pct: field(fields, 'impact_high_pct', path, nullable(asNumber)),
    impact_text: field(fields, 'impact_text', path, asText),
    stage: field(fields, 'stage', path, asStreamingStage),
    stopped: field(fields, 'stopped', path, asBoolean),
  };
};

const asSystemStatus: Reader<SystemStatus> = (value, path) => {
  const fields = asFields(value, path);
  return {
    training: field(fields, 'training', path, asTrainingState),
    text: field(fields, 'text', path, asText),
    since: field(fields, 'since', path, asNumber),
    run: field(fields, 'run', path, nullable(asRunView)),
    update: field(fields, 'update', path, asNumber),
    games: field(fields, 'games', path, asNumber),
    samples_per_s: field(fields, 'samples_per_s', path, nullable(asNumber)),
    viewers: field(fields, 'viewers', path, asNumber),
    hook: field(fields, 'hook', path, asHookView),
    latency_ms: field(fields, 'latency_ms', path, nullable(asNumber)),
    uptime_s: field(fields, 'uptime_s', path, asNumber),
    next_update_at: field(fields, 'next_update_at', path, nullable(asNumber)),
    next_evaluation_at: field(fields, 'next_evaluation_at', path, nullable(asNumber)),
  };
};

const asStrengthReading: Reader<StrengthReading> = (value, path) => {
  const fields = asFields(value, path);
  return {
    measure: field(fields, 'measure', path, asStrengthMeasure),
    skill: field(fields, 'skill', path, asText),
    value: field(fields, 'value', path, asNumber),
    low: field(fields, 'low', path, nullable(asNumber)),
    high: field(fields, 'high', path, nullable(asNumber)),
  };
};

const asNetworkStrength: Reader<NetworkStrength> = (value, path) => {
  const fields = asFields(value, path);
  return {
    run_id: field(fields, 'run_id', path, asText),
    segment: field(fields, 'segment', path, asNumber),
    update: field(fields, 'update', path, asNumber),
    readings: field(fields, 'readings', path, listOf(asStrengthReading)),
  };
};

const asSegmentColumns: Reader<SegmentColumns> = (value, path) => {
  const fields = asFields(value, path);
  return {
    segment: field(fields, 'segment', path, asNumber),
    columns: field(fields, 'columns', path, asNumber),
  };
};

const asHistoryColumns: Reader<HistoryColumns> = (value, path) => {
  const fields = asFields(value, path);
  return {
    updates: field(fields, 'updates', path, asNumber),
    newest: field(fields, 'newest', path, asNumber),
    starts: field(fields, 'starts', path, listOf(asNumber)),
    segments: field(fields, 'segments', path, listOf(asSegmentColumns)),
  };
};

const asHistoryLine: Reader<HistoryLine> = (value, path) => {
  const fields = asFields(value, path);
  return {
    min: field(fields, 'min', path, asSeries),
    max: field(fields, 'max', path, asSeries),
    mean: field(fields, 'mean', path, asSeries),
    last: field(fields, 'last', path, asSeries),
    trend: field(fields, 'trend', path, asTrend),
    slope: field(fields, 'slope', path, nullable(asNumber)),
    slope_low: field(fields, 'slope_low', path, nullable(asNumber)),
    slope_high: field(fields, 'slope_high', path, nullable(asNumber)),
  };
};

const asMetricHistory: Reader<MetricHistory> = (value, path) => {
  const fields = asFields(value, path);
  return {
    metric: field(fields, 'metric', path, asMetric),
    line: field(fields, 'line', path, asHistoryLine),
  };
};

const asStrengthHistory: Reader<StrengthHistory> = (value, path) => {
  const fields = asFields(value, path);
  return {
    measure: field(fields, 'measure', path, asStrengthMeasure),
    skill: field(fields, 'skill', path, asText),
    line: field(fields, 'line', path, asHistoryLine),
  };
};

const asMetricsHistory: Reader<MetricsHistory> = (value, path) => {
  const fields = asFields(value, path);
  return {
    run_id: field(fields, 'run_id', path, asText),
    segment: field(fields, 'segment', path, asNumber),
    forgotten: field(fields, 'forgotten', path, asNumber),
    updates: field(fields, 'updates', path, asHistoryColumns),
    metrics: field(fields, 'metrics', path, listOf(asMetricHistory)),
    evaluations: field(fields, 'evaluations', path, asHistoryColumns),
    strength: field(fields, 'strength', path, listOf(asStrengthHistory)),
  };
};

const asEarlierSelf: Reader<EarlierSelf> = (value, path) => {
  const fields = asFields(value, path);
  return {
    age: field(fields, 'age', path, asNumber),
    is_hour: field(fields, 'is_hour', path, asBoolean),
    wins: field(fields, 'wins', path, asNumber),
    draws: field(fields, 'draws', path, asNumber),
    losses: field(fields, 'losses', path, asNumber),
    score: field(fields, 'score', path, asNumber),
    low: field(fields, 'low', path, asNumber),
    high: field(fields, 'high', path, asNumber),
  };
};

const asEloReading: Reader<EloReading> = (value, path) => {
  const fields = asFields(value, path);
  return {
    value: field(fields, 'value', path, asNumber),
    low: field(fields, 'low', path, nullable(asNumber)),
    high: field(fields, 'high', path, nullable(asNumber)),
  };
};

const asAnchorView: Reader<AnchorView> = (value, path) => {
  const fields = asFields(value, path);
  return {
    name: field(fields, 'name', path, asText),
    title: field(fields, 'title', path, asText),
    meaning: field(fields, 'meaning', path, asText),
    standing: field(fields, 'standing', path, asStanding),
    elo: field(fields, 'elo', path, nullable(asEloReading)),
    games: field(fields, 'games', path, asNumber),
    score: field(fields, 'score', path, nullable(asNumber)),
    low: field(fields, 'low', path, nullable(asNumber)),
    high: field(fields, 'high', path, nullable(asNumber)),
    text: field(fields, 'text', path, asText),
  };
};

const asSkillComparison: Reader<SkillComparison> = (value, path) => {
  const fields = asFields(value, path);
  return {
    skill: field(fields, 'skill', path, asText),
    title: field(fields, 'title', path, asText),
    questions: field(fields, 'questions', path, asNumber),
    now: field(fields, 'now', path, asNumber),
    now_low: field(fields, 'now_low', path, asNumber),
    now_high: field(fields, 'now_high', path, asNumber),
    before: field(fields, 'before', path, nullable(asNumber)),
    before_low: field(fields, 'before_low', path, nullable(asNumber)),
    before_high: field(fields, 'before_high', path, nullable(asNumber)),
    change: field(fields, 'change', path, asChange),
    text: field(fields, 'text', path, asText),
  };
};

const asPastSelf: Reader<PastSelf> = (value, path) => {
  const fields = asFields(value, path);
  return {
    update: field(fields, 'update', path, asNumber),
    age: field(fields, 'age', path, asNumber),
    title: field(fields, 'title', path, asText),
    style: field(fields, 'style', path, asText),
    games: field(fields, 'games', path, asNumber),
  };
};

const asImprovement: Reader<Improvement> = (value, path) => {
  const fields = asFields(value, path);
  return {
    run_id: field(fields, 'run_id', path, asText),
    segment: field(fields, 'segment', path, asNumber),
    update: field(fields, 'update', path, asNumber),
    measured_at: field(fields, 'measured_at', path, nullable(asNumber)),
    verdict: field(fields, 'verdict', path, asVerdict),
    state: field(fields, 'state', path, asText),
    headline: field(fields, 'headline', path, asText),
    evidence: field(fields, 'evidence', path, asText),
    plateau: field(fields, 'plateau', path, asText),
    rule: field(fields, 'rule', path, asText),
    earlier: field(fields, 'earlier', path, nullable(asEarlierSelf)),
    elo: field(fields, 'elo', path, nullable(asEloReading)),
    elo_before: field(fields, 'elo_before', path, nullable(asEloReading)),
    standing: field(fields, 'standing', path, asText),
    anchors: field(fields, 'anchors', path, listOf(asAnchorView)),
    before_age: field(fields, 'before_age', path, nullable(asNumber)),
    before: field(fields, 'before', path, asText),
    skills: field(fields, 'skills', path, listOf(asSkillComparison)),
    selves: field(fields, 'selves', path, listOf(asPastSelf)),
  };
};

const asMilestoneView: Reader<MilestoneView> = (value, path) => {
  const fields = asFields(value, path);
  return {
    run_id: field(fields, 'run_id', path, asText),
    key: field(fields, 'key', path, asText),
    kind: field(fields, 'kind', path, asMilestoneKind),
    title: field(fields, 'title', path, asText),
    text: field(fields, 'text', path, asText),
    meaning: field(fields, 'meaning', path, asText),
    rule: field(fields, 'rule', path, asText),
    value: field(fields, 'value', path, nullable(asNumber)),
    side: field(fields, 'side', path, nullable(asSide)),
    game_id: field(fields, 'game_id', path, nullable(asText)),
    game_number: field(fields, 'game_number', path, nullable(asNumber)),
    ply: field(fields, 'ply', path, nullable(asNumber)),
    update: field(fields, 'update', path, asNumber),
    reached_at: field(fields, 'reached_at', path, asNumber),
    saved: field(fields, 'saved', path, asBoolean),
  };
};

const asMilestoneReached: Reader<MilestoneReached> = (value, path) => {
  const fields = asFields(value, path);
  return {
    milestone: field(fields, 'milestone', path, asMilestoneView),
  };
};

const asMilestones: Reader<Milestones> = (value, path) => {
  const fields = asFields(value, path);
  return {
    milestones: field(fields, 'milestones', path, listOf(asMilestoneView)),
    total: field(fields, 'total', path, asNumber),
    remembered: field(fields, 'remembered', path, asBoolean),
  };
};

const asReplay: Reader<Replay> = (value, path) => {
  const fields = asFields(value, path);
  return {
    state: field(fields, 'state', path, asReplayState),
    recorded_at: field(fields, 'recorded_at', path, asNumber),
    shown_at: field(fields, 'shown_at', path, asNumber),
    position_s: field(fields, 'position_s', path, asNumber),
    length_s: field(fields, 'length_s', path, asNumber),
    speed: field(fields, 'speed', path, asNumber),
  };
};

const asGameSummary: Reader<GameSummary> = (value, path) => {
  const fields = asFields(value, path);
  return {
    run_id: field(fields, 'run_id', path, asText),
    run_name: field(fields, 'run_name', path, asText),
    game_id: field(fields, 'game_id', path, asText),
    game_number: field(fields, 'game_number', path, asNumber),
    segment: field(fields, 'segment', path, asNumber),
    update: field(fields, 'update', path, asNumber),
    plies: field(fields, 'plies', path, asNumber),
    winner: field(fields, 'winner', path, nullable(asSide)),
    reason: field(fields, 'reason', path, asEndReason),
    ended_at: field(fields, 'ended_at', path, asNumber),
    openings: field(fields, 'openings', path, listOf(asText)),
    black_openings: field(fields, 'black_openings', path, listOf(asText)),
    white_openings: field(fields, 'white_openings', path, listOf(asText)),
    black_castle: field(fields, 'black_castle', path, nullable(asText)),
    white_castle: field(fields, 'white_castle', path, nullable(asText)),
  };
};

const asGameList: Reader<GameList> = (value, path) => {
  const fields = asFields(value, path);
  return {
    games: field(fields, 'games', path, listOf(asGameSummary)),
    next: field(fields, 'next', path, nullable(asText)),
  };
};

const asArchivedMove: Reader<ArchivedMove> = (value, path) => {
  const fields = asFields(value, path);
  return {
    move: field(fields, 'move', path, asMoveView),
    kif: field(fields, 'kif', path, asText),
    side: field(fields, 'side', path, asSide),
    sfen: field(fields, 'sfen', path, asText),
    in_check: field(fields, 'in_check', path, asBoolean),
    probability: field(fields, 'probability', path, nullable(asNumber)),
    value: field(fields, 'value', path, nullable(asNumber)),
    entropy: field(fields, 'entropy', path, nullable(asNumber)),
    rank: field(fields, 'rank', path, nullable(asNumber)),
    legal_moves: field(fields, 'legal_moves', path, nullable(asNumber)),
    update: field(fields, 'update', path, nullable(asNumber)),
  };
};

const asArchivedGame: Reader<ArchivedGame> = (value, path) => {
  const fields = asFields(value, path);
  return {
    game: field(fields, 'game', path, asGameSummary),
    start_sfen: field(fields, 'start_sfen', path, asText),
    moves: field(fields, 'moves', path, listOf(asArchivedMove)),
    moves_thought_of: field(fields, 'moves_thought_of', path, asNumber),
    unreadable_from: field(fields, 'unreadable_from', path, nullable(asNumber)),
  };
};

const asMilestoneSummary: Reader<MilestoneSummary> = (value, path) => {
  const fields = asFields(value, path);
  return {
    run_id: field(fields, 'run_id', path, asText),
    key: field(fields, 'key', path, asText),
    kind: field(fields, 'kind', path, nullable(asMilestoneKind)),
    update: field(fields, 'update', path, asNumber),
    value: field(fields, 'value', path, nullable(asNumber)),
    side: field(fields, 'side', path, nullable(asSide)),
    game_id: field(fields, 'game_id', path, nullable(asText)),
    game_number: field(fields, 'game_number', path, nullable(asNumber)),
    ply: field(fields, 'ply', path, nullable(asNumber)),
    reached_at: field(fields, 'reached_at', path, asNumber),
  };
};

const asMilestoneList: Reader<MilestoneList> = (value, path) => {
  const fields = asFields(value, path);
  return {
    milestones: field(fields, 'milestones', path, listOf(asMilestoneSummary)),
    next: field(fields, 'next', path, nullable(asText)),
  };
};

function readMessage(fields: Fields): ServerMessage {
  const type = field(fields, 'type', '', asText);
  const timestamp = field(fields, 'timestamp', '', asNumber);
  const seq = field(fields, 'seq', '', asNumber);
  const data = fields['data'];
  switch (type) {
    case 'connection_established':
      return { type, timestamp, seq, data: asConnectionEstablished(data, 'connection_established') };
    case 'error':
      return { type, timestamp, seq, data: asErrorMessage(data, 'error') };
    case 'ppo_metrics':
      return { type, timestamp, seq, data: asPpoMetrics(data, 'ppo_metrics') };
    case 'se_attention':
      return { type, timestamp, seq, data: asSeAttention(data, 'se_attention') };
    case 'move_prediction':
      return { type, timestamp, seq, data: asMovePredictions(data, 'move_prediction') };
    case 'game_state':
      return { type, timestamp, seq, data: asGameState(data, 'game_state') };
    case 'system_status':
      return { type, timestamp, seq, data: asSystemStatus(data, 'system_status') };
    case 'strength':
      return { type, timestamp, seq, data: asNetworkStrength(data, 'strength') };
    case 'metrics_history':
      return { type, timestamp, seq, data: asMetricsHistory(data, 'metrics_history') };
    case 'improvement':
      return { type, timestamp, seq, data: asImprovement(data, 'improvement') };
    case 'milestone':
      return { type, timestamp, seq, data: asMilestoneReached(data, 'milestone') };
    case 'milestones':
      return { type, timestamp, seq, data: asMilestones(data, 'milestones') };
    case 'replay':
      return { type, timestamp, seq, data: asReplay(data, 'replay') };
    default:
      return refuse('type', `unknown type ${type}`);
  }
}

/** The only door for what comes from the server. Never throws; unknown fields are left out. */
export function decode(text: string): Decoded {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, message: readMessage(asFields(value, '')) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.message };
    return { ok: false, error: 'not valid JSON' };
  }
}

/** The answer that a text is, or why it is none. */
export type Answered<T> = { ok: true; answer: T } | { ok: false; error: string };

function answered<T>(text: string, read: Reader<T>): Answered<T> {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, answer: read(value, '') };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.message };
    return { ok: false, error: 'not valid JSON' };
  }
}

export function decodePastRange(text: string): Answered<PastRange> {
  return answered(text, asPastRange);
}

export function decodeGameList(text: string): Answered<GameList> {
  return answered(text, asGameList);
}

export function decodeArchivedGame(text: string): Answered<ArchivedGame> {
  return answered(text, asArchivedGame);
}

export function decodeMilestoneList(text: string): Answered<MilestoneList> {
  return answered(text, asMilestoneList);
}
