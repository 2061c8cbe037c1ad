"""``denkidesk doctor``: what support asks first. Never shows a secret, never calls a server."""

import argparse
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from denkidesk import __version__
from denkidesk.cli.output import Exit, say_error, write_json
from denkidesk.compose.run import Run
from denkidesk.credentials import SECRET_NAMES, Credentials
from denkidesk.desk.installed_set import InstalledSet
from denkidesk.desk.surroundings import cautions, gate_file
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import DeskError, SetupFault
from denkidesk.kansai.wsdl_check import check_wsdl_set
from denkidesk.settings import Places, Settings, home_from, load_settings
from denkidesk.store.inspection import unreadable_rows
from denkidesk.store.store import SQLITE_VERSION, Store


def run(arguments: argparse.Namespace) -> Exit:
    """Exit code 6 where settings, WSDL set or database are at fault."""
    home = home_from(arguments.home)
    faults: list[DeskError] = []
    settings = Settings()
    try:
        settings = load_settings(Places(home, practice=False).settings_file)
    except SetupFault as fault:
        faults.append(fault)
    decided = Run.decide(home, settings, practice=bool(arguments.practice))
    places = decided.places
    worth_a_word = cautions(places, settings.kansai)
    write_json(
        {
            "version": __version__,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "frozen": bool(getattr(sys, "frozen", False)),
            "libraries": _libraries(),
            "practice": decided.practice,
            "paths": {
                "home": str(home),
                "settings": str(places.settings_file),
                "database": str(places.database),
                "logs": str(places.log_dir),
                "gate": str(gate_file(places, settings.kansai).parent),
            },
            "servers": {
                "kansai": {"base_url": settings.kansai.base_url or None, "login_id_set": bool(settings.kansai.login_id)},
                "enegaeru": {"base_url": settings.enegaeru.base_url or None, "auth": settings.enegaeru.auth},
            },
            "credentials": _credentials(),
            "wsdl": _wsdl(settings, faults),
            "database": _database(places, faults),
            "cautions": [str(one) for one in worth_a_word],
            "faults": [str(one) for one in faults],
        }
    )
    for one in (*worth_a_word, *faults):
        say_error(one)
    return Exit.SETUP if faults else Exit.DONE


def _libraries() -> dict[str, str]:
    found = {"sqlite": SQLITE_VERSION}
    for name in ("PySide6-Essentials", "zeep", "lxml", "httpx", "keyring", "matplotlib", "numpy", "msgspec", "jpholiday"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "?"
    return found


def _credentials() -> dict[str, object]:
    credentials = Credentials()
    found: dict[str, object] = {}
    for name in SECRET_NAMES:
        try:
            found[name] = credentials.present(name)
        except SetupFault as fault:
            found[name] = False
            found["store"] = fault.code
    if "store" not in found:
        try:
            found["store"] = credentials.backend_name
        except SetupFault as fault:
            found["store"] = fault.code
    return found


def _wsdl(settings: Settings, faults: list[DeskError]) -> dict[str, object]:
    installed = InstalledSet(settings.kansai)
    directory = installed.folder
    report = check_wsdl_set(directory)
    if not report.ok:
        faults.append(SetupFault(str(directory), "kansai.wsdl_dir", InstallationCode.INVALID))
    return {
        "directory": str(directory),
        "provisional": not installed.is_own,
        "ok": report.ok,
        "operations_callable": len(report.operations_callable),
    }


def _database(places: Places, faults: list[DeskError]) -> dict[str, object]:
    if not places.database.exists():
        return {"exists": False}
    found: dict[str, object] = {"exists": True}
    wrong: list[DeskError] = []
    try:
        store = Store(places.database)
        try:
            found |= {"version": store.version, "bytes": places.database.stat().st_size, "writable": store.unwritable is None}
            found |= _contents(store, wrong)
        finally:
            store.close()
        if store.unwritable is not None and os.access(places.data_dir, os.W_OK) and os.access(places.database, os.W_OK):
            wrong.append(store.unwritable)  # nothing is read-only: something in the folder is not what it should be
    except SetupFault as fault:
        wrong.append(fault)
    faults += wrong
    return {**found, "ok": not wrong}


def _contents(store: Store, faults: list[DeskError]) -> dict[str, object]:
    """Pages, shape and rows."""
    shape, file = store.shape(), str(store.path)
    damage = [line for line in store.check() if line not in shape.missing]
    unreadable = unreadable_rows(store) if not shape.harmful else {}
    for code, wrong in (
        (InstallationCode.DAMAGED, damage),
        (InstallationCode.SHAPE, [*shape.missing, *shape.foreign]),
        (InstallationCode.ROWS, list(unreadable)),
    ):
        if wrong:
            faults.append(SetupFault(file, "database", code, ", ".join(wrong)))
    return {"schema": {"missing": list(shape.missing), "foreign": list(shape.foreign)}, "unreadable_rows": unreadable}
