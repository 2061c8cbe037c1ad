"""What the clerk reads on the list of subsidies, and what a quote says of one."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from denkidesk.domain.subsidies import QuotedSubsidy, Standing, SubsidyList, SubsidyRow, place_of
from denkidesk.texts import dates
from denkidesk.texts.shortcuts import FIND, PROPOSE_PLAN

PAGE: Final = "補助金(&8)"
FIND_HINT: Final = f"制度名・内容・窓口（{FIND.label}）"
FIND_NAME: Final = "補助金を制度名・内容・窓口で探す"
PREFECTURE: Final = "都道府県(&R)"
CITY: Final = "市区町村(&Y)"
FACILITY: Final = "設備(&E)"
AUDIENCE: Final = "対象(&T)"
ANY: Final = "すべて"
NEWS_ONLY: Final = "新着・変更"
HEAD: Final = ("見積", "", "地域", "制度", "設備", "対象", "最終更新")
TICKED: Final = "✓"
STANDINGS: Final[Mapping[Standing, str]] = {Standing.NEW: "新着", Standing.CHANGED: "変更", Standing.KNOWN: ""}
NATIONWIDE: Final = "全国・地域の記載なし"
OLD: Final = "（1年以上前）"
TICK: Final = f"見積に載せる　{PROPOSE_PLAN.label}"
UNTICK: Final = f"見積から外す　{PROPOSE_PLAN.label}"
OPEN_PAGE: Final = "ページを開く(&O)"
NO_PAGE: Final = "この制度には、開けるページの記載がありません。"
FETCH: Final = "一覧を取得(&G)"
FETCHING: Final = "一覧を取得しています…"
NOTHING: Final = "補助金の一覧がまだありません。料金APIから取得すると、接続がなくても見られます。"
NO_MATCH: Final = "条件に合う補助金はありません。"
COUNT: Final = "{shown} 件（全 {all} 件）"
TICKED_COUNT: Final = "見積に {count} 件"
AGE: Final = "{age} に取得した一覧"
NEWS: Final = "{before}の一覧と比べて 新着 {new}・変更 {changed}・掲載終了 {gone}"
FIRST_LIST: Final = "新着と変更は、次に一覧が変わったときから分かります"
CHANGED_ITEMS: Final = "変わった項目：{items}"
ASK: Final = "窓口で要確認"
ASK_DETAIL: Final = "受付の状況・条件・金額は窓口で確かめてください。金額は一覧の文のままで、料金の計算には入れていません。"
PHONE_NONE: Final = "電話番号の記載なし"
PLACE: Final = "地域"
ITEMS: Final[Mapping[str, str]] = {
    "title": "制度",
    "area": "エリア",
    "prefecture": "都道府県",
    "city": "市区町村",
    "subsidy_class": "対象",
    "facilities": "設備",
    "overview": "内容",
    "price": "金額（原文）",
    "phone": "電話",
    "url": "ページ",
    "rep": "窓口",
    "modified": "最終更新",
}
SPOKEN: Final = "{standing}{title}、{place}、{facilities}、{audience}{ticked}"
SPOKEN_TICKED: Final = "、見積に載せる"
ON_QUOTE: Final = "補助金（窓口で要確認。この試算の金額には入っていません）：{title}（{facts}、{day}の一覧）"
"""A sentence on paper."""


def subsidy_sentence(subsidy: QuotedSubsidy) -> str:
    """What the paper says of one: its own words, with the day of the list and that the office must be asked."""
    facts = "、".join(filter(None, (subsidy.place, subsidy.price, subsidy.phone)))
    return ON_QUOTE.format(title=subsidy.title, facts=facts or NATIONWIDE, day=dates.paper_day(subsidy.listed_on))


def place_words(row: SubsidyRow) -> str:
    """大阪府 見本市; that it is for the whole country, or says nothing of the place."""
    return place_of(row.subsidy) if row.prefectures or row.subsidy.city.strip() else row.subsidy.area.strip() or NATIONWIDE


def modified_words(row: SubsidyRow, today: date) -> str:
    """The day of the last change, and whether that is long ago; what is no date stays as it was written."""
    day = row.modified_on
    if day is None:
        return row.subsidy.modified
    return dates.in_field(day) + (OLD if row.is_old(today) else "")


def age_words(known: SubsidyList, today: date) -> str:
    """How old the list is, and how it compares with the one before."""
    age = AGE.format(age=dates.recent(known.checked_at, today))
    if known.compared_at is None:
        return f"{age}　{FIRST_LIST}"
    counts = {standing: sum(row.standing is standing for row in known.rows) for standing in Standing}
    before = dates.recent_day(known.compared_at.date(), today)
    news = NEWS.format(before=before, new=counts[Standing.NEW], changed=counts[Standing.CHANGED], gone=known.gone)
    return f"{age}　{news}"


def spoken(row: SubsidyRow, is_ticked: bool) -> str:
    """A row for a screen reader."""
    standing = STANDINGS[row.standing]
    return SPOKEN.format(
        standing=f"{standing}、" if standing else "",
        title=row.subsidy.title,
        place=place_words(row),
        facilities="・".join(row.subsidy.facilities),
        audience=row.subsidy.subsidy_class,
        ticked=SPOKEN_TICKED if is_ticked else "",
    )


def detail_lines(row: SubsidyRow, today: date) -> tuple[tuple[str, str], ...]:
    """Everything beside title and telephone, as (name, words); what is not there has no line."""
    one = row.subsidy
    lines = (
        ("price", one.price),
        ("prefecture", place_words(row)),
        ("facilities", "・".join(one.facilities)),
        ("subsidy_class", one.subsidy_class),
        ("overview", one.overview),
        ("rep", one.rep),
        ("url", one.url),
        ("modified", modified_words(row, today)),
    )
    found = tuple((PLACE if name == "prefecture" else ITEMS[name], words) for name, words in lines if words)
    if row.changed:
        items = "・".join(ITEMS[name] for name in row.changed if name in ITEMS)
        return ((STANDINGS[row.standing], CHANGED_ITEMS.format(items=items)), *found)
    return found
