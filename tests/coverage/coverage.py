#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tells how much of each folder of src the tests have run, from the profiles that the programs of the preset coverage
leave behind, and fails where that is less than asked for.

    coverage.py BUILD [--lines PERCENT] [--branches PERCENT] FOLDER...

Counted is what clang takes for code in the .cpp and .h files of a folder, so no compiler's hidden branches for
exceptions. A line is one that has code; a branch is one of the two ways of a condition, of each part of one that has
&& or ||, or one case of a switch. What is compiled several times, a template or a function of a header, is covered
where it is in one of its forms. Nothing is excluded; assertions are not compiled, being no ways of the program.
What was not run is listed in BUILD/coverage/FOLDER.txt.
"""
import argparse
import json
import pathlib
import subprocess
import sys
from collections import defaultdict

ROOT = pathlib.Path(__file__).resolve().parents[2]
LLVM = "16"


# Of functions of headers that a program includes and never calls; others tell of them.
EXPECTED = "functions have mismatched data"


def run_llvm(tool, *arguments):
    ended = subprocess.run([f"llvm-{tool}-{LLVM}", *map(str, arguments)], capture_output=True)
    sys.stderr.writelines(line for line in ended.stderr.decode().splitlines(True) if EXPECTED not in line)
    ended.check_returncode()
    return ended.stdout


def merged_profile(build):
    """The sum of all profiles. One of a program that was killed while it wrote is cut off: it is left out, and told."""
    raw = sorted((build / "profiles").glob("*.profraw"))
    if not raw:
        sys.exit("coverage: no test has left a profile")
    profile = build / "coverage" / "all.profdata"
    listing = build / "coverage" / "profiles.txt"
    listing.write_text("".join(f"{path}\n" for path in raw))
    run_llvm("profdata", "merge", "--sparse", "--failure-mode=all", f"--input-files={listing}", "-o", profile)
    return profile


def programs(build):
    return sorted(path for path in (build / "bin").iterdir() if path.name.startswith(("tests_", "seedbed-cli")))


def export(build, profile, form, *arguments):
    first, *others = programs(build)
    objects = [f"--object={path}" for path in others]
    return run_llvm("cov", "export", f"--format={form}", f"--instr-profile={profile}", *arguments, first, *objects)


class File:
    def __init__(self):
        self.lines = {}  # number: times run
        self.branches = defaultdict(lambda: [0, 0])  # place: times true, times false

    def uncovered_lines(self):
        return [line for line, count in self.lines.items() if count == 0]

    def uncovered_branches(self):
        """Places with the ways that were not gone."""
        for place, counts in sorted(self.branches.items()):
            for count, way in zip(counts, ("true", "false")):
                if count == 0:
                    yield place, way


def read_lines(text, files):
    for record in text.decode().splitlines():
        if record.startswith("SF:"):
            file = files[record[3:]]
        elif record.startswith("DA:"):
            line, count = record[3:].split(",")[:2]
            file.lines[int(line)] = max(file.lines.get(int(line), 0), int(count))


def read_branches(text, files):
    for data in json.loads(text)["data"]:
        for entry in data["files"]:
            file = files[entry["filename"]]
            add_branches(file, (), entry["branches"])
            for expansion in entry["expansions"]:  # of a macro: its branches belong to the place where it is used
                add_branches(file, tuple(expansion["source_region"][:4]), expansion["branches"])


def add_branches(file, where, branches):
    for branch in branches:
        counts = file.branches[(*where, *branch[:4])]
        counts[0] += branch[4]
        counts[1] += branch[5]


def measure(build):
    profile = merged_profile(build)
    files = defaultdict(File)
    read_lines(export(build, profile, "lcov"), files)
    read_branches(export(build, profile, "text", "--skip-functions"), files)
    return files


def listing(name, path, file):
    """What of a file was not run, with its source."""
    source = pathlib.Path(path).read_text().splitlines()
    for line in sorted(file.uncovered_lines()):
        yield f"{name}:{line}: not run: {source[line - 1].strip()}"
    for place, way in file.uncovered_branches():
        yield f"{name}:{place[0]}:{place[1]}: never {way}: {source[place[0] - 1].strip()}"


def percent(covered, total):
    return 100.0 * covered / total if total else 100.0


def report(build, folder, files, goals):
    prefix = str(ROOT / "src" / folder) + "/"
    lines, branches, missing = [0, 0], [0, 0], []
    for path, file in sorted(files.items()):
        if not path.startswith(prefix):
            continue
        lines[1] += len(file.lines)
        lines[0] += len(file.lines) - len(file.uncovered_lines())
        branches[1] += 2 * len(file.branches)
        branches[0] += 2 * len(file.branches) - len(list(file.uncovered_branches()))
        missing += listing(path.removeprefix(prefix), path, file)
    (build / "coverage" / f"{folder}.txt").write_text("".join(f"{text}\n" for text in missing))
    if lines[1] == 0:
        sys.exit(f"coverage: there is no code in src/{folder}")
    shares = percent(*lines), percent(*branches)
    is_reached = all(share >= goal for share, goal in zip(shares, goals))
    print(
        f"{folder:<12}{shares[0]:7.2f} %{lines[0]:7}/{lines[1]:<6}{shares[1]:7.2f} %{branches[0]:7}/{branches[1]:<6}"
        f"{'' if is_reached else ' TOO LITTLE'}"
    )
    return is_reached


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--lines", type=float, default=95)
    parser.add_argument("--branches", type=float, default=90)
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    (build / "coverage").mkdir(exist_ok=True)
    files = measure(build)
    print(f"{'':<12}{'lines':>9}{'':14}{'branches':>9}")
    goals = arguments.lines, arguments.branches
    reached = [report(build, folder, files, goals) for folder in arguments.folders]
    print(f"Asked for are {arguments.lines:g} % of lines and {arguments.branches:g} % of branches in each folder.")
    print(f"What was not run: {build / 'coverage'}/FOLDER.txt")
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
