"""script/try-keisei: Keisei's own Python trainer, at commits of its last weeks, plain and streamed.

At each commit the trainer runs three times from one seed. The streamed run has to learn the same weights,
bit by bit, and the other end has to hear what Keisei itself says it did: every finished game with its
moves, winner and reason, moves in their positions, the metrics of its log, attention, no warning. A
third time it streams to a real showcase, whose viewer has to see positions that were played.
Where there is a Rust compiler, the names of all actions are compared with its present environment's.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "python/tests"))

from listening import Listening  # noqa: E402
from rust_actions import rust_names  # noqa: E402
from showcase import Showcase  # noqa: E402

from keisei_showcase import usi_of  # noqa: E402

REPOSITORY = "https://github.com/tachyon-beep/keisei"
RUST_COMMIT = "08747e10cde233d5c4e4244dbf01b8bfc5c19ccc"
COMMITS = {
    "ae8d7d7079a7dc89a63af4486af7c12d3a1bfca9": "the last with the Python trainer",
    "08021a71b4fbe3cdf05799bb5b28cef025c7cfc9": "actions still in Black's view",
    "49abefb299edfb0f82e741055cd8c7757037cea3": "rollouts still with gradients",
    RUST_COMMIT: "the names of the Rust environment's actions",
}
REASONS = {"Tsumi": "checkmate", "stalemate": "stalemate", "Sennichite": "repetition",
           "Max moves reached": "max_plies"}


def check_out(repository, commit, folder):
    """The files of a commit, without its history."""
    git = ["git", "-C", folder]
    subprocess.run(["git", "init", "-q", folder], check=True)
    subprocess.run([*git, "fetch", "-q", "--depth=1", repository, commit], check=True)
    subprocess.run([*git, "checkout", "-q", "FETCH_HEAD"], check=True)


def run_trainer(source, options, *more):
    command = [sys.executable, str(HERE / "trial.py"), "--source", source,
               "--timesteps", str(options.timesteps), "--most-moves", str(options.most_moves)]
    done = subprocess.run([*command, *more], capture_output=True, text=True,
                          env={**os.environ, "OMP_NUM_THREADS": "1"})
    if done.returncode != 0:
        raise RuntimeError(f"Keisei's trainer failed:\n{done.stderr[-4000:]}")
    return json.loads(done.stdout)


def same_metrics(sent, said):
    """Keisei's own figures, in the showcase's meaning."""
    expected = {"ppo/entropy": abs(said["ppo/entropy"]),
                "ppo/kl_divergence_approx": max(0.0, said["ppo/kl_divergence_approx"]),
                **{key: said.get(key) for key in ("ppo/policy_loss", "ppo/value_loss",
                                                  "ppo/learning_rate", "ppo/clip_fraction")}}
    return all(sent[key] == value or abs(sent[key] - value) <= 1e-6 * max(1, abs(value))
               for key, value in expected.items())


def compare(plain, streamed, heard):
    """(what, expected, found), for the table."""
    played = [g for g in streamed["games"] if g["moves"]]
    ended = [(n, g) for n, g in enumerate(played, 1) if g["end"]]
    rows = [("weights as without the hook", plain["weights"], streamed["weights"]),
            ("games as without the hook", plain["games"], streamed["games"]),
            ("warnings", [], streamed["said"])]
    rows.append(("finished games", [(n, g["moves"], g["end"]["winner"], REASONS[g["end"]["reason"]])
                                    for n, g in ended],
                 [(g["game_number"], g["moves"], g["winner"], g["reason"])
                  for g in heard.all("game_finished")]))
    moves = heard.all("move_played")
    known = {(n, ply): (sfen, usi) for n, game in enumerate(played, 1)
             for ply, (sfen, usi) in enumerate(zip(game["sfens"], game["moves"]))}
    rows.append(("moves in their positions", [known.get((m["game_number"], m["ply"]))
                                              for m in moves],
                 [(m["sfen"], m["usi"]) for m in moves]))
    rows.append(("moves with a policy", len(moves),
                 sum(m["probability"] is not None for m in moves)))
    # Every eighth game rests now and then, to measure what streaming costs.
    complete = {key for key in known if key[0] % 8 != 0}
    rows.append(("moves of games that do not rest", complete,
                 complete & {(m["game_number"], m["ply"]) for m in moves}))
    metrics = heard.all("trainer_metrics")
    rows.append(("updates with Keisei's figures", len(streamed["metrics"]),
                 sum(same_metrics(sent["metrics"], said)
                     for sent, said in zip(metrics, streamed["metrics"]))))
    attention = heard.all("attention")
    sent = {(f"{m['game_id']}", m["ply"]) for m in moves}
    rows.append(("attention of moves", len(attention),
                 sum((a["game_id"], a["ply"]) in sent for a in attention)))
    rows.append(("some attention", True, len(attention) > 0))
    return rows


def look(viewer, seen):
    """What a viewer is sent, by type, until the connection ends."""
    try:
        while (text := viewer.receive()) is not None:
            message = json.loads(text)
            seen.setdefault(message["type"], []).append(message["data"])
    except OSError:
        pass


def show(source, options):
    """The same in front of a viewer."""
    seen = {}
    with Showcase() as showcase:
        viewer = showcase.viewer(timeout=600)
        looking = threading.Thread(target=look, args=(viewer, seen))
        looking.start()
        # Games in which nothing rests are shown whole.
        shown = run_trainer(source, options, "--url", showcase.url, "--token-file",
                            str(showcase.token_file), "--measure-every", "0")
        skipped = showcase.counters("keisei_studio_games_skipped_total")
    looking.join()
    played = {sfen.rsplit(" ", 1)[0] for game in shown["games"] for sfen in game["sfens"]}
    # The last position of a game is nobody's to move in: only what was moved in is known here.
    states = {g["sfen"].rsplit(" ", 1)[0] for g in seen.get("game_state", ())
              if g["sfen"] and not g.get("result")}
    broken = {reason: n for reason, n in skipped.items() if "overtaken" not in reason and n > 0}
    return [("games that could not be shown", {}, broken),
            ("shown positions that were played", states, states & played),
            ("many of them", True, len(states) > 50),
            ("updates shown", True, len(seen.get("ppo_metrics", ())) > 0),
            ("attention shown", True, len(seen.get("se_attention", ())) > 0)]


def report(rows):
    """One line each; how many are not as expected."""
    failed = 0
    for what, expected, found in rows:
        sound = expected == found
        failed += not sound
        count = len(found) if isinstance(found, (list, set, dict)) else found
        print(f"  {'ok    ' if sound else 'FAILED'} {what}: "
              f"{str(count)[:16]}" + ("" if sound else f", expected {str(expected)[:2000]}"))
    return failed


def try_commit(commit, options):
    with tempfile.TemporaryDirectory() as folder:
        check_out(options.repository, commit, folder)
        plain = run_trainer(folder, options)
        with Listening() as heard:
            streamed = run_trainer(folder, options, "--url", heard.url)
            rows = compare(plain, streamed, heard)
        rows += show(folder, options)
    if streamed["missing"]:
        print(f"  (stand-ins for {', '.join(streamed['missing'])})")
    return report(rows)


def our_name(actions, white, action):
    try:
        return usi_of(action, white, actions)
    except ValueError:
        return "none"


def compare_actions(options):
    if shutil.which("rustc") is None:
        print("  left out: there is no rustc")
        return 0
    with tempfile.TemporaryDirectory() as source, tempfile.TemporaryDirectory() as built:
        check_out(options.repository, RUST_COMMIT, source)
        theirs = rust_names(source, built)
    return report([("actions named as Keisei does",
                    theirs, {key: our_name(*key) for key in theirs})])


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("commits", nargs="*", default=list(COMMITS), metavar="COMMIT")
    options.add_argument("--repository", default=REPOSITORY, help="another place with its history")
    options.add_argument("--timesteps", type=int, default=1024)
    options.add_argument("--most-moves", type=int, default=40, help="of a game")
    options = options.parse_args()
    failed = 0
    for commit in options.commits:
        began = time.monotonic()
        print(f"Keisei {commit[:7]}: {COMMITS.get(commit, 'as asked for')}", flush=True)
        failed += compare_actions(options) if commit == RUST_COMMIT else try_commit(commit, options)
        print(f"  {time.monotonic() - began:.0f} s")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
