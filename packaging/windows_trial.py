"""The very Setup.exe that would be handed out: installed, run, updated and taken off as at the clerk's, silently and in Japanese."""

import hashlib
import json
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import products
from wine import BUILD_NUMBER, Wine

PROGRAMS: Final = ("denkidesk.exe", "denkidesk-cli.exe")
MOST_SETUP_MB: Final = 60.0
MOST_INSTALLED_MB: Final = 150.0

_FAILED: Final = 2  # exit codes of installer.nsi
_TOO_OLD: Final = 3
_RUNNING: Final = 4
_SMOKE_LIMIT_S: Final = 300.0


class Trial:
    """Each check is a line of the report: what was seen, and whether it is as it must be. All are tried, whatever fails."""

    def __init__(self, wine: Wine, setup: Path, archive: Path, work: Path) -> None:
        self._wine = wine
        self._work = work
        self._setup_mb = products.megabytes(setup)
        self._archive = archive
        self._setup = self._put(setup, "試験/DenkiDesk-Setup.exe")
        self._programs = wine.local_app_data / "Programs"
        self._folder = self._programs / "電気デスク"
        self._data = wine.local_app_data / "DenkiDesk"
        self._checks: dict[str, Any] = {}
        self._failed: list[str] = []

    def run(self) -> dict[str, Any]:
        """The whole trial; ``ok`` only if every check is."""
        for leftover in (self._folder, self._data, self._programs / "DenkiDesk"):
            shutil.rmtree(leftover, ignore_errors=True)
        self._check("setup_mb", self._setup_mb, self._setup_mb <= MOST_SETUP_MB)
        for check in (
            self._refuses_old_windows,
            self._installs,
            self._proves_itself,
            self._runs_commands,
            self._waits_for_the_running_desk,
            self._updates_and_keeps_data,
            self._undoes_a_failed_update,
            self._uninstalls_and_keeps_data,
            self._installs_again_and_finds_data,
            self._uninstalls_with_data,
            self._runs_from_the_zip,
        ):
            try:
                check()
            except Exception as error:  # noqa: BLE001 - one failed check must not hide the others
                self._check(check.__name__.strip("_"), f"{type(error).__name__}: {error}", good=False)
        return {"ok": not self._failed, "failed": self._failed, "pretended_build": BUILD_NUMBER, **self._checks}

    # -- checks

    def _refuses_old_windows(self) -> None:
        codes = {}
        try:
            for number in ("17763", "19043"):
                self._wine.pretend_build(number)
                codes[number] = self._install()
        finally:
            self._wine.pretend_build(BUILD_NUMBER)
        self._check("old_windows_exit_codes", codes, set(codes.values()) == {_TOO_OLD} and not self._folder.exists())

    def _installs(self) -> None:
        started = time.monotonic()
        code = self._install()
        took_s = round(time.monotonic() - started, 1)
        installed_mb = products.megabytes(self._folder)
        present = all((self._folder / name).is_file() for name in (*PROGRAMS, "Uninstall.exe", products.READ_ME))
        self._check("install", {"exit_code": code, "took_s": took_s}, code == 0 and present)
        self._check("installed_mb", installed_mb, 0 < installed_mb <= MOST_INSTALLED_MB)
        self._check("start_menu_entry", len(self._shortcuts()), len(self._shortcuts()) == 1)
        self._check("in_the_list_of_programs", self._is_registered(), self._is_registered())

    def _proves_itself(self) -> None:
        """``--smoke`` of the installed program, with a report folder of a Japanese name."""
        results = self._wine.c / "試験" / "結果 一"
        shutil.rmtree(results, ignore_errors=True)
        program = self._wine.path(self._folder / "denkidesk.exe")
        ended = self._wine.run(program, "--smoke", self._wine.path(results), limit_s=_SMOKE_LIMIT_S)
        report_file = results / "smoke.json"
        report = json.loads(report_file.read_text(encoding="utf-8")) if report_file.exists() else {"steps": []}
        kept = self._work / "smoke"
        shutil.rmtree(kept, ignore_errors=True)
        if results.exists():
            shutil.copytree(results, kept, ignore=shutil.ignore_patterns("home"))
        steps = {step["step"]: step["result"] for step in report["steps"]}
        errors = {step["step"]: step["error"] for step in report["steps"] if "error" in step}
        green = ended.code == 0 and report.get("ok") is True and report.get("frozen") is True and set(steps.values()) == {"ok"}
        self._check("smoke", {"exit_code": ended.code, "took_s": report.get("took_s"), "steps": steps, "errors": errors}, green)

    def _runs_commands(self) -> None:
        """The console program through a pipe of code page 932 still speaks UTF-8."""
        self._check("doctor", *self._doctor(self._folder))
        ended = self._wine.run(self._wine.path(self._folder / "denkidesk-cli.exe"), "bill", limit_s=60)
        self._check("refused_command", ended.code, ended.code == 2)

    def _waits_for_the_running_desk(self) -> None:
        """A silent update gives up while the desk is open, and leaves it as it is."""
        process = self._wine.start(self._wine.path(self._folder / "denkidesk.exe"))
        database = self._data / "practice" / "desk.db"
        opened = _until(database.exists, 90)
        second = self._wine.run(self._wine.path(self._folder / "denkidesk.exe"), limit_s=60).code
        self._check("second_start", {"exit_code": second}, second == 0 and process.poll() is None)
        before = self._tree()
        code = self._install()
        still_open = process.poll() is None
        closed = self._wine.run("taskkill", "/IM", "denkidesk.exe", limit_s=30).code
        ended = _until(lambda: process.poll() is not None, 30)
        if not ended:
            self._wine.run("taskkill", "/F", "/IM", "denkidesk.exe", limit_s=30)
            _until(lambda: process.poll() is not None, 30)
        process.communicate()
        facts = {"opened": opened, "exit_code": code, "still_open": still_open, "asked_to_close": closed, "closed_by_itself": ended}
        self._check("update_while_running", facts, opened and code == _RUNNING and still_open and before == self._tree())

    def _updates_and_keeps_data(self) -> None:
        before = self._data_sums()
        (self._folder / "_internal" / "left_over_from_an_older_version.txt").write_text("old", encoding="utf-8")
        code = self._install()
        stale = [file.name for file in self._folder.rglob("*") if "left_over" in file.name or file.name.endswith(".old")]
        same = bool(before) and before == self._data_sums()
        facts = {"exit_code": code, "data_files": len(before), "data_unchanged": same, "stale_files": stale}
        self._check("update", facts, code == 0 and same and not stale)

    def _undoes_a_failed_update(self) -> None:
        """A file that cannot be written ends the update with the version that was there before."""
        in_the_way = self._folder / products.READ_ME
        in_the_way.unlink()
        in_the_way.mkdir()
        before = self._tree()
        code = self._install()
        after = self._tree()
        in_the_way.rmdir()
        repaired = self._install()
        self._check(
            "failed_update", {"exit_code": code, "as_before": before == after}, code == _FAILED and before == after and repaired == 0
        )

    def _uninstalls_and_keeps_data(self) -> None:
        before = self._data_sums()
        left = self._uninstall()
        same = bool(before) and before == self._data_sums()
        facts = {
            "program_files_left": left,
            "data_unchanged": same,
            "shortcuts": len(self._shortcuts()),
            "registered": self._is_registered(),
        }
        self._check("uninstall", facts, not left and same and not self._shortcuts() and not self._is_registered())

    def _installs_again_and_finds_data(self) -> None:
        before = self._data_sums()
        code = self._install()
        same = bool(before) and before == self._data_sums()
        self._check("install_again", {"exit_code": code, "data_unchanged": same}, code == 0 and same)

    def _uninstalls_with_data(self) -> None:
        left = self._uninstall("/DELETEDATA")
        gone = _until(lambda: not self._data.exists(), 20)
        self._check("uninstall_with_data", {"program_files_left": left, "data_gone": gone}, not left and gone)

    def _runs_from_the_zip(self) -> None:
        target = self._wine.c / "試験" / "持ち運び"
        shutil.rmtree(target, ignore_errors=True)
        with zipfile.ZipFile(self._archive) as file:
            file.extractall(target)
        self._check("from_the_zip", *self._doctor(target / "DenkiDesk"))
        shutil.rmtree(target, ignore_errors=True)

    # -- parts

    def _check(self, name: str, seen: Any, good: bool) -> None:
        self._checks[name] = seen
        if not good:
            self._failed.append(name)

    def _put(self, file: Path, place: str) -> Path:
        target = self._wine.c / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
        return target

    def _install(self) -> int | None:
        # /D comes last and takes no quotes.
        return self._wine.run(self._wine.path(self._setup), "/S", f"/D={self._wine.path(self._folder)}", limit_s=300).code

    def _uninstall(self, *options: str) -> list[str]:
        """Runs the uninstaller, which goes on from a copy of itself; returns what is left of the program then."""
        self._wine.run(self._wine.path(self._folder / "Uninstall.exe"), "/S", *options, limit_s=120)
        _until(lambda: not self._folder.exists(), 60)
        return sorted(str(file.relative_to(self._folder)) for file in self._folder.rglob("*"))

    def _doctor(self, folder: Path) -> tuple[Any, bool]:
        home = self._wine.c / "試験" / "控え"
        ended = self._wine.run(self._wine.path(folder / "denkidesk-cli.exe"), "doctor", "--home", self._wine.path(home), limit_s=120)
        start = ended.output.find("{")
        try:
            answer = json.loads(ended.output[start : ended.output.rfind("}") + 1])
        except ValueError:
            return {"exit_code": ended.code, "output": ended.output[-500:]}, False
        home_is_right = answer.get("paths", {}).get("home") == self._wine.path(home)
        facts = {"exit_code": ended.code, "frozen": answer.get("frozen"), "home": answer.get("paths", {}).get("home")}
        return facts, ended.code == 0 and home_is_right and answer.get("frozen") is True

    def _shortcuts(self) -> list[Path]:
        return list(self._wine.user_dir.rglob("Denki Desk.lnk"))

    def _is_registered(self) -> bool:
        key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\DenkiDesk"
        return self._wine.run("reg", "query", key, "/v", "UninstallString", limit_s=60).code == 0

    def _tree(self) -> dict[str, int]:
        return {str(file.relative_to(self._folder)): file.stat().st_size for file in self._folder.rglob("*") if file.is_file()}

    def _data_sums(self) -> dict[str, str]:
        files = [file for file in self._data.rglob("*") if file.is_file()]
        return {str(file.relative_to(self._data)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _until(true: Callable[[], bool], limit_s: float) -> bool:
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.2)
    return true()
