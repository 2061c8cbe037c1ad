"""What the clerk reads in the tab 新規申込: kinds, steps, fields, the way of one application to the utility."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from denkidesk.domain.applications import ApplicationKind, OutboxState, SimilarApplication
from denkidesk.domain.areas import AREA_NAMES_JA, Area
from denkidesk.domain.errors import FieldFault
from denkidesk.domain.fault_codes import FormCode, SpreadsheetCode
from denkidesk.domain.supply_point import DIGITS
from denkidesk.domain.supply_point import grouped as grouped
from denkidesk.texts import dates
from denkidesk.texts.facts import filled, letters_in_words
from denkidesk.texts.names import FIELD_NAMES, KIND_NAMES, OUTBOX_STATE_NAMES, field_name, kind_name, narrow_kind_name
from denkidesk.texts.shortcuts import BESIDE, BULK, DISCARD_CHOSEN, NOT_DOUBLE, PARKED_BEFORE, RECONCILE
from denkidesk.texts.shortcuts import OUTAGE_PAGE as OUTAGE_PAGE_KEY
from denkidesk.texts.shortcuts import SEND as SEND_KEY
from denkidesk.texts.shortcuts import TEMPLATES as TEMPLATES_KEY
from denkidesk.texts.shortcuts import UNDO_FILL as UNDO_FILL_KEY

# --- the start page ---------------------------------------------------------------------------------------------------------------
START_TITLE: Final = "新規申込"
START_BULK: Final = f"Excel の表からまとめて申込  {BULK.label}"
START_HINT: Final = "申込の種類を選んでください。どれを選んでも、新しい用紙から始まります。"
KIND_SENTENCES: Final[Mapping[ApplicationKind, str]] = {
    ApplicationKind.OUTAGE: "電気が来ないお客さまの調査依頼・問合せ",
    ApplicationKind.MENU_CHANGE: "接続送電サービスメニューを変える",
    ApplicationKind.UTILITY_EQUIPMENT: "送配電会社の電柱・電線・計量器など",
    ApplicationKind.CUSTOMER_EQUIPMENT: "お客さまの配線・分電盤・発電設備など",
    ApplicationKind.OTHER: "その他の問合せ、供給地点特定番号の調査",
}
KIND_ACCESSIBLE: Final = "{title}。{sentence}。{keys}"

# --- drafts that wait -------------------------------------------------------------------------------------------------------------
DRAFTS_TITLE: Final = "書きかけの下書き"
DRAFTS_AND_RECEIPTS: Final = "受付の控え・書きかけの下書き"
DRAFTS_COUNT: Final = "{count} 件"
DRAFTS_KEYS: Final = f"Enter で開く、{DISCARD_CHOSEN.label} で破棄"
DRAFTS_OPEN: Final = "開く(&W)"
DRAFTS_DISCARD: Final = "破棄(&R)"
DRAFTS_COLUMNS: Final = ("種類", "お客さま", "保存")
DRAFT_NO_NAME: Final = "氏名未入力"
DRAFT_LEAVE: Final = "残す"
DRAFT_DISCARD_QUESTION: Final = "{customer} の下書きを破棄しますか？ 元に戻せません。"

# --- forms and receipts that are parked -------------------------------------------------------------------------------------------
PARKED_COUNT: Final = "書きかけ・控え {count}件"
PARKED_KEYS: Final = f"前後の申込 {PARKED_BEFORE.label} / PgDn"
PARKED_MORE: Final = "ほか {count}件"
PARKED_NAME: Final = "{kind}、{customer}、{when}"
PARKED_HERE: Final = "{kind}、{customer}、{when}、開いています"
PARKED_DRAFT: Final = "{time} 下書き"
PARKED_FRESH: Final = "入力中"

# --- the form -------------------------------------------------------------------------------------------------------------------
WIZARD_TITLE: Final = "{kind}の申込"
STEPS_NAME: Final = "手順"
STEP_ACCESSIBLE: Final[Mapping[str, str]] = {
    "here": "手順 {number}/{count} {title} 入力中",
    "seen": "手順 {number}/{count} {title}",
    "ahead": "手順 {number}/{count} {title} まだ",
}
STEP_TITLES: Final[Mapping[str, str]] = {
    "point": "お客さまと場所",
    "triage": "電話での確認",
    "request": "依頼の内容",
    "change": "変更の内容",
    "further": FIELD_NAMES["extra"],
    "criteria": "送配電会社の一覧に付ける条件",
    "review": "確認と送信",
}
STEP_HINTS: Final[Mapping[str, str]] = {
    "point": "全角・空白・ハイフンはそのまま貼り付けてかまいません。",
    "triage": "わかる範囲でかまいません。答えは数字キーでも選べます。",
    "request": "",
    "change": "",
    "further": "",
    "criteria": "空の項目は条件になりません。画面の絞り込みとは別で、条件に合わない申込も受付トレイに残ります。",
    "review": "この内容を送配電会社に送ります。送信した後に取り消すことはできません。",
}
BACK: Final = "用紙に戻る(&B)"
SEND: Final = f"送信する(&S)　{SEND_KEY.label}"
TO_REVIEW: Final = f"確認する(&N)　{SEND_KEY.label}"
UNFILLED: Final = "あと {names}"
UNFILLED_MORE: Final = "あと {count} 項目（{names} など）"
DISCARD: Final = "破棄(&R)"
DISCARD_QUESTION: Final = "入力した内容を破棄しますか？ 元に戻せません。"
DISCARD_YES: Final = "破棄する"
DISCARD_NO: Final = "続ける"
TO_START: Final = "種類の選択へ(&K)"
REQUIRED_MARK: Final = "必須"
REQUIRED_NAME: Final = f"{{label}}、{REQUIRED_MARK}"
OPTIONAL: Final = "任意"
CHOICE_NAME: Final = "{question}、{answer}、選択肢 {number} / {count}"
QUESTION_KEYS: Final = "数字キーで選ぶと、次の質問へ進みます"
CHOOSE: Final = "選んでください"
DRAFT_RESTORED: Final = "下書きの続きです。{time} に保存"
DRAFT_GONE: Final = "この下書きはもうありません。ほかの画面で開かれたか、破棄されました。"
PROVISIONAL: Final = "送配電会社の正式なコード表がまだ設置されていません。コードは手で入力してください。"
TRY_AGAIN: Final = "もう一度"
NOTICE: Final = "{kind}：{title} {receipt}"
DRAFT_SAVED: Final = "下書きを保存しました {time}"
DRAFT_FAILED: Final = "下書きを保存できません。"
TABLES_FAILED: Final = "コード表を読み込めません。申込の作成はできません。"

TEMPLATES: Final = f"ひな形　{TEMPLATES_KEY.label}"
UNDO_FILL: Final = f"元に戻す　{UNDO_FILL_KEY.label}"
FIELD_HINTS: Final[Mapping[str, str]] = {
    "supply_point_number": "22桁。関西は 06 で始まります",
    "supply_point_address": "例：大阪府大阪市見本町0-0-0",
    "customer_name": "例：見本 太郎",
    "visit_on": "例：12/1、+3、明日、令和8年12月1日",
    "change_on": "例：12/1、+3、明日、令和8年12月1日",
    **dict.fromkeys(("registered_from", "registered_to"), "例：11/20、-7、昨日、今日。-7 や 今日 は、使う日から数えます"),
    **dict.fromkeys(("visit_from", "visit_to"), "例：12/1、+3、明日、今日。+3 や 今日 は、使う日から数えます"),
    "contact_phone": "例：06-0000-0000",
    "postcode": "7桁。住所が入ります",
    "note": "折り返しの時間など",
}
ANSWERS: Final[Mapping[str, str]] = {
    "only_here": "このお客さまだけ",
    "around_too": "周囲も停電",
    "all": "全部",
    "part": "一部",
    "all_on": "すべて入",
    "tripped": "落ちている",
    "lit": "表示あり",
    "dark": "消えている",
    "unknown": "わからない",
    "any": "どちらでも",
    "with_message": "あり",
    "without_message": "なし",
}
TRIAGE_AROUND_TITLE: Final = "送配電会社側の停電かもしれません。"
TRIAGE_AROUND: Final = "申込の前に、送配電会社の停電情報を確かめてください。"
ANSWERS_SAY: Final = f"{FIELD_NAMES['equipment_class']}　{{label}}"
ANSWERS_SAY_NOTHING: Final = "質問の答えで決まります"
ANSWERS_GO_INTO: Final = "・答えは備考に入ります"
OUTAGE_PAGE: Final = f"送配電会社の停電情報　{OUTAGE_PAGE_KEY.label}"
OUTAGE_PHONE: Final = "電話 {number}"
TRIAGE_TRIPPED: Final = "ブレーカーが落ちているときは、入れ直しで直ることがあります。"
NOTE_LINE: Final = "{label}：{answer}"

POINT_WHOLE: Final = "{count}桁・{area}"
DIGITS_SO_FAR: Final = "{count} / {wanted} 桁"
CHANGES: Final[Mapping[str, str]] = {
    "width": "全角を半角に",
    "kana": "半角カナを全角に",
    "separators": "空白・ハイフンを除去",
    "grouping": "空白・桁区切りを除去",
    "hyphens": "空白・ハイフンを統一",
    "wrapping": "前後の記号・見出しを除去",
    "trimmed": "前後の空白を除去",
    "lines": "改行を整理",
    "invisible": "見えない文字を除去",
    "composed": "濁点を合成",
}
CHANGED: Final = "整えました：{changes}"

# --- a number that is changed under a name ----------------------------------------------------------------------------------------
POINT_CHANGED_TITLE: Final = "供給地点特定番号が変わりました。入力済みのお客さまの内容をどうしますか。"
POINT_CHANGED_OF: Final = "{grouped} のお客さまとして入力した内容："
POINT_CHANGED_CLEAR_HINT: Final = "消した内容は、元の番号の下書きとして残ります。"
POINT_KEEP: Final = "このまま使う"
POINT_CLEAR: Final = "消して入力し直す"
POINT_BACK: Final = "番号を元に戻す"

# --- the review -------------------------------------------------------------------------------------------------------------------
REVIEW_TITLE: Final = "送信される内容"
REVIEW_HINT: Final = "この欄のとおりに送配電会社へ送ります"
REVIEW_KIND: Final = FIELD_NAMES["kind"]
REVIEW_CODE: Final = "{label}（{code}）"
REVIEW_NOTE_TITLE: Final = "電話メモ（この端末に残るだけで、送信されません）"
REVIEW_EMPTY: Final = "指定なし"
REVIEW_MISSING: Final = "（未入力）"
REVIEW_FAULTY: Final = "（直してください）"
REVIEW_BY_ANSWERS: Final = "（質問の答えで決まります）"
XML_SHOW: Final = "送信する電文を見る(&X)"
XML_HIDE: Final = "電文を閉じる(&X)"
XML_NAME: Final = "送信する電文。パスワードは伏せてあります"
SIMILAR_TITLE: Final = "同じ地点の同じ種類の申込が、まだ終わっていません。二重の申込ではありませんか。"
SIMILAR_ROW: Final = "{receipt}　{kind}　{when}　{state}{visit}"
SIMILAR_REGISTERED: Final = "{day}登録"
SIMILAR_VISIT: Final = "　訪問 {day}"
SIMILAR_UNPROVED_TITLE: Final = "二重の申込ではないか、確かめられませんでした。"
SIMILAR_UNPROVED: Final = "同じ地点の同じ種類の申込がもう出ていないか、受付トレイと送信トレイで確かめてください。"
NO_DOUBLE: Final = f"{{other}}とは別の{{what}}です　{NOT_DOUBLE.label}"
NO_DOUBLE_UNPROVED: Final = f"重複ではないことを確認しました　{NOT_DOUBLE.label}"
NO_DOUBLE_SEVERAL: Final = "上の {count} 件"
NO_DOUBLE_MISSING: Final = "あと 1 つ、二重でないことの確認が要ります。"
CHECKING: Final = "確かめています…"
NOT_LISTED_TITLE: Final = "送配電会社の一覧に、同じ地点の申込は載っていません。"
NOT_LISTED: Final = "送配電会社の一覧に遅れて載ることもあります。急がないときは、電話で確かめてから送り直してください。"
DOUBLE_TITLE: Final = "二重の申込ではありませんか"
DOUBLE_ITEM: Final = "{kind}　{point}："
DOUBLE_SEND: Final = "重複ではないので送信する(&S)"
DOUBLE_NO: Final = "送信しない"
SIMILAR_LISTED: Final = "送配電会社で処理中"
_SHOWN: Final = 8
SIMILAR_MORE: Final = "ほか {count} 件"
AT_POINT_OPEN: Final = "この地点の{kind}の申込が、まだ終わっていません。"
AT_POINT_TITLE: Final = "この地点の、ほかの申込・最近の申込"
OPEN_BESIDE: Final = f"横に開く　{BESIDE.label}"
BESIDE_NAME: Final = "この地点の申込"
BESIDE_PLACE: Final = f"{{number}} / {{count}}　{BESIDE.label} で次へ"
BESIDE_LAST: Final = f"{{number}} / {{count}}　{BESIDE.label} で閉じる"
BESIDE_STANDS: Final = "状況"
MESSAGE: Final = FIELD_NAMES["messages"]
SIMILAR_NO_RECEIPT: Final = "受付番号なし"
CAUTION_TITLE: Final = "送信の前に、もう一度確かめてください。"

# --- on the way -------------------------------------------------------------------------------------------------------------------
SENDING_TITLE: Final = "送信しています"
SENDING_SAVED: Final = "申込は送信トレイに保存済みです。この画面を閉じても失われません。"
SENDING_KEEPING: Final = "送信トレイに保存しています。"
SENDING_WAIT: Final = "送信の順番を待っています（約 {seconds} 秒）。"
SENDING_SOON_TITLE: Final = "まもなく送信します"
SENDING_SOON: Final = "止めると、まだ送らずに用紙に戻ります。"
SENDING_NOW: Final = "送配電会社の応答を待っています。"
ACCEPTED_TITLE: Final = "受け付けられました"
RECEIPT_LABEL: Final = FIELD_NAMES["receipt_number"]
RECEIPT_COPIED: Final = "クリップボードにコピーしました"
COPY_RECEIPT: Final = "コピー(&C)"
RECEPTION_MESSAGE: Final = FIELD_NAMES["reception_message"]
SHOW_IN_INBOX: Final = "受付トレイで見る(&I)"
SETTLE: Final = f"結果不明を確かめる　{RECONCILE.label}"
NEXT_APPLICATION: Final = "次の申込(&N)"
UNKNOWN_TITLE: Final = OUTBOX_STATE_NAMES[OutboxState.UNKNOWN]
UNKNOWN_LEAD: Final = "{reason}受け付けられたかどうか分かりません。"
UNKNOWN_POINTS: Final = (
    "申込は届いているかもしれません。二重の申込を避けるため、自動では再送しません。",
    "送配電会社の一覧とは、自動で照らし合わせます。「結果不明を確かめる」で、届いていたかどうかを決めてください。",
    "お急ぎのときは、送配電会社に電話で確かめてください。",
)
REJECTED_TITLE: Final = "受け付けられませんでした"
REJECTED_LEAD: Final = "受付不可でした。送配電会社はこの申込を受け付けていません。入力は残っています。"
REJECTED_BY_STATUS: Final = "{reason}入力は残っています。送り直す前に、送配電会社の一覧に載っていないかを確かめます。"
REJECTED_BAD_REQUEST: Final = "{reason}入力は残っています。"
SERVER_WORDS: Final = "送配電会社からの返答"
RECEIPT_READ: Final = "応答から読み取れた申込受付番号（受け付けられた証明にはなりません）"
OTHER_APPLICATION: Final = "返ってきた申込受付番号と、すでにその番号を持つ申込"
NO_SERVER_WORDS: Final = "（返答の文はありません）"
MEND: Final = "内容を直す(&E)"
KEPT_TITLE: Final = "送信トレイに入れました"
KEPT_CLOSED: Final = "受付時間外のため、まだ送っていません。{until}に再開します。再開したら、自動で送ります。"
KEPT_CLOSED_OPEN_END: Final = "受付が止まっているため、まだ送っていません。再開した後に、自動で送ります。"
KEPT_UNREACHABLE: Final = "申込は届いていません。つながり次第、自動で送ります。"
KEPT_STOPPED: Final = "申込は届いていません。送信トレイに残っています。"
KEPT_HELD: Final = "{why}のため、まだ送っていません。申込は送信トレイに残っています。"
KEPT_SAFE: Final = "この画面を閉じても、電源を切っても、申込は失われません。"
LOGIN_TITLE: Final = "ログインを断られました"
LOGIN_LEAD: Final = "{reason}この申込は受け付けられていません。送信トレイに残っています。"
LOGIN_STOPPED: Final = "ログインID・パスワードを設定で直すまで、送配電会社へは何も送りません。"
TRY_ONCE: Final = "一度だけ試す(&R)"
KEPT_ASIDE: Final = (
    "パソコンのデータに書き込めないため、結果を別の場所（{place}）に置きました。書き込めるようになれば、次に起動したときに取り込みます。"
)
KEPT_NOWHERE: Final = "パソコンのどこにも書き込めないため、結果を保存できませんでした。画面を閉じる前に書きとめてください。"
NOT_STORED_TITLE: Final = "受け付けられましたが、保存できませんでした"
NOT_STORED_POINTS: Final = ("申込受付番号を書きとめてください。同じ申込を送り直さないでください。",)
SENT_ELSEWHERE: Final = "ほかの画面がこの申込を送信しています。結果は送信トレイで確かめてください。"
CANCELLED_TITLE: Final = "取り消しました"
CANCELLED_LEAD: Final = "申込は送信されていません。"
RETRY: Final = "もう一度送信(&R)"
SETUP_TITLE: Final = "設定を確かめてください"
SETUP_LEAD: Final = "設定に誤りがあるため送信できませんでした。申込は届いていません。送信トレイに残っています。"
NOT_SAVED_TITLE: Final = "保存できませんでした"
NOT_SAVED_LEAD: Final = "申込を送信トレイに保存できなかったため、送信していません。入力は残っています。"
OPEN_SETTINGS: Final = "設定を開く(&S)"
NOTICE_OUTBOX: Final = "送信トレイを見る"

# --- the outbox -------------------------------------------------------------------------------------------------------------------


def similar_row(one: SimilarApplication, today: date) -> str:
    """One application at the same point, and how far it is: the utility's stage, where it has one, else how it stands in the outbox."""
    day = dates.recent(one.at, today) if isinstance(one.at, datetime) else SIMILAR_REGISTERED.format(day=dates.recent_day(one.at, today))
    return SIMILAR_ROW.format(
        receipt=one.receipt_number or SIMILAR_NO_RECEIPT,
        kind=kind_name(one.kind),
        when=day,
        state=one.stage or (SIMILAR_LISTED if one.state is None else OUTBOX_STATE_NAMES[one.state]),
        visit=SIMILAR_VISIT.format(day=dates.day(one.visit_on)) if one.visit_on else "",
    )


