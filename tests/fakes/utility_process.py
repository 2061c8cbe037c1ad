"""The practice servers in a process of their own, which a test ends and starts again on the same port."""

import json
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

from fakes.desk_home import command_line, environment


class UtilityProcess:
    """``up_at``: when it was there the last time, by the clock that the machine's processes share."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.kansai_base_url = self.enegaeru_base_url = ""
        self.up_at = 0.0

    def __enter__(self) -> "UtilityProcess":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> None:
        words = command_line(self._home, "simulate", "--kansai-port", str(self._port))
        self._process = subprocess.Popen(words, stdout=subprocess.PIPE, env=environment())
        assert self._process.stdout is not None
        ready = json.loads(self._process.stdout.readline())
        self.up_at = time.monotonic()
        self.kansai_base_url, self.enegaeru_base_url = ready["kansai"], ready["enegaeru"]
        self._port = int(self.kansai_base_url.split(":")[2].split("/")[0])

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None

    def ask(self, name: str, **values: object) -> Any:
        """``/practice/NAME``: with values, or for what changes something, by POST."""
        url = f"{self.kansai_base_url.split('/kakusyuapi')[0]}/practice/{name}"
        body = None if name in ("report", "applications") else json.dumps(values).encode()
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - our own server on loopback
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)
