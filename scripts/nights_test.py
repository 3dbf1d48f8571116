#!/usr/bin/env python3
"""Makes a shelf of sixty short films in twelve folders (names in five scripts, equal stems, sequences of pictures, broken films,
posters, what macOS leaves beside files), processes it on ten nights, nine of which are ended at a random moment by SIGTERM or
SIGKILL, and adds, renames, moves and removes films in between. Each night's dry run, verify, record and page are compared with what
the script itself knows of the films; at the end all files are compared with those of a run that was never disturbed.

    scripts/nights_test.py WORK_FOLDER [OPTION_OF_PROCESS]...

Options stand behind those that the script gives itself, as in `--layers conv1_1 --engine nd4j`. CHROMAPREP names another launcher,
SEED another sequence of everything.

A film keeps the folder name of the night that met it first, which an undisturbed run cannot know: where that has another name, the
film's files must be the same but for the name (keys of samples, names of shards, in ledgers and manifests) and for which pixels are
sampled, which the name decides, too; and a second undisturbed run, which is given the names by `--list`, must have the same bytes. Of
manifests, seconds, seal, and what notes call the film are left out.

Needs ffmpeg on the path. Ends with 1 if anything is other than it should be."""

import csv
import hashlib
import html.parser
import io
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import time
import unicodedata
import urllib.request
from collections import Counter
from pathlib import Path

WORK = Path(sys.argv[1]).absolute()
SHELF, OUT, WHOLE, NAMED, POOL = (WORK / name for name in ("shelf", "out", "undisturbed", "named", "pool"))
CHROMAPREP = os.environ.get("CHROMAPREP", str(Path(__file__).with_name("chromaprep")))
OPTIONS = ["--size", "32x32", "--weights", "random:1", "--codec", "mpeg4", "--shard-frames", "8", "--samples", "64", *sys.argv[2:]]
CHANCE = random.Random(int(os.environ.get("SEED", "19")))
NIGHTS, FILMS, RATE = 10, 60, 10
# Latin (composed, and as macOS takes letters apart), Cyrillic, Greek, Arabic, Han.
NAMES = ["Der Kaiser", "größe", unicodedata.normalize("NFD", "Café"), "фильм", "кино_2", "ταινία", "φως", "فيلم", "映画館", "夜"]
FOLDERS = ["a", "b", "c/deep", "c/deep/er", "d é", "е", "木", "g", "h", "i", "j/k", "λ"]
ENDINGS = [".mp4", ".mkv", ".mov", ".avi"]
troubles = []


def check(holds, sentence):
    if not holds:
        troubles.append(sentence)
        print("   WRONG:", sentence, flush=True)


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True)


def sha256(file):
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


class Film:
    """What the script knows of a film: where it lies, what it is, how many frames it has, and what it must come to."""

    def __init__(self, number, place, original, outcome):
        self.number, self.place, self.original, self.outcome = number, place, original, outcome
        files = sorted(original.iterdir()) if original.is_dir() else [original]
        self.first = files[0].name if original.is_dir() else None
        self.called = {Path(place).name}
        lines = "".join(f"{sha256(file)} {file.stat().st_size} {file.name}\n" for file in files)
        self.identity = hashlib.sha256(lines.encode()).hexdigest() if original.is_dir() else sha256(original)
        self.frames = len(files) if original.is_dir() else decodable(original)

    @property
    def path(self):
        """As records have it: of a sequence, the first picture's."""
        return f"{self.place}/{self.first}" if self.first else self.place

    def put(self):
        target = SHELF / self.place
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if self.original.is_dir() else shutil.copy)(self.original, target)


