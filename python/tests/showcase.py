"""A real keisei-showcase on free ports, for tests; viewers and the operator can be asked for."""

import json
import os
import re
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("KEISEI_BIN", ROOT / "build/dev/bin"))


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Showcase:
    """Use as a context manager."""

    def __enter__(self):
        self._temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self._temporary.name)
        self.port, self._control_port = free_port(), free_port()
        self.token_file = self.folder / "state/operator.token"
        self.url = f"ws://127.0.0.1:{self.port}/ingest"
        (self.folder / "ui").mkdir()
        (self.folder / "ui/index.html").write_text("<title>Nobody looks at this page</title>")
        self._log = open(self.folder / "showcase.log", "w+")
        self._process = subprocess.Popen(
            [str(BIN / "keisei-showcase"), "--port", str(self.port),
             "--control-port", str(self._control_port), "--ui", str(self.folder / "ui"),
             "--content", str(ROOT / "content"), "--state-dir", str(self.folder / "state"),
             "--seconds-per-move", "0.05"], stdout=self._log, stderr=subprocess.STDOUT)
        try:
            self._wait_until_up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._log.close()
        self._temporary.cleanup()

    def _wait_until_up(self):
        deadline = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except OSError as error:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise AssertionError(self.log()) from error
                time.sleep(0.05)

    def log(self):
        return (self.folder / "showcase.log").read_text()

    def viewer(self, timeout=120):
        """One that sees everything."""
        connection = websocket.connect(self.port, "/ws", timeout)
        connection.send(json.dumps({"level": "advanced", "channels": ["all"]}))
        return connection

    def counters(self, name):
        """Those of a family of /metrics, by their labels."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._control_port}/metrics",
            headers={"Authorization": f"Bearer {self.token_file.read_text().strip()}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read().decode()
        return {labels: float(value) for labels, value in
                re.findall(rf"^{name}(?:{{(.*)}})? (\S+)$", text, re.MULTILINE)}
