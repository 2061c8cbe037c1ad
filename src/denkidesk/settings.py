"""Typed settings, their defaults and checks, and where files live.

``settings.toml`` in the home folder, all of it optional; secrets never stand in it. Imports nothing but the standard library
and ``domain`` until something is saved, because the window reads it before its first paint.
"""

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any, Final

from denkidesk.domain.addresses import ip_address_fault, is_loopback, proxy_fault, url_fault
from denkidesk.domain.error_codes import InstallationCode, SettingCode
from denkidesk.domain.errors import FieldFault, InputRefused, SetupFault
from denkidesk.domain.unseen import trimmed
from denkidesk.domain.values import dataclass

SETTINGS_FILE: Final = "settings.toml"
MOST_STATUS_CALLS: Final = 3600  # an hour at one a second
LONGEST_UNMOVED_DAYS: Final = 365
LONGEST_COUNTDOWN_S: Final = 60
LONGEST_OUTAGE_COUNTDOWN_S: Final = 10  # somebody sits in the dark
HOME_VARIABLE: Final = "DENKIDESK_HOME"
TYPE_SIZES: Final = (100, 115, 130, 150)
_CONTROL: Final = re.compile("[\x00-\x1f\x7f]")  # no path, header or printed line can hold them
_QUOTED_PATH: Final = re.compile(r'=\s*"[^"]*\\')
_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # RFC 9110

# The practice servers know this one account. It opens nothing but the practice servers.
PRACTICE_LOGIN_ID: Final = "renshu"
PRACTICE_PASSWORD: Final = "renshu-password"
PRACTICE_API_KEY: Final = "renshu-api-key"
PRACTICE_IP_ADDRESS: Final = "192.0.2.1"  # RFC 5737, documentation only


@dataclass(frozen=True, slots=True)
class KansaiSettings:
    """The utility's application API. ``interval_s`` is never below 1.0 but for a loopback address."""

    base_url: str = ""  # empty: not set up
    login_id: str = ""
    ip_address: str = ""  # of the retailer's calling server, as registered with the utility
    wsdl_dir: str = ""  # empty: the provisional set that comes with the program
    interval_s: float = 1.0
    margin_s: float = 0.05  # on top of the interval, for what the way to the server may vary
    answer_timeout_s: float = 60.0
    status_budget: int = 60  # how many applications a refresh asks for at most, at one a second; 0: the listing alone
    proxy: str = field(default="", repr=False)  # as it is being typed it may hold a password
    proxy_login_id: str = ""
    outage_page: str = ""  # where the utility tells of its outages; opened in the browser when the clerk says so
    outage_phone: str = ""

    @property
    def on_this_machine(self) -> bool:
        """Whether the server runs here: a practice server, with its own clock and a gate of its own."""
        return is_loopback(self.base_url)


