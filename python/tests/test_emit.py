"""What emit_* make of Python's values, and what they refuse."""

import math
import unittest

import numpy as np
from listening import Listening

from keisei_showcase import ACTIONS, DIRECTION_ACTIONS, START_SFEN, StreamingHook, usi_of

P7G7F, P2G2F = 9054, 61 * 160 + 51 * 2 + 2
WHITE = "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL w - 2"


def policy_of(values, dtype=np.float32):
    policy, mask = np.zeros(ACTIONS, dtype), np.zeros(ACTIONS, bool)
    for action, value in values.items():
        policy[action], mask[action] = value, True
    return policy, mask


class Emitting(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.showcase = Listening().__enter__()
        cls.hook = StreamingHook(cls.showcase.url, run_id="run", name="Emitting", tower_depth=2)

    @classmethod
    def tearDownClass(cls):
        cls.hook.close()
        cls.showcase.__exit__()

    def refused(self, error, text, emit, *args, **kwargs):
        with self.assertRaises(error) as caught:
            emit(*args, **kwargs)
        self.assertIn(text, str(caught.exception))

    def test_the_run_introduces_itself_first(self):
        run = self.showcase.wait_for("run_started")[0]
        self.assertEqual((run["run_id"], run["name"], run["tower_depth"]), ("run", "Emitting", 2))

    def test_metrics_arrive_with_and_without_their_prefix(self):
        self.hook.emit_ppo_metrics({"policy_loss": 1, "ppo/entropy": np.float32(2.5),
                                    "value_loss": None, "kl_divergence_approx": math.nan},
                                   update=101, global_step=2048)
        self.showcase.wait_for("trainer_metrics")
        sent = next(m for m in self.showcase.all("trainer_metrics") if m["update"] == 101)
        self.assertEqual(sent["global_step"], 2048)
        self.assertEqual(sent["metrics"]["ppo/policy_loss"], 1)
        self.assertEqual(sent["metrics"]["ppo/entropy"], 2.5)
        self.assertIsNone(sent["metrics"]["ppo/value_loss"])
        self.assertIsNone(sent["metrics"]["ppo/kl_divergence_approx"])

    def test_metrics_that_are_wrong_are_refused_by_name(self):
        emit = self.hook.emit_ppo_metrics
        self.refused(ValueError, "metrics: unknown key 'loss', expected of ppo/policy_loss", emit,
                     {"loss": 1}, update=1, global_step=1)
        self.refused(ValueError, "ppo/entropy: -2, expected at least 0", emit, {"entropy": -2.0},
                     update=1, global_step=1)
        self.refused(ValueError, "ppo/clip_fraction: 5, expected 0 to 1", emit,
                     {"clip_fraction": 5}, update=1, global_step=1)
        self.refused(ValueError, "ppo/explained_variance: 7, expected at most 1", emit,
                     {"explained_variance": 7}, update=1, global_step=1)
        self.refused(TypeError, "ppo/entropy: str, expected a number", emit, {"entropy": "2"},
                     update=1, global_step=1)
        self.refused(TypeError, "ppo/entropy: numpy.ndarray, expected a number", emit,
                     {"entropy": np.zeros(3)}, update=1, global_step=1)
        self.refused(TypeError, "ppo/entropy: bool, expected a number", emit, {"entropy": True},
                     update=1, global_step=1)
        self.refused(ValueError, "update: -1, expected at least 0", emit, {}, update=-1,
                     global_step=1)
        self.refused(TypeError, "metrics: list, expected a dict", emit, [], update=1, global_step=1)

    def move(self, game_number, **arguments):
        self.hook.emit_move(game_number=game_number, ply=0, **{"sfen": START_SFEN, **arguments})
        while True:
            for sent in self.showcase.wait_for("move_played"):
                if sent["game_number"] == game_number:
                    return sent

    def test_a_policy_becomes_the_best_moves_and_a_map_of_destinations(self):
        rng = np.random.default_rng(7)
        legal = rng.choice(ACTIONS, 80, replace=False)
        logits = rng.normal(size=ACTIONS).astype(np.float32)
        mask = np.zeros(ACTIONS, bool)
        mask[legal] = True
        p = np.where(mask, np.exp(logits), 0)
        p /= p.sum()
        sent = self.move(1, policy=logits, legal_mask=mask, action=int(legal[0]),
                         policy_kind="logits", value=0.5)
        best = np.argsort(-p, kind="stable")[:5]
        self.assertEqual([m["usi"] for m in sent["top"]], [usi_of(int(a)) for a in best])
        np.testing.assert_allclose([m["probability"] for m in sent["top"]], p[best], rtol=1e-3)
        self.assertAlmostEqual(sent["probability"] / p[legal[0]], 1, 3)
        self.assertAlmostEqual(sent["entropy"], -(p[mask] * np.log(p[mask])).sum(), 2)
        self.assertEqual(sent["legal_moves"], 80)
        destinations = np.zeros(81)
        for action in legal:
            usi = usi_of(int(action))
            file, rank = usi[2], usi[3]
            destinations[(ord(rank) - ord("a")) * 9 + 9 - int(file)] += p[action]
        np.testing.assert_allclose(np.ravel(sent["destinations"]), destinations, rtol=1e-3)

    def test_every_kind_and_type_of_policy_says_the_same(self):
        policy, mask = policy_of({P7G7F: 0.75, P2G2F: 0.25})
        with np.errstate(divide="ignore"):
            logarithms = np.log(policy)
        for number, arguments in enumerate([
                {"policy": policy},
                {"policy": policy.astype(np.float64)},
                {"policy": policy.reshape(1, -1), "legal_mask": mask.astype(np.uint8)},
                {"policy": policy.tolist()},
                {"policy": logarithms, "policy_kind": "log_probabilities"},
                {"policy": logarithms + 3, "policy_kind": "logits",
                 "legal_mask": mask.astype(np.int8)},
        ], start=10):
            with self.subTest(number=number):
                sent = self.move(number, **{"legal_mask": mask, "action": P7G7F, **arguments})
                self.assertEqual(sent["usi"], "7g7f")
                self.assertAlmostEqual(sent["probability"], 0.75, 5)

    def test_the_board_is_turned_for_white_unless_it_never_was(self):
        policy, mask = policy_of({P7G7F: 1.0})
        self.assertEqual(self.move(20, sfen=WHITE, policy=policy, legal_mask=mask,
                                   action=P7G7F)["usi"], "3c3d")
        self.assertEqual(self.move(21, sfen=WHITE, policy=policy, legal_mask=mask, action=P7G7F,
                                   frame="board")["usi"], "7g7f")

    def test_a_policy_over_the_actions_of_the_rust_environment_is_known_by_its_size(self):
        policy, mask = np.zeros((9, 9, 139), np.float32), np.zeros(DIRECTION_ACTIONS, bool)
        policy[6, 2, 0], mask[(6 * 9 + 2) * 139] = 1.0, True  # one ahead from 7g
        arguments = {"policy": policy, "legal_mask": mask, "action": (6 * 9 + 2) * 139}
        self.assertEqual(self.move(22, **arguments)["usi"], "7g7f")
        self.assertEqual(self.move(23, sfen=WHITE, **arguments)["usi"], "3c3d")

    def test_actions_have_names_in_both_numberings(self):
        self.assertEqual((usi_of(9054), usi_of(9054, True)), ("7g7f", "3c3d"))
        self.assertEqual(usi_of(56 * 139, actions=DIRECTION_ACTIONS), "7g7f")
        self.assertEqual(usi_of(40 * 139 + 132, True, DIRECTION_ACTIONS), "P*5e")
        self.refused(ValueError, "action: 7 leaves the board", usi_of, 7, actions=11259)
        self.refused(ValueError, "action: 11259, expected 0 to 11258", usi_of, 11259, actions=11259)
        self.refused(ValueError, "actions: 9, expected 13527 or 11259", usi_of, 0, actions=9)

    def test_a_move_alone_is_enough(self):
        sent = self.move(30, move="7g7f")
        self.assertIsNone(sent["probability"])
        self.assertEqual(sent["top"], [])
        sent = self.move(31, move="7g7f", probability=0.5, top=[("7g7f", 0.5)], legal_moves=30,
                         destinations=np.full((9, 9), 0.01))
        self.assertEqual(sent["top"], [{"usi": "7g7f", "probability": 0.5}])

    def test_moves_that_are_wrong_are_refused_by_name(self):
        policy, mask = policy_of({P7G7F: 1.0})
        good = {"game_number": 99, "ply": 0, "sfen": START_SFEN, "policy": policy,
                "legal_mask": mask, "action": P7G7F}
        for error, text, change in [
                (ValueError, "policy: shape (13526,), expected (13527,) or (11259,)",
                 {"policy": policy[1:]}),
                (ValueError, "policy: not contiguous", {"policy": np.zeros(2 * ACTIONS)[::2]}),
                (TypeError, "policy: float16, expected an array of float32 or float64",
                 {"policy": policy.astype(np.float16)}),
                (TypeError, "policy: int64, expected", {"policy": policy.astype(np.int64)}),
                (TypeError, "policy: str, expected", {"policy": "best"}),
                (ValueError, "policy: sums to 0.0000", {"policy": 0 * policy}),
                (ValueError, "policy: nan for the legal action 9054",
                 {"policy": policy * math.nan, "policy_kind": "logits"}),
                (ValueError, "legal_mask: 100 values, expected 13527", {"legal_mask": mask[:100]}),
                (TypeError, "legal_mask: float32, expected an array of bool",
                 {"legal_mask": policy}),
                (ValueError, "action: 0 (9a8a) is not legal", {"action": 0}),
                (ValueError, "action: 13527, expected 0 to 13526", {"action": ACTIONS}),
                (TypeError, "action: float, expected int", {"action": 1.0}),
                (TypeError, "emit_move() needs the argument legal_mask", {"legal_mask": None}),
                (ValueError, 'policy_kind: "odds", expected one of "probabilities"',
                 {"policy_kind": "odds"}),
                (ValueError, 'frame: "white", expected one of "mover", "board"',
                 {"frame": "white"}),
                (ValueError, "value: 1.5, expected -1 to 1", {"value": 1.5}),
                (ValueError, "ply: -1, expected 0 to 1023", {"ply": -1}),
                (ValueError, "game_number: 0, expected at least 1", {"game_number": 0}),
                (ValueError, 'sfen: "startpos", expected an SFEN', {"sfen": "startpos"}),
                (TypeError, "sfen: bytes, expected str", {"sfen": b""}),
                (TypeError, "unexpected argument 'best'", {"best": 1}),
                (TypeError, "move, which does not go together with policy", {"move": "7g7f"}),
                (ValueError, 'move: "7g7", expected a move', {"policy": None, "legal_mask": None,
                                                              "action": None, "move": "7g7"}),
        ]:
            with self.subTest(text=text):
                self.refused(error, text, self.hook.emit_move, **{**good, **change})
        self.assertFalse([m for m in self.showcase.all("move_played") if m["game_number"] == 99])

    def test_a_game_arrives_whole(self):
        self.hook.emit_game_finished(game_number=3, moves=["7g7f", "3c3d", "8h2b+"], winner="black",
                                     reason="resignation", update=4)
        self.hook.emit_game_finished(game_number=4, moves=(), winner=None, reason="max_plies")
        games = self.showcase.wait_for("game_finished", 2)
        self.assertEqual(games[0]["moves"], ["7g7f", "3c3d", "8h2b+"])
        self.assertEqual((games[0]["winner"], games[0]["start_sfen"]), ("black", START_SFEN))
        self.assertIsNone(games[1]["winner"])

    def test_games_that_are_wrong_are_refused_by_name(self):
        emit = self.hook.emit_game_finished
        good = {"game_number": 5, "moves": ["7g7f"], "winner": None, "reason": "max_plies"}
        self.refused(ValueError, 'winner: "sente", expected one of black, white', emit,
                     **{**good, "winner": "sente"})
        self.refused(ValueError, 'reason: "boredom", expected one of checkmate', emit,
                     **{**good, "reason": "boredom"})
        self.refused(ValueError, 'moves[1]: "0000"', emit, **{**good, "moves": ["7g7f", "0000"]})
        self.refused(ValueError, "moves: more than 1024", emit, **{**good, "moves": ["7g7f"] * 1025})
        self.refused(TypeError, "moves: str", emit, **{**good, "moves": "7g7f"})

    def test_evaluations_and_checkpoints_arrive(self):
        self.hook.emit_evaluation(update=5, global_step=99, random_games=40, random_score=0.8,
                                  random_low=0.7, random_high=0.9, elo=1510,
                                  skills={"mate_in_one": (3, 10)}, past_scores=[(1, 20, 5, 15)],
                                  anchor_scores={"capture_greedy": (30, 2, 8, 310.5, None)},
                                  past_ages=[(1, 3300)])
        sent = self.showcase.wait_for("evaluation_finished")[0]
        self.assertEqual((sent["random_score"], sent["elo"], sent["elo_error"]), (0.8, 1510, None))
        self.assertEqual(sent["skills"], [{"name": "mate_in_one", "successes": 3, "trials": 10}])
        self.assertEqual(sent["past_scores"],
                         [{"update": 1, "wins": 20, "draws": 5, "losses": 15}])
        self.assertEqual(sent["anchor_scores"],
                         [{"name": "capture_greedy", "wins": 30, "draws": 2, "losses": 8,
                           "elo": 310.5, "elo_error": None}])
        self.assertEqual(sent["past_ages"], [{"update": 1, "seconds": 3300}])
        self.hook.emit_checkpoint(update=5, global_step=99, name="five.pt", bytes=1 << 20)
        self.assertEqual(self.showcase.wait_for("checkpoint_saved")[0]["name"], "five.pt")
        self.refused(ValueError, "random_score: 80, expected 0 to 1", self.hook.emit_evaluation,
                     update=1, global_step=1, random_score=80)
        self.refused(ValueError, "skills: 3 of 2 in a", self.hook.emit_evaluation, update=1,
                     global_step=1, skills={"a": (3, 2)})
        self.refused(ValueError, "name: 96 bytes, expected at most 95",
                     self.hook.emit_checkpoint, update=1, global_step=1, name="x" * 96, bytes=1)

    def test_steps_are_streamed_until_they_are_measured(self):
        self.hook.set_measuring(False)
        self.assertTrue(all(self.hook.begin_step() for _ in range(100)))
        self.hook.end_steps()
        self.assertEqual((self.hook.stage, self.hook.stopped), ("full", False))

    def test_attention_takes_boards_and_gates_of_any_shape(self):
        activity = np.arange(81, dtype=np.float32).reshape(9, 9)
        self.hook.emit_attention(game_number=1, ply=6, block=2, activity=activity,
                                 gates=np.full((1, 4, 1, 1), 0.5))
        sent = self.showcase.wait_for("attention")[0]
        np.testing.assert_array_equal(np.ravel(sent["activity"]), activity.ravel())
        self.assertEqual(sent["gates"], [0.5] * 4)
        emit, good = self.hook.emit_attention, {"game_number": 1, "ply": 6, "block": 2}
        self.refused(ValueError, "activity: shape (9, 8), expected 81 values", emit,
                     activity=np.zeros((9, 8)), **good)
        self.refused(ValueError, "activity[0]: -1, expected at least 0", emit,
                     activity=-np.ones(81), **good)
        self.refused(ValueError, "gates: shape (513,), expected at most 512", emit,
                     activity=activity, gates=np.zeros(513), **good)
        self.refused(ValueError, "gates[0]: 2, expected 0 to 1", emit, activity=activity,
                     gates=[2.0], **good)


class Constructing(unittest.TestCase):
    def test_what_is_wrong_is_refused_by_name(self):
        for text, arguments in [
                ("url", {"url": "not a url"}),
                ("run_id: 41 bytes, expected at most 40", {"run_id": "x" * 41}),
                ('reward: "money", expected one of terminal, shaped', {"reward": "money"}),
                ("environments: 0, expected at least 1", {"environments": 0}),
                ('priority: "high", expected "idle"', {"priority": "high"}),
                ("flush_deadline: -1, expected 0 to 86400", {"flush_deadline": -1}),
                ("flush_deadline: inf, expected 0 to 86400", {"flush_deadline": math.inf}),
                ("flush_deadline: nan, expected", {"flush_deadline": math.nan}),
                ("publisher_cpu: -2, expected -1 to", {"publisher_cpu": -2}),
                ("publisher_cpu: 1000000, expected -1 to", {"publisher_cpu": 1000000}),
                ("impact_limit_pct: nan, expected at least 0", {"impact_limit_pct": math.nan}),
                ("name: has a zero inside", {"name": "a\0b"}),
                ("tower_depth: -1, expected at least 0", {"tower_depth": -1}),
                ("parameters: -1, expected at least 0", {"parameters": -1}),
        ]:
            with self.subTest(text=text), self.assertRaises(ValueError) as caught:
                StreamingHook(**arguments)
            if text != "url":
                self.assertIn(text, str(caught.exception))

    def test_another_run_replaces_the_first(self):
        with Listening() as showcase, StreamingHook(showcase.url, run_id="first") as hook:
            hook.emit_run_started(run_id="second", name="Second", tower_depth=4)
            self.assertEqual(hook.run_id, "second")
            hook.emit_game_finished(game_number=1, moves=["7g7f"], winner="black",
                                    reason="resignation")
            game = showcase.wait_for("game_finished")[0]
            self.assertEqual(game["game_id"], "second-1")
            runs = showcase.all("run_started")
            self.assertEqual([r["run_id"] for r in runs], ["first", "second"])
            self.assertEqual((runs[1]["name"], runs[1]["tower_depth"]), ("Second", 4))

    def test_a_run_that_is_wrong_does_not_replace_the_first(self):
        with StreamingHook("ws://127.0.0.1:9/", run_id="first", flush_deadline=0) as hook:
            with self.assertRaisesRegex(ValueError, "name: 64 bytes, expected at most 63"):
                hook.emit_run_started(run_id="second", name="x" * 64)
            self.assertEqual(hook.run_id, "first")

    def test_runs_without_a_name_of_their_own_get_different_ones(self):
        with StreamingHook("ws://127.0.0.1:9/", flush_deadline=0) as a:
            with StreamingHook("ws://127.0.0.1:9/", flush_deadline=0) as b:
                self.assertNotEqual(a.run_id, b.run_id)


if __name__ == "__main__":
    unittest.main()
