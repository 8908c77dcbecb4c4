#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plants one small fault after the other in a copy of the tree, and tells which the tests find.

    mutants.py FOLDER [--count N] [--seed SEED] [--share PERCENT] [--list] [--only NUMBER...]

FOLDER is the tests' own: in it are the copy of the tree, its build, and what the tests leave behind. All faults that
operators.py knows of in src/validation and src/insertion are put in the order of a hash of the seed and the fault: the
same source and seed give the same faults, and a line that changes moves no others. The first N count. One that does not
compile is none, and one that an optimising compiler makes the same machine code of cannot be found by any test: in both
cases the next takes its place. One that is found is said to be killed: a test fails or crashes, and does so again when it
is repeated, or it takes five times as long as it should and 20 seconds. Fails where less than PERCENT are killed.
"""
import argparse
import json
import math
import os
import pathlib
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True  # beside the sources

import operators  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
MUTATED = ("validation", "insertion")
TESTS = ("validation", "insertion", "report", "export", "cli", "faults")
LIBRARIES = ("seedbed_insertion", "seedbed_cli")
FREE_SECONDS = 20
LINKING_SECONDS = 1.5  # that a test costs besides its own time
LARGEST_FILE = 2 << 30
LARGEST_MEMORY = 8 << 30


def sources(src):
    for folder in MUTATED:
        yield from (path for path in sorted((src / folder).rglob("*")) if path.suffix in (".cpp", ".h"))


def faults(src, seed):
    found = []
    for path in sources(src):
        found += operators.mutants(str(path.relative_to(src)), path.read_text())
    return sorted(found, key=lambda mutant: mutant.rank(seed))


class Tree:
    """A copy of the tree, and its build."""

    def __init__(self, folder):
        self.folder = folder.resolve()
        self.root = self.folder / "tree"
        self.build = self.folder / "build"
        self.left = self.folder / "left"

    def copy(self):
        listed = subprocess.run(
            ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
        names = {name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()}
        for path in [path for path in self.root.rglob("*") if path.is_file()]:
            if str(path.relative_to(self.root)) not in names:
                path.unlink()
        for name in names:
            new, old = (ROOT / name).read_bytes(), self.root / name
            if not old.exists() or old.read_bytes() != new:
                old.parent.mkdir(parents=True, exist_ok=True)
                old.write_bytes(new)
        beside = self.folder / "shared"  # where the tests look for the conformance data
        if (ROOT.parent / "shared").exists() and not beside.exists():
            beside.symlink_to(ROOT.parent / "shared")

    def configure(self):
        launcher = ["-D", "CMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        linker = ["-D", "CMAKE_EXE_LINKER_FLAGS=-fuse-ld=lld"] if shutil.which("ld.lld") else []
        # Assertions are on, as in the preset dev.
        options = ["-G", "Ninja", "-D", "CMAKE_BUILD_TYPE=Debug", "-D", "CMAKE_CXX_FLAGS_DEBUG=-O0"]
        subprocess.run(["cmake", "-S", self.root, "-B", self.build, *options, *launcher, *linker], check=True)

    def make(self, *targets, is_loud=False):
        command = ["cmake", "--build", self.build, "--target", *targets]
        return subprocess.run(command, stdout=None if is_loud else subprocess.DEVNULL).returncode == 0

    def commands(self):
        listed = subprocess.run(["ninja", "-C", self.build, "-t", "compdb"], check=True, stdout=subprocess.PIPE).stdout
        return {entry["file"]: entry for entry in json.loads(listed) if " -c " in entry["command"]}

    def machine_code(self, file):
        """What an optimising compiler makes of a .cpp file."""
        entry = self.commands()[str(self.root / "src" / file)]
        words = shlex.split(entry["command"].split(" && ")[-1])
        words[words.index("-o") + 1] = str(self.folder / "optimised.o")
        subprocess.run([*words, "-O2"], cwd=entry["directory"], check=True)
        return (self.folder / "optimised.o").read_bytes()


class Test:
    def __init__(self, entry, tree):
        properties = {item["name"]: item["value"] for item in entry["properties"]}
        self.name = entry["name"]
        self.program = tree.build / "bin" / self.name  # ctest does not tell it before it is built
        self.folder = properties.get("LABELS", [""])[0]
        self.environment = dict(item.split("=", 1) for item in properties.get("ENVIRONMENT", []))
        self.seconds = 0.0  # it takes where nothing is wrong
        self.tried = 0
        self.killed = 0

    def worth(self):
        """How likely it is to find something, a second."""
        return (self.killed + 1) / (self.tried + 2) / (self.seconds + LINKING_SECONDS)

    def run(self, tree, limit=None):
        """Its exit status, None where it did not end in time, and the seconds it took. It has a folder of its own, and
        what it started ends with it."""
        shutil.rmtree(tree.left, ignore_errors=True)
        tree.left.mkdir()
        environment = {**os.environ, **self.environment, "TMPDIR": str(tree.left), "HOME": str(tree.left)}
        begin = time.monotonic()
        process = subprocess.Popen(
            [self.program],
            cwd=tree.left,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=limit_resources,
        )
        try:
            status = process.wait(limit)
        except subprocess.TimeoutExpired:
            status = None
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
        return status, time.monotonic() - begin


def limit_resources():
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def tests(tree):
    listed = subprocess.run(
        ["ctest", "--test-dir", tree.build, "--show-only=json-v1"], check=True, stdout=subprocess.PIPE
    ).stdout
    all_tests = [Test(entry, tree) for entry in json.loads(listed)["tests"]]
    return [test for test in all_tests if test.folder in TESTS]


def try_unchanged(tree, all_tests):
    """Every test must pass as things are, and how long each takes is the measure for the others."""
    if not tree.make(*(test.name for test in all_tests), is_loud=True):
        sys.exit("mutants: what is to be changed does not compile as it is")
    for test in all_tests:
        status, test.seconds = test.run(tree)
        if status != 0:
            sys.exit(f"mutants: {test.name} fails where nothing was changed")


def in_order(all_tests, file):
    """First those of the file's name, then those of its folder; of each kind, first those that are likely to find it
    soon. The order says which test is named, not whether one finds it."""
    folder, stem = file.split("/")[0], pathlib.Path(file).stem
    return sorted(all_tests, key=lambda test: (test.name != f"tst_{stem}", test.folder != folder, -test.worth()))


def killer(tree, all_tests, mutant):
    """The test that finds it, None where none does, or False where it is no program."""
    if not tree.make(*LIBRARIES):
        return False
    for test in in_order(all_tests, mutant.file):
        if not tree.make(test.name):
            return False
        limit = FREE_SECONDS + 5 * test.seconds
        status, _ = test.run(tree, limit)
        if status not in (0, None):  # or was it the machine?
            status, _ = test.run(tree, limit)
        test.tried += 1
        if status != 0:
            test.killed += 1
            return test.name + (" (did not end)" if status is None else "")
    return None


def try_mutant(tree, all_tests, mutant):
    """What becomes of it, in a word or two; nothing where another is to take its place."""
    path = tree.root / "src" / mutant.file
    source = path.read_text()
    try:
        path.write_text(mutant.applied(source))
        found = killer(tree, all_tests, mutant)
        if found is None and path.suffix == ".cpp":
            changed = tree.machine_code(mutant.file)
            path.write_text(source)
            if tree.machine_code(mutant.file) == changed:
                return "same machine code"
    finally:
        path.write_text(source)
    if found is False:
        return "does not compile"
    return f"killed by {found}" if found else "SURVIVED"


def told(number, mutant, source, what):
    old, new = mutant.change(source)
    return f"{number:4} {what}: src/{mutant.file}:{mutant.line(source)}: {mutant.kind}\n       {old}\n       {new}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=95)
    parser.add_argument("--list", action="store_true", help="tell the first faults, compiling or not, and try none")
    parser.add_argument("--only", type=int, nargs="+", help="try those of these numbers alone")
    arguments = parser.parse_args()
    src = ROOT / "src"
    numbered = list(enumerate(faults(src, arguments.seed), 1))
    if arguments.list:
        for number, mutant in numbered[: arguments.count]:
            print(told(number, mutant, (src / mutant.file).read_text(), "would be"))
        return 0
    if arguments.only:
        numbered = [(number, mutant) for number, mutant in numbered if number in arguments.only]
    tree = Tree(arguments.folder)
    tree.copy()
    tree.configure()
    all_tests = tests(tree)
    try_unchanged(tree, all_tests)
    return try_all(tree, all_tests, numbered, arguments)


def try_all(tree, all_tests, numbered, arguments):
    killed, tried, none = 0, 0, {"does not compile": 0, "same machine code": 0}
    for number, mutant in numbered:
        if tried == arguments.count:
            break
        what = try_mutant(tree, all_tests, mutant)
        if what in none:
            none[what] += 1
        else:
            tried += 1
            killed += what != "SURVIVED"
        if what != "does not compile":
            print(told(number, mutant, (tree.root / "src" / mutant.file).read_text(), what), flush=True)
    needed = math.ceil(tried * arguments.share / 100)
    print(f"Seed {arguments.seed}: {killed} of {tried} killed, {needed} are asked for; no mutants: {none}")
    return 0 if killed >= needed and tried > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
