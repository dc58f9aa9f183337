"""Another end for the hook to stream to: a WebSocket server that keeps what it is told."""

import json
import socket
import threading
import time

import websocket


class Listening:
    """Use as a context manager. Messages have been decoded; heartbeats are left out."""

    def __enter__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self._listener.getsockname()[1]}/ingest"
        self._messages = []
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        # Closing alone would not end an accept that is waiting.
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._listener.close()

    def _run(self):
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock):
        connection = websocket.accept(sock)
        while (text := connection.receive()) is not None:
            message = json.loads(text)
            if message["type"] != "heartbeat":
                with self._lock:
                    self._messages.append(message)
            connection.send(json.dumps({"type": "telemetry_acknowledged", "timestamp": 0, "seq": 1,
                                        "data": {"received": message["seq"]}}))
        connection.close()

    def all(self, kind):
        with self._lock:
            return [m["data"] for m in self._messages if m["type"] == kind]

    def wait_for(self, kind, count=1, within=20):
        """The messages of a kind, once there are `count` of them."""
        deadline = time.monotonic() + within
        while len(self.all(kind)) < count:
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(self.all(kind))} of {count} {kind} within {within} s")
            time.sleep(0.005)
        return self.all(kind)
