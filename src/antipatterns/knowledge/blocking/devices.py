"""Clients of devices, directories, the network itself and the machine's own services, and locks between processes."""

from typing import Final

_MODBUS = (
    "connect execute read_coils read_discrete_inputs read_holding_registers read_input_registers write_coil "
    "write_register write_coils write_registers mask_write_register readwrite_registers read_exception_status "
    "read_file_record write_file_record read_fifo_queue report_device_id report_slave_id read_device_information"
)
_MEMCACHED = (
    "get gets set add replace append prepend cas delete incr decr touch get_multi set_multi delete_multi "
    "get_stats flush_all"
)

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    "ping3.ping": ("socket", "asyncio.to_thread"),
    "ping3.verbose_ping": ("socket", "asyncio.to_thread"),
    "keyring.get_password": ("socket", "asyncio.to_thread"),
    "keyring.set_password": ("socket", "asyncio.to_thread"),
    "keyring.delete_password": ("socket", "asyncio.to_thread"),
    "keyring.get_credential": ("socket", "asyncio.to_thread"),
    "gnupg.GPG": ("subprocess", "asyncio.to_thread"),
    "pysftp.Connection": ("socket", "asyncssh"),
    "dotenv.load_dotenv": ("file", "asyncio.to_thread"),
    "dotenv.dotenv_values": ("file", "asyncio.to_thread"),
    "lmdb.open": ("file", "asyncio.to_thread"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "pymodbus.client.ModbusTcpClient": (("socket", "pymodbus.client.AsyncModbusTcpClient", _MODBUS),),
    "pymodbus.client.ModbusUdpClient": (("socket", "pymodbus.client.AsyncModbusUdpClient", _MODBUS),),
    "pymodbus.client.ModbusSerialClient": (("file", "pymodbus.client.AsyncModbusSerialClient", _MODBUS),),
    "ntplib.NTPClient": (("socket", "asyncio.to_thread", "request"),),
    "speedtest.Speedtest": (
        ("http", "asyncio.to_thread", "get_config get_servers get_closest_servers get_best_server download upload"),
    ),
    "gnupg.GPG": (
        (
            "subprocess",
            "asyncio.to_thread",
            (
                "sign sign_file verify verify_file verify_data import_keys import_keys_file recv_keys send_keys "
                "delete_keys export_keys list_keys scan_keys search_keys gen_key encrypt encrypt_file decrypt "
                "decrypt_file get_recipients trust_keys"
            ),
        ),
    ),
    "pysftp.Connection": (
        (
            "socket",
            "asyncssh",
            (
                "get get_d get_r getfo put put_d put_r putfo execute cd chdir cwd listdir listdir_attr mkdir "
                "makedirs remove rename rmdir exists isdir isfile stat lstat open walktree"
            ),
        ),
    ),
    "ldap.ldapobject.SimpleLDAPObject": (
        (
            "socket",
            "asyncio.to_thread",
            (
                "simple_bind_s bind_s sasl_interactive_bind_s sasl_gssapi_bind_s start_tls_s search_s search_st "
                "search_ext_s add_s add_ext_s modify_s modify_ext_s delete_s delete_ext_s rename_s modrdn_s "
                "compare_s passwd_s whoami_s unbind_s result result2 result3"
            ),
        ),
    ),
    "kazoo.client.KazooClient": (
        (
            "socket",
            "asyncio.to_thread",
            "start stop restart command create ensure_path exists get get_children get_acls set set_acls delete sync",
        ),
    ),
    "memcache.Client": (("socket", "aiomcache", _MEMCACHED),),
    "pylibmc.Client": (("socket", "aiomcache", _MEMCACHED),),
    "diskcache.Cache": (
        (
            "database",
            "asyncio.to_thread",
            (
                "get set add touch incr decr read pop delete push pull peek peekitem expire evict cull clear check "
                "volume __iter__ __len__"
            ),
        ),
    ),
    "filelock.BaseFileLock": (("lock", "filelock.AsyncFileLock", "acquire __enter__"),),
}

RETURNS: Final[dict[str, str]] = {
    "gnupg.GPG": "gnupg.GPG",
    "ldap.initialize": "ldap.ldapobject.SimpleLDAPObject",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "pymodbus.client.ModbusTlsClient": ("pymodbus.client.ModbusTcpClient",),
    "ldap.ldapobject.ReconnectLDAPObject": ("ldap.ldapobject.SimpleLDAPObject",),
    "diskcache.FanoutCache": ("diskcache.Cache",),
    "filelock.FileLock": ("filelock.BaseFileLock",),
    "filelock.UnixFileLock": ("filelock.BaseFileLock",),
    "filelock.WindowsFileLock": ("filelock.BaseFileLock",),
    "filelock.SoftFileLock": ("filelock.BaseFileLock",),
}

ALIASES: Final[dict[str, str]] = {
    "pymodbus.client.tcp.ModbusTcpClient": "pymodbus.client.ModbusTcpClient",
    "pymodbus.client.udp.ModbusUdpClient": "pymodbus.client.ModbusUdpClient",
    "pymodbus.client.serial.ModbusSerialClient": "pymodbus.client.ModbusSerialClient",
    "pymodbus.client.tls.ModbusTlsClient": "pymodbus.client.ModbusTlsClient",
    "pymodbus.client.sync.ModbusTcpClient": "pymodbus.client.ModbusTcpClient",
    "pymodbus.client.sync.ModbusSerialClient": "pymodbus.client.ModbusSerialClient",
    "ldap.ldapobject.LDAPObject": "ldap.ldapobject.SimpleLDAPObject",
    "diskcache.core.Cache": "diskcache.Cache",
    "diskcache.fanout.FanoutCache": "diskcache.FanoutCache",
    "dotenv.main.load_dotenv": "dotenv.load_dotenv",
    "dotenv.main.dotenv_values": "dotenv.dotenv_values",
}

NON_BLOCKING_ARGUMENTS: Final[dict[str, tuple[tuple[int, str, object], ...]]] = {
    "filelock.BaseFileLock.acquire": ((0, "timeout", 0), (-1, "blocking", False)),
    "dotenv.load_dotenv": ((1, "stream", ...),),
    "dotenv.dotenv_values": ((1, "stream", ...),),
}

ASYNC_TWINS: Final[frozenset[str]] = frozenset(
    {
        *("filelock.AsyncFileLock", "filelock.AsyncSoftFileLock", "filelock.AsyncUnixFileLock"),
        *("filelock.AsyncWindowsFileLock", "filelock.BaseAsyncFileLock", "filelock.asyncio.BaseAsyncFileLock"),
    }
)
