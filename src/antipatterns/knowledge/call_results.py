"""What calls give: something else each time, or an object of its own that can change."""

from typing import Final

# Another value each time: a default made by one of these is that of the moment when the module was imported.
CHANGING: Final[frozenset[str]] = frozenset(
    {
        *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
        "datetime.date.today",
        *(f"time.{name}" for name in ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter")),
        *(f"time.{name}" for name in ("perf_counter_ns", "process_time", "process_time_ns", "thread_time")),
        *(f"uuid.{name}" for name in ("uuid1", "uuid4", "uuid6", "uuid7")),
        *(f"random.{name}" for name in ("random", "randint", "randrange", "choice", "choices", "sample", "uniform")),
        *(f"random.{name}" for name in ("gauss", "normalvariate", "getrandbits", "randbytes", "triangular")),
        *(f"secrets.{name}" for name in ("token_hex", "token_urlsafe", "token_bytes", "choice", "randbelow")),
        "os.urandom",
        "os.getcwd",
        "pathlib.Path.cwd",
        "asyncio.get_event_loop",
        "asyncio.new_event_loop",
        "asyncio.get_running_loop",
        "asyncio.current_task",
        "threading.current_thread",
        "threading.get_ident",
        *(f"django.utils.timezone.{name}" for name in ("now", "localdate")),
        *(f"pendulum.{name}" for name in ("now", "today", "yesterday", "tomorrow")),
        *(f"arrow.{name}" for name in ("now", "utcnow")),
        "pandas.Timestamp.now",
        "pandas.Timestamp.today",
        "pandas.Timestamp.utcnow",
        *(f"numpy.random.{name}" for name in ("rand", "randn", "randint", "random", "normal", "uniform", "choice")),
    }
)

# These read the clock unless they are given a time.
CHANGING_WITHOUT_ARGUMENTS: Final[frozenset[str]] = frozenset(
    {
        *(f"time.{name}" for name in ("localtime", "gmtime", "ctime", "asctime")),
        "django.utils.timezone.localtime",
    }
)

# An object that is there to be filled, read up or changed: one for all calls is hardly ever meant. Locks are: they are
# shared on purpose; so may be clients and sessions.
FRESH: Final[frozenset[str]] = frozenset(
    {
        "builtins.open",
        "io.BytesIO",
        "io.StringIO",
        "array.array",
        "types.SimpleNamespace",
        "argparse.Namespace",
        "copy.copy",
        "copy.deepcopy",
        *(f"queue.{name}" for name in ("Queue", "LifoQueue", "PriorityQueue", "SimpleQueue")),
        *(f"asyncio.{name}" for name in ("Queue", "LifoQueue", "PriorityQueue", "Event", "Future")),
        *(f"threading.{name}" for name in ("Event", "Thread", "Timer")),
        *(f"tempfile.{name}" for name in ("TemporaryFile", "NamedTemporaryFile", "TemporaryDirectory", "mkdtemp")),
        *("tempfile.SpooledTemporaryFile", "tempfile.mkstemp"),
        "http.cookies.SimpleCookie",
        "http.cookiejar.CookieJar",
        "email.message.EmailMessage",
        "email.message.Message",
        "configparser.ConfigParser",
        "xml.etree.ElementTree.Element",
    }
)

# Of these, those that copy what somebody else keeps, so that the function at least leaves that alone.
COPIERS: Final[frozenset[str]] = frozenset({"copy.copy", "copy.deepcopy"})
