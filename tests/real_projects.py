"""Run the test suites of real projects before and after ``fix``; not run by pytest.

    python tests/real_projects.py [NAME … | --all] [--home DIR] [--package-only] [--select RULES]

For each project its pinned sdist is fetched with pip and installed with what its tests need; its suite runs twice as
it is (a test that differs between the two is flaky and left out), once with the safe fixes and once with the unsafe
ones too, and again where a test comes out otherwise. The fixed trees stay in ``DIR/NAME/{base,safe,unsafe}`` for
reading. Exit status 1 when safe fixes change the outcome of a test, name something undefined, or are no fixed point;
unsafe ones are only shown.
"""

# ruff: noqa: T201 - it speaks to people

from __future__ import annotations

import argparse
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import venv
import warnings
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TIMEOUT = 1800  # seconds for one run of a suite, its end included
SUITE_TIMEOUT = 1500  # seconds after which a suite starts no more tests; what has not run then shows as "not there"
TEST_TIMEOUT = 60  # seconds for one test, so that one that hangs is a failure and not the end of the run
SMALL = ("itsdangerous",)
PYTEST = ("pytest==8.3.4", "pytest-timeout>=2.3")
VARIANTS: dict[str, tuple[str, ...]] = {"safe": (), "unsafe": ("--unsafe-fixes",)}
# What a fix must never bring in (undefined names, redefinitions), and what is only worth a look.
FATAL_RULES = ("F821", "F822", "F823", "F811", "E999", "invalid-syntax")
SHOWN_RULES = ("F401", "I001")


class Project(NamedTuple):
    """An sdist with its tests: how to install it, how to run them, and which files in it are not its own code."""

    name: str
    version: str
    requirements: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ("tests",)
    sources: str = "src"  # the folder that holds the package
    exclude: tuple[str, ...] = ()
    extras: str = ""
    environment: Mapping[str, str] = {}


_TRIO = ("trio==0.27.0", "trustme", "cryptography")
PROJECTS = {
    project.name: project
    for project in (
        Project("itsdangerous", "2.2.0", ("freezegun",)),
        Project("click", "8.1.8"),
        Project("jinja2", "3.1.4", ("trio==0.27.0",)),
        Project(
            "werkzeug",
            "3.1.3",
            ("ephemeral-port-reserve", "cryptography", "watchdog"),
            ("-m", "not dev_server", "tests"),
        ),
        Project("flask", "3.1.0", ("python-dotenv", "asgiref", "click==8.1.8")),
        Project("attrs", "24.3.0", ("hypothesis", "cloudpickle", "pympler"), exclude=("bench",)),
        Project("black", "24.10.0", ("click==8.1.8",), extras="d", exclude=("tests/data", "src/blib2to3", "profiling")),
        Project("httpx", "0.28.1", ("uvicorn", "chardet", *_TRIO), sources=".", extras="http2,socks,brotli,zstd,cli"),
        Project("starlette", "0.41.3", ("trio==0.27.0", "httpx==0.28.1", "anyio==4.7.0"), sources=".", extras="full"),
        Project(
            *("uvicorn", "0.34.0", ("httpx", "a2wsgi", "pytest-mock", "wsproto", "websockets<14", *_TRIO)),
            sources=".",
            extras="standard",
        ),
        Project(
            "anyio", "4.7.0", ("hypothesis", "psutil", "pytest-mock", "truststore", "uvloop", "exceptiongroup", *_TRIO)
        ),
        Project(
            *("trio", "0.27.0", ("trustme", "cryptography", "pyopenssl", "async_generator", "astor")),
            arguments=("--skip-optional-imports", "src/trio"),
        ),
        Project(
            *("docutils", "0.21.2", ("pillow", "pygments")),
            arguments=("test",),
            sources=".",
            exclude=("test/functional", "test/data"),
        ),
        Project(
            *("celery", "5.4.0", ("pytest-subtests", "pytest-click", "pytest-order", "moto<5.1", "boto3")),
            arguments=("--ignore=t/unit/backends/test_gcs.py", "t/unit"),  # it needs many packages of Google's
            sources=".",
            extras="yaml,msgpack,mongodb,redis,sqlalchemy,pytest",
        ),
        Project(
            "aiohttp",
            "3.11.11",
            ("pytest-mock", "pytest-codspeed", "freezegun", "re-assert", "trustme", "proxy.py", "brotli", "gunicorn"),
            arguments=("-o", "addopts=", "-m", "not dev_mode", "--ignore=tests/autobahn", "tests"),
            sources=".",
            exclude=("vendor",),
            environment={"AIOHTTP_NO_EXTENSIONS": "1"},
        ),
    )
}


