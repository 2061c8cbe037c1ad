"""The pictures of a printed quote: what they draw stays in its box, no word lies on another, and what was not measured is not drawn."""

import random
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import matplotlib
import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPicture

from denkidesk.desk.load_profile import holidays_of, mean_days, price_bands
from denkidesk.domain.usage import UsageDay
from denkidesk.settings import resources_dir
from denkidesk.ui.charts.figures import MonthStack
from denkidesk.ui.charts.printed import LoadPicture, MonthBars, hatch, ticks
from denkidesk.ui.charts.style import FONT_FAMILY, PART_STYLES, load_chart_fonts
from denkidesk.ui.quote.pictures import Pictures
from fakes.desk_home import environment
from fakes.plan_builder import condition, plan, usage

BOX = QRectF(150, 200, 1800, 620)


@pytest.fixture(autouse=True)
def fonts(theme):
    load_chart_fonts(resources_dir() / "fonts")


class Page:
    """Notes where each word stands, set smaller where its box is too narrow, as a page does it."""

    def __init__(self):
        self.words = []

    def __call__(self, rect, text, points, *, bold=False, color=None, align=Qt.AlignmentFlag.AlignLeft):
        font = QFont(FONT_FAMILY)
        font.setPixelSize(round(points * 254 / 72))
        font.setBold(bold)
        metrics = QFontMetricsF(font)
        width, height = min(rect.width(), metrics.horizontalAdvance(text)), metrics.ascent()
        free = rect.width() - width
        left = rect.left() + (free if align & Qt.AlignmentFlag.AlignRight else free / 2 if align & Qt.AlignmentFlag.AlignHCenter else 0)
        if text:
            self.words.append((text, QRectF(left, rect.center().y() - height / 2, width, height)))
        return height

    def collisions(self):
        pairs = ((one, other) for at, one in enumerate(self.words) for other in self.words[at + 1 :])
        return [(one[0], other[0]) for one, other in pairs if one[1].adjusted(1, 1, -1, -1).intersects(other[1].adjusted(1, 1, -1, -1))]


def drawn(act):
    page, picture = Page(), QPicture()
    with QPainter(picture) as painter:
        act(Pictures(painter, page))
    return page


def stack(rnd, size, month, *, partial=False):
    parts = {name: rnd.uniform(0.05, 1) * size for name in PART_STYLES} | {"discount": -0.02 * size}
    parts["adjust"] *= rnd.choice((-1, 1))
    return MonthStack(f"{month}月" + ("\n30/31 日" if partial else ""), parts, sum(parts.values()), estimated=rnd.random() < 0.2)


@pytest.mark.parametrize("bars", [1, 2])
def test_no_two_words_of_the_months_lie_on_each_other_over_random_bills(bars):
    rnd = random.Random(15)  # noqa: S311 - no secret
    for _ in range(60):
        size, partial = 10 ** rnd.uniform(2, 6.4), rnd.random() < 0.3
        months = [[stack(rnd, size, month, partial=partial) for _ in range(bars)] for month in range(1, rnd.randint(2, 13))]
        rows = (
            [(name, [f"{round(month[0].total):,}" for month in months]) for name in ("現在 円", "ご提案 円", "差 円")] if bars == 2 else []
        )
        page = drawn(lambda pictures: pictures.months(BOX, months, rows))  # noqa: B023 - at once
        assert page.collisions() == []
        assert all(BOX.contains(box) for _, box in page.words), [words for words, box in page.words if not BOX.contains(box)]


def test_no_two_words_of_the_mean_days_and_of_the_year_lie_on_each_other():
    bands = plan(
        condition("32.1", hours=(10, 17), name="昼"), condition("25.1", order=2, hours=(17, 23), name="朝夕"),
        condition("17.45", order=3, hours=(23, 10), name="夜"),
    )  # fmt: skip
    rnd = random.Random(4)  # noqa: S311 - no secret
    for _ in range(20):
        level = 10 ** rnd.uniform(-1, 2)
        used = usage(date(2026, rnd.randint(1, 12), 1), 300, lambda day, hour: level * rnd.random())  # noqa: B023 - at once
        for detail in (bands, plan()):
            days, prices = mean_days(used, holidays_of(detail)), price_bands(detail)
            page = drawn(lambda pictures: pictures.days(BOX, days, prices))  # noqa: B023 - at once
            assert page.collisions() == []
        page = drawn(lambda pictures: pictures.load(BOX, LoadPicture(used)))  # noqa: B023 - at once
        assert page.collisions() == []


