"""_core.pyi says what the extension has."""

import ast
import inspect
import unittest

from write_stub import STUB, with_events

from keisei_showcase import _core


def emitters_of_stub():
    """What each emit_… takes: by position, by name only, and which of these have a default."""
    module = ast.parse(STUB.read_text())
    hook = next(n for n in module.body if isinstance(n, ast.ClassDef) and n.name == "StreamingHook")
    found = {}
    for method in hook.body:
        if isinstance(method, ast.FunctionDef) and method.name.startswith("emit_"):
            given = method.args
            plain = [a.arg for a in given.args]
            optional = set(plain[len(plain) - len(given.defaults):] if given.defaults else [])
            optional |= {a.arg for a, d in zip(given.kwonlyargs, given.kw_defaults) if d is not None}
            found[method.name] = (plain, {a.arg for a in given.kwonlyargs}, optional)
    return found


def emitters_of_extension():
    found = {}
    for name in dir(_core.StreamingHook):
        if name.startswith("emit_"):
            plain, keyword, optional = [], set(), set()
            method = getattr(_core.StreamingHook, name)
            for parameter in inspect.signature(method).parameters.values():
                if parameter.kind == parameter.KEYWORD_ONLY:
                    keyword.add(parameter.name)
                else:
                    plain.append(parameter.name)
                if parameter.default is not parameter.empty:
                    optional.add(parameter.name)
            found[name] = (plain, keyword, optional)
    return found


class Stub(unittest.TestCase):
    maxDiff = None

    def test_what_is_made_of_it_is_up_to_date(self):
        stub = STUB.read_text()
        self.assertEqual(stub, with_events(stub), "run python/tests/write_stub.py")

    def test_every_event_of_the_extension_is_typed_with_all_its_fields(self):
        extension = emitters_of_extension()
        self.assertGreaterEqual(len(extension), 7)
        self.assertEqual(emitters_of_stub(), extension)


if __name__ == "__main__":
    unittest.main()
