"""The hook itself; its work is done in C++ (``_core``)."""

from . import _core
from .attention import attach
from .keisei import attach_keisei


class StreamingHook(_core.StreamingHook):
    """All that a training process needs to be streamed.

    ``url`` is the showcase's ingest address, ``token_file`` the file with its operator token, read
    at every connect. ``run_id`` names the run among all runs (at most 40 bytes; a resumed run
    keeps it); without one, a random one is made. The other arguments describe the run to viewers
    (``name`` and ``preset`` at most 63 bytes); ``emit_run_started`` replaces it by another one.
    ``flush_deadline`` (seconds) bounds ``close``; ``priority`` is the sending thread's: "idle",
    "lowest" (nice 19) or "normal", ``publisher_cpu`` the only processor it may run on (-1: any).
    ``ca_file`` (PEM) vouches for a wss:// showcase in place of the system's certificates.
    ``spill_file`` keeps finished games and evaluations over an outage, even of this process.

    A trainer that calls ``begin_step`` at every step is measured while it runs: short windows of
    steps go unstreamed, and when the others make training slower by more than ``impact_limit_pct``
    percent, with confidence, less is streamed until they do not. ``end_steps`` says that something
    else follows, such as learning, which counts as training time too. ``set_measuring`` says when that may be.

    The constructor does not wait for a connection and raises ValueError for arguments that are
    wrong. Use it from any number of threads. After ``os.fork`` the child's copy does nothing but
    warn once: make a hook of the child's own. A hook that is never closed is closed at the
    interpreter's exit.
    """

    def attach(self, module, **options):
        """Streams what the last squeeze-and-excitation block of ``module`` shows: ``attach``."""
        return attach(module, self, **options)

    def attach_keisei(self, trainer, **options):
        """Streams an unmodified Keisei trainer: ``attach_keisei``."""
        return attach_keisei(trainer, self, **options)
