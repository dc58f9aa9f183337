"""Just enough of what Keisei imports and a machine may lack, so that its trainer runs: configuration
by its models, no W&B, no analytics. What is installed is used instead."""

import copy
import importlib.util
import json
import sys
import types
import typing


class _Field:
    def __init__(self, default=..., *, default_factory=None, **_limits):
        self.default, self.default_factory = default, default_factory

    def value(self):
        return self.default_factory() if self.default_factory else copy.deepcopy(self.default)


def _plain(value):
    if isinstance(value, _Model):
        return {k: _plain(v) for k, v in vars(value).items()}
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, (list, tuple)) else value


class _Model:
    """As pydantic.BaseModel (2.x), without its checks."""

    def __init__(self, **given):
        for name, kind in typing.get_type_hints(type(self)).items():
            if name == "model_config":
                continue
            if name in given:
                value = given.pop(name)
            else:
                value = getattr(type(self), name, ...)
                value = value.value() if isinstance(value, _Field) else copy.deepcopy(value)
            if value is ...:
                raise ValueError(f"{type(self).__name__}.{name} is missing")
            kinds = [k for k in (kind, *typing.get_args(kind)) if isinstance(k, type)]
            model = next((k for k in kinds if issubclass(k, _Model)), None)
            setattr(self, name, model(**value) if model and isinstance(value, dict) else value)
        if given:
            raise ValueError(f"{type(self).__name__} has no {', '.join(given)}")

    @classmethod
    def model_validate(cls, given):
        return cls(**given)

    def model_dump(self, **_options):
        return _plain(self)

    def model_dump_json(self, indent=None):
        return json.dumps(_plain(self), indent=indent)

    def model_copy(self, *, update=None, deep=False):
        result = copy.deepcopy(self) if deep else copy.copy(self)
        for name, value in (update or {}).items():
            setattr(result, name, value)
        return result


def _as_it_was(*_names, **_options):
    return lambda function: function


def _pydantic():
    return {"BaseModel": _Model, "Field": _Field, "ConfigDict": dict, "ValidationError": ValueError,
            "field_validator": _as_it_was, "model_validator": _as_it_was}


def _has(name, needed=None):
    if importlib.util.find_spec(name) is None:
        return False
    return needed is None or hasattr(importlib.import_module(name), needed)


def install():
    """Names what was not there."""
    stand_ins = {"pydantic": ({} if _has("pydantic", "model_validator") else _pydantic()),
                 "wandb": {} if _has("wandb") else {"run": None},
                 "scipy": {} if _has("scipy") else {"stats": types.ModuleType("scipy.stats")}}
    for name, contents in stand_ins.items():
        if contents:
            module = types.ModuleType(name)
            vars(module).update(contents)
            sys.modules[name] = module
    import torch

    if not hasattr(torch.amp, "GradScaler"):  # torch 1.13
        torch.amp.GradScaler = torch.cuda.amp.GradScaler
    return [name for name, contents in stand_ins.items() if contents]
