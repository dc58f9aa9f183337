"""A forward hook of one module, which copies and stored models of it do not take along."""

from typing import Any, Callable, Tuple


def _ignore(_module: Any, _inputs: Any, _output: Any) -> None:
    pass


def _make_ignore() -> Callable[[Any, Any, Any], None]:
    return _ignore


class ModuleWatch:
    """Calls ``callback(inputs, output)`` after each forward of ``module``, until ``remove``."""

    def __init__(self, module: Any, callback: Callable[[Any, Any], None]) -> None:
        self._module, self._callback = module, callback
        self.remove = module.register_forward_hook(self).remove

    def __call__(self, module: Any, inputs: Any, output: Any) -> None:
        if module is self._module:
            self._callback(inputs, output)

    def __deepcopy__(self, _memo: Any) -> Callable[[Any, Any, Any], None]:
        return _ignore

    def __reduce__(self) -> Tuple[Any, ...]:
        return _make_ignore, ()
