"""Code around a method of one object, which copies and stored ones of it do not take along."""

from typing import Any, Callable, Dict


class MethodWrap:
    """Stands in for a method of one object. A copy of that object, such as an agent that is copied to
    be evaluated, or one that is stored, has the method of its class again."""

    def __init__(self, owner: Any, name: str, around: Callable[..., Any]) -> None:
        self._owner, self._name, self._around = owner, name, around
        self._original = getattr(owner, name)
        self._had_own = name in vars(owner)
        setattr(owner, name, self)

    def restore(self) -> None:
        if self._had_own:
            setattr(self._owner, self._name, self._original)
        else:
            delattr(self._owner, self._name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._around(self._original, *args, **kwargs)

    def __deepcopy__(self, memo: Dict[int, Any]) -> Any:
        copy = memo.get(id(self._owner))
        return self if copy is None else getattr(type(self._owner), self._name).__get__(copy)

    def __reduce__(self) -> Any:
        return getattr, (self._owner, self._name)
