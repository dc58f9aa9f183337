"""Stream a training run to Keisei Showcase.

    from keisei_showcase import StreamingHook

    with StreamingHook("ws://127.0.0.1:8080/ingest", token_file="var/showcase/operator.token",
                       name="My run") as hook:
        ...
        hook.emit_ppo_metrics({"policy_loss": 0.01, "entropy": 2.9}, update=1, global_step=2048)

Emitting copies the values into a bounded ring and returns after microseconds; a thread of the
extension sends them, waits for a showcase that is not there, and drops and counts what does not
fit. Nothing here needs PyTorch; ``attach`` and ``attach_keisei`` import it when they are called.
"""

from ._core import ACTIONS, DIRECTION_ACTIONS, START_SFEN, usi_of
from .attention import Attachment, attach
from .hook import StreamingHook
from .keisei import KeiseiAttachment, attach_keisei, keisei_run

__all__ = [
    "ACTIONS",
    "DIRECTION_ACTIONS",
    "START_SFEN",
    "Attachment",
    "KeiseiAttachment",
    "StreamingHook",
    "attach",
    "attach_keisei",
    "keisei_run",
    "usi_of",
]
