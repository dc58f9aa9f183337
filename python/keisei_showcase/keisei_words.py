"""What a Keisei trainer (Python) says, in the showcase's words."""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

from ._core import usi_of

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
_PIECES = {"PAWN": "P", "LANCE": "L", "KNIGHT": "N", "SILVER": "S", "GOLD": "G", "BISHOP": "B",
           "ROOK": "R"}
_NEEDED = ("metrics_manager.format_ppo_metrics", "step_manager.execute_step",
           "step_manager.game.current_player", "agent.select_action", "agent.model")


def check_trainer(trainer: Any) -> None:
    """Raises TypeError for what is no Keisei trainer of its Python era after its set-up."""
    if hasattr(trainer, "vecenv"):
        raise TypeError(
            f"trainer: {type(trainer).__qualname__} is of the Keisei that has a Rust environment and "
            "11259 actions (since April 2026); attach_keisei knows the Python one before it. "
            "docs/keisei.md has the ten lines that stream this one.")
    for path in _NEEDED:
        owner = trainer
        for part in path.split("."):
            owner = getattr(owner, part, None)
        if owner is None:
            raise TypeError(f"trainer: {type(trainer).__qualname__} has no {path}, expected a "
                            "Keisei trainer after its set-up")


def keisei_run(trainer: Any) -> Dict[str, Any]:
    """What a Keisei trainer says of itself, as arguments of StreamingHook:
    ``StreamingHook(url, **keisei_run(trainer))``."""
    check_trainer(trainer)
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


def usi_of_move(move: Any) -> str:
    """A move as Keisei's games are given it, in Black's view for both sides: (row, column, row,
    column, promotion), or (None, None, row, column, piece) for a drop."""
    from_row, from_column, row, column, rest = move
    if from_row is None:
        return _PIECES[str(getattr(rest, "name", rest)).upper()] + "*" + _square(row, column)
    return _square(from_row, from_column) + _square(row, column) + ("+" if rest else "")


def frames_of_action(action: int, usi: str, white: bool) -> Tuple[str, ...]:
    """In whose view ``action`` is ``usi``: Keisei has numbered its actions in Black's ("board") and,
    since 31 March 2026, in the mover's. Empty: in neither. In both: any of Black's, and White's drops
    on 5e, which stays 5e when the board is turned."""
    def is_move(frame: str) -> bool:
        try:
            return usi_of(action, white and frame == "mover") == usi
        except ValueError:  # no action of these networks
            return False

    return tuple(frame for frame in ("mover", "board") if is_move(frame))


def end_of_game(game: Any, info: Dict[str, Any]) -> Dict[str, Optional[str]]:
    """``winner`` and ``reason``. Raises ValueError for a reason that is not known."""
    winner = getattr(game, "winner", None)
    winner = info.get("winner") if winner is None else winner
    if winner is not None:
        winner = str(getattr(winner, "name", winner)).lower()
    said = getattr(game, "termination_reason", None) or info.get("reason") or ""
    said = str(getattr(said, "value", said)).lower()
    reason = next((ours for theirs, ours in _REASONS.items() if theirs in said), None)
    if reason is None:
        raise ValueError(f"reason: Keisei's {said!r} is not known")
    return {"winner": winner, "reason": reason}


def _square(row: int, column: int) -> str:
    if not (0 <= row <= 8 and 0 <= column <= 8):
        raise ValueError(f"selected_move: row {row}, column {column}, expected 0 to 8")
    return f"{9 - column}{'abcdefghi'[row]}"
