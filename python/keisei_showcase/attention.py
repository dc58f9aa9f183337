"""Streams what the last squeeze-and-excitation block of a PyTorch model shows for one sample."""

from __future__ import annotations

import time
from typing import Any, Callable, List, Optional, Tuple

from .host_copy import HostCopy
from .module_watch import ModuleWatch
from .se_blocks import SeBlock, find_se_blocks
from .warn import warn

# How far a block's output may be from gate times features, relative to its largest value, before
# its gates are not believed: float16 networks come to about 0.002.
_GATE_TOLERANCE = 0.02

# How many moves in a row that came straight from a forward with gradients show that rollouts have
# them too.
_MOVES_WITH_GRADIENTS = 16


def _without_gradients() -> bool:
    import torch

    return not torch.is_grad_enabled()


class Attachment:
    """What ``attach`` returns; ``detach`` takes every hook off the model again."""

    def __init__(self, block: SeBlock, number: int, hook: Any, sample: int, frame: str,
                 interval: float, rollout: Optional[Callable[[], bool]],
                 clock: Callable[[], float]) -> None:
        self.block_name = block.name
        self._block = block
        self._number = number
        self._hook = hook
        self._sample = sample
        self._turns = frame == "mover"
        self._interval = interval
        self._is_rollout = rollout or _without_gradients
        self._clock = clock
        # What the last forward led to while none has been a rollout.
        self._doubt: Optional[Any] = None if rollout else hook._await_move()
        self._doubtful = 0
        self._next = float("-inf")
        self._features: Optional[Any] = None
        self._gates: Optional[Any] = None
        # A copy on its way, and what will know the move that its forward led to.
        self._pending: Optional[Tuple[HostCopy, Any]] = None
        self._handles: List[Any] = []
        if block.features is not None:
            self._watch(block.features, self._on_features)
        self._watch(block.gate or block.excite, self._on_gates)
        if block.own:
            self._watch(block.module, self._on_block)

    def _watch(self, module: Any, callback: Callable[[Any, Any], None]) -> None:
        def watch(inputs: Any, output: Any) -> None:
            try:
                callback(inputs, output)
            except Exception as error:  # noqa: BLE001 - training goes on, whatever happens here
                self._give_up(repr(error))

        self._handles.append(ModuleWatch(module, watch))

    def detach(self) -> None:
        """Sends what was captured last, if its move is known, and takes the hooks off."""
        if self._handles:
            self._send()
        self._take_off()

    def _take_off(self) -> None:
        for handle in self._handles:
            handle.remove()
        self._handles = []

    def _give_up(self, why: str) -> None:
        self._take_off()
        self._pending = self._features = self._gates = None
        warn(f"attention of {self._block.name!r} is not streamed: {why}")

    # What PyTorch calls. Training forwards hold shuffled samples: only in rollouts sample 0 is
    # environment 0.
    def _wanted(self) -> bool:
        if not self._is_rollout():
            self._doubt_gradients()
            return False
        self._doubt = None
        if not self._send():
            return False
        now = self._clock()
        if now < self._next:
            return False
        self._next = now + self._interval
        return True

    def _doubt_gradients(self) -> None:
        """Says so when moves come from forwards with gradients, which are taken for learning."""
        if self._doubt is None:
            return
        if self._doubt.move is not None:
            self._doubt = self._hook._await_move()
            self._doubtful += 1
        if self._doubtful == _MOVES_WITH_GRADIENTS:
            self._doubt = None
            warn(f"attention of {self._block.name!r} is not streamed: moves come from forwards with "
                 "gradients. Play under torch.no_grad(), or say what a rollout is: "
                 "attach(…, rollout=…)")

    def _on_features(self, _inputs: Any, output: Any) -> None:
        self._features = output if self._wanted() else None

    def _on_gates(self, _inputs: Any, output: Any) -> None:
        if self._block.features is None:
            self._gates = output if self._wanted() else None
        elif self._features is not None and self._block.own:
            self._gates = output
        elif self._features is not None:
            self._capture(self._features, output, None)
            self._features = None

    def _on_block(self, inputs: Any, output: Any) -> None:
        # The input of a module of its own are the features, unless it is given them pooled. Its
        # output shows whether they were gated as we think.
        if self._gates is not None:
            given = inputs[0]
            self._capture(self._features if given.dim() != 4 and self._features is not None
                          else given, self._gates, output)
        self._features = self._gates = None

    def _capture(self, features: Any, gates: Any, output: Optional[Any]) -> None:
        import torch

        channels = self._block.channels
        if features.dim() != 4 or tuple(features.shape[1:]) != (channels, 9, 9):
            return self._give_up(f"its features are {tuple(features.shape)}, "
                                 f"expected (batch, {channels}, 9, 9)")
        if gates.dim() not in (2, 4) or gates[0].numel() != channels:
            return self._give_up(f"its gates are {tuple(gates.shape)}, not one for each channel")
        with torch.no_grad():
            shown = features[self._sample].float()
            gate = gates[self._sample].reshape(channels, 1, 1).float()
            error = shown.new_zeros(1)
            if output is not None and output.shape == gates.shape:
                gate = output[self._sample].reshape(channels, 1, 1).float()
            else:
                if self._block.gate is None:
                    gate = torch.sigmoid(gate)
                if output is not None and output.shape == features.shape:
                    result = output[self._sample].float()
                    error = ((result - shown * gate).abs().max() /
                             result.abs().max().clamp_min(1e-6)).reshape(1)
            activity = (shown.abs() * gate).sum(0)
            copy = HostCopy(torch.cat([activity.reshape(-1), gate.reshape(-1), error]))
        self._pending = (copy, self._hook._await_move())
        return None

    def _send(self) -> bool:
        """Sends the pending copy if it can be; whether there is room for the next one."""
        if self._pending is None:
            return True
        copy, ticket = self._pending
        if ticket.move is None:
            self._pending = None  # that forward led to no move
            return True
        if not copy.ready():
            return False
        values = copy.numpy()
        self._pending = None
        if not values[-1] <= _GATE_TOLERANCE:
            self._give_up("its output is not sigmoid(gates) times its input")
            return False
        activity = values[:81].reshape(9, 9)
        game_number, ply, update, white = ticket.move
        if self._turns and white:
            activity = activity[::-1, ::-1]
        try:
            self._hook.emit_attention(game_number=game_number, ply=ply, update=update,
                                      block=self._number, activity=activity.ravel(),
                                      gates=values[81:-1])
        except ValueError as error:  # NaN in a network that diverges, or a hook that was closed
            self._give_up(str(error))
            return False
        return True


