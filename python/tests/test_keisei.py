"""attach_keisei on stand-ins with the interface of Keisei's own trainer."""

import contextlib
import copy
import io
import pickle
import unittest
import warnings

import numpy as np
import torch
from keisei_stand_in import (ACTIONS, CENTRE_LINE, CENTRE_LINE_USI, LINE, LINE_USI, LONG_LINE,
                             LONG_LINE_USI, StandInTrainer)
from listening import Listening
from torch import nn

from keisei_showcase import StreamingHook, attach_keisei, keisei_run


class Keisei(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.trainer = StandInTrainer()
        self.showcase = Listening().__enter__()
        self.hook = StreamingHook(self.showcase.url, flush_deadline=10, **keisei_run(self.trainer))
        self.attachment = attach_keisei(self.trainer, self.hook)

    def tearDown(self):
        self.attachment.detach()
        self.hook.close()
        self.showcase.__exit__()

    def learn(self, **changes):
        metrics = {"ppo/policy_loss": 0.1, "ppo/value_loss": 0.2, "ppo/entropy": -2.5,
                   "ppo/kl_divergence_approx": -0.01, "ppo/learning_rate": 3e-4, **changes}
        return self.trainer.metrics_manager.format_ppo_metrics(metrics)

    def test_the_run_is_described_from_its_configuration(self):
        run = self.showcase.wait_for("run_started")[0]
        self.assertEqual((run["name"], run["tower_depth"], run["tower_width"]), ("stand-in", 2, 8))
        self.assertEqual(run["clip_epsilon"], 0.1)
        self.assertGreater(run["parameters"], 1_000_000)

    def test_entropy_loses_its_sign_and_divergence_is_never_negative(self):
        self.assertEqual(self.learn(), "KL:-0.0100")
        self.learn(**{"ppo/kl_divergence_approx": 0.02, "ppo/clip_fraction": 0.3})
        first, second = self.showcase.wait_for("trainer_metrics", 2)
        self.assertEqual((first["update"], first["global_step"], first["games"]), (1, 2048, 11))
        self.assertEqual(first["metrics"]["ppo/entropy"], 2.5)
        self.assertEqual(first["metrics"]["ppo/kl_divergence_approx"], 0)
        self.assertIsNone(first["metrics"]["ppo/clip_fraction"])
        self.assertEqual(second["metrics"]["ppo/kl_divergence_approx"], 0.02)
        self.assertEqual(second["metrics"]["ppo/clip_fraction"], 0.3)

    def test_moves_come_with_the_policy_that_chose_them(self):
        self.learn()
        self.trainer.play(3)
        moves = self.showcase.wait_for("move_played", 3)
        self.assertEqual([m["usi"] for m in moves], LINE_USI)
        self.assertEqual([m["ply"] for m in moves], [0, 1, 2])
        self.assertEqual({m["update"] for m in moves}, {1})
        obs = torch.zeros(1, 46, 9, 9)
        with torch.no_grad():
            logits = self.trainer.agent.model(obs)[0][0, [9054, 0, 12960]]
        self.assertEqual(moves[0]["legal_moves"], 3)
        self.assertAlmostEqual(moves[0]["probability"], torch.softmax(logits, 0)[0].item(), 5)
        self.assertAlmostEqual(sum(np.ravel(moves[0]["destinations"])), 1, 5)

    def test_a_finished_game_arrives_with_its_winner_and_the_next_one_is_another(self):
        self.trainer.play(7)
        games = self.showcase.wait_for("game_finished", 2)
        self.assertEqual([g["game_number"] for g in games], [1, 2])
        self.assertEqual(games[0]["moves"], LINE_USI)
        self.assertEqual((games[0]["winner"], games[0]["reason"]), ("black", "checkmate"))
        self.assertEqual(self.showcase.wait_for("move_played", 7)[6]["game_number"], 3)

    def test_an_episode_that_keisei_gave_up_is_no_game(self):
        self.trainer.play(2)
        self.trainer.step_manager.fail_next = True
        self.trainer.play(4)
        games = self.showcase.wait_for("game_finished")
        self.assertEqual([(g["game_number"], g["moves"]) for g in games], [(2, LINE_USI)])

    def test_attention_belongs_to_the_move_of_its_forward(self):
        self.trainer.play(2)
        self.attachment.detach()
        sent = self.showcase.wait_for("attention")[0]
        self.assertEqual((sent["ply"], sent["block"], len(sent["gates"])), (0, 2, 8))

    def test_an_error_of_streaming_is_one_warning_and_training_goes_on(self):
        self.hook.close()
        with self.assertWarnsRegex(RuntimeWarning, "closed StreamingHook"):
            self.trainer.play(3)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.trainer.play(3)
            self.assertEqual(self.learn(), "KL:-0.0100")
        self.assertEqual(len(self.trainer.step_manager.seen), 6)

    def test_training_goes_on_where_warnings_are_errors(self):
        self.hook.close()
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()) as said:
            warnings.simplefilter("error")
            self.trainer.play(3)
        self.assertEqual(len(self.trainer.step_manager.seen), 3)
        self.assertEqual(said.getvalue().count("closed StreamingHook"), 1)

    def test_detach_leaves_the_trainer_as_it_was(self):
        self.attachment.detach()
        for owner in (self.trainer.metrics_manager, self.trainer.step_manager, self.trainer.agent):
            self.assertFalse({"format_ppo_metrics", "execute_step", "select_action"} &
                             set(vars(owner)))
        self.assertFalse(any(m._forward_hooks for m in self.trainer.agent.model.modules()))

    def test_a_copied_or_stored_agent_is_its_own_and_is_not_streamed(self):
        agent = self.trainer.agent
        manager = pickle.loads(pickle.dumps(self.trainer.metrics_manager))
        self.assertIs(manager.format_ppo_metrics.__self__, manager)
        other = copy.deepcopy(agent)
        self.assertIs(other.select_action.__self__, other)
        with torch.no_grad():
            other.model.policy_head[-1].bias.fill_(7.0)
        other.next_move = LINE[0][1]
        other.select_action(np.zeros((46, 9, 9), np.float32),
                            torch.ones(ACTIONS, dtype=torch.bool))
        self.trainer.play(1)
        self.attachment.detach()
        self.hook.close()
        self.assertEqual(len(self.showcase.wait_for("move_played")), 1)

    def test_what_is_no_keisei_trainer_is_refused(self):
        with self.assertRaisesRegex(TypeError, "trainer: object has no metrics_manager"):
            attach_keisei(object(), self.hook)
        with self.assertRaisesRegex(TypeError, "trainer: object has no metrics_manager"):
            keisei_run(object())
        for frame in ("action_frame", "observation_frame"):
            with self.assertRaisesRegex(ValueError, f'{frame}: "white"'):
                attach_keisei(self.trainer, self.hook, **{frame: "white"})

    def test_the_keisei_with_a_rust_environment_is_one_clear_error(self):
        class KataGoTrainingLoop:
            vecenv = model = ppo = None

        for attempt in (lambda: attach_keisei(KataGoTrainingLoop(), self.hook),
                        lambda: keisei_run(KataGoTrainingLoop())):
            with self.assertRaisesRegex(TypeError, "KataGoTrainingLoop.*11259.*docs/keisei.md"):
                attempt()


