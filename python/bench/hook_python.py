"""script/bench hook.python: what emitting costs the Python thread that trains, in microseconds."""

import argparse
import json
import os
import statistics
import time

import numpy as np

from keisei_showcase import ACTIONS, START_SFEN, StreamingHook

BARS = {"metrics_p50_us": 2.0, "move_p50_us": 20.0}
BURST = 200  # fits into the smallest ring; between bursts the publisher empties it
METRICS = {
    "ppo/policy_loss": 0.01, "ppo/value_loss": 0.5, "ppo/entropy": 3.1, "ppo/entropy_max": 4.4,
    "ppo/kl_divergence_approx": 0.008, "ppo/clip_fraction": 0.11, "ppo/learning_rate": 3e-4,
    "ppo/explained_variance": 0.4, "ppo/grad_norm": 0.5, "time/selfplay_s": 1.5,
    "time/update_s": 2.5, "time/samples_per_s": 512.0,
}


def calls(work):
    """Microseconds of each call of a burst."""
    clock = time.perf_counter_ns
    times = []
    for _ in range(BURST):
        begin = clock()
        work()
        times.append((clock() - begin) / 1000)
    return times


def cpu_name():
    with open("/proc/cpuinfo") as info:
        return next((line.split(": ")[1].strip() for line in info if line.startswith("model name")),
                    "unknown")


def measure(repetitions):
    rng = np.random.default_rng(1)
    legal = rng.choice(ACTIONS, 90, replace=False)
    mask = np.zeros(ACTIONS, bool)
    mask[legal] = True
    policy = rng.normal(size=ACTIONS).astype(np.float32)
    action = int(legal[0])
    # The discard port: nobody is there.
    hook = StreamingHook("ws://127.0.0.1:9/ingest", flush_deadline=0, priority="normal")

    def metrics():
        hook.emit_ppo_metrics(METRICS, update=7, global_step=14336, games=99)

    def move():
        hook.emit_move(game_number=3, ply=12, sfen=START_SFEN, update=7, policy=policy,
                       legal_mask=mask, action=action, policy_kind="logits", value=0.25)

    samples = {key: [] for key in BARS}
    for repetition in range(repetitions + 1):
        nothing = statistics.median(calls(lambda: None))
        for key, work in (("metrics_p50_us", metrics), ("move_p50_us", move)):
            time.sleep(0.05)
            value = max(0.0, statistics.median(calls(work)) - nothing)
            if repetition > 0:  # the first one warms up
                samples[key].append(value)
    dropped = hook.counters["dropped_by"]
    hook.close()
    if any(reason.endswith("ring_full") for reason in dropped):
        raise SystemExit(f"the rings ran full, which is cheaper: {dropped}")
    return samples


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--repetitions", type=int, default=9)
    options = parser.parse_args()
    samples = measure(options.repetitions)
    build = os.environ.get("KEISEI_BUILD", "unknown")
    if options.json:
        line = {"bench": "hook.python"}
        for key, values in samples.items():
            line[key] = round(statistics.median(values), 3)
            line[f"{key}_min"], line[f"{key}_max"] = round(min(values), 3), round(max(values), 3)
        print(json.dumps({**line, "showcase": "absent", "repetitions": options.repetitions,
                          "cpu": cpu_name(), "cores": os.cpu_count(), "build": build}))
        return
    print(f"hook.python ({cpu_name()}, {os.cpu_count()} cores, {build} build, "
          f"medians of {options.repetitions})")
    for key, values in samples.items():
        value = statistics.median(values)
        verdict = "met" if value <= BARS[key] else "missed"
        print(f"  {key:18} {value:8.2f}   bar {BARS[key]:6.1f}   {verdict}")


if __name__ == "__main__":
    main()
