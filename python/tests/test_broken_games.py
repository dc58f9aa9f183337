"""A game that cannot be shown is told where it was played: at the trainer's terminal."""

import subprocess
import sys
import textwrap
import threading
import unittest

from showcase import Showcase

ILLEGAL = """
    import sys
    from keisei_showcase import START_SFEN, StreamingHook

    url, token_file = sys.argv[1:]
    with StreamingHook(url, token_file=token_file, name="Broken", flush_deadline=10) as hook:
        for game in range(1, 21):
            hook.emit_move(game_number=game, ply=0, sfen=START_SFEN, move="1a9i")
        sys.stdin.read()
"""


class BrokenGames(unittest.TestCase):
    def test_a_move_that_cannot_be_legal_is_one_line_at_the_trainers_terminal(self):
        with Showcase() as showcase:
            trainer = subprocess.Popen(
                [sys.executable, "-c", textwrap.dedent(ILLEGAL), showcase.url,
                 str(showcase.token_file)], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.addCleanup(trainer.stderr.close)
            stop = threading.Timer(60, trainer.kill)
            stop.start()
            self.addCleanup(stop.cancel)
            told = []
            for line in trainer.stderr:
                told.append(line)
                if "1a9i" in line or "illegal_move" in line:
                    trainer.stdin.close()  # lets it end
            trainer.wait()
            self.assertEqual(trainer.returncode, 0, told)
            lines = [line for line in told if "game" in line]
            self.assertEqual(len(lines), 1, told)
            self.assertRegex(lines[0], "^keisei hook: .*move 1: .*illegal_move")


if __name__ == "__main__":
    unittest.main()
