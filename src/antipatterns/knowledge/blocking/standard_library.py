"""What else blocks in the standard library: sleep, subprocesses, sockets, mail, HTTP, TLS, import, sqlite."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    "time.sleep": ("sleep", "asyncio.sleep"),
    "signal.pause": ("sleep", "loop.add_signal_handler"),
    "signal.sigwait": ("sleep", "loop.add_signal_handler"),
    "signal.sigwaitinfo": ("sleep", "loop.add_signal_handler"),
    "signal.sigtimedwait": ("sleep", "loop.add_signal_handler"),
    "subprocess.run": ("subprocess", "asyncio.create_subprocess_exec"),
    "subprocess.call": ("subprocess", "asyncio.create_subprocess_exec"),
    "subprocess.check_call": ("subprocess", "asyncio.create_subprocess_exec"),
    "subprocess.check_output": ("subprocess", "asyncio.create_subprocess_exec"),
    "subprocess.Popen": ("subprocess", "asyncio.create_subprocess_exec"),
    "subprocess.getoutput": ("subprocess", "asyncio.create_subprocess_shell"),
    "subprocess.getstatusoutput": ("subprocess", "asyncio.create_subprocess_shell"),
    "os.system": ("subprocess", "asyncio.create_subprocess_shell"),
    "os.popen": ("subprocess", "asyncio.create_subprocess_shell"),
    "os.posix_spawn": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.posix_spawnp": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.spawnl": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.spawnle": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.spawnlp": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.spawnlpe": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.spawnv": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.spawnve": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.spawnvp": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.spawnvpe": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.startfile": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.wait": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.wait3": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.wait4": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.waitid": ("subprocess", "asyncio.create_subprocess_exec"),
    "os.waitpid": ("subprocess", "asyncio.create_subprocess_exec"),
    "pty.spawn": ("subprocess", "asyncio.create_subprocess_exec"),
    "webbrowser.open": ("subprocess", "asyncio.create_subprocess_exec"),
    "webbrowser.open_new": ("subprocess", "asyncio.create_subprocess_exec"),
    "webbrowser.open_new_tab": ("subprocess", "asyncio.create_subprocess_exec"),
    "builtins.input": ("input", "asyncio.to_thread"),
    "getpass.getpass": ("input", "asyncio.to_thread"),
    "code.interact": ("input", "asyncio.to_thread"),
    "sys.stdin.read": ("input", "asyncio.to_thread"),
    "sys.stdin.readline": ("input", "asyncio.to_thread"),
    "sys.stdin.readlines": ("input", "asyncio.to_thread"),
    "sys.stdin.buffer.read": ("input", "asyncio.to_thread"),
    "sys.stdin.buffer.readline": ("input", "asyncio.to_thread"),
    "ctypes.util.find_library": ("subprocess", "asyncio.to_thread"),
    "importlib.import_module": ("import", "an import at module level or asyncio.to_thread"),
    "importlib.reload": ("import", "an import at module level or asyncio.to_thread"),
    "builtins.__import__": ("import", "an import at module level or asyncio.to_thread"),
    "runpy.run_module": ("import", "an import at module level or asyncio.to_thread"),
    "runpy.run_path": ("import", "an import at module level or asyncio.to_thread"),
    "socket.getaddrinfo": ("dns", "loop.getaddrinfo"),
    "socket.gethostbyname": ("dns", "loop.getaddrinfo"),
    "socket.gethostbyname_ex": ("dns", "loop.getaddrinfo"),
    "socket.gethostbyaddr": ("dns", "loop.getaddrinfo"),
    "socket.getnameinfo": ("dns", "loop.getnameinfo"),
    "socket.getfqdn": ("dns", "loop.getnameinfo"),
    "socket.create_connection": ("socket", "asyncio.open_connection"),
    "ssl.get_server_certificate": ("socket", "asyncio.open_connection"),
    "multiprocessing.connection.Client": ("socket", "asyncio.open_connection"),
    "select.select": ("socket", "loop.add_reader"),
    "urllib.request.urlopen": ("http", "httpx.AsyncClient or aiohttp"),
    "urllib.request.urlretrieve": ("http", "httpx.AsyncClient or aiohttp"),
    # The constructor connects later, but nothing else can be done with it; that of HTTPSConnection loads
    # certificates at once.
    "http.client.HTTPConnection": ("http", "httpx.AsyncClient or aiohttp"),
    "http.client.HTTPSConnection": ("http", "httpx.AsyncClient or aiohttp"),
    "ssl.create_default_context": ("tls", "asyncio.to_thread"),
    "asyncio.open_connection": ("tls", "an SSLContext made by asyncio.to_thread"),
    "asyncio.open_unix_connection": ("tls", "an SSLContext made by asyncio.to_thread"),
    "asyncio.AbstractEventLoop.create_connection": ("tls", "an SSLContext made by asyncio.to_thread"),
    "asyncio.AbstractEventLoop.create_unix_connection": ("tls", "an SSLContext made by asyncio.to_thread"),
    "smtplib.SMTP": ("socket", "aiosmtplib"),
    "smtplib.SMTP_SSL": ("socket", "aiosmtplib"),
    "smtplib.LMTP": ("socket", "aiosmtplib"),
    "ftplib.FTP": ("socket", "aioftp"),
    "ftplib.FTP_TLS": ("socket", "aioftp"),
    "imaplib.IMAP4": ("socket", "aioimaplib"),
    "imaplib.IMAP4_SSL": ("socket", "aioimaplib"),
    "imaplib.IMAP4_stream": ("socket", "aioimaplib"),
    "poplib.POP3": ("socket", "asyncio.to_thread"),
    "poplib.POP3_SSL": ("socket", "asyncio.to_thread"),
    "nntplib.NNTP": ("socket", "asyncio.to_thread"),
    "nntplib.NNTP_SSL": ("socket", "asyncio.to_thread"),
    "telnetlib.Telnet": ("socket", "telnetlib3"),
    "sqlite3.connect": ("database", "aiosqlite"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "subprocess.Popen": (("subprocess", "asyncio.create_subprocess_exec", "wait communicate"),),
    "socket.socket": (
        ("socket", "loop.sock_accept", "accept"),
        ("socket", "loop.sock_connect", "connect"),
        ("socket", "loop.sock_recv", "recv recvmsg"),
        ("socket", "loop.sock_recv_into", "recv_into recvmsg_into"),
        ("socket", "loop.sock_recvfrom", "recvfrom recvfrom_into"),
        ("socket", "loop.sock_sendall", "send sendall sendmsg"),
        ("socket", "loop.sock_sendto", "sendto"),
        ("socket", "loop.sendfile", "sendfile"),
    ),
    "ssl.SSLSocket": (("socket", "asyncio.open_connection with ssl=", "read write recv send do_handshake unwrap"),),
    "ssl.SSLContext": (
        (
            "tls",
            "asyncio.to_thread",
            ("load_cert_chain load_default_certs load_verify_locations set_default_verify_paths load_dh_params"),
        ),
    ),
    "select.poll": (("socket", "loop.add_reader", "poll"),),
    "select.epoll": (("socket", "loop.add_reader", "poll"),),
    "select.devpoll": (("socket", "loop.add_reader", "poll"),),
    "select.kqueue": (("socket", "loop.add_reader", "control"),),
    "selectors.BaseSelector": (("socket", "loop.add_reader", "select"),),
    "socketserver.BaseServer": (("socket", "asyncio.start_server", "serve_forever handle_request shutdown"),),
    "http.client.HTTPConnection": (
        ("http", "httpx.AsyncClient or aiohttp", "request getresponse connect putrequest endheaders send"),
    ),
    "http.client.HTTPResponse": (
        ("http", "httpx.AsyncClient or aiohttp", "read read1 readinto readline readlines peek __iter__"),
    ),
    "urllib.request.OpenerDirector": (("http", "httpx.AsyncClient or aiohttp", "open"),),
    "urllib.robotparser.RobotFileParser": (("http", "httpx.AsyncClient or aiohttp", "read"),),
    "xmlrpc.client.ServerProxy": (("http", "httpx.AsyncClient or aiohttp", "*"),),
    "smtplib.SMTP": (
        (
            "socket",
            "aiosmtplib",
            (
                "connect login starttls sendmail send_message quit ehlo helo "
                "ehlo_or_helo_if_needed noop rset verify vrfy expn docmd mail rcpt data auth"
            ),
        ),
    ),
    "ftplib.FTP": (
        (
            "socket",
            "aioftp",
            (
                "connect login quit cwd pwd nlst mlsd dir retrbinary retrlines storbinary "
                "storlines delete rename mkd rmd size sendcmd voidcmd transfercmd ntransfercmd "
                "abort"
            ),
        ),
    ),
    "imaplib.IMAP4": (
        (
            "socket",
            "aioimaplib",
            (
                "open login login_cram_md5 authenticate logout select search fetch store copy "
                "append create delete rename expunge close list lsub noop status subscribe "
                "unsubscribe uid thread sort starttls check getquota idle"
            ),
        ),
    ),
    "poplib.POP3": (
        (
            "socket",
            "asyncio.to_thread",
            "user pass_ apop rpop stat list retr dele top uidl noop rset quit capa stls",
        ),
    ),
    "nntplib.NNTP": (
        (
            "socket",
            "asyncio.to_thread",
            "login group over article head body post quit newgroups newnews list starttls",
        ),
    ),
    "telnetlib.Telnet": (
        ("socket", "telnetlib3", "open read_until read_all read_some write expect interact mt_interact"),
    ),
    "sqlite3.Connection": (
        ("database", "aiosqlite", "execute executemany executescript commit rollback backup iterdump"),
    ),
    "sqlite3.Cursor": (
        (
            "database",
            "aiosqlite",
            "execute executemany executescript fetchone fetchmany fetchall __iter__ __next__",
        ),
    ),
    "cmd.Cmd": (("input", "asyncio.to_thread", "cmdloop"),),
    "multiprocessing.connection.Connection": (("socket", "loop.add_reader", "recv recv_bytes recv_bytes_into"),),
    "multiprocessing.connection.Listener": (("socket", "asyncio.start_server", "accept"),),
}

RETURNS: Final[dict[str, str]] = {
    "socket.create_connection": "socket.socket",
    "socket.create_server": "socket.socket",
    "socket.fromfd": "socket.socket",
    "socket.socket.dup": "socket.socket",
    "socket.socket.accept": "tuple[socket.socket, object]",
    "socket.socketpair": "tuple[socket.socket, ...]",
    "ssl.SSLContext.wrap_socket": "ssl.SSLSocket",
    "ssl.wrap_socket": "ssl.SSLSocket",
    "ssl.create_default_context": "ssl.SSLContext",
    "urllib.request.urlopen": "http.client.HTTPResponse",
    "urllib.request.OpenerDirector.open": "http.client.HTTPResponse",
    "http.client.HTTPConnection.getresponse": "http.client.HTTPResponse",
    "urllib.request.build_opener": "urllib.request.OpenerDirector",
    "sqlite3.connect": "sqlite3.Connection",
    "sqlite3.Connection.cursor": "sqlite3.Cursor",
    "sqlite3.Connection.execute": "sqlite3.Cursor",
    "sqlite3.Connection.executemany": "sqlite3.Cursor",
    "sqlite3.Connection.executescript": "sqlite3.Cursor",
    "sqlite3.Cursor.execute": "sqlite3.Cursor",
    "sqlite3.Cursor.executemany": "sqlite3.Cursor",
    "sqlite3.Cursor.executescript": "sqlite3.Cursor",
    "os.popen": "io.TextIOWrapper",
    "multiprocessing.connection.Client": "multiprocessing.connection.Connection",
    "multiprocessing.connection.Listener.accept": "multiprocessing.connection.Connection",
    "multiprocessing.Pipe": "tuple[multiprocessing.connection.Connection, ...]",
    "asyncio.get_running_loop": "asyncio.AbstractEventLoop",
    "asyncio.get_event_loop": "asyncio.AbstractEventLoop",
    "asyncio.new_event_loop": "asyncio.AbstractEventLoop",
    "asyncio.Runner.get_loop": "asyncio.AbstractEventLoop",
    "uvloop.new_event_loop": "asyncio.AbstractEventLoop",
}

ATTRIBUTES: Final[dict[str, str]] = {
    "subprocess.Popen.stdin": "io.TextIOWrapper",
    "subprocess.Popen.stdout": "io.TextIOWrapper",
    "subprocess.Popen.stderr": "io.TextIOWrapper",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "ssl.SSLSocket": ("socket.socket",),
    "http.client.HTTPSConnection": ("http.client.HTTPConnection",),
    "smtplib.SMTP_SSL": ("smtplib.SMTP",),
    "smtplib.LMTP": ("smtplib.SMTP",),
    "ftplib.FTP_TLS": ("ftplib.FTP",),
    "imaplib.IMAP4_SSL": ("imaplib.IMAP4",),
    "imaplib.IMAP4_stream": ("imaplib.IMAP4",),
    "poplib.POP3_SSL": ("poplib.POP3",),
    "nntplib.NNTP_SSL": ("nntplib.NNTP",),
    "selectors.DefaultSelector": ("selectors.BaseSelector",),
    "selectors.SelectSelector": ("selectors.BaseSelector",),
    "selectors.PollSelector": ("selectors.BaseSelector",),
    "selectors.EpollSelector": ("selectors.BaseSelector",),
    "selectors.DevpollSelector": ("selectors.BaseSelector",),
    "selectors.KqueueSelector": ("selectors.BaseSelector",),
    "socketserver.TCPServer": ("socketserver.BaseServer",),
    "socketserver.UDPServer": ("socketserver.TCPServer",),
    "socketserver.ThreadingTCPServer": ("socketserver.TCPServer",),
    "http.server.HTTPServer": ("socketserver.TCPServer",),
    "xmlrpc.server.SimpleXMLRPCServer": ("socketserver.TCPServer",),
    "http.server.ThreadingHTTPServer": ("http.server.HTTPServer",),
    "wsgiref.simple_server.WSGIServer": ("http.server.HTTPServer",),
    "asyncio.BaseEventLoop": ("asyncio.AbstractEventLoop",),
    "asyncio.SelectorEventLoop": ("asyncio.AbstractEventLoop",),
    "asyncio.ProactorEventLoop": ("asyncio.AbstractEventLoop",),
    "uvloop.Loop": ("asyncio.AbstractEventLoop",),
}

ALIASES: Final[dict[str, str]] = {
    "socket.SocketType": "socket.socket",
    "_socket.socket": "socket.socket",
    "sqlite3.dbapi2": "sqlite3",
    "_sqlite3": "sqlite3",
    "xmlrpc.client.Server": "xmlrpc.client.ServerProxy",
    "getpass.unix_getpass": "getpass.getpass",
    "getpass.win_getpass": "getpass.getpass",
    "_time.sleep": "time.sleep",
    "asyncio.events.AbstractEventLoop": "asyncio.AbstractEventLoop",
    "asyncio.base_events.BaseEventLoop": "asyncio.BaseEventLoop",
    "asyncio.unix_events.SelectorEventLoop": "asyncio.SelectorEventLoop",
    "asyncio.events.get_running_loop": "asyncio.get_running_loop",
    "asyncio.events.get_event_loop": "asyncio.get_event_loop",
    "asyncio.events.new_event_loop": "asyncio.new_event_loop",
}

NON_BLOCKING_ARGUMENTS: Final[dict[str, tuple[tuple[int, str, object], ...]]] = {
    "time.sleep": ((0, "secs", 0),),
    "os.write": ((0, "fd", 1), (0, "fd", 2)),  # what it prints
    "os.waitpid": ((1, "options", "os.WNOHANG"),),
    "os.wait3": ((0, "options", "os.WNOHANG"),),
    "os.wait4": ((1, "options", "os.WNOHANG"),),
    "os.waitid": ((2, "options", "os.WNOHANG"),),
    # Numbers are not looked up.
    "socket.getaddrinfo": ((5, "flags", "socket.AI_NUMERICHOST"),),
    "socket.getnameinfo": ((1, "flags", "socket.NI_NUMERICHOST"),),
    # Certificates that are at hand are not read from a file; only a context that checks its peers loads the system's.
    "ssl.create_default_context": ((3, "cadata", ...), (0, "purpose", "ssl.Purpose.CLIENT_AUTH")),
    "ssl.SSLContext.load_verify_locations": ((2, "cadata", ...),),
    # The one that everybody has asked for already.
    "zoneinfo.ZoneInfo": ((0, "key", "UTC"),),
    "subprocess.Popen.wait": ((0, "timeout", 0),),
    "select.select": ((3, "timeout", 0),),
    "select.poll.poll": ((0, "timeout", 0),),
    "select.epoll.poll": ((0, "timeout", 0),),
    "select.devpoll.poll": ((0, "timeout", 0),),
    "select.kqueue.control": ((1, "maxevents", 0), (2, "timeout", 0)),
    "selectors.BaseSelector.select": ((0, "timeout", 0),),
    "socket.socket.recv": ((1, "flags", "socket.MSG_DONTWAIT"),),
    "socket.socket.recvfrom": ((1, "flags", "socket.MSG_DONTWAIT"),),
    "socket.socket.recvmsg": ((2, "flags", "socket.MSG_DONTWAIT"),),
    "socket.socket.send": ((1, "flags", "socket.MSG_DONTWAIT"),),
    "signal.sigtimedwait": ((1, "timeout", 0),),
    "sqlite3.connect": ((0, "database", ":memory:"),),
}

# These make a context themselves, which loads the system's certificates.
BLOCKING_WITH: Final[dict[str, tuple[int, str, object]]] = {
    "asyncio.open_connection": (-1, "ssl", True),
    "asyncio.open_unix_connection": (-1, "ssl", True),
    "asyncio.AbstractEventLoop.create_connection": (-1, "ssl", True),
    "asyncio.AbstractEventLoop.create_unix_connection": (-1, "ssl", True),
}

BLOCKING_ARGUMENTS: Final[dict[str, tuple[int, str]]] = {
    # Without a host the constructor does not connect.
    "smtplib.SMTP": (0, "host"),
    "smtplib.SMTP_SSL": (0, "host"),
    "ftplib.FTP": (0, "host"),
    "ftplib.FTP_TLS": (0, "host"),
    "telnetlib.Telnet": (0, "host"),
}
