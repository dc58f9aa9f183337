"""The PyTorch example trains, a real showcase shows it, and a viewer sees its metrics and moves."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import websocket

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("KEISEI_BIN", ROOT / "build/dev/bin"))


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Example(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.port = free_port()
        (self.folder / "ui").mkdir()
        (self.folder / "ui/index.html").write_text("<title>Nobody looks at this page</title>")
        self.start("showcase", [
            str(BIN / "keisei-showcase"), "--port", str(self.port), "--control-port", "0",
            "--ui", str(self.folder / "ui"), "--content", str(ROOT / "content"),
            "--state-dir", str(self.folder / "state"), "--seconds-per-move", "0.05"])
        self.wait_until_up()

    def start(self, name, command):
        log = open(self.folder / f"{name}.log", "w+")
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)

        def stop():
            process.kill()
            process.wait()
            log.close()

        self.addCleanup(stop)
        return process

    def log(self, name):
        return (self.folder / f"{name}.log").read_text()

    def wait_until_up(self):
        deadline = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except OSError:
                if time.monotonic() > deadline:
                    self.fail(self.log("showcase"))
                time.sleep(0.05)

    def test_a_viewer_sees_the_metrics_and_the_moves_of_the_run(self):
        viewer = websocket.connect(self.port, "/ws", timeout=120)
        self.addCleanup(viewer.close)
        viewer.send(json.dumps({"level": "advanced", "channels": ["all"]}))
        updates = 3
        trainer = self.start("trainer", [
            sys.executable, str(ROOT / "python/examples/train_mate.py"),
            "--url", f"ws://127.0.0.1:{self.port}/ingest",
            "--token-file", str(self.folder / "state/operator.token"),
            "--updates", str(updates)])
        metrics, games, attention = [], [], []
        deadline = time.monotonic() + 150
        while True:
            seen = f"{len(metrics)} metrics, {len(games)} states of games, {len(attention)} maps"
            self.assertLess(time.monotonic(), deadline, f"{seen}\n{self.log('trainer')}")
            text = viewer.receive()
            self.assertIsNotNone(text, "the showcase closed the connection")
            message = json.loads(text)
            kept = {"ppo_metrics": metrics, "game_state": games, "se_attention": attention}
            kept.get(message["type"], []).append(message["data"])
            moved = [game for game in games if game["last_move"]]
            if metrics and metrics[-1]["update"] == updates and len(moved) >= 10 and attention:
                break
            if trainer.poll() not in (None, 0):
                self.fail(self.log("trainer"))
        trainer.wait(timeout=60)
        self.assertEqual(trainer.returncode, 0, self.log("trainer"))

        last = metrics[-1]
        self.assertEqual(last["global_step"], updates * 8 * 64)
        printed = self.log("trainer").splitlines()[updates - 1]
        self.assertIn(f"update {updates}: {last['games']} games", printed)
        self.assertIn(f"entropy {last['metrics']['entropy']:.2f}", printed)
        # The showcase shows what its own rules accept: every move led from one shown position to
        # the next.
        self.assertTrue(all(game["sfen"].count("/") == 8 for game in moved))
        self.assertTrue(any(game["black_win_probability"] is not None for game in moved))


if __name__ == "__main__":
    unittest.main()