def similar_lines(similar: Sequence[SimilarApplication], today: date) -> list[str]:
    """The applications, one a line, and how many more there are."""
    lines = [similar_row(one, today) for one in similar[:_SHOWN]]
    return lines + [SIMILAR_MORE.format(count=len(similar) - _SHOWN)] * (len(similar) > _SHOWN)


def at_point_open(kind: ApplicationKind) -> str:
    """この地点の停電の申込が、まだ終わっていません。"""
    return AT_POINT_OPEN.format(kind=KIND_NAMES[kind])


def no_double(kind: ApplicationKind, similar: Sequence[SimilarApplication] | None) -> str:
    """What the clerk ticks: that this is another outage, or another application, than the ones that are open; None: nobody could tell."""
    if similar is None:
        return NO_DOUBLE_UNPROVED
    number = similar[0].receipt_number.replace("&", "&&") if len(similar) == 1 else ""
    other = f"{number} " if number else NO_DOUBLE_SEVERAL.format(count=len(similar))
    return NO_DOUBLE.format(other=other, what=KIND_NAMES[kind] if kind is ApplicationKind.OUTAGE else FIELD_NAMES["application"])


def kept_aside(place: str) -> str:
    """Where an outcome is that the outbox could not take; ``place`` is empty where nothing could be written."""
    return KEPT_ASIDE.format(place=place) if place else KEPT_NOWHERE


