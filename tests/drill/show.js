// The show under the drill: showcase and trainer as script/server starts them and keeps them up,
// with a gate between the two, a clock of their own and a disk of their own. Both tell their memory.
import { join } from "node:path";
import { bin, eventually, freePort, isUp, root } from "../e2e/processes.js";
import { BytesInUse } from "./bytes_in_use.js";
import { ShiftedClock } from "./clock.js";
import { Disk } from "./disk.js";
import { Gate } from "./gate.js";
import { preloaded } from "./preloaded.js";
import { Program } from "./program.js";
import { Transcript } from "./transcript.js";

const RESTART_AFTER = 1_000;
/** Often enough that something is there to be damaged, and a killed trainer repeats little. */
const OFTEN = ["--set", "checkpoint.interval_s=15"];

export class Show {
  transcript = new Transcript();
  programs = []; // all that ever ran
  deaths = []; // of programs that nobody ended
  #folder;
  /** Of all trainers that ever ran. */
  runFolders = new Set();
  #ending = false;
  #options;

  constructor(folder, options) {
    this.#folder = folder;
    this.#options = options;
    this.log = join(folder, "drill.log");
  }

  async start() {
    this.port = await freePort();
    this.controlPort = await freePort();
    this.disk = await Disk.make(join(this.#folder, "run"));
    this.clocks = {
      showcase: new ShiftedClock(join(this.#folder, "showcase.clock")),
      trainer: new ShiftedClock(join(this.#folder, "trainer.clock")),
    };
    this.bytesInUse = {
      showcase: new BytesInUse(join(this.#folder, "showcase.bytes")),
      trainer: new BytesInUse(join(this.#folder, "trainer.bytes")),
    };
    this.ingest = await Gate.open(this.port, () => this.transcript.listen());
    this.startShowcase();
    await eventually("the showcase answers", () => isUp(this.port), { within: 10_000 });
    this.startTrainer();
  }

  get tokenFile() {
    return join(this.#folder, "showcase/operator.token");
  }
  get runFolder() {
    return this.disk.path;
  }

  startShowcase() {
    this.showcase = this.#keepUp("showcase", () => this.startShowcase(), [
      join(bin, "keisei-showcase"),
      ...["--port", String(this.port)],
      ...["--control-port", String(this.controlPort)],
      ...["--ui", join(this.#folder, "ui")],
      ...["--content", join(root, "content")],
      ...["--state-dir", join(this.#folder, "showcase")],
      ...["--seconds-per-move", String(this.#options.secondsPerMove)],
      // Full before memory is judged.
      ...["--look-back", "1"],
    ]);
  }

  startTrainer() {
    this.trainer = this.#trains(
      this.runFolder,
      this.#keepUp(
        "trainer",
        () => this.startTrainer(),
        this.#trainerCommand(this.runFolder, [...OFTEN, ...this.#options.trainer]),
      ),
    );
  }

  #trains(runFolder, program) {
    this.runFolders.add(runFolder);
    program.runFolder = runFolder;
    return program;
  }

  #trainerCommand(runFolder, more) {
    return [
      join(bin, "keisei-train"),
      ...["--preset", "demo"],
      ...["--run-dir", runFolder],
      ...["--resume", "auto"],
      ...["--stream", `ws://127.0.0.1:${this.ingest.port}/ingest`],
      ...["--token-file", this.tokenFile],
      ...more,
    ];
  }

  /** Another trainer, which nobody keeps up. */
  startRival() {
    const small = ["--threads", "1", "--set", "environment.count=8", "--set", "run.seed=7"];
    const folder = join(this.#folder, "rival");
    return this.#trains(folder, this.#run("rival", this.#trainerCommand(folder, small)));
  }

  #run(name, command) {
    const told = [this.clocks[name], this.bytesInUse[name]].filter(Boolean);
    const env = Object.assign({}, ...told.map(({ environment }) => environment));
    if (told.length > 0) Object.assign(env, preloaded());
    const program = new Program(name, command, { env, log: this.log });
    this.programs.push(program);
    return program;
  }

  // As script/server does.
  #keepUp(name, again, command) {
    const program = this.#run(name, command);
    program.exited.then(async () => {
      if (!program.endedOnPurpose) {
        this.deaths.push({ at: program.endedAt, name, end: program.end });
      }
      await new Promise((done) => setTimeout(done, RESTART_AFTER));
      if (!this.#ending && !program.isHeldDown) again();
    });
    return program;
  }

  /** Kills the trainer; it is not started again until `startTrainer`. */
  async takeTrainerDown() {
    const { trainer } = this;
    trainer.isHeldDown = true;
    await trainer.stop("SIGKILL");
  }

  async end() {
    this.#ending = true;
    // The trainer first: what it has left to say is heard.
    for (const program of [...this.programs].reverse()) {
      if (program.running) await program.stop();
    }
    await this.ingest?.shut();
  }

  async remove() {
    await this.disk?.remove();
    this.disk = undefined;
  }
}
