"""The list of subsidies on a real store and the practice server: kept, compared with the one before, narrowed, never interpreted."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import ServerRefused, Unreachable
from denkidesk.domain.plans import Subsidy
from denkidesk.domain.subsidies import (
    Standing,
    SubsidyFilter,
    audiences_of,
    cities_of,
    facilities_of,
    place_of,
    prefectures_of,
    quoted,
    row_of,
)
from denkidesk.practice.faults import parse_fault
from denkidesk.settings import Settings
from denkidesk.texts import subsidies as texts

ONE = Subsidy(
    *(
        "7",
        "見本 蓄電池の補助",
        "関西",
        "大阪府",
        "見本市",
        "個人・事業者",
        ("蓄電池",),
        "架空の内容",
        "設置費用の1/3（上限20万円）",
        "00-0000-0000",
    ),
    *("https://www.example.com/7", "見本課", "2026-02-03T09:00:00+09:00"),
)


@pytest.fixture
def clock():
    """A time that goes on when a test says so."""
    return [datetime(2026, 11, 4, 10, tzinfo=JST)]


@pytest.fixture
def desk(clock, start_practice_servers, tmp_path):
    practice = start_practice_servers(now=lambda: clock[0])
    opened = open_desk(Run.decide(tmp_path / "home", Settings(), servers=practice), now=lambda: clock[0])
    opened.practice = practice
    yield opened
    opened.close()


def standings(found):
    return {row.subsidy.id: row.standing for row in found.rows if row.standing is not Standing.KNOWN}


def test_nothing_is_kept_before_the_first_fetch_and_nothing_is_new_in_it(desk, clock):
    assert desk.subsidies.kept() is None
    assert not desk.subsidies.is_of_today()
    found = desk.subsidies.fetch().value
    assert len(found.rows) == 30
    assert (found.compared_at, found.gone, standings(found)) == (None, 0, {})
    assert desk.subsidies.kept() == found
    assert desk.subsidies.is_of_today()
    clock[0] += timedelta(days=1)
    assert not desk.subsidies.is_of_today()


def test_what_is_new_changed_and_gone_is_said_against_the_list_before(desk, clock):
    desk.subsidies.fetch()
    seen_last = clock[0] = clock[0] + timedelta(days=20)
    desk.subsidies.fetch()  # unchanged
    clock[0] += timedelta(days=15)
    found = desk.subsidies.fetch().value
    assert sorted(standings(found).values()) == [Standing.CHANGED, Standing.CHANGED, Standing.NEW]  # last month's change is taken back
    assert (found.gone, found.compared_at) == (1, seen_last)
    assert [row.standing for row in found.rows[:3]] == [Standing.NEW, Standing.CHANGED, Standing.CHANGED]
    assert all("price" in row.changed and "modified" in row.changed for row in found.rows[1:3])
    clock[0] += timedelta(hours=3)
    assert standings(desk.subsidies.fetch().value) == standings(found), "an equal list takes no mark away"


def test_without_a_server_the_kept_list_comes_with_its_age_and_the_reason(desk, clock):
    with_server = desk.subsidies.fetch()
    desk.practice.stop()
    clock[0] += timedelta(days=3)
    answer = desk.subsidies.fetch()
    assert answer.from_store
    assert isinstance(answer.error, Unreachable)
    assert (answer.value, answer.fetched_at) == (with_server.value, with_server.fetched_at)


@pytest.mark.parametrize("fault", ["bad-request-400", "error-500", "not-xml", "empty-200"])
def test_a_fault_of_the_server_is_told_and_nothing_is_kept_of_it(desk, fault):
    desk.practice.quoting.faults.add(parse_fault(f"{fault}@subsidy*1"))
    with pytest.raises((ServerRefused, Unreachable)):
        desk.subsidies.fetch()
    assert desk.subsidies.kept() is None
    assert len(desk.subsidies.fetch().value.rows) == 30


def test_the_catalogue_fills_both_lists_too(desk):
    done = desk.catalogue.sync(10_000)
    assert (done.left, done.failed) == (0, ())
    assert len(desk.subsidies.kept().rows) == 30
    codes = desk.store.catalogue.stamps("area_prices")
    assert sorted(codes) == [f"{number:02}" for number in range(1, 10)]


def test_what_one_of_the_lists_is_refused_for_is_named_and_the_other_comes(desk):
    desk.practice.quoting.faults.add(parse_fault("bad-request-400@subsidy"))
    done = desk.catalogue.sync(10_000)
    assert [name for name, _ in done.failed] == ["subsidies"]
    assert done.left == 0
    assert desk.store.catalogue.stamps("area_prices")
    assert not desk.catalogue.sync(10_000, skip=frozenset(["subsidies"])).failed


def rows(*subsidies):
    return [row_of(one, one, is_first_list=False) for one in subsidies]


def test_places_are_read_as_far_as_they_name_a_prefecture():
    vague = replace(ONE, id="8", prefecture="北海道など", city="")
    everywhere = replace(ONE, id="9", prefecture="", city="", area="全国")
    other = replace(ONE, id="10", prefecture="関西広域", city="")
    listed = rows(ONE, vague, everywhere, other)
    assert [row.prefectures for row in listed] == [("大阪府",), ("北海道",), (), ("関西広域",)]
    assert prefectures_of(listed) == ["北海道", "大阪府", "関西広域"]
    assert cities_of(listed, "大阪府") == ["見本市"]
    assert [place_of(row.subsidy) for row in listed] == ["大阪府 見本市", "北海道など", "全国", "関西広域"]
    assert SubsidyFilter(prefecture="大阪府").of(listed) == [listed[0], listed[2]], "what names no prefecture is for all of them"
    assert SubsidyFilter(prefecture="北海道").of(listed) == [listed[1], listed[2]]


def test_city_facility_audience_words_and_news_narrow_the_list():
    of_prefecture = replace(ONE, id="8", city="")
    other_city = replace(ONE, id="9", city="例示市", facilities=("V2H", "蓄電池"), subsidy_class="事業者")
    listed = [*rows(ONE, of_prefecture), row_of(other_city, None, is_first_list=False)]
    assert SubsidyFilter("大阪府", city="見本市").of(listed) == listed[:2]
    assert SubsidyFilter(facility="V2H").of(listed) == listed[2:]
    assert SubsidyFilter(audience="個人").of(listed) == listed[:2]
    assert SubsidyFilter(news_only=True).of(listed) == listed[2:]
    assert SubsidyFilter(words="ﾁｸﾃﾞﾝﾁ").of(listed) == []
    assert SubsidyFilter(words="ｖ2ｈ 例示").of(listed) == listed[2:]
    assert SubsidyFilter(words="上限20万 見本課").of(listed) == listed
    assert facilities_of(listed) == ["蓄電池", "V2H"]
    assert audiences_of(listed) == ["事業者", "個人"]


def test_an_old_entry_says_so_and_a_date_that_is_none_stays_as_written():
    (row,) = rows(ONE)
    assert not row.is_old(date(2027, 2, 3))
    assert texts.modified_words(row, date(2027, 2, 4)) == "2026-02-03（1年以上前）"
    (odd,) = rows(replace(ONE, modified="令和8年"))
    assert texts.modified_words(odd, date(2027, 2, 4)) == "令和8年"
    (never,) = rows(replace(ONE, modified="2026-02-30"))
    assert never.modified_on is None


def test_the_sentence_on_paper_has_the_lists_own_words_its_day_and_that_the_office_must_be_asked():
    sentence = texts.subsidy_sentence(quoted(ONE, date(2026, 11, 4)))
    for part in (ONE.title, ONE.price, ONE.phone, "大阪府 見本市", "窓口で要確認", "2026年11月4日", "金額には入っていません"):
        assert part in sentence
