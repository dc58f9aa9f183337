"""Writes the events into keisei_showcase/_core.pyi, as the built extension has them.

PYTHONPATH=build/dev/python python3 python/tests/write_stub.py, with Debian's python3.
"""

from pathlib import Path

from keisei_showcase import _core

STUB = Path(__file__).resolve().parent.parent / "keisei_showcase/_core.pyi"
BEGIN = "    # Made by write_stub.py from the events' fields. Do not edit.\n"
END = "    # The end of what is made.\n"


def with_events(stub: str) -> str:
    before, rest = stub.split(BEGIN)
    return before + BEGIN + _core._event_stubs() + END + rest.split(END)[1]


if __name__ == "__main__":
    STUB.write_text(with_events(STUB.read_text()))