def draft_customer(fields: Mapping[str, str]) -> str:
    """Whose draft it is: the name, else the number as far as it goes, else a word for neither."""
    name, number = (" ".join(fields.get(field, "").split()) for field in ("customer_name", "supply_point_number"))
    return name or grouped(number) or DRAFT_NO_NAME


def kind_title(kind: ApplicationKind) -> str:
    """停電の申込."""
    return WIZARD_TITLE.format(kind=narrow_kind_name(kind))


def changes(codes: tuple[str, ...]) -> str:
    """What the paste cleaner did, in one short line; empty if nothing."""
    return CHANGED.format(changes="、".join(CHANGES[code] for code in codes)) if codes else ""


PROBABLY_MEANT: Final = "{ago}の{date}のことではありませんか。"
FAULTS: Final[Mapping[str, str]] = {
    FormCode.REQUIRED: "入力してください。",
    FormCode.UNKNOWN: "この種類の申込にはない項目です。",
    FormCode.SIMILAR_OPEN: "同じ地点の同じ種類の申込が、いま別に入りました。確認のページをもう一度見てください。",
    FormCode.CONTROL: "使えない文字（{character}）が入っています。",
    FormCode.TOO_LONG: "{length}文字あります。{limit}文字以内にしてください。",
    FormCode.CHOICE: "一覧から選んでください。",
    FormCode.EXCLUDED: "ほかの項目とどちらか一つだけ入力してください。",
    FormCode.FORMAT: "送配電会社の決まりに合わない値です。",
    FormCode.NOT_PHONE: "電話番号は数字とハイフンで入力してください。",
    FormCode.NOT_DIGITS: "数字だけで入力してください。",
    FormCode.POSTCODE: "郵便番号は7桁です。",
    FormCode.LENGTH: f"{{digits}}桁です。{{rest}}（{DIGITS}桁）。",
    FormCode.AREA: "先頭の {prefix} はどの地域の番号でもありません。",
    FormCode.AREA_OTHER: "先頭の {prefix} は{area}の番号です。関西は 06 で始まります。",
    FormCode.DATE_PAST: "{date}は過ぎています。",
    FormCode.DATE_FAR: "{date}は先すぎます（{days}日以内）。",
    FormCode.DATE_AHEAD: "{date}は{days}日先です。{meant}",
    FormCode.DATE_MISSING: "存在しない日付です。",
    FormCode.DATE_AMBIGUOUS: "年がはっきりしません。2026/12/1 か 令和8年12月1日 のように入力してください。",
    FormCode.DATE_UNREADABLE: "日付として読めません。例：12/1、+3、明日、2026-12-01",
    FormCode.ZEROS_AT_END: "末尾が0ばかりです。表計算ソフトで桁が失われていないか確かめてください。",
    FormCode.BEFORE_FROM: "「から」の日より前です。",
    FormCode.SUNDAY: "{date}は日曜日です。",
    FormCode.PUBLIC_HOLIDAY: "{date}は祝日です。",
    FormCode.OUTSIDE_CP932: "相手のシステムで表示できないかもしれない文字：{characters}",
}


