// Shows the recorded run without a trainer: node replay.js [PORT] [SPEED]. The page can be worked on
// and looked at from it; what it shows was played and measured by a real run, only not now.
import { eventually, isUp, operatorToken, startShowcase, temporaryFolder } from "./processes.js";
import { DEMO, loadTelemetry, playTelemetry } from "./telemetry.js";

const [port = "8090", speed = "1"] = process.argv.slice(2);
const folder = await temporaryFolder();
const showcase = startShowcase({ port, folder: folder.path, secondsPerMove: 3 });
const stop = async () => {
  await showcase.stop();
  await folder.remove();
  process.exit();
};
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
showcase.exited.then(() => {
  console.error(showcase.log);
  process.exit(1);
});

await eventually("the showcase answers", () => isUp(port));
const token = await operatorToken(folder.path);
const lines = await loadTelemetry(DEMO.file);
console.log(`http://127.0.0.1:${port} shows ${DEMO.file}; Ctrl-C ends it`);
const trainer = await playTelemetry({ port, token, lines, speed: Number(speed) });
await trainer.played;
console.log("everything has been said; the show goes on with what it knows");
