"""The lines of docs/keisei.md, in a loop with the interface of Keisei's present one."""

import pathlib
import re
import types
import unittest

import numpy as np
from listening import Listening

import keisei_showcase
from keisei_showcase import StreamingHook

GUIDE = pathlib.Path(__file__).resolve().parents[2] / "docs/keisei.md"
# 7g7f, 3c3d (one ahead), 8h2b+ (six to the right and ahead, with promotion): square * 139 + kind, in
# the mover's view.
LINE = [
    ("lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1", 56 * 139),
    ("lnsgkgsnl/1r5b1/ppppppppp/9/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL w - 2", 56 * 139),
    ("lnsgkgsnl/1r5b1/pppppp1pp/6p2/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL b - 3", 64 * 139 + 64 + 8 + 5),
]


class StandInVecEnv:
    """One environment with a fixed line, whose last move ends the game by checkmate."""

    ply = 0

    def get_sfen(self, game_id):
        return LINE[self.ply][0]

    def step(self, actions):
        assert actions == [LINE[self.ply][1]]
        self.ply = (self.ply + 1) % len(LINE)
        ended = self.ply == 0
        return types.SimpleNamespace(
            terminated=np.array([ended]), truncated=np.array([False]),
            rewards=np.array([1.0 if ended else 0.0], np.float32),
            current_players=np.array([self.ply % 2], np.uint8),
            step_metadata=types.SimpleNamespace(termination_reason=np.array([ended], np.uint8)))


class Guide(unittest.TestCase):
    def test_the_ten_lines_stream_the_keisei_with_a_rust_environment(self):
        chapter = GUIDE.read_text().split("## The present Keisei")[1].split("## How actions")[0]
        blocks = re.findall(r"```python\n(.*?)```", chapter, re.DOTALL)
        prepare, before, after, learned = blocks
        lines = [line for block in blocks for line in block.splitlines()]
        self.assertLessEqual(len([line for line in lines if "import" not in line]), 10)

        loop = types.SimpleNamespace(vecenv=StandInVecEnv(), global_step=7, num_envs=64)
        with Listening() as showcase:
            names = {"self": loop, "StreamingHook": StreamingHook}
            exec(prepare.replace("ws://127.0.0.1:8080/ingest", showcase.url)
                 .replace('"var/showcase/operator.token"', '""'), names)
            for step in range(2 * len(LINE)):
                players = np.array([step % len(LINE) % 2], np.uint8)
                names.update(action_list=[LINE[step % len(LINE)][1]], current_players=players,
                             epoch_i=step // len(LINE))
                exec(before, names)
                names["step_result"] = loop.vecenv.step(names["action_list"])
                exec(after, names)
            names["losses"] = {"policy_loss": 0.1, "value_loss": 0.2, "entropy": 2.5,
                               "score_loss": 0.3}
            exec(learned, names)
            loop.show.close()
            moves = showcase.wait_for("move_played", 6)
            self.assertEqual([m["usi"] for m in moves], 2 * ["7g7f", "3c3d", "8h2b+"])
            self.assertEqual([m["ply"] for m in moves], [0, 1, 2, 0, 1, 2])
            games = showcase.wait_for("game_finished", 2)
            self.assertEqual([(g["game_number"], g["winner"], g["reason"]) for g in games],
                             [(1, "black", "checkmate"), (2, "black", "checkmate")])
            metrics = showcase.wait_for("trainer_metrics")[0]
            self.assertEqual((metrics["update"], metrics["global_step"]), (2, 448))
            self.assertEqual(metrics["metrics"]["ppo/entropy"], 2.5)

    def test_what_the_guide_names_is_there(self):
        for name in ("attach_keisei", "keisei_run", "usi_of", "DIRECTION_ACTIONS"):
            self.assertIn(name, keisei_showcase.__all__)


if __name__ == "__main__":
    unittest.main()
