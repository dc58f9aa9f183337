"""Streams a Keisei trainer (Python) without a change to it."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Set, Tuple

from ._core import ACTIONS
from .attention import Attachment, attach
from .host_copy import HostCopy
from .keisei_words import (check_trainer, converted_metrics, end_of_game, frames_of_action,
                           keisei_run, usi_of_move)
from .method_wrap import MethodWrap
from .module_watch import ModuleWatch
from .warn import warn

__all__ = ["KeiseiAttachment", "attach_keisei", "keisei_run"]


class KeiseiAttachment:
    """What ``attach_keisei`` returns; ``detach`` leaves the trainer as it was."""

    def __init__(self, trainer: Any, hook: Any, action_frame: Optional[str],
                 measure_every: int) -> None:
        self.attention: Optional[Attachment] = None
        self._hook = hook
        self._measure_every = measure_every
        self._metrics_manager = trainer.metrics_manager
        self._game = trainer.step_manager.game
        self._said_frame = action_frame
        self._frame = action_frame  # as the last move showed that could tell
        self._updates = 0
        self._game_number = 0
        self._moves: List[str] = []
        self._start: Optional[Tuple[Optional[str], int]] = None  # position and ply of the game's beginning
        self._logits: Optional[HostCopy] = None
        self._mask: Optional[HostCopy] = None
        self._in_step = False
        self._warned: Set[str] = set()
        self._restore: List[Callable[[], None]] = []
        self._wrap(trainer.metrics_manager, "format_ppo_metrics", self._format_ppo_metrics)
        self._wrap(trainer.step_manager, "execute_step", self._execute_step)
        self._wrap(trainer.agent, "select_action", self._select_action)
        self._watch_policy(trainer.agent.model)
        parallel = getattr(getattr(trainer, "config", None), "parallel", None)
        if getattr(parallel, "enabled", False):
            self._warn("moves", "no moves of Keisei are streamed while parallel.enabled lets workers "
                       "play")

    def detach(self) -> None:
        """Puts the trainer's own methods back. The hook stays open."""
        for restore in self._restore:
            restore()
        self._restore = []
        if self.attention is not None:
            self.attention.detach()

    def attach_attention(self, model: Any, frame: str, per_second: float) -> None:
        # Until its d4f50d2 Keisei computed gradients in rollouts, and the value after one without.
        try:
            self.attention = attach(model, self._hook, max_per_second=per_second, frame=frame,
                                    rollout=lambda: self._in_step)
        except ValueError as error:
            self._warn("attention", f"no attention of Keisei is streamed: {error}")

    def _wrap(self, owner: Any, name: str, around: Callable[..., Any]) -> None:
        self._restore.append(MethodWrap(owner, name, around).restore)

    def _watch_policy(self, model: Any) -> None:
        """The logits are the output of the model's Linear layer with one value for each action."""
        from torch import nn

        heads = [m for m in model.modules()
                 if isinstance(m, nn.Linear) and m.out_features == ACTIONS]
        if not heads:
            return self._warn("policy", "moves of Keisei are streamed without their policy: its "
                              f"network has no Linear layer with {ACTIONS} outputs")

        def watch(_inputs: Any, output: Any) -> None:
            if self._in_step:
                self._guarded("policies", lambda: self._keep_logits(output))

        self._restore.append(ModuleWatch(heads[-1], watch).remove)
        return None

    def _warn(self, topic: str, text: str) -> None:
        """Once for each topic."""
        if topic not in self._warned:
            self._warned.add(topic)
            warn(text)

    def _guarded(self, what: str, work: Callable[[], None]) -> None:
        """Streaming may fail; the training that it watches may not."""
        try:
            work()
        except Exception as error:  # noqa: BLE001
            self._warn("closed" if getattr(self._hook, "closed", False) else what,
                       f"{what} of Keisei are not streamed: {error!r}")

    def _format_ppo_metrics(self, original: Any, learn_metrics: Any, *args: Any,
                            **kwargs: Any) -> Any:
        result = original(learn_metrics, *args, **kwargs)
        self._updates += 1
        self._guarded("metrics", self._hook.end_steps)  # learning came between two steps

        def emit() -> None:
            manager = self._metrics_manager
            self._hook.emit_ppo_metrics(
                converted_metrics(learn_metrics), update=self._updates,
                global_step=int(getattr(manager, "global_timestep", 0)),
                games=int(getattr(manager, "total_episodes_completed", 0)))

        self._guarded("metrics", emit)
        return result

    def _select_action(self, original: Any, obs: Any, legal_mask: Any, *args: Any,
                       **kwargs: Any) -> Any:
        if self._in_step:
            self._guarded("policies", lambda: self._keep_mask(legal_mask))
        return original(obs, legal_mask, *args, **kwargs)

    def _keep_mask(self, legal_mask: Any) -> None:
        self._mask = HostCopy(legal_mask.reshape(-1))

    def _keep_logits(self, logits: Any) -> None:
        self._logits = HostCopy(logits[0].reshape(-1).float())

    def _execute_step(self, original: Any, *args: Any, **kwargs: Any) -> Any:
        self._logits = self._mask = None
        before: List[Tuple[Optional[str], int, bool]] = []
        self._guarded("moves", lambda: before.append(self._look()))
        self._in_step = bool(before) and before[0][0] is not None
        try:
            result = original(*args, **kwargs)
        finally:
            self._in_step = False
        if before:
            self._guarded("moves", lambda: self._after(*before[0], result))
        return result

    def _look(self) -> Tuple[Optional[str], int, bool]:
        """The position before the move, or None in a step that is not streamed; how many moves led
        to it; whether White is to move."""
        game, ply = self._game, int(self._game.move_count)
        begins = self._start is None or ply != self._start[1] + len(self._moves)
        if begins:
            self._game_number += 1
            self._hook.set_measuring(self._measure_every > 0 and
                                     self._game_number % self._measure_every == 0)
        streamed = self._hook.begin_step()
        sfen = game.to_sfen_string() if streamed or begins else None
        if begins:
            self._start = (sfen, ply)
            self._moves = []
        white = str(getattr(game.current_player, "name", game.current_player)).upper() == "WHITE"
        return (sfen if streamed else None), ply, white

    def _after(self, sfen: Optional[str], ply: int, white: bool, result: Any) -> None:
        if not result.success or result.selected_move is None:
            self._start = None  # Keisei has reset the game
            return
        usi = usi_of_move(result.selected_move)
        self._moves.append(usi)
        if sfen is not None:
            self._emit_move(sfen, ply, int(result.policy_index), usi, white,
                            float(result.value_pred))
        if result.done:
            self._guarded("games", lambda: self._finish(getattr(result, "info", None) or {}))

    def _emit_move(self, sfen: str, ply: int, action: int, usi: str, white: bool,
                   value: float) -> None:
        what = {"game_number": self._game_number, "ply": ply, "sfen": sfen,
                "update": self._updates,
                # Keisei's value head has no tanh.
                "value": min(1.0, max(-1.0, value))}
        frame = self._frame_of(action, usi, white)
        # The trainer itself has waited for its action, which was computed after our copies.
        if (frame and self._logits and self._mask and self._logits.ready() and
                self._mask.ready()):
            self._hook.emit_move(policy=self._logits.numpy(), legal_mask=self._mask.numpy(),
                                 action=action, policy_kind="logits", frame=frame, **what)
        else:
            self._hook.emit_move(move=usi, **what)

    def _frame_of(self, action: int, usi: str, white: bool) -> Optional[str]:
        """Of this action, as the move that it led to shows. None: that is not known, and a policy that
        may be turned is not streamed."""
        frames = frames_of_action(action, usi, white)
        if not frames:
            self._warn("policy", "moves of Keisei are streamed without their policy: action "
                       f"{action} is {usi} in nobody's view")
            return None
        if not white:
            return frames[0]
        if len(frames) == 1:
            self._frame = frames[0]
            if self._said_frame not in (None, self._frame):
                self._warn("frame", f'action_frame="{self._said_frame}" is wrong: action {action} '
                           f'was {usi}, which it is with "{self._frame}"; that is used')
        return self._frame

    def _finish(self, info: Dict[str, Any]) -> None:
        assert self._start is not None
        start, moves = self._start[0], self._moves
        self._start = None
        self._hook.emit_game_finished(game_number=self._game_number, moves=moves, start_sfen=start,
                                      update=self._updates, **end_of_game(self._game, info))


