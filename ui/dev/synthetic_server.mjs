// SYNTHETIC: serves the built page and plays invented messages to it, for work on the page alone.
// Nothing it shows comes from a network. Usage: node dev/synthetic_server.mjs [port]
//   /synthetic?training=paused|running|waiting   /synthetic?stop=1 (frees the game)   /synthetic?drop=1
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { MOVES, others, play, sfen, startPosition, view } from "./synthetic_game.mjs";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const port = Number(process.argv[2] ?? 8090);
const pace = Number(process.env.SECONDS_PER_MOVE ?? 3);

let state = 7;
const random = () => {
  state = (state * 16807) % 2147483647;
  return state / 2147483647;
};
const now = () => Date.now() / 1000;
const started = now() - 5400;
let training = "running";
let since = started;
let update = 128;
let game = 412;
let position = startPosition();
let evaluations = [0.5];
let result = null;
let lastMove = null;
let predictions = null;
let destinations = null;
const history = Array.from({ length: 80 }, (_, i) => ({
  kl: 0.006 + 0.006 * random() + 0.00004 * i,
  clip: 0.06 + 0.08 * random(),
  exploration: 0.86 - 0.002 * i + 0.02 * random(),
  ev: Math.min(0.6, 0.006 * i) + 0.06 * random(),
}));

const T = (ja, en, jp) => (ja ? jp : en);
const wrap = (type, data) => JSON.stringify({ type, timestamp: now(), seq: 0, data });

const CONTENT = Object.fromEntries(
  ["en", "ja"].map((language) => [
    language,
    JSON.parse(readFileSync(new URL(`../../content/${language}/metrics.json`, import.meta.url))),
  ]),
);
const filled = (text) =>
  text.replace(
    /\{(\w+)\}/g,
    (_, name) =>
      ({
        kl: "0.0123",
        limit: "0.020",
        share: "62 %",
        epsilon: "0.2",
        expected: "14 %",
        clip: "13 %",
      })[name] ?? "2.91",
  );

function metrics({ level, language }) {
  const content = CONTENT[language];
  const last = history.at(-1);
  const reading = (metric, key, limit, health, band, trend) => {
    const texts = content[metric];
    return {
      metric,
      name: texts.name[level],
      value: last[key],
      limit,
      health,
      state: texts.state[band],
      trend,
      meaning: level === "advanced" ? filled(texts.detail) : texts.meaning[band],
      history: history.map((h) => h[key]),
      formula: level === "advanced" ? texts.formula : "",
    };
  };
  return {
    update,
    global_step: update * 8192,
    games: update * 70,
    metrics: {
      kl_divergence: last.kl,
      clip_fraction: last.clip,
      entropy: 2.91,
      entropy_max: 3.62,
      explained_variance: last.ev,
      policy_loss: -0.0123,
      value_loss: 0.341,
      learning_rate: 0.0003,
      grad_norm: 0.62,
    },
    readings: [
      reading("kl_divergence", "kl", 0.02, "healthy", "working", "rising"),
      reading("clip_fraction", "clip", 0.2, "learning", "watch", "steady"),
      reading("exploration", "exploration", null, "healthy", "working", "falling"),
      reading("explained_variance", "ev", null, "exploring", "watch", "rising"),
    ],
    educational: {
      level: "healthy",
      color_code: "#10b981",
      state: content.health.healthy,
      explanation: filled(content.summary.working[level]),
    },
    performance: { samples_per_s: 812, selfplay_s: 6.4, update_s: 3.8 },
  };
}

function gameState({ language }) {
  const ja = language === "ja";
  return {
    game_id: `synthetic-${game}`,
    game_number: game,
    update: update - 1,
    ply: position.ply,
    total_plies: MOVES.length,
    sfen: sfen(position),
    side_to_move: position.side === "b" ? "black" : "white",
    in_check: lastMove?.move.usi === "8h3c+",
    last_move: lastMove,
    black_win_probability: evaluations.at(-1),
    evaluation_history: evaluations,
    result: result
      ? { ...result, text: T(ja, "Black wins by checkmate", "先手の勝ち (詰み)") }
      : null,
    commentary: !lastMove
      ? T(ja, "A new game begins.", "新しい対局が始まります。")
      : T(
          ja,
          `${lastMove.side === "black" ? "Black" : "White"} played ${lastMove.move.western}. The network gave this move ${Math.round(lastMove.probability * 100)} % of its chances.`,
          `${lastMove.move.japanese}。ネットワークはこの手に${Math.round(lastMove.probability * 100)} %の確率を与えていました。`,
        ),
    note: lastMove
      ? T(ja, "Invented text of the synthetic player.", "合成プレーヤーの仮の文です。")
      : "",
    seconds_per_move: pace,
  };
}

function attention({ level }) {
  const raw = position.squares.map(
    (p, i) => (p ? 0.45 : 0.1) + 0.4 * Math.abs(Math.sin(i * 1.7 + position.ply)),
  );
  const [min, max] = [Math.min(...raw), Math.max(...raw)];
  return {
    game_id: `synthetic-${game}`,
    ply: position.ply,
    update: update - 1,
    method: "se_weighted_activation",
    block: 4,
    weights: raw.map((v) => (v - min) / (max - min)),
    min,
    max,
    gates: level === "advanced" ? Array.from({ length: 64 }, (_, i) => Math.abs(Math.sin(i))) : [],
  };
}

