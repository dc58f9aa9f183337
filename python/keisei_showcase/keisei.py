"""Streams a Keisei trainer (Python) without a change to it."""

from __future__ import annotations

import warnings
from typing import Any, Callable, Dict, List, Optional, Tuple

from ._core import ACTIONS, usi_of
from .attention import Attachment, attach
from .host_copy import HostCopy
from .module_watch import ModuleWatch

# What Keisei's games say of their end -> what the showcase knows.
_REASONS = {
    "tsumi": "checkmate",
    "checkmate": "checkmate",
    "stalemate": "stalemate",
    "sennichite": "repetition",
    "repetition": "repetition",
    "jishogi": "impasse",
    "impasse": "impasse",
    "toryo": "resignation",
    "resignation": "resignation",
    "max moves": "max_plies",
    "max_moves": "max_plies",
}
_METRICS = ("ppo/policy_loss", "ppo/value_loss", "ppo/learning_rate", "ppo/clip_fraction")


def keisei_run(trainer: Any) -> Dict[str, Any]:
    """What a Keisei trainer says of itself, as arguments of StreamingHook:
    ``StreamingHook(url, **keisei_run(trainer))``."""
    model = trainer.agent.model
    training = getattr(getattr(trainer, "config", None), "training", None)
    name = str(getattr(trainer, "run_name", "") or "Keisei")
    run: Dict[str, Any] = {
        "name": name.encode()[:63].decode(errors="ignore"),  # as much as fits
        "preset": "keisei",
        "parameters": sum(p.numel() for p in model.parameters()),
        "device": str(next(model.parameters()).device),
    }
    for key in ("tower_depth", "tower_width", "clip_epsilon"):
        value = getattr(training, key, None)
        if value is not None:
            run[key] = value
    return run


def converted_metrics(learn_metrics: Dict[str, Any]) -> Dict[str, Optional[float]]:
    """Keisei's metrics in the showcase's meaning.

    Its entropy is negative (-H); entropy of a policy never is, so the sign is dropped. Its KL is
    mean(old - new log-probability), which can fall below 0 by chance where the divergence itself
    cannot: that is shown as 0. It stays a noisier estimate than k3.
    """
    result: Dict[str, Optional[float]] = {k: learn_metrics.get(k) for k in _METRICS}
    entropy = learn_metrics.get("ppo/entropy")
    result["ppo/entropy"] = None if entropy is None else abs(float(entropy))
    divergence = learn_metrics.get("ppo/kl_divergence_approx")
    result["ppo/kl_divergence_approx"] = None if divergence is None else max(0.0, float(divergence))
    return result


