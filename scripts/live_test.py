#!/usr/bin/env python3
"""Streams a clip over the loopback address in real time, watches it, and checks what became of every frame.

    scripts/live_test.py [--seconds 60] [--clip FILM] [--keep DIR] [WAY ...] [-- OPTION ...]

Ways: tcp, http, rtsp, udp, srt, rtmp, hls, stdin; without one, all. What follows -- goes to `chromaprep process`.
Needs the ffmpeg program, and for rtsp GStreamer's server (Debian: python3-gi, gir1.2-gst-rtsp-server-1.0 and the plugins
base, good and bad). CHROMAPREP names another launcher.

For each way one line tells: frames captured (and how many were sent, where none may get lost on the way) and what became of
them, frames written a second, latency from capture to written (also in frame times, a frame time being what a written
frame takes on average) and resident memory after a fifth of the time, in its middle and before its end.
"""
import argparse
import contextlib
import functools
import http.server
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
LAUNCHER = os.environ.get("CHROMAPREP", str(HOME / "scripts/chromaprep"))
LATENCY = re.compile(r"Latency from capture to written over (\d+) frames: p50 ([\d.]+) ms, p95 ([\d.]+) ms, "
                     r"p99 ([\d.]+) ms, at most ([\d.]+) ms")
MEGABYTE = 1 << 20
WAYS = ("tcp", "http", "rtsp", "udp", "srt", "rtmp", "hls", "stdin")
USUAL = ("--weights", "random")
# Parts of the time after which memory is looked at, each from the one before.
MOMENTS = (0.2, 0.3, 0.4)
PATIENCE = 120


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def sender(clip, frames, *output, codec=("-c:v", "copy"), **how):
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-re", "-stream_loop", "-1", "-i", str(clip),
               "-an", *codec, "-frames:v", str(frames), *output]
    return subprocess.Popen(command, **how)


def frame_rate(clip):
    told = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=avg_frame_rate",
                           "-of", "csv=p=0", str(clip)], capture_output=True, check=True, text=True)
    over, under = told.stdout.strip().split("/")
    return int(over) / int(under)


@contextlib.contextmanager
def stopped_at_the_end(process):
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def python_with_gi():
    for python in (sys.executable, "/usr/bin/python3"):
        if not subprocess.run([python, "-c", "import gi; gi.require_version('GstRtspServer', '1.0')"],
                              capture_output=True).returncode:
            return python
    raise AssertionError("no Python here has GStreamer's RTSP server (python3-gi, gir1.2-gst-rtsp-server-1.0)")


def rtsp_server(film, port):
    """Serves one film by RTSP until it is killed; runs in a process of its own."""
    import gi
    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import GLib, Gst, GstRtspServer
    Gst.init(None)
    server = GstRtspServer.RTSPServer(address="127.0.0.1", service=str(port))
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f'( filesrc location="{film}" ! matroskademux ! h264parse config-interval=1 ! rtph264pay name=pay0 pt=96 )')
    server.get_mount_points().add_factory("/clip", factory)
    server.attach(None)
    GLib.MainLoop().run()


class Way:
    """How a clip gets to the program."""

    def __init__(self, clip, seconds, folder):
        self.clip, self.seconds, self.folder = clip, seconds, folder
        self.stack = contextlib.ExitStack()
        self.exact = False  # whether all that is sent must be captured, and the stream's end ends the run
        self.input = subprocess.DEVNULL

    def address(self, way):
        """Starts sending; what the program is to watch."""
        return getattr(self, way)()

    def frames(self):
        return round(self.seconds * frame_rate(self.clip))

    def send(self, *output, **how):
        return self.stack.enter_context(stopped_at_the_end(sender(self.clip, self.frames(), *output, **how)))

    def tcp(self):
        port = free_port()
        self.send("-f", "mpegts", f"tcp://127.0.0.1:{port}?listen=1")
        self.exact = True
        return f"tcp://127.0.0.1:{port}"

    def http(self):
        port = free_port()
        self.send("-q:v", "4", "-f", "mpjpeg", "-listen", "1", "-content_type", "multipart/x-mixed-replace; boundary=ffmpeg",
                  f"http://127.0.0.1:{port}/clip", codec=("-c:v", "mjpeg"))
        self.exact = True
        return f"http://127.0.0.1:{port}/clip"

    def rtsp(self):
        film = self.folder / "long.mkv"
        subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-stream_loop", "-1", "-i", str(self.clip), "-an",
                        "-c:v", "copy", "-t", str(self.seconds + 20), str(film)], check=True)
        port = free_port()
        self.stack.enter_context(stopped_at_the_end(
            subprocess.Popen([python_with_gi(), __file__, "--serve-rtsp", str(film), str(port)])))
        wait_for(lambda: listens(port))
        return f"rtsp://127.0.0.1:{port}/clip"

    def udp(self):
        port = free_port(socket.SOCK_DGRAM)
        self.seconds += 20
        self.send("-f", "mpegts", f"udp://127.0.0.1:{port}?pkt_size=1316")
        return f"udp://127.0.0.1:{port}"

    def srt(self):
        port = free_port(socket.SOCK_DGRAM)
        self.send("-f", "mpegts", f"srt://127.0.0.1:{port}?mode=listener")
        return f"srt://127.0.0.1:{port}"

    def rtmp(self):
        port = free_port()
        self.send("-f", "flv", "-listen", "1", f"rtmp://127.0.0.1:{port}/live/clip")
        return f"rtmp://127.0.0.1:{port}/live/clip"

    def hls(self):
        lists = self.folder / "hls"
        lists.mkdir()
        self.seconds += 20
        self.send("-f", "hls", "-hls_time", "2", "-hls_list_size", "5", "-hls_flags", "delete_segments",
                  str(lists / "clip.m3u8"))
        quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=str(lists)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.stack.callback(server.shutdown)
        wait_for((lists / "clip.m3u8").exists)
        return f"http://127.0.0.1:{server.server_address[1]}/clip.m3u8"

    def stdin(self):
        self.input = self.send("-f", "mpegts", "-", stdout=subprocess.PIPE).stdout
        self.exact = True
        return "-"


