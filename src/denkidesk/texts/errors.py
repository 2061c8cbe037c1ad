"""The one place where errors become sentences: what happened, and what the clerk can do now.

Facts of the outside (server texts, file names) are data: shown as plain text only, never as markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

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
from denkidesk.texts import apply as apply_texts
from denkidesk.texts import dates
from denkidesk.texts.faults import FAULTS, FAULTS_OF_FIELDS, IMPORT_NOTES
from denkidesk.texts.names import field_name, plan_item_name
from denkidesk.texts.places import place_text

if TYPE_CHECKING:
    from denkidesk.domain.usage import ImportNote

SERVICE_NAMES: Final = MappingProxyType({"kansai": "送配電会社", "enegaeru": "料金API"})

_REFUSED: Final = MappingProxyType(
    {
        "bad_request": "{service}が、項目に誤りがあるとして受け付けませんでした。",
        "forbidden": "{service}に接続を断られました。ログインID・パスワード・呼出元IPアドレス・利用権限を確かめてください。"
        "続けて試すとIDが使えなくなることがあります。",
        "login": "{service}へのログインを断られました。同じIDがほかの端末で使われているか、ログインID・パスワードが違います。"
        "続けて試すとIDが使えなくなることがあります。",
        "login_status": "{service}へのログインを断られました。ログインID・パスワードを確かめてください。"
        "続けて試すとIDが使えなくなることがあります。",
        "stopped": "{service}へのログインが前に断られたため、送受信を止めています。パスワードが変わると再開します。",
        "unknown_service": "{service}に、この機能の窓口がありません。アドレスの設定を確かめてください。",
        "fault": "{service}の処理でエラーが起きました。",
        "declined": "{service}が受け付けませんでした。",
        "not_found": "その申込受付番号の申込は見つかりません。",
    }
)
_CLOSED: Final = MappingProxyType(
    {
        "weekly": "送配電会社のシステムは、日曜日の 1:00 から 3:00 まで止まっています。",
        "window": "登録された停止時間です。",
        "maintenance": "送配電会社のシステムは保守のため止まっています。",
        "held": "停止時間が終わるまで送信を待っています。",
    }
)
_UNREACHABLE: Final = MappingProxyType(
    {
        "connect": "{service}につながりません。ネットワークを確かめてください。",
        "tls": "{service}との安全な接続ができません。証明書を信頼できないか、パソコンの日時がずれています。",
        "proxy": "プロキシにつながりません。プロキシの設定を確かめてください。",
        "timeout": "{service}から時間内に応答がありません。",
        "cut": "{service}との接続が途中で切れました。",
        "server_error": "{service}の側でエラーが起きています。",
        "not_soap": "{service}の応答を読み取れません。",
        "not_json": "{service}の応答を読み取れません。",
        "too_large": "{service}の応答が大きすぎます。",
        "schema": "{service}の応答の形が決まりと違います。",
        "redirect": "{service}が別のアドレスへ案内してきました。安全のため従いません。アドレスの設定を確かめてください。",
        "protocol": "{service}の応答が通信の決まりと違います。",
    }
)
_UNKNOWN: Final = MappingProxyType(
    {
        "timeout": "送信しましたが、時間内に応答がありませんでした。",
        "cut": "送信しましたが、応答の前に接続が切れました。",
        "no_receipt": "応答に申込受付番号がありませんでした。",
        "receipt_taken": "応答の申込受付番号は、すでに別の申込のものです。",
        "restored": "バックアップから戻したため、送信されたかどうか分かりません。",
        "killed": "送信の途中でプログラムが終わりました。",
        "server_error": "送信しましたが、送配電会社の側でエラーが起きました。",
        "maintenance": "送信しましたが、送配電会社のシステムが保守中と答えました。",
        "fault": "送信しましたが、送配電会社の側でエラーが起きました。",
    }
)
_UNKNOWN_OTHER: Final = "送信しましたが、応答を読み取れませんでした。"
_UNKNOWN_ADVICE: Final = "受け付けられたかどうか分かりません。自動では再送しません。申込一覧か電話で確かめてください。"

_SETUP: Final = MappingProxyType(
    {
        "missing": "見つかりません。",
        "unreadable": "読み取れません。",
        "unwritable": "書き込めません。",
        "full": "ディスクに空きがありません。不要なファイルを消してください。",
        "unknown": "知らない項目です。",
        "type": "値の型が違います。",
        "not_toml": "TOMLとして読めません。",
        "not_json": "JSONとして読めません。",
        "not_xml": "XMLとして読めません。",
        "url": "アドレスの書き方が違います。",
        "plain_http": "https で始まるアドレスにしてください。",
        "below_one_second": "1秒より短くできません。",
        "range": "範囲の外の値です。",
        "ip_address": "IPアドレスの書き方が違います。",
        "choice": "選べない値です。",
        "placeholder": "{token} が入っていません。",
        "https_proxy": "https のプロキシは使えません。http で始まるアドレスにしてください。",
        "header_value": "送れない文字が入っています。前後の空白・改行・全角文字がないか確かめて、入れ直してください。",
        "not_loopback": "練習モードでは、このパソコンの外へは接続しません。",
        "practice": "練習モードでは使えません。",
        "no_secure_store": "このシステムには、秘密を安全に保管する場所がありません。",
        "locked": "ほかのプログラムが使っています。しばらくしてやり直してください。",
        "damaged": "壊れています。バックアップから戻してください。",
        "newer": "新しい版のプログラムのデータです。プログラムを更新してください。",
        "not_durable": "この場所では、保存したものを失うおそれがあります。パソコンの中のフォルダーを使ってください。",
        "closed": "もう閉じられています。",
        "failed": "応答がありません。",
        "port": "ポートを使えません。ほかのプログラムが使っています。",
        "missing_operation": "操作がありません。",
        "invalid": "正しくありません。",
        "double": "二重にあります。",
        "practice_only": "練習モードでは、このパソコンの外へは接続しません。",
        "cannot_build": "電文を作れません。WSDLと対応表を調べてください。",
        "empty_body": "電文を作れません。WSDLと対応表を調べてください。",
        "doctype": "使えない宣言（DOCTYPE）があります。",
        "import_network": "ネットワークから読み込もうとしています。フォルダーの中のファイルにしてください。",
        "import_outside": "フォルダーの外を読み込もうとしています。",
        "import_unresolved": "読み込むファイルがフォルダーにありません。",
        "schema_invalid": "スキーマとして正しくありません。",
        "wsdl_invalid": "WSDLとして正しくありません。",
        "too_large": "大きすぎます。",
        "unknown_element": "WSDLにない項目です。",
        "unknown_kind": "知らない申込の種類です。",
        "no_base_url": "アドレスが設定されていません。",
    }
)

_UNEXPECTED: Final = "予期しない問題が起きました。"
_FACTS: Final = "IT担当用：{facts}"
_NOT_OF_THE_SETTINGS: Final = frozenset({"full", "locked", "damaged", "newer", "closed", "failed"})  # the machine's, or the data's
_OTHER_NOTE: Final = "確認が必要な点があります（{code}）。"
_TOO_LONG: Final = "長すぎます（{limit}文字まで）。"
_OTHER: Final = "このままでは使えません（{code}）。"


def fault_text(fault: FieldFault) -> str:
    """A sentence about one fault, to stand beside its field."""
    sentence = FAULTS_OF_FIELDS.get((fault.field, fault.code))
    if sentence is not None:
        line = fault.facts.get("line", "")
        return (f"{line}行目：" if line else "") + _fill(sentence, fault.facts)
    if (of_the_forms := _of_the_forms(fault)) is not None:
        return of_the_forms
    if fault.code == "too_long" and "limit" in fault.facts:
        return _fill(_TOO_LONG, fault.facts)
    sentence = FAULTS.get(fault.code)
    return _OTHER.format(code=fault.code) if sentence is None else _fill(sentence, fault.facts)


def fault_line(fault: FieldFault) -> str:
    """A fault with the name of its field, to stand alone."""
    return f"{field_name(fault.field)}：{fault_text(fault)}"


def note_line(note: "ImportNote") -> str:
    """What the reader of a usage file noticed, with the line."""
    sentence = IMPORT_NOTES.get(note.code)
    text = _OTHER_NOTE.format(code=note.code) if sentence is None else _fill(sentence, dict(note.facts))
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
            return Said(_CLOSED.get(error.reason, _CLOSED["maintenance"]), again, help=Help.RETRY)
        case Unreachable():
            text = _UNREACHABLE.get(error.code, _UNREACHABLE["cut"]).format(service=_service(error.service))
            return Said(text, detail=_facts(error.code, error.status, error.detail), help=Help.RETRY)
        case OutcomeUnknown():
            happened = _UNKNOWN.get(error.code, _UNKNOWN_OTHER)
            return Said(happened, _UNKNOWN_ADVICE, _facts(error.code, error.status, error.detail))
        case SetupFault():
            opening = "" if error.code in _NOT_OF_THE_SETTINGS else "設定に不備があります。"
            text = f"{opening}{field_name(error.item)}：{setup_text(error.code)}"
            return Said(text, detail=_facts(error.file, error.item, error.code, error.detail), help=Help.SETTINGS)
        case Cancelled():
            return Said("取り消しました。")
        case _:
            return Said(_UNEXPECTED, detail=_facts(type(error).__name__), help=Help.RETRY)


def _said_of_refusal(error: ServerRefused) -> Said:
    elsewhere = isinstance(error, LoginRefused) and error.may_be_used_elsewhere
    code = "login" if elsewhere and error.code == "forbidden" else error.code
    text = _REFUSED.get(code, _REFUSED["declined"]).format(service=_service(error.service))
    words = f"（{_service(error.service)}の言葉：{error.message}）" if error.message else ""
    detail = "" if code == "stopped" else _facts(error.code, error.status)  # nobody was asked: no facts
    if isinstance(error, LoginRefused) and not elsewhere:
        way = Help.REFUSED_LOGIN if error.service == "kansai" else Help.SETTINGS
    else:
        way = Help.TAKE_OVER if elsewhere else Help.SETTINGS if error.code == "forbidden" else Help.RETRY
    return Said(text, words, detail, way)


def setup_text(code: str) -> str:
    """A sentence about one fault of the installation."""
    return _SETUP.get(code, _OTHER.format(code=code))


def _service(service: str) -> str:
    return SERVICE_NAMES.get(service, service)


def _facts(*parts: object) -> str:
    facts = " ".join(str(part) for part in parts if part not in (None, ""))
    return _FACTS.format(facts=facts) if facts else ""


def _of_the_forms(fault: FieldFault) -> str | None:
    """The forms' own sentence, where they have one and the fault brings the facts for it."""
    if fault.code == "unknown":
        return None  # theirs speaks of a kind of application
    try:
        sentence = apply_texts.fault(fault)
    except (KeyError, ValueError):
        return None
    return None if sentence == fault.code else sentence


def _fill(sentence: str, facts: Mapping[str, str]) -> str:
    class Facts(dict[str, str]):
        def __missing__(self, name: str) -> str:
            return "{token}" if name == "token" else "？"

    facts = dates.in_words(facts)
    if "where" in facts:
        facts = {**facts, "where": place_text(facts["where"])}
    if "item" in facts:
        facts = {**facts, "item": plan_item_name(facts["item"])}
    return sentence.format_map(Facts(facts))
