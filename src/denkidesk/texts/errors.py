"""The one place where errors become sentences: what happened, and what the clerk can do now.

Facts of the outside (server texts, file names) are data: shown as plain text only, never as markup.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from denkidesk.domain.clock import JST
from denkidesk.domain.error_codes import InstallationCode, RefusalCode, SettingCode, SetupCode
from denkidesk.domain.errors import (
    Cancelled,
    Closed,
    DeskError,
    FieldFault,
    InputRefused,
    LoginRefused,
    OutcomeUnknown,
    ServerRefused,
    SetupFault,
    Unreachable,
)
from denkidesk.domain.fault_codes import FormCode, InputCode
from denkidesk.texts import apply as apply_texts
from denkidesk.texts.error_codes import (
    CLOSED,
    LOGIN_REFUSED_OR_IN_USE,
    OUTCOME_UNKNOWN,
    REFUSED,
    SETUP,
    UNREACHABLE,
    UNREADABLE_ANSWER,
)
from denkidesk.texts.facts import filled
from denkidesk.texts.faults import FAULTS, IMPORT_NOTES, INPUT_FAULTS_OF_FIELDS
from denkidesk.texts.fields import field_name, plan_item_name
from denkidesk.texts.places import place_text

if TYPE_CHECKING:
    from denkidesk.domain.usage import ImportNote

SERVICE_NAMES: Final = MappingProxyType({"kansai": "送配電会社", "enegaeru": "料金API"})

_UNKNOWN_ADVICE: Final = "受け付けられたかどうか分かりません。自動では再送しません。申込一覧か電話で確かめてください。"
_FACTS: Final = "IT担当用：{facts}"
_NOT_OF_THE_SETTINGS: Final = frozenset(  # the machine's, or the data's
    {
        InstallationCode.FULL,
        InstallationCode.LOCKED,
        InstallationCode.DAMAGED,
        InstallationCode.NEWER,
        InstallationCode.CLOSED,
        InstallationCode.FAILED,
    }
)


def moment_text(moment: datetime) -> str:
    """11月22日(日) 3:00, in Japan's time."""
    local = moment.astimezone(JST)
    return f"{local.month}月{local.day}日({'月火水木金土日'[local.weekday()]}) {local.hour}:{local.minute:02}"


def fault_text(fault: FieldFault) -> str:
    """A sentence about one fault, to stand beside its field."""
    code = fault.code
    if isinstance(code, FormCode):
        return apply_texts.fault(fault)
    sentence = INPUT_FAULTS_OF_FIELDS.get((fault.field, code)) if isinstance(code, InputCode) else None
    line = fault.facts.get("line", "")
    return (f"{line}行目：" if line else "") + _fill(sentence or FAULTS[type(code)][code], fault.facts)


def fault_line(fault: FieldFault) -> str:
    """A fault with the name of its field, to stand alone."""
    return f"{field_name(fault.field)}：{fault_text(fault)}"


def note_line(note: "ImportNote") -> str:
    """What the reader of a usage file noticed, with the line."""
    text = _fill(IMPORT_NOTES[note.code], dict(note.facts))
    return text if note.line is None else f"{note.line}行目：{text}"


def error_message(error: DeskError) -> tuple[str, str]:
    """What happened and what can be done, and a line of facts for whoever helps (may be empty)."""
    match error:
        case InputRefused():
            return "\n".join(fault_line(fault) for fault in error.faults), ""
        case ServerRefused():
            in_use = isinstance(error, LoginRefused) and error.code == RefusalCode.FORBIDDEN and error.may_be_used_elsewhere
            text = (LOGIN_REFUSED_OR_IN_USE if in_use else REFUSED[error.code]).format(service=_service(error.service))
            words = f"（{_service(error.service)}の言葉：{error.message}）" if error.message else ""
            return text + words, "" if error.code == RefusalCode.STOPPED else _facts(error.code, error.status)  # nobody was asked: no facts
        case Closed():
            again = f"再開は{moment_text(error.until)}です。" if error.until else "再開の時刻は分かりません。"
            return CLOSED[error.reason] + again, ""
        case Unreachable():
            text = UNREACHABLE[error.code].format(service=_service(error.service))
            return text, _facts(error.code, error.status, error.detail)
        case OutcomeUnknown():
            return unknown_outcome(error.code) + _UNKNOWN_ADVICE, _facts(error.code, error.status, error.detail)
        case SetupFault():
            what = field_name(error.item)
            opening = "" if error.code in _NOT_OF_THE_SETTINGS else "設定に不備があります。"
            return f"{opening}{what}：{setup_text(error.code)}", _facts(error.file, error.item, error.code, error.detail)
        case Cancelled():
            return "取り消しました。", ""
        case _:
            return "処理できませんでした。", type(error).__name__


def setup_text(code: SetupCode | SettingCode) -> str:
    """A sentence about one fault of the installation."""
    return _fill(SETUP[code], {})


def unknown_outcome(code: str) -> str:
    """What happened to an application whose outcome is unknown, by a code as it is stored: another version may have written it."""
    return OUTCOME_UNKNOWN.get(code, UNREADABLE_ANSWER)


def happened(error: DeskError) -> str:
    """What happened and nothing of what to do: for a page that says the rest in its own words. Empty where there is no such sentence."""
    match error:
        case OutcomeUnknown():
            return unknown_outcome(error.code)
        case ServerRefused():
            return REFUSED[error.code].format(service=_service(error.service))
        case _:
            return ""


def error_line(error: DeskError) -> str:
    """:func:`error_message` as one text, facts in brackets."""
    text, facts = error_message(error)
    return f"{text} [{facts}]" if facts else text


def _service(service: str) -> str:
    return SERVICE_NAMES.get(service, service)


def _facts(*parts: object) -> str:
    facts = " ".join(str(part) for part in parts if part not in (None, ""))
    return _FACTS.format(facts=facts) if facts else ""


def _fill(sentence: str, facts: Mapping[str, str]) -> str:
    if "where" in facts:
        facts = {**facts, "where": place_text(facts["where"])}
    if "item" in facts:
        facts = {**facts, "item": plan_item_name(facts["item"])}
    return filled(sentence, facts)
