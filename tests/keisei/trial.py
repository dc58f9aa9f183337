"""Lets Keisei's own trainer learn for a while, streamed or not, and writes down what it did, as it
says itself. A process of its own: see try_keisei.py."""

import argparse
import hashlib
import json
import os
import sys
import tempfile
import warnings
from types import SimpleNamespace


class Recorder:
    """What Keisei's game is given, by Keisei's own names for it."""

    def __init__(self, trainer):
        self.games, self.metrics = [], []
        self._game, self._mapper = trainer.game, trainer.policy_output_mapper
        self._make_move, self._reset = self._game.make_move, self._game.reset
        self._game.make_move, self._game.reset = self.make_move, self.reset
        self._say = trainer.metrics_manager.format_ppo_metrics_for_logging
        trainer.metrics_manager.format_ppo_metrics_for_logging = self.say

    def reset(self, *args, **kwargs):
        observation = self._reset(*args, **kwargs)
        self.games.append({"sfens": [], "moves": [], "end": None})
        return observation

    def make_move(self, move, *args, **kwargs):
        if kwargs.get("is_simulation") or args:
            return self._make_move(move, *args, **kwargs)
        game = self.games[-1]
        game["sfens"].append(self._game.to_sfen_string())
        game["moves"].append(self._mapper.shogi_move_to_usi(move))
        result = self._make_move(move)
        if self._game.game_over:
            winner = self._game.winner
            game["end"] = {"winner": winner.name.lower() if winner else None,
                           "reason": str(self._game.termination_reason)}
        return result

    def say(self, learn_metrics):
        self.metrics.append({k: float(v) for k, v in learn_metrics.items()})
        return self._say(learn_metrics)


def make_trainer(source, folder, timesteps, most_moves):
    sys.path.insert(0, source)
    os.chdir(folder)
    from keisei.utils import load_config

    config = load_config(None, {})
    config.env.max_moves_per_game = most_moves
    for name, value in {"total_timesteps": timesteps, "steps_per_epoch": 128, "ppo_epochs": 1,
                        "minibatch_size": 32, "tower_depth": 2, "tower_width": 16,
                        "enable_torch_compile": False,
                        "checkpoint_interval_timesteps": 10 * timesteps,
                        "evaluation_interval_timesteps": 10 * timesteps}.items():
        setattr(config.training, name, value)
    config.evaluation.enable_periodic_evaluation = False
    config.wandb.enabled = config.wandb.log_model_artifact = False
    config.logging.model_dir = config.logging.log_file = "models"
    config.logging.log_file = "training.log"
    config.display.display_moves = False
    config.display.turn_tick = 0.0
    from keisei.training.trainer import Trainer

    return Trainer(config, SimpleNamespace(resume=None, run_name="trial", savedir=None))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--source", required=True)
    options.add_argument("--timesteps", type=int, required=True)
    options.add_argument("--most-moves", type=int, required=True)
    options.add_argument("--url", default="", help="streamed there, if at all")
    options.add_argument("--token-file", default="")
    options.add_argument("--measure-every", type=int, default=8)
    options = options.parse_args()
    import missing_packages

    missing = missing_packages.install()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        trainer = make_trainer(os.path.abspath(options.source), folder, options.timesteps,
                               options.most_moves)
        recorder = Recorder(trainer)
        hook = attachment = None
        if options.url:
            from keisei_showcase import StreamingHook, attach_keisei, keisei_run

            hook = StreamingHook(options.url, token_file=options.token_file, flush_deadline=30,
                                 **keisei_run(trainer))
            attachment = attach_keisei(trainer, hook, measure_every=options.measure_every)
        trainer.run_training_loop()
        if hook:
            attachment.detach()
            hook.close()
        weights = hashlib.sha256()
        for name, tensor in sorted(trainer.agent.model.state_dict().items()):
            weights.update(name.encode() + tensor.cpu().contiguous().numpy().tobytes())
        said = [str(w.message) for w in warned if "keisei_showcase" in str(w.message)]
        os.chdir("/")
    json.dump({"games": recorder.games, "metrics": recorder.metrics, "said": said,
               "missing": missing, "weights": weights.hexdigest()}, sys.stdout)


if __name__ == "__main__":
    main()
