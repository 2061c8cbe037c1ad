"""``denkidesk simulate``: both practice servers alone, until a signal ends them."""

import argparse
import signal
import threading

from denkidesk.cli.output import Exit, write_json
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import FieldFault, InputRefused, SetupFault
from denkidesk.domain.fault_codes import InputCode
from denkidesk.practice.servers import start_practice
from denkidesk.settings import PRACTICE_API_KEY, PRACTICE_IP_ADDRESS, PRACTICE_LOGIN_ID, PRACTICE_PASSWORD, Places, home_from, resources_dir


def run(arguments: argparse.Namespace) -> Exit:
    """Prints one JSON line with both base URLs and the practice account when both servers answer."""
    ports = {name: _port(value) for name, value in (("kansai-port", arguments.kansai_port), ("enegaeru-port", arguments.enegaeru_port))}
    faults = [FieldFault(f"--{name}", InputCode.PORT) for name, port in ports.items() if port is None]
    if faults:
        raise InputRefused(faults)
    places = Places(home_from(arguments.home), practice=True)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        servers = start_practice(
            resources_dir(),
            places.practice_state,
            kansai_port=ports["kansai-port"] or 0,
            enegaeru_port=ports["enegaeru-port"] or 0,
            faults=arguments.fault,
        )
    except OSError as error:
        raise SetupFault("simulate", "port", InstallationCode.PORT, type(error).__name__) from error
    with servers:
        write_json(
            {
                "kansai": servers.kansai_base_url,
                "enegaeru": servers.enegaeru_base_url,
                "login_id": PRACTICE_LOGIN_ID,
                "password": PRACTICE_PASSWORD,
                "api_key": PRACTICE_API_KEY,
                "ip_address": PRACTICE_IP_ADDRESS,
            },
            one_line=True,
        )
        # On Windows a wait without end is not interrupted by Ctrl+C.
        while not ended.wait(0.5):
            pass
    return Exit.DONE


def _port(text: str) -> int | None:
    try:
        port = int(text)
    except ValueError:
        return None
    return port if 0 <= port <= 65535 else None