@dataclass(frozen=True, slots=True)
class EnegaeruSettings:
    """The quoting API. ``auth``: ``login`` (id and password give a token) or ``token`` (a fixed one in a header)."""

    base_url: str = ""  # empty: not set up
    path_prefix: str = "/sys"
    auth: str = "login"
    login_id: str = ""
    token_header: str = "Authorization"
    token_template: str = "{token}"
    answer_timeout_s: float = 30.0
    proxy: str = field(default="", repr=False)  # as it is being typed it may hold a password
    proxy_login_id: str = ""
    commission_unit: str = "yen"  # "yen" (yen/kWh) or "percent": billing rule 10, not public

    @property
    def on_this_machine(self) -> bool:
        """Whether the server runs here."""
        return is_loopback(self.base_url)


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What belongs to the desk and to no server."""

    company_name: str = ""  # printed on quotes, as are the next three
    company_address: str = ""
    company_phone: str = ""
    company_person: str = ""  # whom the customer asks for
    color_scheme: str = "system"  # "system", "light" or "dark"
    type_size: int = 100  # percent of the usual size, one of TYPE_SIZES
    countdown_s: float = 10.0  # how long what was sent may still be stopped
    outage_countdown_s: float = 3.0  # the same of an outage, which never waits longer than the others
    unmoved_days: int = 7  # an open application in which nothing moved for so many days is shown as such


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run."""

    kansai: KansaiSettings = field(default_factory=KansaiSettings)
    enegaeru: EnegaeruSettings = field(default_factory=EnegaeruSettings)
    desk: DeskSettings = field(default_factory=DeskSettings)

    @property
    def real_servers_set_up(self) -> bool:
        """Whether any real server is set up; until then the desk runs in practice mode."""
        return bool(self.kansai.base_url or self.enegaeru.base_url)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a run keeps its files. Practice mode has its own data folder inside the home folder."""

    home: Path
    practice: bool

    @property
    def settings_file(self) -> Path:
        """The settings, shared by both modes."""
        return self.home / SETTINGS_FILE

    @property
    def data_dir(self) -> Path:
        """The folder of everything that a run stores."""
        return self.home / "practice" if self.practice else self.home

    @property
    def database(self) -> Path:
        """Inbox, outbox, plans, quotes, drafts."""
        return self.data_dir / "desk.db"

    @property
    def practice_state(self) -> Path:
        """The practice utility's own books."""
        return self.home / "practice" / "utility.db"

    @property
    def log_dir(self) -> Path:
        """Logs of redacted, whitelisted fields."""
        return self.data_dir / "logs"

    @property
    def aside_dirs(self) -> tuple[Path, ...]:
        """Where what the database cannot take is kept meanwhile, the best place first: folders of this user on whatever disk."""
        temporary = Path(os.environ.get("TEMP") or os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 - the last of several, files 0600
        try:
            own: tuple[Path, ...] = (default_home(), folder_of("~") / "Documents", folder_of("~"))
        except SetupFault:  # an account without a home
            own = ()
        return (self.data_dir, self.log_dir, *own, temporary)

    @property
    def chart_cache_dir(self) -> Path:
        """What matplotlib keeps from one start to the next, in both modes."""
        return self.home / "cache" / "matplotlib"

    def gate_dir(self, kansai: KansaiSettings) -> Path:
        """Where the one-per-second gate of this user stands.

        One company counts as one over all home folders, so the gate of a real server does not move with the home folder; it stands here
        only where the folder that all users of the machine share cannot be used.
        """
        if self.practice or kansai.on_this_machine:
            return self.data_dir / "gate"
        try:
            return default_home() / "gate"
        except SetupFault:  # an account without a home has this folder alone
            return self.data_dir / "gate"


def default_home() -> Path:
    """The user's own data folder for this program. Raises SetupFault for an account without a home, as a service's may be."""
    import platformdirs

    try:
        return Path(platformdirs.user_data_dir("DenkiDesk", appauthor=False))
    except RuntimeError as error:
        raise SetupFault(HOME_VARIABLE, "folder", InstallationCode.MISSING) from error


def home_from(argument: str | None, environ: Mapping[str, str] = os.environ) -> Path:
    """``--home``, else ``DENKIDESK_HOME``, else the user's data folder."""
    chosen = argument or environ.get(HOME_VARIABLE, "")
    return folder_of(chosen).absolute() if chosen else default_home()


def folder_of(text: str) -> Path:
    """A folder as a person writes it: ``~`` is the person's own; that of a person whom the system does not know stays as it is."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def resources_dir() -> Path:
    """The folder of all that may be replaced: in the frozen program, in an installed wheel, or in a source tree."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent
    candidates = ([Path(frozen) / "resources"] if frozen else []) + [package / "_resources", package.parents[1] / "resources"]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise SetupFault(str(candidates[-1]), "resources", InstallationCode.MISSING)


def load_settings(path: Path) -> Settings:
    """Reads and checks ``settings.toml``; a missing file gives the defaults. Blanks round a value are left out.

    Raises SetupFault naming the file and the item: ``not_toml``, ``backslash``, ``unknown``, ``type`` or the code of :func:`check`.
    """
    try:
        return _loaded(path)
    except SetupFault as fault:
        line = line_of(fault) if fault.code in (InstallationCode.NOT_TOML, SettingCode.CHARACTER) else None
        if line and any(map(_QUOTED_PATH.search, path.read_bytes().decode("utf-8", "replace").split("\n")[line - 1 : line])):
            raise SetupFault(fault.file, fault.item, InstallationCode.BACKSLASH, f"at line {line}") from fault
        raise


def _loaded(path: Path) -> Settings:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SetupFault(str(path), "file", InstallationCode.UNREADABLE, type(error).__name__) from error
    import tomllib

    try:
        tree = tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # also numbers and nesting beyond what Python reads
        raise SetupFault(str(path), "file", InstallationCode.NOT_TOML, str(error)) from error
    settings = Settings()
    for section, values in tree.items():
        if section not in {f.name for f in fields(Settings)} or not isinstance(values, dict):
            raise SetupFault(str(path), section, InstallationCode.UNKNOWN)
        part = _read_section(path, section, getattr(settings, section), values)
        settings = replace(settings, **{section: part})
    faults = _faults_of(settings)
    if faults:
        raise SetupFault(str(path), *faults[0])
    return settings


def _read_section(path: Path, section: str, defaults: Any, values: dict[str, Any]) -> Any:
    known = {f.name: type(getattr(defaults, f.name)) for f in fields(defaults)}
    changes: dict[str, Any] = {}
    for name, value in values.items():
        wanted = known.get(name)
        if wanted is None:
            raise SetupFault(str(path), f"{section}.{name}", InstallationCode.UNKNOWN)
        if wanted is float and isinstance(value, int) and not isinstance(value, bool):
            try:
                value = float(value)
            except OverflowError:
                raise SetupFault(str(path), f"{section}.{name}", SettingCode.RANGE) from None
        if not isinstance(value, wanted):
            raise SetupFault(str(path), f"{section}.{name}", InstallationCode.TYPE, wanted.__name__)
        if isinstance(value, str):
            if _CONTROL.search(value):  # before a \n of "C:\new" falls away as a blank
                raise SetupFault(str(path), f"{section}.{name}", SettingCode.CHARACTER)
            value = trimmed(value)
        changes[name] = value
    return replace(defaults, **changes)


def check(settings: Settings) -> list[FieldFault]:
    """Every fault of the settings, by dotted field name (``kansai.base_url``)."""
    return [FieldFault(name, code) for name, code in _faults_of(settings)]


def _faults_of(settings: Settings) -> list[tuple[str, SettingCode]]:
    kansai, enegaeru = settings.kansai, settings.enegaeru
    found = [
        ("kansai.base_url", url_fault(kansai.base_url) if kansai.base_url else None),
        ("kansai.outage_page", url_fault(kansai.outage_page) if kansai.outage_page else None),
        ("enegaeru.base_url", url_fault(enegaeru.base_url) if enegaeru.base_url else None),
        ("kansai.proxy", proxy_fault(kansai.proxy) if kansai.proxy else None),
        ("enegaeru.proxy", proxy_fault(enegaeru.proxy) if enegaeru.proxy else None),
        ("kansai.proxy_login_id", SettingCode.CHARACTER if ":" in kansai.proxy_login_id else None),  # RFC 7617
        ("enegaeru.proxy_login_id", SettingCode.CHARACTER if ":" in enegaeru.proxy_login_id else None),
        (
            "kansai.interval_s",
            SettingCode.BELOW_ONE_SECOND if kansai.base_url and kansai.interval_s < 1.0 and not kansai.on_this_machine else None,
        ),
        ("kansai.interval_s", _range_fault(kansai.interval_s, 0, 3600, open_below=True)),
        ("kansai.margin_s", _range_fault(kansai.margin_s, 0, 10)),
        ("kansai.status_budget", _range_fault(kansai.status_budget, 0, MOST_STATUS_CALLS)),
        ("kansai.answer_timeout_s", _range_fault(kansai.answer_timeout_s, 1, 600)),
        ("enegaeru.answer_timeout_s", _range_fault(enegaeru.answer_timeout_s, 1, 600)),
        ("kansai.ip_address", ip_address_fault(kansai.ip_address) if kansai.ip_address else None),
        ("enegaeru.auth", None if enegaeru.auth in ("login", "token") else SettingCode.CHOICE),
        ("enegaeru.token_template", None if "{token}" in enegaeru.token_template else SettingCode.PLACEHOLDER),
        ("enegaeru.commission_unit", None if enegaeru.commission_unit in ("yen", "percent") else SettingCode.CHOICE),
        ("desk.color_scheme", None if settings.desk.color_scheme in ("system", "light", "dark") else SettingCode.CHOICE),
        ("desk.type_size", None if settings.desk.type_size in TYPE_SIZES else SettingCode.CHOICE),
        ("desk.countdown_s", _range_fault(settings.desk.countdown_s, 1, LONGEST_COUNTDOWN_S)),
        ("desk.outage_countdown_s", _range_fault(settings.desk.outage_countdown_s, 1, LONGEST_OUTAGE_COUNTDOWN_S)),
        ("desk.unmoved_days", _range_fault(settings.desk.unmoved_days, 1, LONGEST_UNMOVED_DAYS)),
        ("enegaeru.token_header", None if _HEADER_NAME.fullmatch(enegaeru.token_header) else SettingCode.CHARACTER),
        *((name, SettingCode.CHARACTER) for name, text in _texts_of(settings) if _CONTROL.search(text)),
    ]
    return [(name, code) for name, code in found if code is not None]


def _texts_of(settings: Settings) -> list[tuple[str, str]]:
    """Every text of the settings, by dotted field name."""
    parts = {section.name: getattr(settings, section.name) for section in fields(Settings)}
    values = [(f"{section}.{f.name}", getattr(part, f.name)) for section, part in parts.items() for f in fields(part)]
    return [(name, value) for name, value in values if isinstance(value, str)]


def _range_fault(value: float, least: float, most: float, *, open_below: bool = False) -> SettingCode | None:
    inside = least <= value <= most and not (open_below and value == least)
    return None if inside else SettingCode.RANGE


def _keep_unreadable(path: Path) -> None:
    """A file that cannot be read may hold what somebody wants back: it gets another name instead of being overwritten."""
    number = 1
    while (kept := path.with_name(f"{path.stem}-unreadable-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.replace(kept)
    except OSError as error:
        raise SetupFault(str(path), "file", InstallationCode.UNWRITABLE, type(error).__name__) from error


def line_of(fault: SetupFault) -> int | None:
    """The line of ``settings.toml`` that a fault of :func:`load_settings` speaks of, if it can be told."""
    if match := re.search(r"at line (\d+)", fault.detail):
        return int(match[1])
    try:
        raw = Path(fault.file).read_bytes()
    except OSError:
        return None
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        return raw[: error.start].count(b"\n") + 1
    section, _, name = fault.item.partition(".")
    inside = ""
    for number, line in enumerate(lines, 1):
        words = line.partition("#")[0].strip()
        if words.startswith("["):
            inside = words.strip("[] \t\"'")
            if inside == section and not name:
                return number
        elif inside == section and words.partition("=")[0].strip(" \t\"'") == name:
            return number
    return None


def save_settings(path: Path, settings: Settings) -> None:
    """Writes the settings beside the old file and swaps them in one step; comments of the old file are kept.

    Raises InputRefused with every fault, or SetupFault if the folder cannot be written.
    """
    faults = check(settings)
    if faults:
        raise InputRefused(faults)
    import tomlkit

    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        document = tomlkit.document()
    except (tomlkit.exceptions.TOMLKitError, ValueError, RecursionError):
        _keep_unreadable(path)
        document = tomlkit.document()
    defaults = Settings()
    for section in (f.name for f in fields(Settings)):
        part, standard = getattr(settings, section), getattr(defaults, section)
        table = document.get(section)
        if table is None:
            table = tomlkit.table()
        for name in (f.name for f in fields(part)):
            value = getattr(part, name)
            if value != getattr(standard, name) or name in table:
                table[name] = value
        if len(table) and section not in document:
            document[section] = table
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        import tempfile

        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".settings-", suffix=".toml")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(tomlkit.dumps(document))
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        raise SetupFault(str(path), "file", InstallationCode.UNWRITABLE, type(error).__name__) from error