def fault(value: FieldFault) -> str:
    """A sentence about one fault or caution of a form."""
    facts: dict[str, str] = dict(value.facts)
    if "date" in facts:
        facts["date"] = dates.full_day(date.fromisoformat(facts["date"]))
    if "characters" in facts:
        facts["characters"] = letters_in_words(facts["characters"])
    if value.code == FormCode.DATE_AHEAD:
        before = facts.get("before")
        past = {"ago": dates.days_ago(int(facts["ago"])), "date": dates.full_day(date.fromisoformat(before))} if before else {}
        facts["meant"] = PROBABLY_MEANT.format(**past) if past else ""
    if "digits" in facts:
        missing = DIGITS - int(facts["digits"])
        facts["rest"] = f"あと{missing}桁足りません" if missing > 0 else f"{-missing}桁多すぎます"
    if facts.get("area"):
        facts["area"] = AREA_NAMES_JA[Area(facts["area"])]
    if not isinstance(value.code, SpreadsheetCode):
        return filled(FAULTS[value.code], facts)
    from denkidesk.texts.faults import SPREADSHEET_FAULTS

    return filled(SPREADSHEET_FAULTS[value.code], facts)


def choice_fault(value: FieldFault) -> str:
    """As :func:`fault`, for fields where one chooses and does not type."""
    return "選んでください。" if value.code == FormCode.REQUIRED else fault(value)


def note_text(values: Mapping[str, str]) -> str:
    """The answers of the telephone triage and the clerk's note as lines of text."""
    lines = [
        NOTE_LINE.format(label=field_name(name), answer=ANSWERS[values[name]])
        for name in ("triage_neighbours", "triage_scope", "triage_breaker", "triage_meter")
        if values.get(name) in ANSWERS
    ]
    note = values.get("note", "").strip()
    return "\n".join([*lines, *([note] if note else [])])
