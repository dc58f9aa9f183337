// What goes wrong in a drill. Each fault says what it does to the show, whether the page stays up
// meanwhile, within how many seconds of its end the show is to be back, who is to say so (once when it
// begins and once when it is over), and which program's life it ends.
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../e2e/processes.js";
import { pick } from "./random.js";

const seconds = (count) => new Promise((done) => setTimeout(done, count * 1000));
const HOUR = 3600;

/** The trainer misses the showcase and says so, and then that it is back. */
const LINK = { by: "trainer", what: /showcase|stream/i };
/** The showcase misses the trainer. */
const TRAINER = { by: "showcase", what: /trainer/i };

/** Moves come with gaps where the hook leaves some out on purpose. */
const GAPS = [
  { by: "showcase", line: /a game cannot be shown: .*\(gap\)/ },
  { by: "trainer", line: /can make nothing of this: .*\(gap\)/ },
];
/** What may be said before any fault. */
export const ALLOWED_AT_FIRST = GAPS;
/** What may be said of any fault, also up to a minute later: then it is summed up. */
export const ALLOWED = [
  ...GAPS,
  { by: "rival", line: /can make nothing of this: .*\(gap\)/ },
  { by: "showcase", line: /lost events: (connection_lost|backlog_full|ring_full)/ },
];

export const FAULTS = [
  {
    name: "kill trainer",
    page: "up",
    ends: "trainer",
    told: [TRAINER],
    async happen({ show }) {
      show.trainer.endedOnPurpose = true;
      show.trainer.signal("SIGKILL");
      await show.trainer.exited;
    },
  },
  {
    name: "kill showcase",
    page: "down",
    ends: "showcase",
    told: [LINK],
    async happen({ show }) {
      show.showcase.endedOnPurpose = true;
      show.showcase.signal("SIGKILL");
      await show.showcase.exited;
    },
  },
  {
    name: "stop trainer",
    page: "up",
    told: [TRAINER],
    // About as long as the showcase waits for a trainer's word: if it hangs up, the trainer says so.
    allowed: [
      {
        by: "trainer",
        line: /streaming to the showcase: (stopped working|works again \(was): connection lost/,
      },
    ],
    async happen({ show, random }) {
      show.trainer.signal("SIGSTOP");
      await seconds(10 + 10 * random());
      show.trainer.signal("SIGCONT");
    },
  },
  {
    name: "stop showcase",
    page: "down",
    // Longer than a trainer waits for a confirmation.
    told: [LINK],
    async happen({ show, random }) {
      show.showcase.signal("SIGSTOP");
      await seconds(13 + 7 * random());
      show.showcase.signal("SIGCONT");
    },
  },
  {
    name: "cut connection",
    page: "up",
    told: [LINK, TRAINER],
    async happen({ show, random }) {
      await show.ingest.shut();
      await seconds(5 + 10 * random());
      await show.ingest.reopen();
    },
  },
  {
    name: "silent network",
    page: "up",
    // Longer than the showcase waits for a trainer's next word.
    told: [LINK, TRAINER],
    async happen({ show, random }) {
      show.ingest.silence();
      await seconds(25 + 5 * random());
      await show.ingest.reopen();
    },
  },
  {
    name: "full disk",
    page: "up",
    // A line finds room for itself now and then.
    told: [{ by: "trainer", what: /checkpoint|log|disk|file|writ/i, times: 3 }],
    // An evaluation that falls due meanwhile cannot keep its network.
    allowed: [{ by: "trainer", line: /evaluation: .*No space left on device/ }],
    async happen({ show }) {
      await show.disk.fill(show.trainer);
      await seconds(25); // a checkpoint falls due
      await show.disk.empty(show.trainer);
      await seconds(20); // and another one
    },
  },
  {
    name: "clock jump",
    page: "up",
    told: [{ by: "showcase", what: /time/i }],
    async happen({ show, random }) {
      const clock = pick([show.clocks.showcase, show.clocks.trainer], random);
      const jump = pick([-HOUR, HOUR], random);
      for (const place of [jump, -jump, 0]) {
        clock.shift(place);
        await seconds(10);
      }
    },
  },
  {
    name: "second trainer",
    page: "up",
    // The first one keeps away for long, so that the two do not drive each other out for ever.
    within: 200,
    told: [LINK, TRAINER],
    allowed: [{ by: "showcase", line: /took over from the one that was there/ }],
    async happen({ show }) {
      const rival = show.startRival();
      await seconds(25);
      await rival.stop();
    },
  },
  {
    name: "damaged checkpoint",
    page: "up",
    ends: "trainer",
    told: [TRAINER, { by: "trainer", line: /checkpoint-\d+\.keisei: / }],
    allowed: [{ by: "trainer", line: /is set aside as/ }],
    async happen({ show, random }) {
      await eventually("there are two checkpoints", async () => {
        return (await checkpoints(show.runFolder)).length >= 2;
      });
      await show.takeTrainerDown();
      damage((await checkpoints(show.runFolder)).at(-1), random);
      show.startTrainer();
    },
  },
];

/** Oldest first. */
async function checkpoints(folder) {
  const names = (await readdir(folder)).filter((name) => /^checkpoint-\d+\.keisei$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** Turns one bit of a file over, behind its first line. */
function damage(path, random) {
  const file = openSync(path, "r+");
  const at = 200 + Math.floor(random() * 4000);
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  byte[0] ^= 1 << Math.floor(random() * 8);
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
}
