"""Where the service listens: whether it can, and how the address is told."""

from __future__ import annotations

import socket

from catalog.errors import ConflictError

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what others ask for, told as one can open it


class AddressTakenError(ConflictError):
    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"The service cannot listen on {host}, port {port}: {why}. Give another --host or --port.")


def check_address(host: str, port: int) -> None:
    """Raises AddressTakenError when somebody listens there already, or it is no address of this machine.

    The server itself would share the port, and answer half of the other's requests.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
    except OSError as error:
        raise AddressTakenError(host, port, (error.strerror or str(error)).lower()) from None


def web_address(host: str, port: int) -> str:
    """As a browser on this machine opens it."""
    named = ANYWHERE.get(host, host)
    return f"http://[{named}]:{port}" if ":" in named else f"http://{named}:{port}"
