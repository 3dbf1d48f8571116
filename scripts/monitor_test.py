#!/usr/bin/env python3
"""Measures what visitors of the monitor cost the run, and shows that none gets a word about its inside.

    scripts/monitor_test.py [--seconds 15] [--input INPUT] [-- OPTION ...]

Runs `chromaprep process INPUT --live --monitor` and measures the frames written a second while nobody watches, while viewers
stop reading, and while requests come that are garbage, too large, without the token, from another site or slower than any
browser; a window with nobody follows each. The run is slower than its source, so that whatever else the processor does shows,
the visitors' own work included. What follows -- goes to `chromaprep process`. CHROMAPREP names another launcher.

One line tells each window's rate and how it compares with the windows with nobody around it, one line each answer; the exit
status is 1 if an answer is not the one expected, tells of the program's inside, or the run ends otherwise than by itself.
"""
import argparse
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
LAUNCHER = os.environ.get("CHROMAPREP", str(HOME / "scripts/chromaprep"))
TOKEN = "of-this-test"
USUAL = ("--weights", "random", "--layers", "conv1_2,conv2_2")
INSIDE = re.compile(rb"\tat |Exception|java\.|org\.(eclipse|chromaprep)|Caused by|Jetty", re.IGNORECASE)
MEGABYTE = 1 << 20
SETTLED = 2
TOO_LONG = "a" * 100_000
BEARER = f"Authorization: Bearer {TOKEN}"
LOOK = "POST /api/look"


def request(first, *headers, host=None, body=b""):
    return lambda port: ("\r\n".join((f"{first} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", *headers,
                                      "Connection: close", "", "")).encode() + body)


def look(body, *headers, length=None):
    return request(LOOK, BEARER, "Content-Type: application/json",
                   f"Content-Length: {len(body) if length is None else length}", *headers, body=body)


# What is sent, and the statuses that may answer; None is a connection closed without a word.
REQUESTS = {
    "garbage": (lambda port: bytes(range(256)) * 40, {400, None}),
    "a TLS greeting": (lambda port: bytes.fromhex("16030100f8010000f40303") + bytes(245), {400, None}),
    "HTTP/2 without asking": (lambda port: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 426, 505, None}),
    "an oversized header": (request("GET /", BEARER, f"X-Much: {TOO_LONG}"), {431}),
    "an oversized address": (request(f"GET /{TOO_LONG}", BEARER), {414}),
    "an oversized body": (look(b"x" * MEGABYTE), {413}),
    "a body of unknown size": (request(LOOK, BEARER, "Content-Type: application/json", "Transfer-Encoding: chunked",
                                       body=b"5\r\nhello\r\n0\r\n\r\n"), {413}),
    "a negative length": (look(b"", length=-5), {400}),
    "two lengths": (look(b"{}", "Content-Length: 3"), {400}),
    "no JSON": (look(b"{{{{"), {400}),
    "JSON of another form": (look(b'[{"clusters": {"a": 1}}]'), {400}),
    "deep JSON": (look(b"[" * 4000), {400}),
    "too many clusters": (look(b'{"clusters": 1000000000, "layers": ["conv1_2"], "strength": 45}'), {409}),
    "a point outside": (request("GET /api/similarity?x=NaN&y=-1", BEARER), {400}),
    "another path": (request("GET /../../etc/passwd", BEARER), {400, 404}),
    "another method": (request("DELETE /", BEARER), {405}),
    "no token": (request("GET /api/status"), {403}),
    "a wrong token": (request("GET /api/status", "Authorization: Bearer guess"), {403}),
    "a wrong token in the address": (request("GET /?token=guess"), {403}),
    "a wrong cookie": (request("GET /live.mjpeg", "Cookie: chromaprep-monitor=guess"), {403}),
    "another origin": (request("GET /api/status", BEARER, "Origin: http://elsewhere.example"), {403}),
    "another site": (request("GET /live.mjpeg", BEARER, "Sec-Fetch-Site: cross-site"), {403}),
    "another host": (request("GET /api/status", BEARER, host="elsewhere.example"), {403}),
}


def ask(port, sent):
    """The answer, as far as it came within 5 s."""
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        answer = b""
        with contextlib.suppress(OSError):
            client.sendall(sent)
        with contextlib.suppress(OSError):
            while len(answer) < MEGABYTE and (more := client.recv(65_536)):
                answer += more
        return answer