class Eras(unittest.TestCase):
    """The Python trainers of March 2026, before and after 5725945 and d4f50d2, and other networks."""

    def setUp(self):
        torch.manual_seed(1)
        self.showcase = Listening().__enter__()
        self.addCleanup(self.showcase.__exit__)

    def attached(self, trainer, **options):
        hook = StreamingHook(self.showcase.url, flush_deadline=10, **keisei_run(trainer))
        self.addCleanup(hook.close)
        attachment = attach_keisei(trainer, hook, **options)
        self.addCleanup(attachment.detach)
        return attachment

    def test_moves_are_those_that_were_played_in_whoever_s_view_actions_are_numbered(self):
        for era, frame in enumerate(("mover", "board")):
            trainer = StandInTrainer(frame=frame, line=LONG_LINE)
            with self.subTest(frame), warnings.catch_warnings():
                warnings.simplefilter("error")
                attachment = self.attached(trainer)
                trainer.play(6)
                moves = self.showcase.wait_for("move_played", 6 * (era + 1))[6 * era:]
                self.assertEqual([m["usi"] for m in moves], LONG_LINE_USI)
                self.assertEqual({m["legal_moves"] for m in moves}, {3})
                game = self.showcase.wait_for("game_finished", era + 1)[-1]
                self.assertEqual(game["moves"], LONG_LINE_USI)
                attachment.detach()

    def test_an_action_frame_that_is_contradicted_is_one_warning(self):
        trainer = StandInTrainer(frame="mover", line=LONG_LINE)
        self.attached(trainer, action_frame="board")
        with self.assertWarns(RuntimeWarning) as caught:
            trainer.play(12)
        self.assertEqual([str(w.message) for w in caught.warnings],
                         ['keisei_showcase: action_frame="board" is wrong: action 9054 was 3c3d, '
                          'which it is with "mover"; that is used'])
        moves = self.showcase.wait_for("move_played", 12)
        self.assertEqual([m["usi"] for m in moves], 2 * LONG_LINE_USI)

    # Action 0 is legal in the stand-in too: 9a8a, or 1i2i when turned.
    def test_whites_drop_on_5e_is_seen_as_its_other_moves(self):
        for frame, other in (("mover", "1i2i"), ("board", "9a8a")):
            for said in (None, frame):
                trainer = StandInTrainer(frame=frame, line=CENTRE_LINE)
                before = len(self.showcase.all("move_played"))
                with self.subTest(frame, said=said), warnings.catch_warnings():
                    warnings.simplefilter("error")
                    attachment = self.attached(trainer, action_frame=said)
                    trainer.play(6)
                    moves = self.showcase.wait_for("move_played", before + 6)[before:]
                    self.assertEqual([m["usi"] for m in moves], CENTRE_LINE_USI)
                    for ply in (1, 3, 5):
                        self.assertIn(other, [t["usi"] for t in moves[ply]["top"]])
                    attachment.detach()

    def test_whites_drop_on_5e_before_any_move_that_shows_the_view_is_seen_as_is_expected(self):
        for said, others in (("mover", ["1i2i"]), ("board", ["9a8a"]), (None, [])):
            trainer = StandInTrainer(frame=said or "board", line=CENTRE_LINE)
            trainer.play(2)  # not seen
            before = len(self.showcase.all("move_played"))
            with self.subTest(said), warnings.catch_warnings():
                warnings.simplefilter("error")
                attachment = self.attached(trainer, action_frame=said)
                trainer.play(4)
                drop, last = self.showcase.wait_for("move_played", before + 4)[before + 1::2]
                self.assertEqual((drop["usi"], last["usi"]), ("P*5e", "4a5a"))
                self.assertEqual([t["usi"] for t in drop["top"] if "*" not in t["usi"]], others)
                self.assertEqual(last["legal_moves"], 3)
                attachment.detach()

    def test_an_action_that_is_another_move_loses_its_policy_and_is_one_warning(self):
        trainer = StandInTrainer()
        select = trainer.agent.select_action
        trainer.agent.select_action = lambda *a, **k: (select(*a, **k)[0], 0, 0.0, 0.0)
        self.attached(trainer)
        with self.assertWarns(RuntimeWarning) as caught:
            trainer.play(6)
        self.assertEqual(len(caught.warnings), 1)
        self.assertIn("action 0 is 7g7f in nobody's view", str(caught.warning))
        moves = self.showcase.wait_for("move_played", 6)
        self.assertEqual([m["usi"] for m in moves], 2 * LINE_USI)
        self.assertIsNone(moves[0]["probability"])

    def test_attention_arrives_from_rollouts_with_gradients(self):
        trainer = StandInTrainer(gradients=True)
        attachment = self.attached(trainer)
        trainer.play(2)
        attachment.detach()
        self.assertEqual(self.showcase.wait_for("attention")[0]["ply"], 0)

    def test_the_value_after_the_rollout_is_not_taken_for_a_move_s_attention(self):
        trainer = StandInTrainer()
        attachment = self.attached(trainer, attention_per_second=1e9)
        trainer.play(1)
        trainer.agent.get_value(np.full((46, 9, 9), 99, np.float32))
        trainer.play(1)
        attachment.detach()
        sent = self.showcase.wait_for("attention", 2)
        self.assertEqual([a["ply"] for a in sent], [0, 1])

    def test_what_a_network_has_not_is_said_when_it_is_attached(self):
        class Plain(nn.Module):
            def __init__(self):
                super().__init__()
                self.policy = nn.Linear(46 * 81, 10)

            def get_action_and_value(self, obs, legal_mask=None):
                return None, torch.zeros(1), torch.zeros(1)

        trainer = StandInTrainer(model=Plain())
        with self.assertWarns(RuntimeWarning) as caught:
            self.attached(trainer)
        said = [str(w.message) for w in caught.warnings]
        self.assertEqual(len(said), 2)
        self.assertIn("without their policy: its network has no Linear layer", said[0])
        self.assertIn("no attention of Keisei is streamed: module: no squeeze", said[1])
        trainer.play(3)
        moves = self.showcase.wait_for("move_played", 3)
        self.assertEqual([m["usi"] for m in moves], LINE_USI)

    def test_workers_whose_moves_are_not_seen_are_said(self):
        trainer = StandInTrainer()
        trainer.config.parallel.enabled = True
        with self.assertWarnsRegex(RuntimeWarning, "no moves of Keisei are streamed while parallel"):
            self.attached(trainer)


if __name__ == "__main__":
    unittest.main()