class _Wrapper:
    """Stands in for a method of one object. A copy of that object, such as an agent that is copied to
    be evaluated, or one that is stored, has the method of its class again."""

    def __init__(self, owner: Any, name: str, around: Callable[..., Any]) -> None:
        self._owner, self._name, self._around = owner, name, around
        self._original = getattr(owner, name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._around(self._original, *args, **kwargs)

    def __deepcopy__(self, memo: Dict[int, Any]) -> Any:
        copy = memo.get(id(self._owner))
        return self if copy is None else getattr(type(self._owner), self._name).__get__(copy)

    def __reduce__(self) -> Any:
        return getattr, (self._owner, self._name)


class KeiseiAttachment:
    """What ``attach_keisei`` returns; ``detach`` leaves the trainer as it was."""

    def __init__(self, trainer: Any, hook: Any, action_frame: str,
                 attention: Optional[Attachment], measure_every: int) -> None:
        self._hook = hook
        self._measure_every = measure_every
        self._metrics_manager = trainer.metrics_manager
        self._game = trainer.step_manager.game
        self._frame = action_frame
        self.attention = attention
        self._updates = 0
        self._game_number = 0
        self._moves: List[str] = []
        self._start: Optional[Tuple[Optional[str], int]] = None  # position and ply of the game's beginning
        self._logits: Optional[HostCopy] = None
        self._mask: Optional[HostCopy] = None
        self._in_step = False
        self._warned = False
        self._restore: List[Callable[[], None]] = []
        self._wrap(trainer.metrics_manager, "format_ppo_metrics", self._format_ppo_metrics)
        self._wrap(trainer.step_manager, "execute_step", self._execute_step)
        self._wrap(trainer.agent, "select_action", self._select_action)
        self._watch_policy(trainer.agent.model)

    def detach(self) -> None:
        """Puts the trainer's own methods back. The hook stays open."""
        for restore in self._restore:
            restore()
        self._restore = []
        if self.attention is not None:
            self.attention.detach()

    def _wrap(self, owner: Any, name: str, wrapper: Callable[..., Any]) -> None:
        had_own, original = name in vars(owner), getattr(owner, name)

        def restore() -> None:
            if had_own:
                setattr(owner, name, original)
            else:
                delattr(owner, name)

        setattr(owner, name, _Wrapper(owner, name, wrapper))
        self._restore.append(restore)

    def _watch_policy(self, model: Any) -> None:
        """The logits are the output of the model's Linear layer with one value for each action."""
        from torch import nn

        heads = [m for m in model.modules()
                 if isinstance(m, nn.Linear) and m.out_features == ACTIONS]
        if not heads:
            return  # moves are streamed without their policy

        def watch(_inputs: Any, output: Any) -> None:
            if self._in_step:
                self._guarded(lambda: self._keep_logits(output))

        self._restore.append(ModuleWatch(heads[-1], watch).remove)

    def _guarded(self, work: Callable[[], None]) -> None:
        """Streaming may fail; the training that it watches may not."""
        try:
            work()
        except Exception as error:  # noqa: BLE001
            if not self._warned:
                self._warned = True
                warnings.warn(f"keisei_showcase: not everything of Keisei is streamed: {error!r}",
                              RuntimeWarning, stacklevel=2)

    def _format_ppo_metrics(self, original: Any, learn_metrics: Any, *args: Any,
                            **kwargs: Any) -> Any:
        result = original(learn_metrics, *args, **kwargs)
        self._updates += 1
        self._guarded(self._hook.end_steps)  # learning came between two steps

        def emit() -> None:
            manager = self._metrics_manager
            self._hook.emit_ppo_metrics(
                converted_metrics(learn_metrics), update=self._updates,
                global_step=int(getattr(manager, "global_timestep", 0)),
                games=int(getattr(manager, "total_episodes_completed", 0)))

        self._guarded(emit)
        return result

    def _select_action(self, original: Any, obs: Any, legal_mask: Any, *args: Any,
                       **kwargs: Any) -> Any:
        if self._in_step:
            self._guarded(lambda: self._keep_mask(legal_mask))
        return original(obs, legal_mask, *args, **kwargs)

    def _keep_mask(self, legal_mask: Any) -> None:
        self._mask = HostCopy(legal_mask.reshape(-1))

    def _keep_logits(self, logits: Any) -> None:
        self._logits = HostCopy(logits[0].reshape(-1).float())

    def _execute_step(self, original: Any, *args: Any, **kwargs: Any) -> Any:
        self._logits = self._mask = None
        before: List[Tuple[Optional[str], int, bool]] = []
        self._guarded(lambda: before.append(self._look()))
        self._in_step = bool(before) and before[0][0] is not None
        try:
            result = original(*args, **kwargs)
        finally:
            self._in_step = False
        if before:
            self._guarded(lambda: self._after(*before[0], result))
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
        action = int(result.policy_index)
        usi = usi_of(action, self._frame == "mover" and white)
        self._moves.append(usi)
        if sfen is not None:
            self._emit_move(sfen, ply, action, usi, float(result.value_pred))
        if result.done:
            self._finish(getattr(result, "info", None) or {})

    def _emit_move(self, sfen: str, ply: int, action: int, usi: str, value: float) -> None:
        what = {"game_number": self._game_number, "ply": ply, "sfen": sfen,
                "update": self._updates,
                # Keisei's value head has no tanh.
                "value": min(1.0, max(-1.0, value))}
        # The trainer itself has waited for its action, which was computed after our copies.
        if self._logits and self._mask and self._logits.ready() and self._mask.ready():
            self._hook.emit_move(policy=self._logits.numpy(), legal_mask=self._mask.numpy(),
                                 action=action, policy_kind="logits", frame=self._frame, **what)
        else:
            self._hook.emit_move(move=usi, **what)

    def _finish(self, info: Dict[str, Any]) -> None:
        assert self._start is not None
        start, moves = self._start[0], self._moves
        self._start = None
        winner = getattr(self._game, "winner", None)
        winner = info.get("winner") if winner is None else winner
        if winner is not None:
            winner = str(getattr(winner, "name", winner)).lower()
        said = getattr(self._game, "termination_reason", None) or info.get("reason") or ""
        said = str(getattr(said, "value", said)).lower()
        reason = next((ours for theirs, ours in _REASONS.items() if theirs in said), None)
        if reason is None:
            raise ValueError(f"reason: Keisei's {said!r} is not known")
        self._hook.emit_game_finished(game_number=self._game_number, moves=moves, winner=winner,
                                      reason=reason, start_sfen=start, update=self._updates)


def attach_keisei(trainer: Any, hook: Any, *, action_frame: str = "board",
                  observation_frame: str = "mover", attention_per_second: float = 10.0,
                  measure_every: int = 8) -> KeiseiAttachment:
    """Streams a Keisei trainer by wrapping, on the objects themselves,
    ``metrics_manager.format_ppo_metrics``, ``step_manager.execute_step`` and
    ``agent.select_action``; by a forward hook on the network's policy layer; and by ``attach`` where
    the network has squeeze-and-excitation. Deep copies and pickles of them are not wrapped.

    Keisei numbers its actions in Black's view for both sides (``action_frame="board"``) while its
    observation is turned for White (``observation_frame="mover"``); say so if yours differs.

    Every ``measure_every``-th game (0: none) some of its steps go unstreamed, to measure what
    streaming costs; the finished game is complete all the same.

    An error of streaming becomes one RuntimeWarning and never reaches the training loop. Writing
    each position as SFEN is Keisei's own code and costs it some of its time.
    """
    if action_frame not in ("mover", "board"):
        raise ValueError(f'action_frame: "{action_frame}", expected one of "mover", "board"')
    for path in ("metrics_manager.format_ppo_metrics", "step_manager.execute_step",
                 "step_manager.game.current_player", "agent.select_action", "agent.model"):
        owner = trainer
        for part in path.split("."):
            owner = getattr(owner, part, None)
        if owner is None:
            raise TypeError(f"trainer: {type(trainer).__qualname__} has no {path}, expected a "
                            "Keisei trainer after its set-up")
    attention = None
    if attention_per_second > 0:
        try:
            attention = attach(trainer.agent.model, hook, max_per_second=attention_per_second,
                               frame=observation_frame)
        except ValueError:
            pass  # a network without squeeze-and-excitation
    return KeiseiAttachment(trainer, hook, action_frame, attention, measure_every)