def test_an_hour_that_has_no_room_for_its_price_leaves_it_to_the_band_that_has():
    detail = plan(condition("25.1", hours=(7, 23), name="昼"), condition("17.45", order=2, hours=(23, 7), name="夜"))
    page = drawn(lambda pictures: pictures.days(BOX, (), price_bands(detail)))
    assert [words for words, _ in page.words if len(words) == 5] == ["17.45", "25.10"]


def test_an_axis_has_round_figures_and_zero():
    assert ticks(0, 15_300) == (0, 5_000, 10_000, 15_000)
    assert ticks(-900, 9_500) == (0, 2_500, 5_000, 7_500)
    assert ticks(0, 0.43) == pytest.approx((0, 0.1, 0.2, 0.3, 0.4))
    for span in range(1, 3000, 7):
        assert 0 in ticks(-span, 10 * span)
        assert len(ticks(-span, 10 * span)) <= 6


@pytest.mark.parametrize("signs", ["////", "\\\\", "xx", ".."])
def test_a_hatch_stays_within_its_box_and_fills_it(signs):
    rnd = random.Random(7)  # noqa: S311 - no secret
    for _ in range(20):
        box = QRectF(rnd.randint(20, 80), rnd.randint(20, 80), rnd.randint(50, 90), rnd.randint(50, 90))
        image = QImage(200, 200, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            hatch(painter, box, signs, QColor("black"))
        pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(200, image.bytesPerLine())[:, :200]
        rows, columns = np.nonzero(pixels < 128)
        assert box.adjusted(-2, -2, 2, 2).contains(QRectF(columns.min(), rows.min(), np.ptp(columns), np.ptp(rows)))
        assert np.ptp(columns) > box.width() / 2
        assert np.ptp(rows) > box.height() / 2


def test_what_is_taken_off_hangs_below_zero_and_what_is_due_stands_above():
    parts = dict.fromkeys(PART_STYLES, 0.0) | {"base": 300.0, "usage": 700.0, "adjust": -200.0}
    bars = MonthBars(BOX, [[MonthStack("1月", parts, 800.0)]])
    assert bars.height_of(1000) == pytest.approx(bars.top_of(0))
    assert BOX.top() <= bars.top_of(0) < bars.height_of(0) < bars.height_of(-200) <= BOX.bottom()
    assert bars.parts == ("base", "usage", "adjust")


def test_the_years_hours_have_the_screens_colours_and_a_gap_is_white():
    used = usage(date(2026, 1, 1), 4, lambda day, hour: hour / 23)
    days = list(used.days)
    days[2] = UsageDay(days[2].day, (None,) * 24)
    picture = LoadPicture(replace(used, days=tuple(days)))
    image = picture._image
    assert [image.pixelColor(2, hour).name() for hour in range(24)] == ["#ffffff"] * 24
    colours = matplotlib.colormaps["cividis"]
    for hour in range(24):
        wanted = [part * 255 for part in colours(min(1.0, hour / 23 / picture.top_kwh))[:3]]
        assert image.pixelColor(0, hour).getRgb()[:3] == pytest.approx(wanted, abs=12)
    for place, ours in enumerate(picture._ramp):
        assert ours == pytest.approx([part * 255 for part in colours(place)[:3]], abs=12)


WRITES = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from fakes.quote_sheet import sheet
from denkidesk.compose.paper import write_quote
write_quote(Path(sys.argv[1]), sheet())
print(any(name.split(".")[0] == "matplotlib" for name in sys.modules))
"""


def test_a_quote_is_written_without_matplotlib(tmp_path):
    """It alone takes more than the page may take, and a second to load."""
    path = str(tmp_path / "quote.pdf")
    done = subprocess.run([sys.executable, "-c", WRITES, path], capture_output=True, text=True, env=environment(), timeout=100, check=False)
    assert done.stdout.split() == ["False"], done.stderr
    assert (tmp_path / "quote.pdf").stat().st_size > 10_000


def test_hours_that_were_never_measured_are_no_picture(tmp_path):
    from tests.ui.test_quote_kept import made, text_of

    *_, sheet = made()
    assert "1年の使い方" in text_of(tmp_path / "measured.pdf", sheet)[1]
    page = text_of(tmp_path / "estimated.pdf", replace(sheet, usage=replace(sheet.usage, estimated=True)))[1]
    assert "使い方" not in page
    assert "太い上線" in page
    assert Decimal(len(page)) > 300
