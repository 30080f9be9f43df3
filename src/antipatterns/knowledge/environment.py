"""How programs read environment variables, and which of these belong to the system rather than to the program."""

from typing import Final

# Functions that give the value of one variable.
READERS: Final[frozenset[str]] = frozenset(
    {"os.getenv", "os.getenvb", "os.environ.get", "os.environb.get", "decouple.config"}
)

# Mappings that hold them all.
MAPPINGS: Final[frozenset[str]] = frozenset({"os.environ", "os.environb"})

# What holds its default until somebody sets it for a while.
CONTEXT_VARIABLES: Final[frozenset[str]] = frozenset({"contextvars.ContextVar"})

# What tells systems apart, as on the servers where loops run: the same findings on every machine.
SERVER: Final[dict[str, str]] = {"sys.platform": "linux", "os.name": "posix"}

# Variables that the system, the terminal, the shell or the platform sets, not whoever configures the program.
OF_THE_SYSTEM: Final[frozenset[str]] = frozenset(
    [
        *(
            "HOME",
            "USER",
            "USERNAME",
            "LOGNAME",
            "SHELL",
            "PATH",
            "PWD",
            "TMPDIR",
            "TEMP",
            "TMP",
            "LANG",
            "LC_ALL",
            "TZ",
        ),
        *("TERM", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "DISPLAY"),
        *("EDITOR", "VISUAL", "PAGER", "BROWSER", "HOSTNAME", "COMPUTERNAME", "OS", "ComSpec", "COMSPEC", "PATHEXT"),
        *(
            "APPDATA",
            "LOCALAPPDATA",
            "PROGRAMDATA",
            "PROGRAMFILES",
            "USERPROFILE",
            "SYSTEMROOT",
            "SystemRoot",
            "WINDIR",
        ),
        *("CI", "GITHUB_ACTIONS", "VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH", "PYTHONHOME", "PYTHONIOENCODING"),
        *(
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "REQUESTS_CA_BUNDLE",
            "CURL_CA_BUNDLE",
            "NETRC",
            "NOTIFY_SOCKET",
            "LISTEN_FDS",
        ),
        *("LISTEN_PID", "WATCHDOG_USEC", "INVOCATION_ID", "JOURNAL_STREAM", "SSH_AUTH_SOCK", "SUDO_USER", "SUDO_UID"),
        *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy"),
        *(
            "LESS",
            "MANPAGER",
            "AWS_REGION",
            "FUNCTION_NAME",
            "FUNCTION_REGION",
            "GCP_PROJECT",
            "K_SERVICE",
            "K_REVISION",
        ),
        *("TERM_PROGRAM", "WAYLAND_DISPLAY", "WT_SESSION", "ANSICON", "ConEmuANSI", "MSYSTEM", "TMUX", "STY"),
        *("WSL_DISTRO_NAME", "CONDA_EXE", "KUBECONFIG", "SOURCE_DATE_EPOCH", "DO_NOT_TRACK", "CODESPACES"),
        *("DATABRICKS_RUNTIME_VERSION", "AWS_EXECUTION_ENV", "FUNCTIONS_WORKER_RUNTIME", "COLAB_RELEASE_TAG"),
        *("CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS", "EMAIL", "EXTERNAL_STORAGE", "READTHEDOCS"),
        *("CC", "CXX", "CFLAGS", "CXXFLAGS", "LDFLAGS", "MAKEFLAGS", "XAUTHORITY", "PYCHARM_HOSTED"),
        *("DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY"),
        *("RANK", "LOCAL_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"),
    ]
)
SYSTEM_PREFIXES: Final[tuple[str, ...]] = (
    *(
        "XDG_",
        "PYTEST_",
        "PYTHON",
        "LC_",
        "SSH_",
        "KUBERNETES_SERVICE_",
        "COMP_",
        "AWS_LAMBDA_",
        "WEBSITE_",
        "GITHUB_",
        "SLURM_",
        "ANDROID_",
        "P4A_",
        "GST_",
        "_",
    ),
)
