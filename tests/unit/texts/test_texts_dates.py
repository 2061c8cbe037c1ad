"""A date is said in one of a few forms, and one module alone knows them."""

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import denkidesk
from denkidesk.domain.clock import JST, now_jst
from denkidesk.texts import dates

PACKAGE = Path(denkidesk.__file__).parent
TODAY = date(2026, 11, 22)
SPEAKER = PACKAGE / "texts" / "dates.py"


def test_a_day_near_today_needs_no_year_and_any_other_has_it():
    here = now_jst().year
    assert dates.day(date(here, 3, 5)) == f"3月5日({'月火水木金土日'[date(here, 3, 5).weekday()]})"
    assert dates.short_day(date(here, 3, 5)).startswith("3/5(")
    assert dates.day(date(2020, 12, 1)) == dates.full_day(date(2020, 12, 1)) == "2020年12月1日(火)"
    assert dates.short_day(date(2020, 12, 1)) == "2020/12/1(火)"
    assert dates.paper_day(date(2020, 12, 1)) == "2020年12月1日"
    assert dates.day(None) == dates.short_day(None) == dates.moment(None) == ""


def test_moments_are_said_in_japans_time():
    late = datetime(2020, 11, 30, 16, 5, tzinfo=UTC)
    assert dates.moment(late) == "2020年12月1日(火) 1:05"
    assert dates.short_moment(late) == "2020/12/1(火) 1:05"
    assert dates.clock(late) == "1:05"


def test_a_span_says_what_both_its_ends_have_in_common_once():
    first = datetime(2020, 11, 30, 16, 5, 10, tzinfo=UTC)
    assert dates.short_span(first, first.replace(second=50)) == "2020/12/1(火) 1:05"
    assert dates.short_span(first, first.replace(minute=20)) == "2020/12/1(火) 1:05～1:20"
    before = datetime(2020, 11, 30, 14, 59, tzinfo=UTC)
    assert dates.short_span(before, first) == "2020/11/30(月) 23:59～2020/12/1(火) 1:05"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 22, 0, 0, tzinfo=JST), "今日 0:00"),
        (datetime(2026, 11, 21, 23, 59, tzinfo=JST), "昨日 23:59"),
        (datetime(2026, 11, 23, 3, 0, tzinfo=JST), dates.moment(datetime(2026, 11, 23, 3, 0, tzinfo=JST))),
        (datetime(2020, 11, 20, 9, 5, tzinfo=JST), "2020年11月20日(金) 9:05"),
    ],
)
def test_what_is_recent_is_told_by_its_distance(at, said):
    assert dates.recent(at, TODAY) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-12-01", "2026年12月1日"),
        ("2026-12-01 09:00", "2026年12月1日 9:00"),
        ("2026-12", "2026年12月"),
        ("09:00", "9:00"),
        ("2026-02-30", "2026-02-30"),
        ("1", "1"),
        ("", ""),
    ],
)
def test_a_written_fact_is_said_and_any_other_text_stays(written, said):
    assert dates.written(written) == said
    assert dates.in_words({"day": written, "value": written}) == {"day": said, "value": written}


def speakers():
    """Every module of the words and the screens, with what in it looks like a date being made into words."""
    made = re.compile(r"strftime|astimezone|月火水木|:%[HYmd]|\.(?:year|month|day|hour|minute)(?::0?2)?\}|isoformat\(\)")
    for room in ("texts", "ui"):
        for file in sorted((PACKAGE / room).rglob("*.py")):
            source = file.read_text(encoding="utf-8")
            strings = [ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr | ast.Call)]
            if any(made.search(text) for text in strings):
                yield file


def test_nobody_else_makes_words_of_a_date():
    assert set(speakers()) == {SPEAKER}
