"""Synchronous clients of other services: SSH, Git, containers, serial ports, DNS, chat, payment, RPC."""

from typing import Final

CALLABLES: Final[dict[str, tuple[str, str]]] = {
    "dns.resolver.resolve": ("dns", "dns.asyncresolver"),
    "dns.resolver.query": ("dns", "dns.asyncresolver"),
    "dns.resolver.resolve_address": ("dns", "dns.asyncresolver"),
    "dns.query.udp": ("dns", "dns.asyncresolver"),
    "dns.query.tcp": ("dns", "dns.asyncresolver"),
    "dns.query.tls": ("dns", "dns.asyncresolver"),
    "dns.query.https": ("dns", "dns.asyncresolver"),
    "pexpect.run": ("subprocess", "asyncio.create_subprocess_exec"),
    "pexpect.spawn": ("subprocess", "asyncio.create_subprocess_exec"),
    "git.Repo.clone_from": ("subprocess", "asyncio.create_subprocess_exec"),
    "whois.whois": ("socket", "asyncio.to_thread"),
    "websocket.create_connection": ("socket", "asyncio.to_thread"),
    "serial.Serial": ("file", "serial_asyncio"),
    "serial.serial_for_url": ("file", "serial_asyncio"),
    "psutil.cpu_percent": ("sleep", "asyncio.sleep"),
    "psutil.cpu_times_percent": ("sleep", "asyncio.sleep"),
    "psutil.wait_procs": ("lock", "asyncio.to_thread"),
    "dateutil.tz.gettz": ("file", "asyncio.to_thread"),
    "dateutil.tz.tzfile": ("file", "asyncio.to_thread"),
    # They import the module of the country.
    "holidays.country_holidays": ("import", "asyncio.to_thread"),
    "holidays.financial_holidays": ("import", "asyncio.to_thread"),
    "holidays.CountryHoliday": ("import", "asyncio.to_thread"),
    "websockets.sync.client.connect": ("socket", "websockets.connect"),
    "websockets.sync.client.unix_connect": ("socket", "websockets.connect"),
}