class ProjectError(Exception):
    """A project that cannot be examined; the text says why."""


class Report(NamedTuple):
    """What one variant did to one project."""

    changed: int
    fixed: Counter[str]
    refused: Counter[str]
    left: Counter[str]
    differences: tuple[str, ...]
    unsteady: tuple[str, ...]  # differ in one of two runs
    fatal: tuple[str, ...]
    shown: tuple[str, ...]
    passed: int


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command, its output kept; the caller looks at the status, -9 after too long a time."""
    arguments = [str(part) for part in command]
    with subprocess.Popen(
        arguments,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,  # some suites send signals to their process group
    ) as process:
        try:
            output, errors = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            # The suite's own processes too: they would hold the pipes, and ports that the next run wants.
            os.killpg(process.pid, signal.SIGKILL)
            output, errors = process.communicate()
    return subprocess.CompletedProcess(arguments, process.returncode, output, errors)


def must_run(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """The output of a command; one that fails raises ProjectError with its last lines."""
    done = run(command, folder, **environment)
    if done.returncode:
        raise ProjectError(f"{' '.join(map(str, command))}\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


class Workshop:
    """The folder of one project: its sdist, its environment, and a copy of its tree for each variant."""

    def __init__(self, project: Project, home: Path, fix_arguments: Sequence[str], *, package_only: bool) -> None:
        self.project = project
        self.home = home / project.name
        self.home.mkdir(parents=True, exist_ok=True)
        self.fix_arguments = [*fix_arguments]
        if project.exclude:
            self.fix_arguments += ["--extend-exclude", ",".join(project.exclude)]
        self.package_only = package_only

    @functools.cached_property
    def sdist(self) -> Path:
        """The downloaded archive."""
        wanted = f"{self.project.name}=={self.project.version}"
        folder = self.home / "sdist"
        if not folder.is_dir():
            pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary=:all:", "-d", folder]
            must_run([*pip, wanted], self.home)
        return next(folder.glob("*.tar.gz"))

    @functools.cached_property
    def python(self) -> Path:
        """The interpreter of an environment with the project and its test requirements, made once."""
        python = self.home / "venv" / "bin" / "python"
        done = self.home / "venv" / "done"
        if not done.exists():
            venv.create(self.home / "venv", with_pip=True, clear=True)
            extras = f"[{self.project.extras}]" if self.project.extras else ""
            with tempfile.TemporaryDirectory(dir=self.home) as folder:
                tree = self.unpack(Path(folder))
                pip = [python, "-m", "pip", "install", "-q", *PYTEST, *self.project.requirements]
                must_run([*pip, f"{tree}{extras}"], self.home, **self.project.environment)
            done.touch()
        return python

    def unpack(self, folder: Path) -> Path:
        """A fresh tree below a folder."""
        with tarfile.open(self.sdist) as archive:
            archive.extractall(folder, filter="data")
        return next(path for path in folder.iterdir() if path.is_dir())

    def make_tree(self) -> Path:
        """A fresh tree, always at the same path: some names of tests hold it."""
        tree = self.home / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=self.home) as folder:
            self.unpack(Path(folder)).rename(tree)
        return tree

    def keep_tree(self, name: str) -> Path:
        """Move the tree to where it can be read later."""
        kept = self.home / name
        shutil.rmtree(kept, ignore_errors=True)
        return (self.home / "tree").rename(kept)

    def test(self, tree: Path) -> dict[str, str]:
        """The outcome of each test, by its name."""
        report = self.home / "junit.xml"
        report.unlink(missing_ok=True)
        paths = str(tree / self.project.sources)
        where = must_run(
            [self.python, "-c", f"print(__import__({self.project.name!r}).__file__)"], tree, PYTHONPATH=paths
        )
        if not where.startswith(f"{tree}{os.sep}"):
            raise ProjectError(f"{self.project.name}: the tests would run with {where}")
        options = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", f"--junit-xml={report}"]
        options += [f"--timeout={TEST_TIMEOUT}", f"--session-timeout={SUITE_TIMEOUT}"]
        done = run(
            [self.python, "-m", "pytest", *options, *self.project.arguments],
            tree,
            PYTHONPATH=paths,
            PYTHONDONTWRITEBYTECODE="1",
            PYTHONHASHSEED="0",
            **self.project.environment,
        )
        (self.home / "pytest.log").write_text(done.stdout + done.stderr)
        if not report.exists():
            raise ProjectError(f"{self.project.name}: pytest made no report\n{(done.stdout + done.stderr)[-3000:]}")
        return dict(read_outcomes(report))

    def fix(self, tree: Path, *more: str) -> list[dict[str, Any]]:
        """Fix a tree; the change report, an object for each file with findings."""
        target = self.project.sources if self.package_only and self.project.sources != "." else "."
        if self.package_only and target == ".":
            target = self.project.name
        command = [sys.executable, "-m", "antipatterns", "fix", "--isolated", "--output-format", "json"]
        done = run([*command, *self.fix_arguments, *more, target], tree)
        if done.returncode not in (0, 1) or "Traceback" in done.stderr:
            raise ProjectError(f"{self.project.name}: fix failed\n{done.stderr[-3000:]}")
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows


def read_outcomes(report: Path) -> Iterator[tuple[str, str]]:
    """Name and outcome of each test of a JUnit report; of tests with one name, the outcomes together."""
    outcomes: dict[str, list[str]] = {}
    for case in ET.parse(report).getroot().iter("testcase"):
        outcome = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")
        outcomes.setdefault(f"{case.get('classname')}::{case.get('name')}", []).append(outcome)
    for name, several in outcomes.items():
        yield name, "+".join(sorted(several))


def lint(tree: Path) -> Counter[tuple[str, str, str]]:
    """What ruff has to say of the names in a tree: file, rule, message."""
    select = ",".join(rule for rule in (*FATAL_RULES, *SHOWN_RULES) if rule[0].isupper() and rule != "E999")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--exit-zero", "--output-format=json"]
    done = run([*command, "--line-length=100", f"--select={select}", "."], tree)
    return Counter(
        (os.path.relpath(row["filename"], tree.resolve()), row["code"] or "invalid-syntax", row["message"])
        for row in json.loads(done.stdout)
    )


def find_broken(tree: Path) -> set[str]:
    """The files that CPython does not compile."""
    broken = set()
    for path in tree.rglob("*.py"):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            broken.add(f"{path.relative_to(tree)} does not compile")
    return broken


def compare(before: Mapping[str, str], after: Mapping[str, str], flaky: set[str]) -> Iterator[str]:
    """A line for each test whose outcome differs."""
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, "not there"), after.get(name, "not there")
        if old != new and name not in flaky:
            yield f"{name}: {old} -> {new}"


def examine(shop: Workshop, variant: str, outcomes: Mapping[str, str], flaky: set[str]) -> Report:
    """Fix a fresh copy of a project and compare it with what it was."""
    tree = shop.make_tree()
    before, broken = lint(tree), find_broken(tree)
    rows = shop.fix(tree, *VARIANTS[variant])
    new = lint(tree) - before
    fatal = [*(find_broken(tree) - broken), *(_line(item) for item in new if item[1] in FATAL_RULES)]
    again = shop.fix(tree, *VARIANTS[variant], "--check")
    fatal += [f"{row['path']} is changed again" for row in again if row["changed"]]
    after = shop.test(tree)
    differences = set(compare(outcomes, after, flaky))
    # A test that fails now and then may pass both times before: what differs must do so twice.
    steady = differences & set(compare(outcomes, shop.test(tree), flaky)) if differences else differences
    shop.keep_tree(variant)
    (shop.home / "pytest.log").replace(shop.home / f"pytest-{variant}.log")
    return Report(
        sum(row["changed"] for row in rows),
        Counter(item["code"] for row in rows for item in row["fixed"]),
        Counter(f"{item['code']}: {item['reason']}" for row in rows for item in row["refused"]),
        Counter(item["code"] for row in rows for item in row["left"]),
        tuple(sorted(steady)),
        tuple(sorted(differences - steady)),
        tuple(sorted(fatal)),
        tuple(sorted(_line(item) for item in new if item[1] in SHOWN_RULES)),
        sum(outcome == "passed" for outcome in after.values()),
    )


def _line(item: tuple[str, str, str]) -> str:
    return f"{item[0]}: {item[1]} {item[2]}"


def prove(shop: Workshop) -> bool:
    """Examine one project and print its table; whether the safe fixes changed nothing that its tests see."""
    first, second = (shop.test(shop.make_tree()) for _ in range(2))
    shop.keep_tree("base")
    flaky = {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}
    counts = Counter(outcome for name, outcome in first.items() if name not in flaky)
    if not counts["passed"]:
        raise ProjectError(f"{shop.project.name}: no test passes, see {shop.home / 'pytest.log'}")
    shown = ", ".join(f"{number} {outcome}" for outcome, number in counts.most_common())
    print(f"== {shop.project.name} {shop.project.version}: {shown}; {len(flaky)} flaky", flush=True)
    sound = True
    for variant in VARIANTS:
        report = examine(shop, variant, first, flaky)
        print_report(variant, report)
        sound = sound and (variant != "safe" or not (report.differences or report.fatal))
    return sound


def print_report(variant: str, report: Report) -> None:
    """The rows of one variant."""
    fixed = ", ".join(f"{code} x{count}" for code, count in sorted(report.fixed.items())) or "none"
    left = ", ".join(f"{code} x{count}" for code, count in sorted(report.left.items())) or "none"
    print(f"  {variant:6} {report.passed} passed; {report.changed} files changed; fixed {fixed}; left {left}")
    for reason, count in report.refused.most_common():
        print(f"         refused {count} x {reason}")
    rows = (
        ("DIFFERS", report.differences),
        ("flaky", report.unsteady),
        ("WRONG", report.fatal),
        ("note", report.shown),
    )
    for title, lines in rows:
        for line in lines:
            print(f"         {title} {line}")
    sys.stdout.flush()


def main() -> int:
    """Prove the projects asked for, the smallest by default."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *PROJECTS], help=", ".join(PROJECTS))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "antipatterns-real-projects")
    parser.add_argument("--package-only", action="store_true", help="leave the projects' tests as they are")
    parser.add_argument("--select", help="rules to fix")
    options = parser.parse_args()
    select = ["--select", options.select] if options.select else []
    failed = []
    for name in PROJECTS if options.all else options.names or SMALL:
        shop = Workshop(PROJECTS[name], options.home.absolute(), select, package_only=options.package_only)
        try:
            is_sound = prove(shop)
        except ProjectError as error:
            print(f"== {name} could not be examined: {error}", flush=True)
            is_sound = False
        if not is_sound:
            failed.append(name)
    print(f"not proved: {', '.join(failed)}" if failed else "safe fixes change no outcome")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
