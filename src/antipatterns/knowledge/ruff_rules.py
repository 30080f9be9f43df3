"""What is known of the rules of ruff that report what rules of this tool report: data only.

From ``ruff rule --all`` and ``ruff check --show-settings`` of 0.17, and from its changelog; a test compares them.
"""

from typing import Final, NamedTuple

Version = tuple[int, ...]


class RuffRule(NamedTuple):
    """One rule: its name and category, which preview mode takes as selectors, and its history.

    ``stable``: the version that first ran it outside of preview mode. ``default``: the one that first ran it without
    being told to; ``preview_default``: the same in preview mode. None: none so far.
    """

    name: str
    category: str
    stable: Version = (0, 0)
    default: Version | None = None
    preview_default: Version | None = None


_WIDER_DEFAULT: Final = (0, 16)  # https://github.com/astral-sh/ruff/releases/tag/0.16.0

RUFF_RULES: Final[dict[str, RuffRule]] = {
    "ASYNC210": RuffRule("blocking-http-call-in-async-function", "suspicious", (0, 5), _WIDER_DEFAULT),
    "ASYNC220": RuffRule("create-subprocess-in-async-function", "suspicious", (0, 5), _WIDER_DEFAULT),
    "ASYNC221": RuffRule("run-process-in-async-function", "suspicious", (0, 5), _WIDER_DEFAULT),
    "ASYNC222": RuffRule("wait-for-process-in-async-function", "suspicious", (0, 5), _WIDER_DEFAULT),
    "ASYNC230": RuffRule("blocking-open-call-in-async-function", "suspicious", (0, 5), _WIDER_DEFAULT),
    "ASYNC240": RuffRule("blocking-path-method-in-async-function", "suspicious", (0, 15), preview_default=(0, 17)),
    "ASYNC250": RuffRule("blocking-input-in-async-function", "suspicious", (0, 15), preview_default=(0, 17)),
    "ASYNC251": RuffRule("blocking-sleep-in-async-function", "suspicious", (0, 5), _WIDER_DEFAULT),
    "B006": RuffRule("mutable-argument-default", "suspicious", default=_WIDER_DEFAULT),
    "B008": RuffRule("function-call-in-default-argument", "suspicious", default=_WIDER_DEFAULT),
    "B012": RuffRule("jump-statement-in-finally", "suspicious", default=_WIDER_DEFAULT),
    "B039": RuffRule("mutable-contextvar-default", "suspicious", (0, 8), _WIDER_DEFAULT),
    "B904": RuffRule("raise-without-from-inside-except", "pedantic"),
    "BLE001": RuffRule("blind-except", "suspicious", default=_WIDER_DEFAULT),
    "E722": RuffRule("bare-except", "suspicious", default=(0, 0)),
    "RUF006": RuffRule("asyncio-dangling-task", "pedantic"),
    "RUF008": RuffRule("mutable-dataclass-default", "suspicious", default=_WIDER_DEFAULT),
    "RUF009": RuffRule("function-call-in-dataclass-default-argument", "suspicious", default=_WIDER_DEFAULT),
    "RUF012": RuffRule("mutable-class-default", "suspicious", default=_WIDER_DEFAULT),
    "RUF024": RuffRule("mutable-fromkeys-value", "suspicious", (0, 5), _WIDER_DEFAULT),
    "S110": RuffRule("try-except-pass", "suspicious", default=_WIDER_DEFAULT),
    "S112": RuffRule("try-except-continue", "suspicious", default=_WIDER_DEFAULT),
    "TRY002": RuffRule("raise-vanilla-class", "style", default=_WIDER_DEFAULT),
    "TRY400": RuffRule("error-instead-of-exception", "pedantic"),
}

# What the rules about calls in coroutines see, of what this tool knows to block; not methods, which need a type.
BLOCKING_CALLS: Final[dict[str, str]] = {
    **{
        f"{library}.{name}": "ASYNC210"
        for library in ("httpx", "requests")
        for name in ("delete", "get", "head", "options", "patch", "post", "put", "request")
    },
    "urllib.request.urlopen": "ASYNC210",
    "urllib3.request": "ASYNC210",
    "os.popen": "ASYNC220",
    "subprocess.Popen": "ASYNC220",
    "os.posix_spawn": "ASYNC221",
    "os.posix_spawnp": "ASYNC221",
    "os.system": "ASYNC221",
    "subprocess.call": "ASYNC221",
    "subprocess.check_call": "ASYNC221",
    "subprocess.check_output": "ASYNC221",
    "subprocess.getoutput": "ASYNC221",
    "subprocess.getstatusoutput": "ASYNC221",
    "subprocess.run": "ASYNC221",
    "os.wait": "ASYNC222",
    "os.wait3": "ASYNC222",
    "os.wait4": "ASYNC222",
    "os.waitid": "ASYNC222",
    "os.waitpid": "ASYNC222",
    "builtins.open": "ASYNC230",
    "io.open": "ASYNC230",
    "io.open_code": "ASYNC230",
    **{
        f"os.path.{name}": "ASYNC240"
        for name in (
            "exists",
            "getatime",
            "getctime",
            "getmtime",
            "getsize",
            "isdir",
            "isfile",
            "islink",
            "ismount",
            "lexists",
            "realpath",
            "samefile",
            "sameopenfile",
        )
    },
    "builtins.input": "ASYNC250",
    "time.sleep": "ASYNC251",
}

# Selectors of old that ruff takes for others.
REDIRECTS: Final[dict[str, str]] = {"TRY200": "B904"}

CATEGORIES: Final = frozenset(rule.category for rule in RUFF_RULES.values())