METHODS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "paramiko.SSHClient": (("socket", "asyncssh", "connect exec_command invoke_shell open_sftp"),),
    "paramiko.SFTPClient": (
        (
            "socket",
            "asyncssh",
            (
                "listdir listdir_attr listdir_iter open file remove unlink rename posix_rename "
                "mkdir rmdir stat lstat symlink chmod chown utime truncate readlink normalize "
                "chdir putfo put getfo get from_transport"
            ),
        ),
    ),
    "paramiko.Transport": (
        (
            "socket",
            "asyncssh",
            (
                "connect start_client start_server open_session open_channel open_sftp_client "
                "auth_password auth_publickey auth_none auth_interactive accept "
                "request_port_forward renegotiate_keys global_request"
            ),
        ),
    ),
    "paramiko.Channel": (
        (
            "socket",
            "asyncssh",
            (
                "exec_command invoke_shell invoke_subsystem get_pty recv recv_stderr send sendall "
                "send_stderr recv_exit_status"
            ),
        ),
    ),
    "paramiko.ChannelFile": (("socket", "asyncssh", "read readline readlines write flush __iter__"),),
    "paramiko.SFTPFile": (
        ("socket", "asyncssh", "read readline readlines write flush stat truncate prefetch readv __iter__"),
    ),
    "fabric.Connection": (("socket", "asyncssh", "open run sudo shell put get sftp local"),),
    "docker.DockerClient": (("http", "aiodocker", "ping info version df login events"),),
    "docker.models.containers.ContainerCollection": (("http", "aiodocker", "run create get list prune"),),
    "docker.models.containers.Container": (
        (
            "http",
            "aiodocker",
            (
                "start stop restart kill remove wait logs exec_run commit diff export get_archive "
                "put_archive pause unpause rename resize stats top update attach reload"
            ),
        ),
    ),
    "docker.models.images.ImageCollection": (
        ("http", "aiodocker", "build get list pull push remove load prune search get_registry_data"),
    ),
    "docker.models.images.Image": (("http", "aiodocker", "history remove save tag reload"),),
    "docker.models.networks.NetworkCollection": (("http", "aiodocker", "create get list prune"),),
    "docker.models.volumes.VolumeCollection": (("http", "aiodocker", "create get list prune"),),
    "git.Repo": (
        (
            "subprocess",
            "asyncio.create_subprocess_exec or asyncio.to_thread",
            (
                "clone clone_from init is_dirty blame iter_commits merge_base is_ancestor archive "
                "ignored create_tag delete_tag create_head delete_head create_remote delete_remote "
                "submodule_update"
            ),
        ),
    ),
    "git.Git": (("subprocess", "asyncio.create_subprocess_exec or asyncio.to_thread", "*"),),
    "git.Remote": (("subprocess", "asyncio.create_subprocess_exec or asyncio.to_thread", "fetch pull push update"),),
    "pexpect.spawn": (
        (
            "subprocess",
            "asyncio.create_subprocess_exec",
            (
                "expect expect_exact expect_list read readline readlines read_nonblocking wait "
                "interact close send sendline"
            ),
        ),
    ),
    "serial.Serial": (
        (
            "file",
            "serial_asyncio",
            "open read read_until readline readlines read_all readinto write writelines flush",
        ),
    ),
    "dns.resolver.Resolver": (("dns", "dns.asyncresolver.Resolver", "resolve query resolve_address resolve_name"),),
    "websocket.WebSocket": (
        (
            "socket",
            "websockets",
            ("connect recv recv_data recv_frame send send_text send_bytes send_binary ping pong close"),
        ),
    ),
    "websocket.WebSocketApp": (("socket", "websockets", "run_forever"),),
    "websockets.sync.connection.Connection": (
        ("socket", "websockets.connect", "recv recv_streaming send ping close __iter__"),
    ),
    "ldap3.Connection": (
        (
            "socket",
            "bonsai or asyncio.to_thread",
            "bind rebind unbind search compare add delete modify modify_dn extended start_tls",
        ),
    ),
    "hvac.Client": (
        (
            "http",
            "asyncio.to_thread",
            ("read list write write_data delete is_authenticated lookup_token renew_token revoke_token login logout"),
        ),
    ),
    "slack_sdk.WebClient": (("http", "slack_sdk.web.async_client.AsyncWebClient", "* -validate_slack_signature"),),
    "slack_sdk.WebhookClient": (("http", "slack_sdk.webhook.async_client.AsyncWebhookClient", "send send_dict"),),
    "twilio.rest.api.v2010.account.message.MessageList": (("http", "the method's _async twin", "create list stream"),),
    "twilio.rest.api.v2010.account.call.CallList": (("http", "the method's _async twin", "create list stream"),),
    "stripe.Customer": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.PaymentIntent": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.PaymentMethod": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.SetupIntent": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.Charge": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.Refund": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.Subscription": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.Invoice": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.Product": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.Price": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.Coupon": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.checkout.Session": (("http", "the method's _async twin", "create retrieve list modify"),),
    "stripe.billing_portal.Session": (("http", "the method's _async twin", "create"),),
    "sendgrid.SendGridAPIClient": (("http", "asyncio.to_thread", "send"),),
    "github.Github": (
        (
            "http",
            "gidgethub or asyncio.to_thread",
            ("get_repo get_organization get_rate_limit get_gist get_license get_emojis get_user_by_id render_markdown"),
        ),
    ),
    "gitlab.Gitlab": (
        (
            "http",
            "asyncio.to_thread",
            ("auth version http_request http_get http_list http_post http_put http_patch http_delete search"),
        ),
    ),
    # `insecure_channel` connects lazily; generated stubs hold these objects.
    "grpc.UnaryUnaryMultiCallable": (("socket", "grpc.aio", "__call__ with_call"),),
    "grpc.StreamUnaryMultiCallable": (("socket", "grpc.aio", "__call__ with_call"),),
    "grpc.Future": (("lock", "grpc.aio", "result exception"),),
    "grpc.Server": (("lock", "grpc.aio.server", "wait_for_termination"),),
}

RETURNS: Final[dict[str, str]] = {
    "paramiko.SSHClient.open_sftp": "paramiko.SFTPClient",
    "paramiko.SFTPClient.from_transport": "paramiko.SFTPClient",
    "paramiko.Transport.open_sftp_client": "paramiko.SFTPClient",
    "paramiko.SSHClient.invoke_shell": "paramiko.Channel",
    "paramiko.Transport.open_session": "paramiko.Channel",
    "paramiko.Transport.open_channel": "paramiko.Channel",
    "paramiko.Transport.accept": "paramiko.Channel",
    "paramiko.SSHClient.get_transport": "paramiko.Transport",
    "paramiko.SSHClient.exec_command": "tuple[paramiko.ChannelFile, ...]",
    "paramiko.Channel.makefile": "paramiko.ChannelFile",
    "paramiko.Channel.makefile_stderr": "paramiko.ChannelFile",
    "paramiko.Channel.makefile_stdin": "paramiko.ChannelFile",
    "paramiko.SFTPClient.open": "paramiko.SFTPFile",
    "paramiko.SFTPClient.file": "paramiko.SFTPFile",
    "docker.from_env": "docker.DockerClient",
    "docker.from_context": "docker.DockerClient",
    "docker.DockerClient.from_env": "docker.DockerClient",
    "docker.DockerClient.from_context": "docker.DockerClient",
    "docker.models.containers.ContainerCollection.get": "docker.models.containers.Container",
    "docker.models.containers.ContainerCollection.create": "docker.models.containers.Container",
    "docker.models.containers.ContainerCollection.list": "list[docker.models.containers.Container]",
    "docker.models.images.ImageCollection.get": "docker.models.images.Image",
    "docker.models.images.ImageCollection.pull": "docker.models.images.Image",
    "git.Repo.clone_from": "git.Repo",
    "git.Repo.clone": "git.Repo",
    "git.Repo.init": "git.Repo",
    "git.Repo.remote": "git.Remote",
    "git.Repo.create_remote": "git.Remote",
    "serial.serial_for_url": "serial.Serial",
    "websocket.create_connection": "websocket.WebSocket",
    "websockets.sync.client.connect": "websockets.sync.connection.Connection",
    "websockets.sync.client.unix_connect": "websockets.sync.connection.Connection",
    "grpc.insecure_channel": "grpc.Channel",
    "grpc.secure_channel": "grpc.Channel",
    "grpc.intercept_channel": "grpc.Channel",
    "grpc.Channel.unary_unary": "grpc.UnaryUnaryMultiCallable",
    "grpc.Channel.stream_unary": "grpc.StreamUnaryMultiCallable",
    "grpc.channel_ready_future": "grpc.Future",
    "grpc.UnaryUnaryMultiCallable.future": "grpc.Future",
    "grpc.StreamUnaryMultiCallable.future": "grpc.Future",
    "grpc.server": "grpc.Server",
}

