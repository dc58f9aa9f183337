"""The PyTorch example trains, a real showcase shows it, and a viewer sees its metrics and moves."""

import json
import subprocess
import sys
import time
import unittest

from showcase import ROOT, Showcase


class Example(unittest.TestCase):
    def start(self, command):
        """A process, and what it has said so far."""
        log = open(self.showcase.folder / "trainer.log", "w+")
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)

        def stop():
            process.kill()
            process.wait()
            log.close()

        self.addCleanup(stop)
        return process, (self.showcase.folder / "trainer.log").read_text

    def test_a_viewer_sees_the_metrics_and_the_moves_of_the_run(self):
        self.showcase = Showcase().__enter__()
        self.addCleanup(self.showcase.__exit__)
        viewer = self.showcase.viewer()
        self.addCleanup(viewer.close)
        updates = 3
        trainer, said = self.start([
            sys.executable, str(ROOT / "python/examples/train_mate.py"), "--url", self.showcase.url,
            "--token-file", str(self.showcase.token_file), "--updates", str(updates)])
        metrics, games, attention = [], [], []
        deadline = time.monotonic() + 150
        while True:
            seen = f"{len(metrics)} metrics, {len(games)} states of games, {len(attention)} maps"
            self.assertLess(time.monotonic(), deadline, f"{seen}\n{said()}")
            text = viewer.receive()
            self.assertIsNotNone(text, "the showcase closed the connection")
            message = json.loads(text)
            kept = {"ppo_metrics": metrics, "game_state": games, "se_attention": attention}
            kept.get(message["type"], []).append(message["data"])
            moved = [game for game in games if game["last_move"]]
            if metrics and metrics[-1]["update"] == updates and len(moved) >= 10 and attention:
                break
            if trainer.poll() not in (None, 0):
                self.fail(said())
        trainer.wait(timeout=60)
        self.assertEqual(trainer.returncode, 0, said())

        last = metrics[-1]
        self.assertEqual(last["global_step"], updates * 8 * 64)
        printed = said().splitlines()[updates - 1]
        self.assertIn(f"update {updates}: {last['games']} games", printed)
        self.assertIn(f"entropy {last['metrics']['entropy']:.2f}", printed)
        # The showcase shows what its own rules accept: every move led from one shown position to
        # the next.
        self.assertTrue(all(game["sfen"].count("/") == 8 for game in moved))
        self.assertTrue(any(game["black_win_probability"] is not None for game in moved))


if __name__ == "__main__":
    unittest.main()