def decodable(film):
    said = subprocess.run(["ffprobe", "-v", "quiet", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames",
                           "-of", "csv=p=0", film], capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout.strip(", \n")
    return int(said) if said.isdigit() else 0


def make_films():
    films, places = [], set()
    for number in range(FILMS):
        ending = ENDINGS[number % 4]
        folder, name = FOLDERS[number % 12], NAMES[CHANCE.randrange(len(NAMES))]
        original, outcome = POOL / f"{number}{ending}", "done"
        drawn = ["-f", "lavfi", "-i", f"testsrc2=size=64x48:rate={RATE}:duration={2 + number % 3}"]
        if number % 10 == 7:
            ending, original = "", POOL / f"sequence{number}"
            original.mkdir()
            ffmpeg("-f", "lavfi", "-i", f"testsrc2=size=48x48:rate={RATE}:duration=1.5", "-vf", f"hue=h={number * 6}",
                   original / f"{number}_%03d.png")
        else:
            sound = ["-f", "lavfi", "-i", "sine", "-shortest"] if number % 6 == 0 else []
            ffmpeg(*drawn, *sound, "-vf", f"hue=h={number * 6}", "-c:v", "mpeg4", "-g", "5", original)
        if number == 3:
            # A copy that was cut off: all that is there can be read, and the rest is lost.
            os.truncate(original, original.stat().st_size * 2 // 3)
            outcome = "lossy"
        if number in (20, 41):
            original.write_bytes(b"" if number == 20 else b"no film " * 50)
            outcome = "failed"
        place = f"{folder}/{name}{'' if number % 3 == 0 else number}{ending}"
        while unicodedata.normalize("NFC", place) in places:
            place = f"{folder}/{name}x{number}{ending}"
            number += FILMS
        places.add(unicodedata.normalize("NFC", place))
        films.append(Film(number % FILMS, place, original, outcome))
    return films


def beside():
    """What is no film, by the reason with which it is left out."""
    (SHELF / "a/._Der Kaiser.mp4").write_bytes(b"\0\5\26\7")
    (SHELF / "b/.DS_Store").write_bytes(b"\0")
    ffmpeg("-f", "lavfi", "-i", "testsrc=size=64x48", "-frames:v", "1", SHELF / "b/poster.jpg")
    ffmpeg("-f", "lavfi", "-i", "testsrc=size=64x48", "-frames:v", "1", SHELF / "a/fanart.jpg")
    (SHELF / "b/subtitles.srt").write_text("1")
    (SHELF / "b/notes").write_text("no film")
    return {"hidden": 2, "posters or thumbnails": 2, "no films by their endings": 1, "no films by their content": 1}


def command(out, *more):
    return [CHROMAPREP, "process", *(more or [str(SHELF)]), "--out", str(out), *OPTIONS]


def manifests(out):
    """By the film's hash: its folder's name and its manifest."""
    found = {}
    for file in sorted(out.glob("*/manifest.json")) if out.is_dir() else []:
        manifest = json.loads(file.read_text())
        identity = manifest["source"]["sha256"]
        check(identity not in found, f"{file.parent.name} and {found.get(identity, '')} are of the same film")
        found[identity] = (file.parent.name, manifest)
    return found


def read_to(manifest):
    """Frames that have their outcome and stay, when a run continues."""
    counts = (manifest.get("open") or manifest)["ledger"]
    return counts["decoded"] + counts["lost"]


def record():
    file = OUT / "run.jsonl"
    # A line that was torn by the night's end is none.
    return [json.loads(line) for line in file.read_text().split("\n")[:-1]] if file.exists() else []


class Page(html.parser.HTMLParser):
    """The cells of each row of each table, and the items of the list of failures."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.items, self.into = [], [], None
        self.shown = int(re.search(r"the first (\d+) lines", text).group(1))
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.into = self.tables[-1][-1]
        elif tag == "li":
            self.items.append("")
            self.into = self.items
        elif tag == "br" and self.into:
            self.into[-1] += "\n"

    def handle_endtag(self, tag):
        if tag in ("td", "th", "li"):
            self.into = None

    def handle_data(self, data):
        if self.into:
            self.into[-1] += data


class Night:
    def __init__(self, number, films):
        self.number, self.films = number, {film.identity: film for film in films}
        self.before, self.lines_before = manifests(OUT), record()
        self.forwarded = 0

    def finished_before(self):
        return [identity for identity, (_, manifest) in self.before.items() if manifest["complete"] and identity in self.films]

    def dry_run(self, aside):
        said = subprocess.run([*command(OUT), "--dry-run"], capture_output=True, text=True).stdout.splitlines()
        begun = dict(line.split(" -> ") for line in said if " -> " in line)
        for film in self.films.values():
            name, manifest = self.before.get(film.identity, (None, None))
            if manifest and manifest["complete"]:
                check(film.path not in begun, f"the dry run would process {film.path}, which is finished")
                continue
            target = begun.pop(film.path, None)
            check(target, f"the dry run does not know {film.path}")
            if manifest and target:
                check(target == f"{OUT / name}, continued", f"the dry run would not continue {film.path} in {name}: {target}")
            elif target:
                check(not target.endswith(", continued"), f"the dry run would continue {film.path}, which was not begun")
        check(not begun, f"the dry run would process {begun}")
        left = Counter(re.match(r"left out \((.*?)\): ", line).group(1) for line in said if line.startswith("left out ("))
        check(left == aside, f"the dry run leaves out {dict(left)}, not {aside}")

    def moment(self):
        """When the night ends: in three of four after a number of frames and a moment more, else while the program starts."""
        if CHANCE.random() < .25:
            return 0, CHANCE.uniform(.2, 3)
        ahead = sum(film.frames - (read_to(self.before[film.identity][1]) if film.identity in self.before else 0)
                    for film in self.films.values())
        return CHANCE.randint(1, max(1, int(ahead * .8))), CHANCE.uniform(0, .5)

    def run(self, way):
        """Processes the shelf; how the program was ended, its exit code, and a sentence."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        frames, more = self.moment() if way else (0, 0)
        began = time.time()
        due = None if frames else began + more
        with open(WORK / f"night{self.number}.log", "w") as log:
            program = subprocess.Popen([*command(OUT), "--metrics-port", str(port)], stdout=log, stderr=log)
            sent = None
            while program.poll() is None:
                self.forwarded = max(self.forwarded, forwarded(port))
                if not due and self.forwarded >= frames:
                    due = time.time() + more
                if way and not sent and due and time.time() >= due:
                    program.send_signal(way)
                    sent = way
                time.sleep(0.02)
        how = f"{sent.name} {more:.1f} s after {f'frame {frames}' if frames else 'its start'}" if sent else "not stopped"
        # A program that had said how it ends when the signal came was not stopped.
        return sent if program.returncode in (130, 143, -9, -15) else None, program.returncode, f"{how}, {time.time() - began:.1f} s"

    def check_record(self, way, code, aside):
        lines = record()
        check(lines[:len(self.lines_before)] == self.lines_before, "lines of the nights before were changed")
        tonight = lines[len(self.lines_before):]
        after = self.after = manifests(OUT)
        if not tonight and way:
            return tonight, lines
        begin = tonight[0].get("begin")
        check(begin, "the night's first line does not say that it began")
        check(begin["films"] == len(self.films), f"the record has {begin['films']} films in the run, not {len(self.films)}")
        check(begin["done"] == len(self.finished_before()),
              f"the record has {begin['done']} films done before, not {len(self.finished_before())}")
        check(begin["left_out"] == aside, f"the record leaves out {begin['left_out']}, not {aside}")
        if way == signal.SIGKILL:
            check(not any(line.get("end") for line in tonight), "a night that was killed has an end")
        else:
            wanted = 130 if way else 3
            check(code == wanted, f"the night ended with {code}, not {wanted}")
            check((tonight[-1].get("end") or {}).get("exit") == wanted, "the night's last line does not say how it ended")
        ended = Counter()
        for entry in (line["film"] for line in tonight if line.get("film")):
            ended[self.check_entry(entry, after)] += 1
        check(all(count == 1 for count in ended.values()), f"films have several lines in one night: {ended}")
        told = {identity for line in lines if line.get("film") for identity, (name, _) in after.items()
                if name == line["film"]["name"] and line["film"]["outcome"] in ("done", "lossy")}
        untold = [name for identity, (name, manifest) in after.items() if manifest["complete"] and identity not in told]
        check(len(untold) <= (1 if way == signal.SIGKILL else 0), f"the record does not know that {untold} are finished")
        if not way:
            missing = [film.path for film in self.films.values()
                       if film.outcome != "failed" and not after.get(film.identity, ("", {"complete": False}))[1]["complete"]]
            check(not missing, f"the last night left {missing}")
        return tonight, lines

    def check_entry(self, entry, after):
        film = next((each for each in self.films.values() if each.path == entry["path"]), None)
        check(film, f"the record names a film at {entry['path']}, where none lies")
        if not film:
            return entry["path"]
        counts = entry["counts"]
        if film.outcome == "failed":
            check(entry["outcome"] == "failed" and entry["failure"] and film.place.split("/")[-1] in entry["failure"],
                  f"{film.path} cannot be opened, and the record has {entry}")
            return film.identity
        name, manifest = after[film.identity]
        check(entry["name"] == name, f"{film.path} is in {name}, and the record has {entry['name']}")
        check(entry["outcome"] in (film.outcome, "interrupted"), f"{film.path} is {entry['outcome']}, not {film.outcome}: {entry}")
        check((entry["outcome"] == "interrupted") == (not manifest["complete"]),
              f"{film.path} is {entry['outcome']}, and its manifest says complete: {manifest['complete']}")
        check(counts == manifest["ledger"], f"{film.path} has {counts} in the record and {manifest['ledger']} in its manifest")
        if entry["outcome"] != "interrupted":
            check(counts["decoded"] == counts["written"] == film.frames,
                  f"{film.path} has {film.frames} frames, and {counts} in the record")
            check((counts["lost"] > 0) == (film.outcome == "lossy") and len(entry["losses"]) == counts["lost"],
                  f"{film.path} has {counts['lost']} lost frames, of which {len(entry['losses'])} are told of")
            check(entry["untrained"], f"{film.path} is not said to be untrained")
        before = self.before.get(film.identity)
        known = read_to(before[1]) if before else 0
        computed = counts["decoded"] + counts["lost"] - known
        check(entry["computed"] == computed, f"{film.path} had {known} frames before, and {entry['computed']} tonight, not {computed}")
        check(entry["source_bytes"] == size_of(SHELF / film.place), f"{film.path} has not {entry['source_bytes']} bytes")
        return film.identity

    def check_page(self, way, lines):
        if not (OUT / "report.html").exists():
            check(way == signal.SIGKILL or not lines, "there is no page")
            return
        text = (OUT / "report.html").read_text()
        page = Page(text)
        check(way == signal.SIGKILL or page.shown == len(lines), f"the page shows {page.shown} of {len(lines)} lines")
        lines = lines[:page.shown]
        entries = {line["film"]["name"]: line["film"] for line in lines if line.get("film") and line["film"]["name"]}
        failures = {entry["path"]: entry["failure"] for entry in entries.values() if entry["failure"]}
        rows = {row[0].split("\n")[0]: row for row in page.tables[0][1:]}
        check(rows.keys() == entries.keys(), f"the page has not the record's films: {rows.keys() ^ entries.keys()}")
        for name, entry in entries.items():
            row = rows.get(name, ["\n", "", "-1", "-1"])
            shown = (row[0].split("\n")[1], row[1], int(row[2]), int(row[3]))
            expected = (entry["path"], entry["outcome"], entry["counts"]["decoded"], entry["counts"]["lost"])
            check(shown == expected, f"the page shows {shown} of {name}, not {expected}")
        expected = sorted(failure if failure.startswith(path) else f"{path}: {failure}" for path, failure in failures.items())
        check(sorted(page.items) == expected, f"the page shows the failures {page.items}, not {expected}")
        begins = [index for index, line in enumerate(lines) if line.get("begin")]
        nights = page.tables[1][1:]
        check(len(nights) == len(begins), f"the page shows {len(nights)} runs, not {len(begins)}")
        for row, first, last in zip(nights, begins, begins[1:] + [len(lines)]):
            films = [line["film"] for line in lines[first:last] if line.get("film")]
            begin, end = lines[first]["begin"], [line for line in lines[first:last] if line.get("end")]
            expected = [begin["films"], begin["done"], sum(film["outcome"] in ("done", "lossy") for film in films),
                        sum(film["failure"] is not None for film in films), sum(film["computed"] for film in films)]
            check([int(cell) for cell in row[2:7]] == expected, f"the page shows a run as {row}, not as {expected}")
            check(row[1].startswith("unknown") == (not end), f"the page says that a run ended {row[1]}")
        check("UNTRAINED" in text, "the page does not say UNTRAINED")


    def check_verify(self, way):
        said = verify()
        findings = [line for line in said.stdout.splitlines() if ": sound" not in line and not line.startswith(" ")]
        # A film that was finished when the kill came, and a record that does not know it yet.
        unknown = way == signal.SIGKILL and len(findings) == 1 and findings[0].endswith("is not in run.jsonl; the next run records it.")
        check(said.returncode == 0 or unknown, f"verify ends with {said.returncode}: {findings} {said.stderr[-500:]}")


def verify(*more):
    return subprocess.run([CHROMAPREP, "verify", str(OUT), *more], capture_output=True, text=True)


def size_of(path):
    return sum(file.stat().st_size for file in path.iterdir()) if path.is_dir() else path.stat().st_size


def forwarded(port):
    try:
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=2).read().decode()
    except OSError:
        return 0
    counts = [line for line in page.splitlines() if line.startswith("chromaprep_stage_seconds_count") and "forward" in line]
    return max([int(float(line.split()[-1])) for line in counts], default=0)


def between(films, present, later, night):
    """What happens to the shelf by day."""
    count = -(-(FILMS - FILMS // 5) // (NIGHTS - 1))
    for film in later[:count]:
        film.put()
    present += later[:count]
    del later[:count]
    for film in CHANCE.sample(present, 3):
        folder, name = film.place.rsplit("/", 1)
        place = f"{CHANCE.choice(FOLDERS)}/{name}" if CHANCE.random() < .5 else f"{folder}/{CHANCE.choice(NAMES)} {night}{Path(name).suffix}"
        taken = {unicodedata.normalize("NFC", each.place) for each in films}
        if unicodedata.normalize("NFC", place) not in taken:
            (SHELF / place).parent.mkdir(parents=True, exist_ok=True)
            (SHELF / film.place).rename(SHELF / place)
            print("   moved", film.place, "to", place)
            film.place = place
            film.called.add(Path(place).name)
    if night % 3 == 0:
        film = present.pop(CHANCE.randrange(len(present)))
        target = SHELF / film.place
        shutil.rmtree(target) if target.is_dir() else target.unlink()
        print("   removed", film.place)


def files(folder, film):
    """What a film's folder holds, by path; of the manifest, all but what is other in each run."""
    found = {}
    for file in folder.rglob("*"):
        if file.is_file() and file.name != ".lock":
            content = file.read_bytes()
            if file == folder / "manifest.json":
                manifest = json.loads(content)
                del manifest["stages"], manifest["seal"]
                for called in film.called:
                    manifest["notes"] = [note.replace(called, "FILM") for note in manifest["notes"]]
                content = json.dumps(manifest, ensure_ascii=False).encode()
            found[file.relative_to(folder).as_posix()] = content
    return found


def renamed(content, path, name):
    """A file without the name of its film, and without hashes and sizes that follow from it."""
    def without(text):
        return re.sub(rf'{re.escape(name)}(?=[-_]\d{{6}})|(?<="film":"){re.escape(name)}(?=")', "NAME", text)

    if path.endswith(".tar"):
        with tarfile.open(fileobj=io.BytesIO(content)) as shard:
            members = [(member.name, shard.extractfile(member).read()) for member in shard]
        return [(without(key), b"" if ".samples" in key else without(member.decode()) if key.endswith(".json") else member)
                for key, member in members]
    if path.endswith((".json", ".jsonl")):
        return re.sub(r'"(sha256|\w+_sha256|bytes|\w+_bytes)" ?: ?("[0-9a-f]{64}"|\d+)', r'"\1":0', without(content.decode()))
    return content


def compare(films, named):
    """Compares all films; returns how many are the same, under the same name and under the name of their first night."""
    done, expected, given = manifests(OUT), manifests(WHOLE), manifests(NAMED)
    same = other = 0
    apart = Counter()
    for identity, (name, _) in expected.items():
        found = done.get(identity)
        check(found, f"{name} is not in the output of the ten nights")
        if not found:
            continue
        film = films[identity]
        mine, its = files(OUT / found[0], film), files(WHOLE / name, film)
        if found[0] == name:
            differing = sorted(path for path in mine.keys() | its.keys() if mine.get(path) != its.get(path))
            check(not differing, f"{name}: these differ from the undisturbed run: {differing}")
            same += not differing
            continue
        plain = {path.replace(found[0], "NAME"): renamed(content, path, found[0]) for path, content in mine.items()}
        wanted = {path.replace(name, "NAME"): renamed(content, path, name) for path, content in its.items()}
        differing = sorted(path for path in plain.keys() | wanted.keys() if plain.get(path) != wanted.get(path))
        check(not differing, f"{found[0]}, in the undisturbed run {name}: these differ by more than the name: {differing}")
        apart.update(re.sub(r"-\d+", "-N", path.replace(name, "NAME"))
                     for path, content in its.items() if mine.get(path.replace(name, found[0])) != content)
        again = files(NAMED / found[0], film)
        # Paths of listed films count from elsewhere.
        for each in (mine, again):
            manifest = json.loads(each["manifest.json"])
            del manifest["source"]["path"]
            each["manifest.json"] = json.dumps(manifest)
        differing = sorted(path for path in mine.keys() | again.keys() if mine.get(path) != again.get(path))
        check(not differing, f"{found[0]}: these differ from the undisturbed run that was given the name: {differing}")
        other += not differing
    check(not named or given, "the run with names has made nothing")
    return same, other, apart


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    for folder in (SHELF, POOL, *(SHELF / each for each in FOLDERS)):
        folder.mkdir(parents=True, exist_ok=True)
    films = make_films()
    aside = beside()
    later = films[:]
    CHANCE.shuffle(later)
    present, later = later[:FILMS // 5], later[FILMS // 5:]
    for film in present:
        film.put()
    all_forwarded = 0
    for number in range(1, NIGHTS + 1):
        way = CHANCE.choice([signal.SIGTERM, signal.SIGKILL]) if number < NIGHTS else None
        night = Night(number, present)
        night.dry_run(aside)
        way, code, how = night.run(way)
        all_forwarded += night.forwarded
        tonight, lines = night.check_record(way, code, aside)
        night.check_page(way, lines)
        outcomes = Counter(line["film"]["outcome"] for line in tonight if line.get("film"))
        continued = sum(not manifest["complete"] and read_to(manifest) > 0 and night.after[identity][1]["complete"]
                        for identity, (_, manifest) in night.before.items())
        night.check_verify(way)
        print(f"night {number}: {len(present)} films, {len(night.finished_before())} finished before; "
              f"{how}, exit {code}, {night.forwarded} frames forwarded; record: {dict(outcomes)}, {continued} continued and finished", flush=True)
        if number < NIGHTS:
            between(films, present, later, number)
    whole = subprocess.run(command(WHOLE), capture_output=True, text=True)
    check(whole.returncode == 3, f"the undisturbed run ends with {whole.returncode}: {whole.stderr[-500:]}")
    done, expected = manifests(OUT), manifests(WHOLE)
    named = [(film, done[film.identity][0]) for film in present
             if film.identity in done and done[film.identity][0] != expected.get(film.identity, done[film.identity])[0]]
    if named:
        with open(WORK / "names.csv", "w", newline="") as table:
            csv.writer(table).writerows([("film", "name"), *((f"shelf/{film.place}", name) for film, name in named)])
        subprocess.run(command(NAMED, "--list", str(WORK / "names.csv")), capture_output=True, text=True)
    same, other, apart = compare({film.identity: film for film in films}, named)
    unknown = [film for film in present if film.outcome == "failed"]
    against = [line for line in verify("--against", str(SHELF)).stdout.splitlines() if ": sound" not in line]
    check(len(against) == len(unknown) and all(any(film.path in line for line in against) for film in unknown),
          f"verify --against says {against}")
    needed = sum(manifest["ledger"]["written"] for _, manifest in done.values())
    gone = sum(manifest["ledger"]["written"] for identity, (_, manifest) in done.items() if identity not in expected)
    print(f"{len(expected)} films in the undisturbed run, {len(unknown)} that cannot be opened; {same} with the same name and the same "
          f"bytes, {other} with the name of their first night and the bytes of a run that was given it")
    print("differ by name alone:", ", ".join(f"{path} ({count})" for path, count in sorted(apart.items())) or "nothing")
    print(f"frames forwarded {all_forwarded}, needed {needed} (of them {gone} of films that were removed): {all_forwarded / needed:.3f}")
    check(all_forwarded <= 1.05 * needed, "films were computed twice")
    print(f"{len(troubles)} things are other than they should be")
    sys.exit(1 if troubles else 0)


main()
