"""Types of the C++ part."""

from types import TracebackType
from typing import Any, Dict, Iterable, Mapping, Optional, SupportsFloat, Tuple, Type
from typing import TypeVar, Union

from typing import Literal, TypedDict

ACTIONS: int
DIRECTION_ACTIONS: int
START_SFEN: str

def usi_of(action: int, turned: bool = False, actions: int = 13527) -> str:
    """The move of an action; turned for a White mover whose actions are in the mover's frame.
    ``actions`` is how many there are: 13527, or 11259 as Keisei's Rust environment numbers them."""

def _event_stubs() -> str:
    """The part of this file that write_stub.py makes."""

Number = Union[SupportsFloat, None]
"""float, int or NumPy scalar; None is unknown. Tensors are refused: take their .item()."""
Array = Any
"""A contiguous NumPy array of float32 or float64, or a list."""
Mask = Any
"""A contiguous NumPy array of bool, uint8 or int8."""

class Counters(TypedDict):
    emitted: int
    sent: int
    acknowledged: int
    dropped: int
    connections: int
    connect_failures: int
    connected: bool
    dropped_by: Dict[str, int]


class _MoveTicket:
    @property
    def move(self) -> Optional[Tuple[int, int, int, bool]]:
        """Game number, ply, update and whether White moved, once a move has been emitted."""

_Self = TypeVar("_Self", bound="StreamingHook")

class StreamingHook:
    def __init__(
        self,
        url: str = "ws://127.0.0.1:8080/ingest",
        *,
        token_file: str = "",
        run_id: str = "",
        name: str = "",
        preset: str = "",
        device: str = "cpu",
        parameters: int = 0,
        tower_depth: int = 0,
        tower_width: int = 0,
        reward: Literal["terminal", "shaped"] = "terminal",
        shaping_coefficient: float = 0.0,
        clip_epsilon: float = 0.2,
        environments: int = 1,
        flush_deadline: float = 1.0,
        priority: Literal["idle", "lowest", "normal"] = "lowest",
        ca_file: str = "",
        spill_file: str = "",
        publisher_cpu: int = -1,
        impact_limit_pct: float = 1.0,
    ) -> None: ...
    def emit_run_started(
        self,
        *,
        run_id: str = "",
        name: str = "",
        preset: str = "",
        device: str = "cpu",
        parameters: int = 0,
        tower_depth: int = 0,
        tower_width: int = 0,
        reward: Literal["terminal", "shaped"] = "terminal",
        shaping_coefficient: float = 0.0,
        clip_epsilon: float = 0.2,
        environments: int = 1,
        started_at: float = ...,
    ) -> None: ...
    def emit_ppo_metrics(
        self, metrics: Mapping[str, Number], update: int, global_step: int, games: int = 0
    ) -> None: ...
    def emit_move(
        self,
        *,
        game_number: int,
        ply: int,
        sfen: str,
        update: int = 0,
        value: Number = None,
        policy: Optional[Array] = None,
        legal_mask: Optional[Mask] = None,
        action: Optional[int] = None,
        policy_kind: Literal["probabilities", "log_probabilities", "logits"] = "probabilities",
        frame: Literal["mover", "board"] = "mover",
        move: Optional[str] = None,
        probability: Number = None,
        entropy: Number = None,
        legal_moves: int = 0,
        top: Iterable[Tuple[str, float]] = (),
        destinations: Optional[Array] = None,
    ) -> None: ...
    # Made by write_stub.py from the events' fields. Do not edit.
    def emit_game_finished(
        self,
        *,
        game_number: int,
        update: int = ...,
        start_sfen: str = ...,
        moves: Iterable[str],
        winner: Optional[Literal["black", "white"]] = ...,
        reason: Literal["checkmate", "stalemate", "repetition", "perpetual_check", "declaration", "impasse", "resignation", "max_plies"],
    ) -> None: ...
    def emit_evaluation(
        self,
        *,
        update: int,
        global_step: int,
        random_games: int = ...,
        random_score: Number = ...,
        random_low: Number = ...,
        random_high: Number = ...,
        elo: Number = ...,
        elo_error: Number = ...,
        skills: Union[Iterable[Tuple[str, int, int]], Mapping[str, Tuple[Any, ...]]] = ...,
        past_scores: Union[Iterable[Tuple[int, int, int, int]], Mapping[str, Tuple[Any, ...]]] = ...,
        anchor_scores: Union[Iterable[Tuple[str, int, int, int, Number, Number]], Mapping[str, Tuple[Any, ...]]] = ...,
        past_ages: Union[Iterable[Tuple[int, Number]], Mapping[str, Tuple[Any, ...]]] = ...,
    ) -> None: ...
    def emit_checkpoint(
        self,
        *,
        update: int,
        global_step: int,
        bytes: int,
        name: str,
    ) -> None: ...
    def emit_attention(
        self,
        *,
        game_number: int,
        update: int = ...,
        ply: int,
        block: int,
        activity: Array,
        gates: Array = ...,
    ) -> None: ...
    # The end of what is made.
    def begin_step(self) -> bool: ...
    def end_steps(self) -> None: ...
    def set_measuring(self, measuring: bool) -> None: ...
    def close(self) -> None: ...
    def __enter__(self: _Self) -> _Self: ...
    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None: ...
    @property
    def closed(self) -> bool: ...
    @property
    def active(self) -> bool: ...
    @property
    def stage(self) -> Literal["full", "reduced", "minimal", "off"]: ...
    @property
    def stopped(self) -> bool: ...
    @property
    def counters(self) -> Counters: ...
    @property
    def last_error(self) -> str: ...
    @property
    def run_id(self) -> str: ...
    @property
    def url(self) -> str: ...
    def _await_move(self) -> _MoveTicket: ...