def attach(module: Any, hook: Any, *, max_per_second: float = 10.0, sample: int = 0,
           frame: str = "mover", rollout: Optional[Callable[[], bool]] = None,
           clock: Callable[[], float] = time.monotonic) -> Attachment:
    """Streams the SE gates and the activity of the last residual block of ``module``.

    Squeeze-and-excitation is found by shape: two layers C -> C/r -> C (Linear or 1x1 Conv2d) one
    after the other. The gates are the output of a Sigmoid or Hardsigmoid module after them, or
    sigmoid(second layer). The activity of a square is the sum over channels of gate times
    \\|feature\\|. Features must be (batch, C, 9, 9).

    Forwards without gradient are rollouts, or those at which ``rollout()`` is true: at most
    ``max_per_second`` of them are looked at, of the
    batch only ``sample``, which must be the environment whose moves are emitted. What was seen
    belongs to the next ``emit_move`` after that forward, and is sent at the forward after it. With
    ``frame="mover"`` the board is turned back for White; with ``"board"`` it never was turned.

    Raises ValueError when the model has no such block.
    """
    if frame not in ("mover", "board"):
        raise ValueError(f'frame: "{frame}", expected one of "mover", "board"')
    if not max_per_second > 0:
        raise ValueError(f"max_per_second: {max_per_second}, expected more than 0")
    blocks = find_se_blocks(module)
    if not blocks:
        raise ValueError("module: no squeeze-and-excitation found, expected two layers "
                         "C -> C/r -> C (Linear or 1x1 Conv2d) one after the other")
    return Attachment(blocks[-1], len(blocks), hook, sample, frame, 1.0 / max_per_second,
                      rollout, clock)