def wait_for(condition):
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, "the sender does not begin"
        time.sleep(0.1)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def resident(pid):
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return int(told) * 1024 // MEGABYTE if told else 0


def checked(folder):
    """The manifest, after every line of the ledger was looked at."""
    manifest = json.loads((folder / "manifest.json").read_text())
    counts = manifest["ledger"]
    seen = dict.fromkeys(("written", "skipped", "dropped", "lost"), 0)
    following = 0
    for line in (folder / "frames.jsonl").open():
        entry = json.loads(line)
        seen[entry["outcome"]] += 1
        if entry["frame"] is not None:
            assert entry["frame"] == following, f"the ledger has frame {entry['frame']} where {following} belongs"
            following += 1
    assert all(seen[key] == counts[key] for key in seen), f"the ledger has {seen}, the manifest {counts}"
    assert counts["decoded"] == following == counts["written"] + counts["skipped"] + counts["dropped"], counts
    return manifest


def watch(way, clip, seconds, folder, options):
    """Runs the program on one way and says what came of it."""
    folder.mkdir(parents=True)
    sent = Way(clip, seconds, folder)
    with sent.stack:
        command = [LAUNCHER, "process", sent.address(way), "--out", str(folder / "out"), "--live", "--reconnect", "0"]
        command += [*options] if sent.exact else ["--duration", str(seconds), *options]
        with (folder / "said").open("w") as said:
            run = subprocess.Popen(command, stdin=sent.input, stdout=said, stderr=said)
            try:
                memory = []
                for part in MOMENTS:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        run.wait(seconds * part)
                    memory.append(resident(run.pid))
                code = run.wait(PATIENCE)
            finally:
                run.kill()
                run.wait()
    said = (folder / "said").read_text()
    assert code in (0, 3) and (folder / "out").is_dir(), f"exit {code}: {said[-400:]}"
    film, = (path for path in (folder / "out").iterdir() if path.is_dir())
    manifest = checked(film)
    counts = manifest["ledger"]
    if sent.exact:
        frames = sent.frames()
        assert counts["decoded"] == frames, f"{frames} frames were sent, {counts['decoded']} captured"
    return report(way, sent, counts, film, manifest["notes"], memory)


def report(way, sent, counts, film, notes, memory):
    times = [json.loads(line)["time"] for line in (film / "frames.jsonl").open() if '"written"' in line]
    rate = (len(times) - 1) / (times[-1] - times[0])
    latency, = filter(None, map(LATENCY.search, notes))
    p50, p95, p99, most = map(float, latency.groups()[1:])
    frame = 1000 / rate
    return (f"{way}: captured {counts['decoded']}{' of as many sent' if sent.exact else ''} = written {counts['written']} + "
            f"dropped {counts['dropped']} + skipped {counts['skipped']}, lost {counts['lost']}; {rate:.2f} written a second; "
            f"latency p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f}, at most {most:.0f} ms = {p50 / frame:.2f}, "
            f"{p95 / frame:.2f}, {p99 / frame:.2f}, {most / frame:.2f} frame times; resident "
            f"{', '.join(map(str, memory))} MB")


def main():
    if sys.argv[1:2] == ["--serve-rtsp"]:
        rtsp_server(*sys.argv[2:])
    own, options = sys.argv[1:], []
    if "--" in own:
        own, options = own[:own.index("--")], own[own.index("--") + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--clip", type=Path, default=HOME / "sample-videos/chase.mp4")
    parser.add_argument("--keep", type=Path, help="a folder for what the runs write; otherwise it is deleted")
    parser.add_argument("ways", nargs="*", choices=[*WAYS, []], metavar="WAY", default=[])
    given = parser.parse_args(own)
    failures = 0
    with tempfile.TemporaryDirectory() as temporary:
        for way in given.ways or WAYS:
            try:
                print(watch(way, given.clip, given.seconds, (given.keep or Path(temporary)) / way, options or USUAL),
                      flush=True)
            except (AssertionError, subprocess.SubprocessError) as problem:
                failures += 1
                print(f"{way}: FAILED: {problem}", flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(main())