ATTRIBUTES: Final[dict[str, str]] = {
    "paramiko.ChannelFile.channel": "paramiko.Channel",
    "docker.DockerClient.networks": "docker.models.networks.NetworkCollection",
    "docker.DockerClient.volumes": "docker.models.volumes.VolumeCollection",
    "docker.DockerClient.containers": "docker.models.containers.ContainerCollection",
    "docker.DockerClient.images": "docker.models.images.ImageCollection",
    "git.Repo.git": "git.Git",
    "twilio.rest.Client.messages": "twilio.rest.api.v2010.account.message.MessageList",
    "twilio.rest.Client.calls": "twilio.rest.api.v2010.account.call.CallList",
}

BASES: Final[dict[str, tuple[str, ...]]] = {
    "websockets.sync.client.ClientConnection": ("websockets.sync.connection.Connection",),
    "websockets.sync.server.ServerConnection": ("websockets.sync.connection.Connection",),
}

ALIASES: Final[dict[str, str]] = {
    "paramiko.client": "paramiko",
    "paramiko.sftp_client": "paramiko",
    "paramiko.transport": "paramiko",
    "paramiko.channel": "paramiko",
    "paramiko.sftp_file": "paramiko",
    "fabric.connection.Connection": "fabric.Connection",
    "docker.client.DockerClient": "docker.DockerClient",
    "docker.client.from_env": "docker.from_env",
    "git.repo.Repo": "git.Repo",
    "dateutil.tz.tz.gettz": "dateutil.tz.gettz",
    "dateutil.tz.tz.tzfile": "dateutil.tz.tzfile",
    "holidays.utils.country_holidays": "holidays.country_holidays",
    "holidays.utils.financial_holidays": "holidays.financial_holidays",
    "holidays.utils.CountryHoliday": "holidays.CountryHoliday",
    "git.repo.base.Repo": "git.Repo",
    "git.cmd.Git": "git.Git",
    "git.remote.Remote": "git.Remote",
    "pexpect.pty_spawn.spawn": "pexpect.spawn",
    "ldap3.core.connection.Connection": "ldap3.Connection",
    "hvac.v1.Client": "hvac.Client",
    "slack_sdk.web.WebClient": "slack_sdk.WebClient",
    "slack_sdk.web.client.WebClient": "slack_sdk.WebClient",
    "slack_sdk.webhook.WebhookClient": "slack_sdk.WebhookClient",
    "slack_sdk.webhook.client.WebhookClient": "slack_sdk.WebhookClient",
    "github.MainClass.Github": "github.Github",
    "gitlab.client.Gitlab": "gitlab.Gitlab",
}

NON_BLOCKING_ARGUMENTS: Final[dict[str, tuple[tuple[int, str, object], ...]]] = {
    "pexpect.spawn.expect": ((-1, "async_", True),),
    "pexpect.spawn.expect_exact": ((-1, "async_", True),),
    "pexpect.spawn.expect_list": ((-1, "async_", True),),
    "psutil.cpu_percent": ((0, "interval", 0),),
    "psutil.cpu_times_percent": ((0, "interval", 0),),
}

BLOCKING_ARGUMENTS: Final[dict[str, tuple[int, str]]] = {
    # Without a port nothing is opened; without an interval psutil compares with its last call.
    "serial.Serial": (0, "port"),
    "psutil.cpu_percent": (0, "interval"),
    "psutil.cpu_times_percent": (0, "interval"),
}
