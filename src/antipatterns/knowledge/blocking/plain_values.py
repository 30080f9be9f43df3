"""What the plainest of the standard library give: nothing of it blocks, but ``isinstance`` tells it apart."""

from typing import Final

_TEXTS: Final = (
    "builtins.ascii builtins.bin builtins.chr builtins.format builtins.hex builtins.input builtins.oct builtins.repr "
    "json.dumps html.escape html.unescape textwrap.dedent textwrap.indent "
    "urllib.parse.quote urllib.parse.quote_plus urllib.parse.unquote urllib.parse.urlencode urllib.parse.urljoin"
)
_TEXT_METHODS: Final = (
    "capitalize casefold center expandtabs format format_map join ljust lower lstrip removeprefix removesuffix "
    "replace rjust rstrip strip swapcase title translate upper zfill"
)
_BYTES: Final = "base64.b64decode base64.b64encode base64.urlsafe_b64decode base64.urlsafe_b64encode pickle.dumps"
_BYTES_METHODS: Final = "join lower lstrip removeprefix removesuffix replace rstrip strip translate upper"
_TRUTH_VALUES: Final = "all any callable hasattr isinstance issubclass"
_NUMBERS: Final = "hash id len ord"

RETURNS: Final[dict[str, str]] = {
    **dict.fromkeys(_TEXTS.split(), "builtins.str"),
    **{f"builtins.str.{name}": "builtins.str" for name in _TEXT_METHODS.split()},
    "builtins.str.encode": "builtins.bytes",
    **dict.fromkeys(_BYTES.split(), "builtins.bytes"),
    **{f"builtins.bytes.{name}": "builtins.bytes" for name in _BYTES_METHODS.split()},
    "builtins.bytes.decode": "builtins.str",
    "builtins.bytes.hex": "builtins.str",
    **{f"builtins.{name}": "builtins.bool" for name in _TRUTH_VALUES.split()},
    **{f"builtins.{name}": "builtins.int" for name in _NUMBERS.split()},
}
