"""The customer's page: all of it is there in every window, light and dark, and what is doubtful is said."""

from datetime import date

import pytest

from denkidesk.desk.offers import Offer
from denkidesk.domain.bills import FuelChoice
from denkidesk.domain.ranking import Trial
from denkidesk.domain.why import Both, MonthPair, Outlook, Why, WhyLine, WhyPart
from denkidesk.ui.customer.page import CustomerPage, Head

SIZES = [(1920, 1080), (1280, 800), (853, 533), (800, 480), (1280, 720)]
LONG = "見本のとても長い名前の地域電力株式会社グループ"


def offer(differences=(-700, -1500, -2000, -1700, -1100, -100, -10, -100, -400, -60, -70, -40), *, start=12_000, **changes):
    months = tuple(MonthPair(f"2026-{n:02}", start, start + apart, is_partial=False) for n, apart in enumerate(differences, 1))
    present, proposed = (sum(amounts) for amounts in zip(*((one.present_yen, one.proposed_yen) for one in months), strict=True))
    lines = (WhyLine(WhyPart.BASE, "", 6_000, 7_000), WhyLine(WhyPart.BAND, "", present - 6_000, proposed - 7_000))
    facts = {
        "present_name": "従量電灯A",
        "company_name": "見本電力",
        "plan_name": "見本プラン",
        "is_present": False,
        "is_market_linked": False,
        "why": Why(lines, months, present, proposed),
        "outlook": Outlook((Both("2026-01", present, proposed - 900), Both("2026-07", present, proposed + 900)), None, None, None),
        "is_year": True,
        "kwh": 5_179.0,
        "first": date(2026, 1, 1),
        "last": date(2026, 12, 31),
        "fuel": FuelChoice(),
        "trial": Trial(),
        "unit": "A",
        "is_doubtful": False,
    }
    return Offer(**(facts | changes))


HEAD = Head("見本 太郎", "見本電力", date(2026, 11, 26), practice=True, leave="Esc")
LONG_HEAD = Head(LONG * 2, LONG, date(2026, 11, 26), practice=True, leave="Esc")
HARD = {
    "cheaper": offer(),
    "dearer": offer(tuple(range(100, 1300, 100))),
    "both": offer((-700, 900) * 6),
    "of millions": offer((-123_456,) * 12, start=12_345_678),
    "below zero": offer((-700, 900) * 6, start=-500),
    "three months": offer((-10, 20, 30), is_year=False),
    "present": offer((0,) * 12, is_present=True),
    "everything": offer(
        company_name=LONG,
        plan_name=LONG + "の時間帯別プラン",
        present_name=LONG,
        is_market_linked=True,
        is_doubtful=True,
        trial=Trial(11, 30, 5, None),
    ),
}


@pytest.fixture
def page(theme, qtbot):
    page = CustomerPage(theme, None)
    qtbot.addWidget(page)
    return page


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("head", [HEAD, LONG_HEAD], ids=["short", "long"])
def test_nothing_is_left_out_in_any_window(page, name, head, tmp_path):
    page.show_offer(head, HARD[name])
    for size in SIZES:
        page.resize(*size)
        page.grab().save(str(tmp_path / f"{name}-{size[0]}x{size[1]}.png"))
        assert page.is_whole, size


def test_a_saving_is_never_said_of_what_is_dearer_equal_or_no_year(page):
    page.show_offer(HEAD, HARD["dearer"])
    assert "年間 7,800円 高くなる見込みです" in page.words
    assert "安く" not in page.words.replace("どちらも", "")
    page.show_offer(HEAD, offer((0,) * 12))
    assert "料金は変わらない見込みです" in page.words
    page.show_offer(HEAD, HARD["three months"])
    assert "年" not in page.words.replace("2026年", "")
    assert "この期間で 40円 高くなる見込みです" in page.words
    page.show_offer(HEAD, offer(why=None))
    assert "比べられません" in page.words
    assert "円" not in page.words


def test_what_makes_a_figure_doubtful_stands_on_the_page(page):
    page.show_offer(HEAD, HARD["everything"])
    for said in ("参考の金額です", "市場価格が高騰すると", "使用量 +11%、", "平日の在宅 週5日多く", "過去の単価"):
        assert said in page.words
    page.show_offer(HEAD, HARD["cheaper"])
    assert "参考の金額" not in page.words


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_are_drawn_on_their_own_ground(page, theme, scheme):
    theme.set_scheme(scheme)
    page.show_offer(HEAD, HARD["cheaper"])
    page.resize(1280, 800)
    assert page.grab().toImage().pixelColor(2, 2) == theme.colour("surface")
