"""Just enough of RFC 6455 for the tests: text messages, pings, closing; no fragments, no extensions."""

import base64
import hashlib
import os
import socket
import struct

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


def _read_head(file):
    lines = []
    while True:
        line = file.readline()
        if line in (b"\r\n", b""):
            return lines
        lines.append(line.decode("latin-1").rstrip("\r\n"))


class Connection:
    """Either end. `receive` gives the next text, or None at the end."""

    def __init__(self, sock, file, masks):
        self._socket, self._file, self._masks = sock, file, masks

    def send(self, text):
        self._send(_TEXT, text.encode())

    def receive(self):
        while True:
            head = self._file.read(2)
            if len(head) < 2:
                return None
            opcode, length = head[0] & 15, head[1] & 127
            if length == 126:
                (length,) = struct.unpack(">H", self._file.read(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", self._file.read(8))
            mask = self._file.read(4) if head[1] & 128 else b"\0\0\0\0"
            payload = self._file.read(length)
            payload = bytes(b ^ mask[i % 4] for i, b in enumerate(payload)) if any(mask) else payload
            if opcode == _TEXT:
                return payload.decode()
            if opcode == _CLOSE:
                self._send(_CLOSE, payload)
                return None
            if opcode == _PING:
                self._send(_PONG, payload)

    def close(self):
        self._socket.close()
        self._file.close()

    def _send(self, opcode, payload):
        masked = 128 if self._masks else 0
        size = len(payload)
        if size < 126:
            head = struct.pack(">BB", 128 | opcode, masked | size)
        elif size < 65536:
            head = struct.pack(">BBH", 128 | opcode, masked | 126, size)
        else:
            head = struct.pack(">BBQ", 128 | opcode, masked | 127, size)
        if masked:
            mask = os.urandom(4)
            payload = mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload))
        self._socket.sendall(head + payload)


def connect(port, path, timeout):
    sock = socket.create_connection(("127.0.0.1", port), timeout=timeout)
    file = sock.makefile("rb")
    key = base64.b64encode(os.urandom(16)).decode()
    sock.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
                 f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                 "Sec-WebSocket-Version: 13\r\n\r\n".encode())
    head = _read_head(file)
    if " 101 " not in head[0]:
        raise ConnectionError(head[0])
    return Connection(sock, file, masks=True)


def accept(sock):
    file = sock.makefile("rb")
    head = _read_head(file)
    headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:])}
    digest = hashlib.sha1((headers["sec-websocket-key"] + _GUID).encode()).digest()
    sock.sendall("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 f"Sec-WebSocket-Accept: {base64.b64encode(digest).decode()}\r\n\r\n".encode())
    return Connection(sock, file, masks=False)
