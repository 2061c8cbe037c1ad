"""Reads the words of the command line: a window, or one command. Loads nothing of ours before the last stop stands."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Opens the desk, or runs one command of the command line; returns the exit code. Nothing ends it in silence."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except Exception as error:  # noqa: BLE001 - the last stop
        _tell(error, arguments)
        return 1


def _run(arguments: list[str]) -> int:
    try:
        options, rest = _parser().parse_known_args(arguments)
    except argparse.ArgumentError:
        from denkidesk.cli.commands import run

        return run(arguments)  # which says in Japanese what is wrong with them
    if rest and options.smoke is None:
        from denkidesk.cli.commands import run

        return run(arguments)
    if not _has_screen():
        from denkidesk.cli.output import Exit, say
        from denkidesk.texts.cli import NO_SCREEN

        say(NO_SCREEN)  # Qt itself would abort the process
        return Exit.SETUP
    from denkidesk.compose.window import WindowOptions, run_window
    from denkidesk.settings import home_from

    if options.smoke is not None:
        from denkidesk.smoke.proof import Smoke

        smoke = Smoke(options.smoke)
        return smoke.run(lambda: run_window(WindowOptions(smoke.home, practice=True, tour=None, usage=None, when_ready=smoke.start)))
    return run_window(WindowOptions(home_from(options.home), options.practice, options.tour, options.usage))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--home")
    parser.add_argument("--practice", action="store_true")
    parser.add_argument("--tour", metavar="DIR", type=_path)
    parser.add_argument("--usage", metavar="FILE", type=_path)
    parser.add_argument("--smoke", metavar="DIR", type=_path)
    return parser


def _path(text: str) -> Path:
    return Path(text).absolute()


def _has_screen() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _tell(error: Exception, arguments: list[str]) -> None:
    """Writes down and shows what nobody foresaw, with as many of our own parts as a broken installation still has."""
    import tempfile
    import traceback

    report = "".join([f"{type(error).__name__} {getattr(error, 'name', '')}\n", *traceback.format_tb(error.__traceback__)])
    reports, alone = None, True
    with suppress(Exception):
        from denkidesk.journal.reports import report_of
        from denkidesk.journal.watch import Watch
        from denkidesk.settings import Places, home_from

        report = report_of(error)
        options, rest = _parser().parse_known_args(arguments)
        alone = not rest and options.tour is None
        watch = Watch(Places(home_from(options.home), options.practice).log_dir)
        watch.record(error)
        reports = watch.reports
    if reports is None or not reports.unseen():
        with suppress(OSError):
            Path(tempfile.gettempdir(), "denkidesk-report.txt").write_text(report, encoding="utf-8", errors="replace")
    if reports is None and sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(report + "\n")
    if (
        alone
        and _has_screen()
        and any(_shown(show, report) for show in (_in_own_dialog, _in_bare_box, _in_systems_box))
        and reports is not None
    ):
        reports.seen()


def _shown(show: Callable[[str], None], report: str) -> bool:
    try:
        show(report)
    except Exception:  # noqa: BLE001 - what it needs is not there: the next one needs less
        return False
    return True


def _in_own_dialog(report: str) -> None:
    from denkidesk.ui.start.questions import tell_bug

    tell_bug(report)


def _in_bare_box(report: str) -> None:
    from PySide6.QtWidgets import QApplication, QMessageBox

    _app = QApplication.instance() or QApplication(sys.argv[:1])
    QMessageBox(QMessageBox.Icon.Critical, "Denki Desk", report).exec()


def _in_systems_box(report: str) -> None:
    import ctypes

    getattr(ctypes, "windll").user32.MessageBoxW(None, report, "Denki Desk", 0x10)  # noqa: B009 - there on Windows alone
