"""Where students open the page: an address of this machine that the classroom's network can reach."""

import socket

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what the user asks to serve on, not what we choose
ONLY_HERE = ("127.0.0.1", "localhost", "::1")
NOBODY = ("192.0.2.1", 9)
"""An address for documentation: the system is only asked which way it would go; nothing is sent."""


def lessons_address(host: str, port: int) -> str:
    """Return the address of the lessons for students; "" where others cannot reach it, or the port is not known yet."""
    if host in ONLY_HERE or port == 0:
        return ""
    reached = own_address() if host in EVERYWHERE else host
    return f"http://{f'[{reached}]' if ':' in reached else reached}:{port}/lessons" if reached else ""


def to_type(host: str, port: int) -> str:
    """Return the address of the page that can be typed on this machine, or from elsewhere where it is served to all."""
    reached = (own_address() or ONLY_HERE[0]) if host in EVERYWHERE else host
    return f"http://{f'[{reached}]' if ':' in reached else reached}:{port}/"


def own_address() -> str:
    """Return this machine's own address on its network; "" where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOBODY)
        except OSError:
            return ""
        return str(probe.getsockname()[0])
