"""Finds squeeze-and-excitation in a PyTorch model by the shape of its layers, whatever the names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Optional, Tuple


@dataclass
class SeBlock:
    """Two layers C -> C/r -> C, next to each other, in a module of their own or inside a block."""

    name: str  # of `module` in the model
    channels: int
    module: Any  # the outermost module that holds these two layers and no other weights, or else
    own: bool  # (then False) the innermost one that holds both
    squeeze: Any  # C -> C/r
    excite: Any  # C/r -> C
    gate: Optional[Any]  # a Sigmoid or Hardsigmoid module after `excite`, if there is one
    # The layer around them whose output is gated. A module of its own may be given it as input.
    features: Optional[Any]


def _io(layer: Any) -> Optional[Tuple[int, int]]:
    """(channels in, channels out) of a Linear or a 1x1 convolution."""
    from torch import nn

    if isinstance(layer, nn.Linear):
        return layer.in_features, layer.out_features
    if isinstance(layer, nn.Conv2d) and tuple(layer.kernel_size) == (1, 1) and layer.groups == 1:
        return layer.in_channels, layer.out_channels
    return None


def _channels_out(layer: Any) -> Optional[int]:
    """Of a layer that makes a feature map."""
    from torch import nn

    if isinstance(layer, nn.Conv2d):
        return layer.out_channels
    if isinstance(layer, nn.BatchNorm2d):
        return layer.num_features
    return None


def find_se_blocks(model: Any) -> List[SeBlock]:
    """All of them, in the order in which their modules were registered."""
    from torch import nn

    leaves = [(name, m) for name, m in model.named_modules() if next(m.children(), None) is None]
    weighted = [(name, m) for name, m in leaves if next(m.parameters(), None) is not None]
    found = []
    for (first_name, first), (second_name, second) in zip(weighted, weighted[1:]):
        down, up = _io(first), _io(second)
        if not down or not up or down != up[::-1] or down[1] >= down[0]:
            continue
        name = _common_parent(first_name, second_name)
        own = _holds(name, weighted) == 2
        while own and name and _holds(_parent(name), weighted) == 2:
            name = _parent(name)
        # Where to look for the features: around a module of its own, else in the module itself.
        around = [m for _, m in _within(_parent(name) if own else name, leaves)]
        maps = [m for m in around if m not in (first, second) and _channels_out(m) == down[0]]
        before = [m for m in maps if around.index(m) < around.index(first)]
        inside = [m for _, m in _within(name, leaves)]
        gates = [m for m in inside[inside.index(second) + 1:]
                 if isinstance(m, (nn.Sigmoid, nn.Hardsigmoid))]
        found.append(SeBlock(name=name, channels=down[0], module=model.get_submodule(name), own=own,
                             squeeze=first, excite=second, gate=gates[0] if gates else None,
                             features=(before or maps or [None])[-1]))
    return found


def _within(name: str, modules: List[Tuple[str, Any]]) -> List[Tuple[str, Any]]:
    prefix = f"{name}." if name else ""
    return [(n, m) for n, m in modules if n.startswith(prefix)]


def _holds(name: str, weighted: List[Tuple[str, Any]]) -> int:
    return len(_within(name, weighted))


def _parent(name: str) -> str:
    return name.rpartition(".")[0]


def _common_parent(first: str, second: str) -> str:
    common = []
    for a, b in zip(first.split(".")[:-1], second.split(".")[:-1]):
        if a != b:
            break
        common.append(a)
    return ".".join(common)
