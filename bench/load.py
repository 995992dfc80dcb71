"""A load generator for loopback: wrk where it is installed, else a client of our own.

One connection is always timed by our own client, which counts each answer; many connections by
wrk, since a client in Python would take a core from the server.
"""

from __future__ import annotations

import json
import selectors
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any, cast

import numpy as np

HOST = "127.0.0.1"
READ_BYTES = 1 << 18
PATIENCE_SECONDS = 120.0
END_OF_HEADERS = b"\r\n\r\n"
CHUNKED = -1

LUA = """
local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long us; } moment; int gettimeofday(moment *, void *);")
local function now()
  local found = ffi.new("moment")
  ffi.C.gettimeofday(found, nil)
  return tonumber(found.s) + tonumber(found.us) / 1e6
end
local paths, at, thread = {}, 0, nil
function setup(one) thread = one end
function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
end
function request()
  at = at + 1
  if at == 1 then started = now() end
  if at > #paths then
    if ONCE and not ended then
      ended = now()
      wrk.thread:stop()
    end
    at = 1
  end
  return wrk.format("GET", paths[at])
end
-- wrk counts its seconds to the end, also where all was asked for before.
function done(summary, latency, requests)
  local seconds, ended = summary.duration / 1e6, thread:get("ended")
  if ended then seconds = ended - thread:get("started") end
  io.write(string.format('\\nJSON{"answers":%d,"seconds":%f,"p50":%f,"p95":%f,"failed":%d}\\n',
    summary.requests, seconds, latency:percentile(50) / 1e3,
    latency:percentile(95) / 1e3, summary.errors.status + summary.errors.timeout
    + summary.errors.connect + summary.errors.read))
end
"""


@dataclass(frozen=True)
class Load:
    """What came back: milliseconds, and answers a second."""

    answers: int
    seconds: float
    p50: float
    p95: float
    failed: int
    generator: str

    def as_result(self) -> dict[str, Any]:
        """As it is written down."""
        return asdict(self) | {"per_second": self.answers / self.seconds if self.seconds else 0}


@dataclass(frozen=True)
class Asking:
    """The paths to ask for in turn; `once`: stop when all were asked for."""

    paths: Sequence[str]
    headers: Mapping[str, str] = field(default_factory=dict)
    once: bool = False


def put(port: int, asking: Asking, *, connections: int, seconds: float) -> Load:
    """Ask for some seconds."""
    if connections > 1 and shutil.which("wrk"):
        return _by_wrk(port, asking, connections, seconds)
    return _by_client(port, asking, connections, seconds)


def _by_wrk(port: int, asking: Asking, connections: int, seconds: float) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "paths", Path(folder) / "load.lua"
        listed.write_text("\n".join(asking.paths) + "\n")
        script.write_text(f"ONCE = {str(asking.once).lower()}\n{LUA}")
        given = [
            part for name, value in asking.headers.items() for part in ("-H", f"{name}: {value}")
        ]
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"]
        command += ["--timeout", "60s", *given, "-s", str(script), f"http://{HOST}:{port}/"]
        done = subprocess.run(  # noqa: S603  (wrk, on loopback)
            [*command, str(listed)],
            capture_output=True,
            text=True,
            check=True,
            timeout=seconds + PATIENCE_SECONDS,
        )
    found = json.loads(done.stdout.partition("JSON")[2])
    return Load(**found, generator="wrk")


@dataclass
class _Waiting:
    """A connection with a question under way."""

    sent_at: float
    received: bytearray
    expected: int = 0


def _by_client(port: int, asking: Asking, connections: int, seconds: float) -> Load:
    lines = "".join(f"{name}: {value}\r\n" for name, value in asking.headers.items())
    asked = iter(asking.paths) if asking.once else cycle(asking.paths)
    times: list[float] = []
    failed = 0
    started = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            one = socket.create_connection((HOST, port), timeout=PATIENCE_SECONDS)
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _ask(one, asked, lines, selector)
        while selector.get_map():
            for key, _ in selector.select(PATIENCE_SECONDS):
                one, waiting = cast(socket.socket, key.fileobj), key.data
                if not _received(one, waiting):
                    continue
                times.append(1000 * (time.perf_counter() - waiting.sent_at))
                failed += waiting.received[9:10] not in (b"2", b"3")
                selector.unregister(one)
                if time.perf_counter() - started < seconds:
                    _ask(one, asked, lines, selector)
                else:
                    one.close()
    took = time.perf_counter() - started
    p50, p95 = np.percentile(times, (50, 95)).tolist()
    return Load(len(times), took, p50, p95, failed, "client in Python")


def _ask(
    one: socket.socket, asked: Iterator[str], lines: str, selector: selectors.BaseSelector
) -> None:
    path = next(asked, None)
    if path is None:
        one.close()
        return
    selector.register(one, selectors.EVENT_READ, _Waiting(time.perf_counter(), bytearray()))
    one.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{lines}\r\n".encode())


def _received(one: socket.socket, waiting: _Waiting) -> bool:
    """Read what there is; whether the answer is complete."""
    part = one.recv(READ_BYTES)
    if not part:
        raise ConnectionError("The server hung up in the middle of an answer.")
    waiting.received += part
    if not waiting.expected:
        end = waiting.received.find(END_OF_HEADERS)
        if end < 0:
            return False
        length = _length(bytes(waiting.received[:end]))
        waiting.expected = CHUNKED if length is None else end + len(END_OF_HEADERS) + length
    if waiting.expected == CHUNKED:
        return waiting.received.endswith(b"\r\n0\r\n\r\n")
    return len(waiting.received) >= waiting.expected


def _length(head: bytes) -> int | None:
    """How long the body is; None where it comes in chunks."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
        if line.startswith(b"transfer-encoding:"):
            return None
    return 0
