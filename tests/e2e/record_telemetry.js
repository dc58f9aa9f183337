// Records what a real training run says on /ingest: node record_telemetry.js FILE [SECONDS].
// Everything it records was played and measured by keisei-train with the demo preset.
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import { startTrainer, temporaryFolder } from "./processes.js";
import { saveTelemetry } from "./telemetry.js";

const [file, seconds = "300"] = process.argv.slice(2);
if (!file) {
  console.error("usage: node record_telemetry.js FILE [SECONDS]");
  process.exit(2);
}

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, path: "/ingest" });
await once(server, "listening");
const lines = [];
server.on("connection", (trainer) => {
  let received = 0;
  trainer.on("message", (text) => {
    const message = JSON.parse(text);
    const first = lines[0]?.message.timestamp ?? message.timestamp;
    lines.push({ at: Number(Math.max(0, message.timestamp - first).toFixed(3)), message });
    const data = { received: ++received };
    trainer.send(
      JSON.stringify({
        type: "telemetry_acknowledged",
        timestamp: Date.now() / 1000,
        seq: received,
        data,
      }),
    );
  });
});

const folder = await temporaryFolder();
await mkdir(join(folder.path, "showcase"));
await writeFile(join(folder.path, "showcase/operator.token"), "nobody checks it here");
const trainer = startTrainer({ port: server.address().port, folder: folder.path });
await Promise.race([
  trainer.exited,
  new Promise((done) => setTimeout(done, Number(seconds) * 1000)),
]);
await trainer.stop();
server.close();
await folder.remove();
await saveTelemetry(file, lines);

const kinds = {};
for (const { message } of lines) kinds[message.type] = (kinds[message.type] ?? 0) + 1;
console.log(`${file}: ${lines.length} messages`, kinds);
if (lines.length === 0) console.error(trainer.log);
