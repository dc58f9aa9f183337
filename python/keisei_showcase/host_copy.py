"""Values of a tensor in the host's memory, without waiting for the device that computes them."""

from __future__ import annotations

from typing import Any


class HostCopy:
    """A copy of a small tensor.

    From the CPU it is there at once. From CUDA it goes asynchronously into pinned memory, behind
    what the current stream already does; ``ready`` asks an event and never synchronises.
    """

    def __init__(self, tensor: Any) -> None:
        import torch

        tensor = tensor.detach()
        self._event = None
        if tensor.is_cuda:
            self._host = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True)
            self._host.copy_(tensor, non_blocking=True)
            self._event = torch.cuda.Event()
            self._event.record(torch.cuda.current_stream(tensor.device))
        else:
            self._host = tensor.clone()

    def ready(self) -> bool:
        if self._event is not None and self._event.query():
            self._event = None
        return self._event is None

    def numpy(self) -> Any:
        """Precondition: ready."""
        return self._host.numpy()
