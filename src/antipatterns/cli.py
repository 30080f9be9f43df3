"""The command line: parses arguments, calls the rest, prints; no logic of its own."""

from __future__ import annotations

import argparse
import gc
import io
import os
import re
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from antipatterns import __version__
from antipatterns.commands.status import EXIT_ERROR, EXIT_INTERRUPTED, CommandError

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line, and whose options cannot be cut short."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_ERROR, f"{self.prog}: error: {message}{self._near(message)} (see {self.prog} --help)\n")

    def _near(self, message: str) -> str:
        """The word that may have been meant in place of one that is not known."""
        from antipatterns.configuration.table import format_suggestion  # only a mistake needs it

        option = re.search(r"unrecognized arguments: (--[\w-]+)", message)
        if option:
            return format_suggestion(option[1], self._option_string_actions)
        choice = re.search(r"invalid choice: '(.*)' \(choose from (.*)\)", message)
        return format_suggestion(choice[1], re.findall(r"[\w-]+", choice[2])) if choice else ""


def run() -> int:
    """Run the command line in a process of its own and return the exit status."""
    status = main()
    gc.freeze()  # the process ends: no need to look through all that it holds once more
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with these arguments (default: the process's) and return the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # what a terminal cannot show is no reason to fail
    parser = _make_parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except CommandError as error:
        print(f"antipatterns: error: {error}", file=sys.stderr)
        return EXIT_ERROR
    except KeyboardInterrupt:
        print("antipatterns: interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _drop_output()  # whoever read it has had enough
        return EXIT_ERROR
    except OSError as error:  # of stdout: errors of other files are dealt with where these are opened
        _drop_output()
        print(f"antipatterns: error: cannot write to stdout: {error.strerror or error}", file=sys.stderr)
        return EXIT_ERROR
    return status


def _drop_output() -> None:
    """Keep the interpreter from trying at its end to write what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _make_parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="antipatterns", description="Find documented anti-patterns in Python code."
    )
    parser.add_argument("--version", action="version", version=f"antipatterns {__version__}")
    # With the prog told, argparse need not format a usage to find it.
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog=parser.prog)
    _add_check(commands)
    _add_fix(commands)
    _add_graph(commands)
    _add_rules(commands)
    _add_explain(commands)
    _add_clean(commands)
    return parser


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser("check", help="find anti-patterns in files and folders")
    check.set_defaults(run=_run_check, parser=check)
    check.add_argument("paths", nargs="*", metavar="PATH", help="files and folders, or - for stdin (default: .)")
    check.add_argument("--stdin-filename", metavar="PATH", help="the name of the file that comes on stdin")
    _add_selection(check)
    output = check.add_argument_group("output")
    formats = ("text", "json", "sarif", "github", "gitlab")
    output.add_argument("--output-format", choices=formats, default="text", help="default: text")
    output.add_argument("--output-file", metavar="FILE", help="write the findings to a file instead of stdout")
    output.add_argument("--statistics", action="store_true", help="show counts for each rule instead of the findings")
    output.add_argument(
        "--group-by", choices=("sink",), help="show each place that blocks once, with the calls that lead to it"
    )
    output.add_argument(
        "--show-source",
        action=argparse.BooleanOptionalAction,
        help="show the lines of each finding (default: on a terminal)",
    )
    output.add_argument("-q", "--quiet", action="store_true", help="print findings and errors, nothing else")
    output.add_argument("--exit-zero", action="store_true", help="exit with 0 even if there are findings")
    _add_cache(check)
    check.add_argument("-j", "--jobs", type=_positive, metavar="N", help="worker processes (default: automatic)")


def _add_fix(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    fix = commands.add_parser("fix", help="mend anti-patterns in files and folders")
    fix.set_defaults(run=_run_fix, parser=fix)
    fix.add_argument("paths", nargs="*", metavar="PATH", help="files and folders, or - for stdin (default: .)")
    fix.add_argument("--stdin-filename", metavar="PATH", help="the name of the file that comes on stdin")
    fix.add_argument("--unsafe-fixes", action="store_true", help="also make fixes that a correct caller may notice")
    fix.add_argument("--interactive", action="store_true", help="ask about each fix")
    fix.add_argument("--since", metavar="REV", help="fix only what stands on lines changed since a git revision")
    fix.set_defaults(no_cache=True, cache_dir=None)
    _add_selection(fix)
    output = fix.add_argument_group("output")
    output.add_argument("--diff", action="store_true", help="print the changes as a diff and write nothing")
    output.add_argument(
        "--check", action="store_true", help="write nothing; the exit status says if files would change"
    )
    output.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    output.add_argument("-q", "--quiet", action="store_true", help="print no summary")
    output.add_argument("--exit-zero", action="store_true", help="exit with 0 even if findings remain")
    fix.add_argument("-j", "--jobs", type=_positive, metavar="N", help="worker processes (default: automatic)")


def _add_selection(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("rules and settings")
    for name, text in (
        ("select", "rules to run: codes, prefixes or names, comma-separated"),
        ("ignore", "rules not to run"),
        ("extend-select", "rules to run beside the selected ones"),
        ("extend-ignore", "rules not to run beside the ignored ones"),
    ):
        group.add_argument(f"--{name}", action="append", type=_comma_separated, metavar="RULES", help=text)
    _add_settings(group)


def _add_settings(group: argparse._ArgumentGroup) -> None:
    for name, text in (
        ("exclude", "patterns of paths to leave out, instead of the default ones"),
        ("extend-exclude", "patterns of paths to leave out beside the others"),
    ):
        group.add_argument(f"--{name}", action="append", type=_comma_separated, metavar="PATTERNS", help=text)
    group.add_argument(
        "--python",
        metavar="PATH",
        help="the environment whose packages are followed: an interpreter, its folder, site-packages, or none",
    )
    group.add_argument("--config", metavar="FILE", help="a pyproject.toml or antipatterns.toml to use for all files")
    group.add_argument("--isolated", action="store_true", help="ignore all configuration files")


def _add_graph(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    graph = commands.add_parser("graph", help="print the imports of a project, or the calls that lead to what blocks")
    graph.set_defaults(run=_run_graph, parser=graph, select=None, ignore=None, extend_select=None, extend_ignore=None)
    graph.add_argument("paths", nargs="*", metavar="PATH", help="files and folders (default: .)")
    group = graph.add_argument_group("what to show")
    what = group.add_mutually_exclusive_group()
    what.add_argument("--imports", action="store_true", help="which module imports which (default)")
    what.add_argument(
        "--calls",
        metavar="SINK",
        help="the calls on the event loop that lead to a callable that blocks: its dotted name, that of its class or "
        "package, or a category such as http",
    )
    group.add_argument("--module", action="append", type=_comma_separated, metavar="NAMES", help=_MODULE)
    group.add_argument("--depth", type=_depth, default=0, metavar="N", help=_DEPTH)
    group.add_argument(
        "--kinds",
        type=_comma_separated,
        metavar="KINDS",
        help="the imports to show: run-time, conditional, lazy, type-only, dynamic; comma-separated (default: all)",
    )
    _add_settings(graph.add_argument_group("settings"))
    output = graph.add_argument_group("output")
    formats = ("text", "dot", "mermaid")
    output.add_argument("--output-format", "--format", choices=formats, default="text", help="default: text")
    output.add_argument("--output-file", metavar="FILE", help="write the graph to a file instead of stdout")
    output.add_argument("-q", "--quiet", action="store_true", help="print the graph and errors, nothing else")
    _add_cache(graph)
    graph.add_argument("-j", "--jobs", type=_positive, metavar="N", help="worker processes (default: automatic)")


_MODULE = "modules or packages to look at, with all below them: what they import, and who imports them; comma-separated"
_DEPTH = (
    "how many parts of the names of modules to show (below --module, where given), or all; modules are folded into the "
    "package of that name (default: as many as fit into a picture)"
)


def _add_cache(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("cache")
    group.add_argument("--cache-dir", metavar="DIR", help="where to keep what a later run need not do again")
    group.add_argument("--no-cache", action="store_true", help="keep nothing, and use nothing that was kept")


def _add_clean(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    clean = commands.add_parser("clean", help="remove what earlier runs have kept of this project")
    clean.set_defaults(run=_run_clean, parser=clean)
    clean.add_argument("path", nargs="?", default=".", metavar="PATH", help="a folder of the project (default: .)")
    clean.add_argument("--cache-dir", metavar="DIR", help="where it was kept, if not where the settings say")


def _add_rules(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rules = commands.add_parser("rules", help="list all rules")
    rules.set_defaults(run=_run_rules, parser=rules)
    rules.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")


def _add_explain(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    explain = commands.add_parser("explain", help="print the page of a rule")
    explain.set_defaults(run=_run_explain, parser=explain)
    explain.add_argument("rule", metavar="RULE", help="a code or a name")


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 on, not {text!r}")
    return number


def _depth(text: str) -> int | None:
    return None if text == "all" else _positive(text)


def _comma_separated(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def _run_check(options: argparse.Namespace) -> int:
    from antipatterns.commands.check import run_check

    return run_check(options)


def _run_fix(options: argparse.Namespace) -> int:
    from antipatterns.commands.fix import run_fix

    return run_fix(options)


def _run_graph(options: argparse.Namespace) -> int:
    from antipatterns.commands.graph import run_graph

    return run_graph(options)


def _run_rules(options: argparse.Namespace) -> int:
    from antipatterns.commands.catalogue import run_rules

    return run_rules(options)


def _run_explain(options: argparse.Namespace) -> int:
    from antipatterns.commands.catalogue import run_explain

    return run_explain(options)


def _run_clean(options: argparse.Namespace) -> int:
    from antipatterns.commands.clean import run_clean

    return run_clean(options)