function status({ language }) {
  const ja = language === "ja";
  return {
    training,
    text: T(ja, "Playing and learning", "対局と学習を続けています"),
    since,
    run:
      training === "waiting"
        ? null
        : {
            name: "synthetic",
            preset: "demo",
            device: "cpu",
            parameters: 371000,
            tower_depth: 4,
            tower_width: 64,
            reward: "shaped",
            reward_text: T(
              ja,
              "the result of the game, plus a small reward for material",
              "勝敗に加え、駒得への小さな報酬",
            ),
            started_at: started,
          },
    update,
    games: update * 70,
    samples_per_s: training === "paused" ? null : 812,
    viewers: wss.clients.size,
    hook: { connected: true, emitted: 184020, dropped: 0, impact_pct: null },
    latency_ms: 12,
    uptime_s: now() - started,
  };
}

function makePredictions() {
  const next = MOVES[position.ply];
  const share = [0.42, 0.19, 0.11, 0.07, 0.04];
  const list = next ? [next, ...others(position, next, random)] : [];
  predictions = list.map((usi, i) => ({ move: view(position, usi), probability: share[i] }));
  destinations = Array.from({ length: 81 }, () => 0.17 / 81);
  for (const p of predictions) destinations[p.move.to] += p.probability;
}

const REASONS = [
  ["opens the way for the bishop and the rook", "角と飛車の道を開ける"],
  ["takes space on the side", "端に地歩を占める"],
  ["", ""],
  ["moves the king one step towards its castle", "玉を囲いへ一歩近づける"],
  ["", ""],
];

function moveFrame({ language }) {
  return {
    game_id: `synthetic-${game}`,
    ply: position.ply,
    side_to_move: position.side === "b" ? "black" : "white",
    predictions: predictions.map((p, i) => ({
      ...p,
      reason: REASONS[i][language === "ja" ? 1 : 0],
    })),
    legal_moves: 34,
    entropy: 2.31,
    destinations,
  };
}

const http = createServer((request, response) => {
  const url = new URL(request.url, "http://x");
  if (url.pathname === "/synthetic") {
    const next = url.searchParams.get("training");
    if (next) {
      training = next;
      since = now();
    }
    if (url.searchParams.has("drop")) for (const client of wss.clients) client.terminate();
    if (url.searchParams.has("bad"))
      for (const client of wss.clients) client.send('{"type":"ppo_metrics","data":7}');
    for (const client of wss.clients) sendStatus(client);
    response.end("ok\n");
    return;
  }
  const path = join(DIST, normalize(url.pathname === "/" ? "/index.html" : url.pathname));
  if (!existsSync(path)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
  createReadStream(path).pipe(response);
});

const wss = new WebSocketServer({ server: http, path: "/ws" });
const sendStatus = (client) =>
  client.hello && client.send(wrap("system_status", status(client.hello)));
const sendGame = (client) => {
  if (!client.hello || training === "waiting") return;
  client.send(wrap("game_state", gameState(client.hello)));
  client.send(wrap("move_prediction", moveFrame(client.hello)));
  client.send(wrap("se_attention", attention(client.hello)));
};
const sendMetrics = (client) =>
  client.hello && training !== "waiting" && client.send(wrap("ppo_metrics", metrics(client.hello)));

wss.on("connection", (client) => {
  client.on("message", (text) => {
    client.hello = { level: "intermediate", language: "en", ...JSON.parse(text) };
    client.send(
      wrap("connection_established", {
        client_id: "synthetic",
        protocol_version: 1,
        server_time: now(),
        available_channels: [],
        level: client.hello.level,
        language: client.hello.language,
        channels: [],
      }),
    );
    sendStatus(client);
    sendGame(client);
    sendMetrics(client);
  });
});

function step() {
  if (position.ply >= MOVES.length) {
    if (!result) {
      result = { winner: "black", reason: "checkmate" };
    } else {
      position = startPosition();
      evaluations = [0.5];
      result = null;
      lastMove = null;
      game += 1;
    }
  } else {
    const usi = MOVES[position.ply];
    lastMove = {
      move: view(position, usi),
      side: position.side === "b" ? "black" : "white",
      probability: 0.42,
      rank: 1,
    };
    play(position, usi);
    evaluations = [
      ...evaluations,
      Math.min(0.95, Math.max(0.05, evaluations.at(-1) + 0.12 * (random() - 0.47))),
    ];
  }
  makePredictions();
  for (const client of wss.clients) sendGame(client);
}

makePredictions();
for (let i = 0; i < Number(process.env.START_PLY ?? 0); i++) step();
setInterval(step, pace * 1000);
setInterval(() => {
  for (const client of wss.clients) sendStatus(client);
}, 1000);
setInterval(() => {
  if (training !== "running") return;
  update += 1;
  history.push({ ...history.at(-1), kl: 0.008 + 0.006 * random(), clip: 0.08 + 0.06 * random() });
  history.shift();
  for (const client of wss.clients) sendMetrics(client);
}, 10000);
http.listen(port, "127.0.0.1", () => console.log(`synthetic page on http://127.0.0.1:${port}`));
