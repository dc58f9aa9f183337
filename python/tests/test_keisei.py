"""attach_keisei on stand-ins with the interface of Keisei's own trainer."""

import copy
import pickle
import unittest
import warnings

import numpy as np
import torch
from keisei_stand_in import ACTIONS, LINE, LINE_USI, StandInTrainer
from listening import Listening

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
        with self.assertRaisesRegex(ValueError, 'action_frame: "white"'):
            attach_keisei(self.trainer, self.hook, action_frame="white")


if __name__ == "__main__":
    unittest.main()