class Visits:
    """What the visitors of one window do; ended by leaving it."""

    def __init__(self, port):
        self.port = port
        self.stack = contextlib.ExitStack()
        self.over = threading.Event()
        self.answers = {}
        self.asked = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        self.stack.close()

    def beside(self, work):
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        self.stack.callback(thread.join)

    def open(self, sent, room=None):
        client = self.stack.enter_context(socket.socket())
        if room:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        client.settimeout(2)
        client.connect(("127.0.0.1", self.port))
        client.sendall(sent)
        return client

    def stuck(self, viewers):
        for _ in range(viewers):
            self.open(request("GET /live.mjpeg", BEARER)(self.port), room=4_096)

    def reading(self, viewers):
        def read(client):
            with contextlib.suppress(OSError):
                while not self.over.is_set() and client.recv(MEGABYTE):
                    pass
        for _ in range(viewers):
            client = self.open(request("GET /live.mjpeg", BEARER)(self.port))
            self.beside(lambda client=client: read(client))

    def hostile(self, pause):
        def send():
            while not self.over.is_set():
                for name, (what, _) in REQUESTS.items():
                    self.answers.setdefault(name, set()).add(ask(self.port, what(self.port)))
                    self.asked += 1
                    if self.over.wait(pause):
                        return
        self.beside(send)

    def slow(self, clients):
        open_ones = [self.open(b"GET / HTTP/1.1\r\nX-Slow: ") for _ in range(clients)]

        def drip():
            while not self.over.wait(1):
                for client in open_ones:
                    with contextlib.suppress(OSError):
                        client.sendall(b"a")
        self.beside(drip)


WINDOWS = {
    "1 viewer who reads": lambda visits: visits.reading(1),
    "1 viewer who stops reading": lambda visits: visits.stuck(1),
    "50 viewers who stop reading": lambda visits: visits.stuck(50),
    "50 viewers who read": lambda visits: visits.reading(50),
    "refused requests, 20 a second": lambda visits: visits.hostile(0.05),
    "150 requests of a byte a second": lambda visits: visits.slow(150),
}


def status(port):
    with urllib.request.urlopen(urllib.request.Request(
            f"http://127.0.0.1:{port}/api/status", headers={"Authorization": f"Bearer {TOKEN}"}), timeout=20) as answer:
        return json.load(answer)


def rate(port, seconds):
    """Frames written a second, and viewers at the end."""
    before, begin = status(port)["ledger"]["written"], time.monotonic()
    time.sleep(seconds)
    after, end = status(port), time.monotonic()
    return (after["ledger"]["written"] - before) / (end - begin), after["viewers"]


def measured(port, seconds):
    """Measures every window; what was wrong with the answers."""
    nobody, _ = rate(port, seconds)
    print(f"nobody: {nobody:.2f} frames a second", flush=True)
    rates, wrong = [nobody], []
    for name, begin in WINDOWS.items():
        with Visits(port) as visits:
            begin(visits)
            # Until those who do not read have been sent all that the system buffers for them.
            time.sleep(SETTLED)
            here, viewers = rate(port, seconds)
        # What visitors leave behind is to be gone before the next window.
        time.sleep(SETTLED)
        after, _ = rate(port, seconds)
        rates.append(after)
        usual = (rates[-2] + after) / 2
        print(f"{name}: {here:.2f} frames a second, {100 * here / usual - 100:+.1f} % of {usual:.2f} with nobody around it"
              f" ({viewers} viewers counted{f', {visits.asked} requests' if visits.asked else ''})", flush=True)
        wrong += judged(visits.answers)
    mean = sum(rates) / len(rates)
    print(f"nobody: {', '.join(f'{each:.2f}' for each in rates)} frames a second, which is noise of "
          f"{100 * (min(rates) / mean - 1):+.1f} to {100 * (max(rates) / mean - 1):+.1f} %")
    return wrong


def judged(answers):
    wrong = []
    for name, each in answers.items():
        told = set()
        for answer in each:
            line, _, rest = answer.partition(b"\r\n")
            code = int(line.split()[1]) if line.startswith(b"HTTP/") else None
            body = rest.partition(b"\r\n\r\n")[2].decode("latin-1").strip()
            told.add((line.decode("latin-1") or "closed without a word") + (f": {body[:90]}" if body else ""))
            if code not in REQUESTS[name][1] or INSIDE.search(answer):
                wrong.append(f"{name}: {answer[:400]!r}")
        print(f"  {name}: {', or '.join(sorted(told))}")
    return wrong


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    own, options = sys.argv[1:], []
    if "--" in own:
        own, options = own[:own.index("--")], own[own.index("--") + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--input", default="lavfi:testsrc2=size=640x360:rate=25")
    given = parser.parse_args(own)
    port = free_port()
    with tempfile.TemporaryDirectory() as temporary:
        said = Path(temporary, "said")
        with said.open("w") as log:
            run = subprocess.Popen([LAUNCHER, "process", given.input, "--out", temporary + "/out", "--live", "--monitor",
                                    str(port), "--monitor-token", TOKEN, "--dump", "none", *(options or USUAL)],
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            try:
                wait_for_frames(run, port)
                wrong = measured(port, given.seconds)
            finally:
                run.terminate()
                code = run.wait()
        text = said.read_text()
        # 130 is how a run ends that is asked to.
        if code != 130 or "\tat " in text:
            wrong.append(f"the run ended with {code}: {text[-400:]}")
    for each in wrong:
        print("WRONG: " + each)
    return 1 if wrong else 0


def wait_for_frames(run, port):
    until = time.monotonic() + 120
    while True:
        with contextlib.suppress(OSError):
            if status(port)["ledger"]["written"] > 20:
                return
        assert run.poll() is None and time.monotonic() < until, "the run does not begin"
        time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