def attach_keisei(trainer: Any, hook: Any, *, action_frame: Optional[str] = None,
                  observation_frame: str = "mover", attention_per_second: float = 10.0,
                  measure_every: int = 8) -> KeiseiAttachment:
    """Streams a Keisei trainer of its Python era, until March 2026, by wrapping, on the objects
    themselves, ``metrics_manager.format_ppo_metrics``, ``step_manager.execute_step`` and
    ``agent.select_action``; by a forward hook on the network's policy layer; and by ``attach`` where
    the network has squeeze-and-excitation. Deep copies and pickles of them are not wrapped.

    Moves are those that Keisei's game was given. In whose view its actions are numbered shows from
    them; ``action_frame`` ("mover" or "board") only says what is expected, and one warning comes if
    it is not so. Its observation is turned for White (``observation_frame="mover"``).

    Every ``measure_every``-th game (0: none) some of its steps go unstreamed, to measure what
    streaming costs; the finished game is complete all the same.

    What cannot be streamed becomes a RuntimeWarning, one for each kind, and never reaches the
    training loop. Writing each position as SFEN is Keisei's own code and costs it some of its time.

    Raises TypeError for anything else, such as the Keisei with a Rust environment (docs/keisei.md).
    """
    for name, frame in (("action_frame", action_frame), ("observation_frame", observation_frame)):
        if frame not in ("mover", "board") and (frame is not None or name == "observation_frame"):
            raise ValueError(f'{name}: "{frame}", expected one of "mover", "board"')
    check_trainer(trainer)
    attachment = KeiseiAttachment(trainer, hook, action_frame, measure_every)
    if attention_per_second > 0:
        attachment.attach_attention(trainer.agent.model, observation_frame, attention_per_second)
    return attachment
