// Every option of the programs refuses what it cannot use: before anything starts, in one line that
// names it, its value or the file at fault. An option that is added needs a row here.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { bin, Program, scratch, showOptions } from "./programs.js";

const folder = scratch();
after(folder.remove);
const noToml = join(folder.path, "no.toml");
writeFileSync(noToml, "max-viewers = = 1\n");
const unknownKey = join(folder.path, "unknown.toml");
writeFileSync(unknownKey, "prot = 1\n");
const negative = join(folder.path, "negative.toml");
writeFileSync(negative, "max-viewers = -1\n");
const empty = join(folder.path, "empty");
mkdirSync(empty);
const missing = join(folder.path, "missing");

// Each start of the trainer loads libtorch: fewer for it.
const few = ["", "-1", "1.5", "nan"];
const noWhole = ["", "-1", "1.5", "1e3", "0x10", "010", "+1", "nan", "inf", "one", "9".repeat(30)];
const noReal = ["", "-1", "nan", "-nan", "inf", "-inf", "1e999", "0x1p3", "3s", "three"];

const programs = {
  "keisei-showcase": {
    command: ["keisei-showcase"],
    base: showOptions(folder.path),
    refused: {
      "--port": [...noWhole, "65536"],
      "--bind": ["", "nonsense", "300.0.0.1", "192.0.2.1"],
      "--control-port": [...noWhole, "65536"],
      "--control-bind": ["", "nonsense"],
      "--ui": ["", missing, empty],
      "--content": ["", missing, empty],
      "--state-dir": ["", join(noToml, "state")],
      "--store": [""],
      "--store-limit": [...noWhole, "15", "1000001"],
      "--look-back": [...noWhole, "4097"],
      "--seconds-per-move": [...noReal, "0", "0.04", "60.1"],
      "--allow-host": ["", "show.example.org:8080", "https://show.example.org", "*", "Show.org"],
      "--allow-origin": ["", "example.org", "https://example.org/", "*", "HTTPS://example.org"],
      "--max-viewers": [...noWhole, "0", "1000001"],
      "--max-viewers-per-address": [...noWhole, "0", "1000001"],
      "--trusted-proxy": ["", "nonsense", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/x"],
      "--record": ["", join(noToml, "show.rec")],
      "--replay": ["", missing, noToml],
      "--speed": [...noReal, "0", "0.09", "1001"],
      "--from": [
        ...noReal,
        "1:60",
        "1:-1",
        "1::2",
        "1:2:3:4",
        "1.5:00",
        ":1",
        "1:",
        "200000000:00",
      ],
      "--config": ["", missing, empty, noToml, unknownKey, negative],
    },
    taken: {
      "--port": ["0", "65535"],
      "--seconds-per-move": ["0.05", "60", "1e1"],
      "--allow-host": ["show.example.org", "showcase"],
      "--allow-origin": ["https://example.org", "http://10.0.0.2:8000"],
      "--max-viewers": ["1", "1000000"],
      "--max-viewers-per-address": ["1"],
      "--store-limit": ["16", "1000000"],
      "--look-back": ["0", "4096"],
      "--trusted-proxy": ["10.0.0.0/8", "fd00::/8", "10.0.0.1"],
    },
    // There is no token yet, and that is all that it says.
    withoutStarting: ["token"],
    isTaken: ({ stderr }) => /^keisei-showcase: [^\n]*is made when[^\n]*\n$/.test(stderr),
  },
  "keisei-showcase doctor": {
    command: ["keisei-showcase", "doctor"],
    base: showOptions(folder.path),
    refused: {
      "--stream": [""],
      "--stream-ca": [""],
      "--token-file": [""],
      "--run-dir": [""],
      "--trainer": [""],
    },
    taken: {},
  },
  ...Object.fromEntries(
    Object.entries({
      latency: { "--interval-ms": [...noWhole, "0"] },
      broadcast: { "--rate": [...noWhole, "0"] },
    }).map(([command, own]) => [
      `keisei-loadtest ${command}`,
      {
        command: ["keisei-loadtest", command],
        base: {},
        refused: {
          "--showcase": ["", missing],
          "--content": ["", missing],
          "--viewers": [...noWhole, "0"],
          "--repetitions": [...noWhole, "0"],
          "--seconds": [...noReal, "0"],
          ...own,
        },
        taken: {},
      },
    ]),
  ),
  "keisei-loadtest flood": {
    command: ["keisei-loadtest", "flood"],
    base: {},
    refused: {
      "--showcase": ["", missing],
      "--content": ["", missing],
      "--seconds": [...noReal, "0", "10"], // no more than those that are stopped
      "--stopped-seconds": [...noReal, "30"],
      "--events-per-second": [...noWhole, "0", "1001"],
      "--games-per-second": [...noWhole, "0", "1001"],
    },
    taken: {},
  },
  "keisei-loadtest echo": {
    command: ["keisei-loadtest", "echo"],
    base: {},
    refused: { "--port": [...noWhole, "65536"], "--most-bytes": [...noWhole, "0"] },
    taken: {},
  },
  "keisei-train": {
    command: ["keisei-train"],
    base: { "--no-stream": true, "--run-dir": join(folder.path, "run") },
    refused: {
      "--preset": ["", "nonsense"],
      "--config": ["", missing, empty, noToml, unknownKey],
      "--set": ["", "ppo.epochs", "ppo.epoch=3", "ppo.epochs=nan", "ppo.gamma=nan"],
      "--seed": few,
      "--threads": [...few, "0", "257"],
      "--run-dir": ["", join(noToml, "run")],
      "--stream": [""],
      "--stream-ca": [""],
      "--token-file": [""],
      "--minutes": ["", "-1", "nan", "inf"],
      "--steps": [...few, "9".repeat(30)],
      "--resume": [""],
    },
    taken: {
      "--seed": ["0", "9223372036854775807"],
      "--threads": ["1", "256"],
      "--minutes": ["0", "0.5"],
      "--steps": ["0", "9223372036854775807"],
      "--set": ["ppo.epochs=3"],
    },
    withoutStarting: ["--print-config"],
    isTaken: ({ code, stderr }) => code === 0 && stderr === "",
  },
};

/** What a refusal may name beside the option: the value, a file, or a word of that file. */
const culprits = (option, value) =>
  [
    option,
    value || "''",
    { [noToml]: "max-viewers", [unknownKey]: "prot", [negative]: "max-viewers" }[value],
  ].filter(Boolean);

for (const [name, row] of Object.entries(programs)) {
  const { base, refused, taken, withoutStarting, isTaken } = row;
  const [executable, ...command] = row.command;
  if (!existsSync(join(bin, executable))) continue; // a build without the trainer
  const run = async (options, more = []) => {
    const list = Object.entries(options).flatMap(([option, value]) =>
      value === true ? [option] : [option, String(value)],
    );
    const program = new Program(executable, [...command, ...more, ...list]);
    return { code: await program.end(), stderr: program.stderr, stdout: program.stdout };
  };

  test(`${name}: every option with a value has bad ones here`, async () => {
    const { stdout } = await run({ "--help": true });
    const named = [...stdout.matchAll(/^ {2}(?:-\w,)?(--[\w-]+) [A-Z]/gm)].map((found) => found[1]);
    assert.ok(named.length >= 2, stdout);
    assert.deepEqual(
      named.filter((option) => !(option in refused)),
      [],
    );
  });

  for (const [option, values] of Object.entries(refused)) {
    test(`${name}: ${option} refuses what it cannot use`, async () => {
      for (const value of values) {
        const { code, stderr, stdout } = await run({ ...base, [option]: value });
        const what = `${option} ${JSON.stringify(value)}: ${stderr}`;
        assert.equal(code, 2, what);
        const lines = stderr
          .trim()
          .split("\n")
          .filter((line) => !line.includes(" info "));
        assert.equal(lines.length, 1, what);
        assert.ok(
          culprits(option, value).some((word) => lines[0].includes(word)),
          what,
        );
        assert.equal(stdout, "", what);
      }
    });
  }

  for (const [option, values] of Object.entries(taken)) {
    test(`${name}: ${option} takes its bounds`, async () => {
      for (const value of values) {
        const state = "--state-dir" in base ? { "--state-dir": missing } : {};
        const said = await run({ ...base, ...state, [option]: value }, withoutStarting);
        assert.ok(isTaken(said), `${option} ${value}: ${JSON.stringify(said)}`);
      }
    });
  }
}

test("keisei-showcase: a store and none are not asked for together", async () => {
  const options = { ...showOptions(folder.path), "--store": missing, "--no-store": true };
  const showcase = new Program("keisei-showcase", options);
  assert.equal(await showcase.end(), 2);
  assert.match(showcase.stderr, /--no-store/);
});

test("keisei-showcase: a replay takes any speed and beginning within reason", async () => {
  const options = {
    ...showOptions(folder.path),
    "--state-dir": missing,
    "--replay": missing,
  };
  for (const more of [
    { "--speed": "0.1", "--from": "0" },
    { "--speed": "1000", "--from": "1.5", "--loop": true },
    { "--from": "90:00" },
    { "--from": "01:02:03.5" },
  ]) {
    const list = Object.entries({ ...options, ...more });
    const program = new Program("keisei-showcase", [
      "token",
      ...list.flatMap(([name, value]) => (value === true ? [name] : [name, String(value)])),
    ]);
    await program.end();
    assert.match(program.stderr, /is made when/, JSON.stringify(more));
  }
});

test("keisei-showcase: what belongs to a replay is refused without one", async () => {
  for (const [option, value] of Object.entries({ "--speed": 2, "--from": 2, "--loop": true })) {
    const options = { ...showOptions(folder.path), [option]: value };
    const showcase = new Program("keisei-showcase", options);
    assert.equal(await showcase.end(), 2);
    assert.match(showcase.stderr, new RegExp(`^keisei-showcase: ${option} requires --replay`));
  }
});

test("keisei-showcase: one port for both is refused, whatever is free", async () => {
  const options = { ...showOptions(folder.path), "--port": 7, "--control-port": 7 };
  const showcase = new Program("keisei-showcase", options);
  assert.equal(await showcase.end(), 2);
  assert.match(showcase.stderr, /--port and --control-port are both 7/);
});
