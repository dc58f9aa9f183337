// Shows the recorded run without a trainer: node replay.js [PORT] [SPEED]. The page can be worked on
// and looked at from it; what it shows was played and measured by a real run, only not now.
import { eventually, isUp, operatorToken, startShowcase, temporaryFolder } from "./processes.js";
import { DEMO, loadTelemetry, playTelemetry } from "./telemetry.js";

const [port = "8090", speed = "1"] = process.argv.slice(2);
const folder = await temporaryFolder();
const showcase = startShowcase({ port, folder: folder.path, secondsPerMove: 3 });
let stopping = false;
/** Leaves nothing behind: the folder holds an operator's token. */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  await showcase.stop();
  await folder.remove();
  process.exit(code);
}
process.on("SIGINT", () => stop(0));
process.on("SIGTERM", () => stop(0));
showcase.exited.then(() => {
  if (stopping) return;
  console.error(showcase.log);
  stop(1);
});

try {
  await eventually("the showcase answers", () => isUp(port));
  const token = await operatorToken(folder.path);
  const lines = await loadTelemetry(DEMO.file);
  console.log(`http://127.0.0.1:${port} shows ${DEMO.file}; Ctrl-C ends it`);
  const trainer = await playTelemetry({ port, token, lines, speed: Number(speed) });
  await trainer.played;
  if (!stopping) console.log("everything has been said; the show goes on with what it knows");
} catch (error) {
  if (!stopping) console.error(error.message);
  await stop(1);
}
