"""The one place where errors become sentences: what happened, and what the clerk can do now.

Facts of the outside (server texts, file names) are data: shown as plain text only, never as markup.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from denkidesk.domain.error_codes import ConnectCode, InstallationCode, OutcomeCode, RefusalCode, SettingCode, SetupCode
from denkidesk.domain.errors import (
    Cancelled,
    Closed,
    FieldFault,
    InputRefused,
    LoginRefused,
    OutcomeUnknown,
    ServerRefused,
    SetupFault,
    Unreachable,
)
from denkidesk.domain.fault_codes import FormCode, InputCode, UsageCode
from denkidesk.texts import apply as apply_texts
from denkidesk.texts import dates
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
from denkidesk.texts.faults import FAULTS, IMPORT_NOTES, INPUT_FAULTS_OF_FIELDS, USAGE_FAULTS_OF_TABLES
from denkidesk.texts.names import field_name, plan_item_name
from denkidesk.texts.places import place_text

if TYPE_CHECKING:
    from denkidesk.domain.usage import ImportNote

SERVICE_NAMES: Final = MappingProxyType({"kansai": "送配電会社", "enegaeru": "料金API"})

_UNKNOWN_ADVICE: Final = "受け付けられたかどうか分かりません。自動では再送しません。送配電会社の一覧か電話で確かめてください。"
_NOT_STORED_ADVICE: Final = "申込受付番号は {receipt} です。書きとめてください。自動では再送しません。"
_EVIDENCE: Final = "応答から読み取れた申込受付番号は {number} です。"
_CHOICES: Final = "（選べるもの：{choices}）"
_BY_STATUS: Final = "送配電会社のシステムからの返答か、途中の機器の画面か、確かめられません。"
_UNEXPECTED: Final = "予期しない問題が起きました。"
_FACTS: Final = "IT担当用：{facts}"
_NOT_OF_THE_SETTINGS: Final = frozenset(  # the machine's, or the data's
    {
        InstallationCode.FULL,
        InstallationCode.LOCKED,
        InstallationCode.DAMAGED,
        InstallationCode.NEWER,
        InstallationCode.NO_MODULE,
        InstallationCode.SYNCED_FOLDER,
        InstallationCode.NETWORK_FOLDER,
        InstallationCode.NOT_SHARED,
        InstallationCode.SHAPE,
        InstallationCode.ROWS,
        InstallationCode.REPLACED,
        InstallationCode.CLOSED,
        InstallationCode.FAILED,
    }
)


def fault_text(fault: FieldFault) -> str:
    """A sentence about one fault, to stand beside its field."""
    code = fault.code
    if isinstance(code, FormCode):
        return apply_texts.fault(fault)
    sentence = INPUT_FAULTS_OF_FIELDS.get((fault.field, code)) if isinstance(code, InputCode) else None
    if isinstance(code, UsageCode) and fault.field == "file":
        sentence = USAGE_FAULTS_OF_TABLES.get(code)
    where = " ".join(filter(None, (fault.facts.get("file"), fault.facts.get("line", "") and f"{fault.facts['line']}行目")))
    choices = fault.facts.get("choices")
    text = _fill(sentence or FAULTS[type(code)][code], fault.facts)
    return (f"{where}：" if where else "") + text + (_CHOICES.format(choices=choices) if choices else "")


def fault_line(fault: FieldFault) -> str:
    """A fault with the name of its field, to stand alone."""
    return f"{field_name(fault.field)}：{fault_text(fault)}"


def note_line(note: "ImportNote") -> str:
    """What the reader of a usage file noticed, with the line."""
    text = _fill(IMPORT_NOTES[note.code], dict(note.facts))
    return text if note.line is None else f"{note.line}行目：{text}"


class Help(StrEnum):
    """What helps against a failure: the screens choose their button by this word."""

    RETRY = "retry"  # asking again is safe and may help
    SETTINGS = "settings"  # address, login or installation must be put right first
    REFUSED_LOGIN = "refused_login"  # of the utility: trying again may lock the company's id, so the clerk is asked
    TAKE_OVER = "take_over"  # of the quoting API: the same user may be at work elsewhere
    NOTHING = "nothing"  # no button: mend the input, or find out by telephone what became of it


@dataclass(frozen=True, slots=True)
class Said:
    """A failure in words. ``happened`` can stand alone before other advice; ``detail``: facts for whoever helps, may be empty."""

    happened: str = ""
    advice: str = ""
    detail: str = ""
    help: Help = Help.NOTHING

    @property
    def text(self) -> str:
        """What happened and what can be done."""
        return self.happened + self.advice

    @property
    def line(self) -> str:
        """Everything as one text, the facts in brackets."""
        return f"{self.text} [{self.detail}]" if self.detail else self.text


def said(error: object) -> Said:
    """What is said about a failure, the same on every screen and on the command line. None is no failure and says nothing."""
    match error:
        case None:
            return Said()
        case InputRefused():
            return Said("\n".join(fault_line(fault) for fault in error.faults))
        case ServerRefused():
            return _said_of_refusal(error)
        case Closed():
            again = f"再開は{dates.moment(error.until)}です。" if error.until else "再開の時刻は分かりません。"
            return Said(CLOSED[error.reason], again, help=Help.RETRY)
        case Unreachable():
            text = UNREACHABLE[error.code].format(service=_service(error.service))
            way = Help.SETTINGS if error.code == ConnectCode.PROXY_LOGIN else Help.RETRY
            return Said(text, detail=_facts(error.code, error.status, error.detail), help=way)
        case OutcomeUnknown(code=OutcomeCode.NOT_STORED):
            return Said(unknown_outcome(error.code), _NOT_STORED_ADVICE.format(receipt=error.detail))
        case OutcomeUnknown():
            evidence = _EVIDENCE.format(number=error.receipt_number) if error.receipt_number else ""
            return Said(unknown_outcome(error.code), _UNKNOWN_ADVICE + evidence, _facts(error.code, error.status, error.detail))
        case SetupFault():
            opening = "" if error.code in _NOT_OF_THE_SETTINGS else "設定に不備があります。"
            line = re.search(r"at line (\d+)", error.detail)
            text = f"{opening}{field_name(error.item)}：{f'{line[1]}行目：' if line else ''}{setup_text(error.code)}"
            return Said(text, detail=_facts(error.file, error.item, error.code, error.detail), help=Help.SETTINGS)
        case Cancelled():
            return Said("取り消しました。")
        case _:
            return Said(_UNEXPECTED, detail=_facts(type(error).__name__), help=Help.RETRY)


def _said_of_refusal(error: ServerRefused) -> Said:
    elsewhere = isinstance(error, LoginRefused) and error.may_be_used_elsewhere
    in_use = elsewhere and error.code == RefusalCode.FORBIDDEN
    text = (LOGIN_REFUSED_OR_IN_USE if in_use else REFUSED[error.code]).format(service=_service(error.service))
    if error.by_status:
        text += _BY_STATUS
    words = f"（{_service(error.service)}の言葉：{error.message}）" if error.message else ""
    detail = "" if error.code == RefusalCode.STOPPED else _facts(error.code, error.status)  # nobody was asked: no facts
    if isinstance(error, LoginRefused) and not elsewhere:
        way = Help.REFUSED_LOGIN if error.service == "kansai" else Help.SETTINGS
    else:
        way = Help.TAKE_OVER if elsewhere else Help.SETTINGS if error.code == RefusalCode.FORBIDDEN else Help.RETRY
    return Said(text, words, detail, way)


def setup_text(code: SetupCode | SettingCode) -> str:
    """A sentence about one fault of the installation."""
    return _fill(SETUP[code], {})


def unknown_outcome(code: str) -> str:
    """What happened to an application whose outcome is unknown, by a code as it is stored: another version may have written it."""
    return OUTCOME_UNKNOWN.get(code, UNREADABLE_ANSWER)


def _service(service: str) -> str:
    return SERVICE_NAMES.get(service, service)


def _facts(*parts: object) -> str:
    facts = " ".join(str(part) for part in parts if part not in (None, ""))
    return _FACTS.format(facts=facts) if facts else ""


def _fill(sentence: str, facts: Mapping[str, str]) -> str:
    facts = dates.in_words(facts)
    if "where" in facts:
        facts = {**facts, "where": place_text(facts["where"])}
    if "item" in facts:
        facts = {**facts, "item": plan_item_name(facts["item"])}
    return filled(sentence, facts)
