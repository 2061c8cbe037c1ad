"""A Windows of our own under wine: one prefix, Japanese, with a screen that nobody sees.

``LC_ALL=ja_JP.UTF-8`` makes wine's ANSI code page 932, so that an ``open()`` without an encoding fails here as it would at the clerk's.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LOCALE: Final = "ja_JP.UTF-8"
BUILD_NUMBER: Final = "19045"  # Windows 10 22H2; wine itself says 18362
_WINDOWS_KEY: Final = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion"
# Debian's wine tells on every start that it has no 32-bit half. None is needed.
_CHATTER: Final = ("wine32", "multiarch", "apt-get install", 'execute "dpkg')


@dataclass(frozen=True, slots=True)
class Ended:
    """How a Windows program ended. ``code`` None: it was stopped after its time."""

    code: int | None
    output: str


class Wine:
    """A prefix under ``directory``; programs of the machine's own user are neither seen nor touched."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.prefix = directory / "wine"
        self.c = self.prefix / "drive_c"
        self._display = ""

    @property
    def user_dir(self) -> Path:
        """The folder of wine's user."""
        return next(child for child in sorted((self.c / "users").iterdir()) if child.name != "Public")

    @property
    def local_app_data(self) -> Path:
        """``%LOCALAPPDATA%``."""
        return self.user_dir / "AppData" / "Local"

    def path(self, file: Path) -> str:
        r"""How Windows calls a file of drive C: ``C:\...``."""
        return "C:\\" + "\\".join(file.relative_to(self.c).parts)

    @contextmanager
    def running(self) -> Iterator["Wine"]:
        """Screen and wine server, ended with the block; makes the prefix if there is none."""
        reader, writer = os.pipe()
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
            pass_fds=[writer],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        try:
            with os.fdopen(reader) as number:
                self._display = f":{number.readline().strip()}"
            self._set_up()
            yield self
        finally:
            self._end_server()
            screen.terminate()
            screen.wait()

    def run(self, program: str, *arguments: str, limit_s: float, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Ended:
        """Runs a Windows program to its end, or stops it after ``limit_s``."""
        process = self.start(program, *arguments, cwd=cwd, env=env)
        try:
            output, _ = process.communicate(timeout=limit_s)
            code: int | None = process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            code = None
        text = output.decode("utf-8", errors="replace")
        return Ended(code, "\n".join(line for line in text.splitlines() if not any(words in line for words in _CHATTER)))

    def start(
        self, program: str, *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        """Starts a Windows program. Its input is empty and its output a pipe: without both, Python dies at start with "Invalid handle"."""
        return subprocess.Popen(
            ["wine", program, *arguments],
            cwd=cwd or self._directory,
            env={**self._environment(), **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def pretend_build(self, number: str) -> None:
        """What Windows says of its own age, to programs that ask."""
        for name in ("CurrentBuildNumber", "CurrentBuild"):
            self._reg_add(_WINDOWS_KEY, name, number)

    def _set_up(self) -> None:
        (self._directory / "home").mkdir(parents=True, exist_ok=True)
        if not (self.prefix / "system.reg").exists():
            self.run("wineboot", "-i", limit_s=180)
        self._reg_add(r"HKCU\Software\Wine", "Version", "win10")
        self.pretend_build(BUILD_NUMBER)

    def _reg_add(self, key: str, name: str, value: str) -> None:
        ended = self.run("reg", "add", key, "/v", name, "/d", value, "/f", limit_s=120)
        if ended.code != 0:
            raise RuntimeError(f"wine's registry cannot be written: {ended.output}")

    def _environment(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "DENKIDESK_", "WINE"))}
        return {
            **env,
            "HOME": str(self._directory / "home"),  # wine links the user's folders to it
            "DISPLAY": self._display,
            "LC_ALL": LOCALE,
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # No offer to download .NET or a browser; the stand-in mscms.dll of shims/ instead of wine's.
            "WINEDLLOVERRIDES": "mscoree,mshtml=;mscms=n",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def _end_server(self) -> None:
        found = shutil.which("wineserver") or next((str(path) for path in sorted(Path("/usr/lib/wine").glob("wineserver*"))), None)
        if found:
            subprocess.run([found, "-k"], env=self._environment(), check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def add_locale() -> None:
    """Makes the Japanese locale if the machine lacks it (Debian, as root)."""
    present = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout.lower()
    if "ja_jp.utf" not in present:
        subprocess.run(["localedef", "-i", "ja_JP", "-f", "UTF-8", LOCALE], check=True)


def compile_shims(sources: Path, system32: Path) -> Sequence[str]:
    """Builds the stand-ins for DLLs that Windows 10 has and wine lacks; returns their names. They never reach the clerk."""
    names = []
    for source in sorted(sources.glob("*.c")):
        library = system32 / f"{source.stem}.dll"
        library.unlink(missing_ok=True)  # wine's own file may be a link into the system
        subprocess.run(["x86_64-w64-mingw32-gcc", "-shared", "-O2", "-s", "-o", str(library), str(source)], check=True)
        names.append(library.name)
    return names
