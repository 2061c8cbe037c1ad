"""The pictures of a bill and a usage: labels keep clear of each other, colours are told apart, numbers stand behind, parts lead on."""

import itertools
from dataclasses import replace
from decimal import Decimal
from functools import partial

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.text import Text
from pypdf import PdfReader
from PySide6.QtGui import QFontDatabase, QImage

from denkidesk.settings import resources_dir
from denkidesk.texts import pictures as texts
from denkidesk.texts import tariffs as tariff_texts
from denkidesk.ui.charts import curves, figures
from denkidesk.ui.charts.layout import box_of, fit_legend, labels_of, places_of
from denkidesk.ui.charts.pictures import PictureKind, Schedule, picture_of, table_of
from denkidesk.ui.charts.ranking_bars import RankingBars, RankingLine, ranking_lines_of
from denkidesk.ui.charts.renderer import ChartRenderer
from denkidesk.ui.charts.style import (
    ESTIMATED_HATCH,
    FONT_FILES,
    LINE_DASHES,
    ON_PRICE,
    PAPER,
    PART_STYLES,
    PRICE_RAMP,
    between,
    load_chart_fonts,
    style_within,
)
from denkidesk.ui.parts.colours import DARK, LIGHT
from denkidesk.ui.tariffs.schedule_view import ScheduleView, scale_of
from fakes.colour_vision import VISIONS, contrast, lab
from fakes.pictures import dice, random_bill, random_pictures, random_question
from fakes.plan_builder import condition, plan

STYLES = {"light": style_within(LIGHT), "dark": style_within(DARK), "paper": PAPER}
SIZES = [(430, 264), (620, 200), (880, 330), (1200, 420)]  # in the widget's units
KINDS = [*(kind.value for kind in PictureKind), "month", "day", "ranking"]


@pytest.fixture(autouse=True)
def chart_fonts(qapp):
    load_chart_fonts(resources_dir() / "fonts")
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name))


def drawn(maker, size, ratio, style=PAPER):
    """The figure as the screen has it, all in place."""
    return laid_out(maker(style), size, ratio)


def laid_out(figure, size, ratio):
    """Puts everything in its place, without a pixel, at a size in the widget's units; ``ratio``: 1.5 on a screen at 150 %."""
    FigureCanvasAgg(figure)
    figure.set_size_inches(size[0] / 100, size[1] / 100)
    figure.set_dpi(100 * ratio)
    fit_legend(figure)
    figure.draw_without_rendering()
    return figure


def all_labels(figure):
    """Every label that was drawn, the legend's as well."""
    return [*labels_of(figure), *(text for legend in figure.legends for text in legend.get_texts())]


def faults(figure):
    """Pairs of labels that overlap, and labels that are cut off."""
    labels = all_labels(figure)
    boxes = [box_of(label) for label in labels]
    found = []
    for (one, ours), (other, theirs) in itertools.combinations(zip(labels, boxes, strict=True), 2):
        if min(ours.x1, theirs.x1) - max(ours.x0, theirs.x0) > 0.01 and min(ours.y1, theirs.y1) - max(ours.y0, theirs.y0) > 0.01:
            found.append((one.get_text(), other.get_text()))
    room = figure.bbox
    found += [
        label.get_text()
        for label, box in zip(labels, boxes, strict=True)
        if box.x0 < -1.5 or box.y0 < -1.5 or box.x1 > room.width + 1.5 or box.y1 > room.height + 1.5
    ]
    return found


@pytest.mark.parametrize("part", range(4))
def test_no_two_labels_overlap_over_200_random_bills(part):
    """Three of four are drawn as their months, which most often are, the fourth as one of all the other pictures."""
    for seed in range(part * 50, part * 50 + 50):
        size = SIZES[seed % len(SIZES)]
        rnd = dice(seed)
        bill = random_bill(rnd, count=rnd.choice([1, 5, 12, 12, 12]), partial=seed % 3 == 0)
        name, maker = "months", partial(figures.monthly_bars, bill, estimated=set(rnd.sample(range(1, 13), 2)))
        if seed % 4 == 0:
            name = KINDS[1 + seed // 4 % (len(KINDS) - 1)]
            maker = random_pictures(seed)[name]
        figure = maker(PAPER)
        for ratio in (1.0, 1.5):
            assert faults(laid_out(figure, size, ratio)) == [], (seed, name, size, ratio)


def test_labels_that_have_room_are_all_there():
    """Nothing is left out only to be on the safe side: at the width of a desk every figure stands in its place."""

    rnd = dice(7)
    bill = random_bill(rnd)
    figure = drawn(lambda style: figures.monthly_bars(bill, style), (1200, 420), 1.0)
    assert len([label for label in figure.axes[0].texts if label.get_visible()]) == 12
    pictures = random_pictures(3)
    pairs = drawn(pictures["pairs"], (1200, 420), 1.0)
    assert len([label for label in pairs.axes[0].texts if label.get_visible() and label.get_text()]) == 13 * 3 + 12
    market = drawn(pictures["market"], (1200, 420), 1.0)
    assert len([label for label in market.axes[0].texts if label.get_visible()]) == 288
    curves = drawn(pictures["curves"], (430, 264), 1.0)
    shown = {label.get_text() for label in curves.axes[0].texts if label.get_visible()}
    assert set(texts.SHORT_DAY_KINDS.values()) <= shown


def test_each_band_that_is_wide_enough_says_its_price():
    detail = plan(condition("17.45", hours=(23, 7), name="夜"), condition("30.40", order=2, hours=(7, 23), name="昼"))
    usage = random_question(dice(1)).usage
    for maker in (partial(curves.day_curves, usage, detail), partial(curves.one_day, usage.days[0], detail)):
        shown = [label.get_text() for label in drawn(maker, (620, 264), 1.0).axes[0].texts if label.get_visible()]
        assert {"夜\n17.45", "昼\n30.40"} <= set(shown)


def test_a_figure_that_grows_has_its_labels_back():

    bill = random_bill(dice(1))
    figure = drawn(lambda style: figures.monthly_bars(bill, style), (240, 160), 1.0)
    small = len([label for label in figure.axes[0].texts if label.get_visible()])
    laid_out(figure, (1200, 400), 1.0)
    assert small < len([label for label in figure.axes[0].texts if label.get_visible()]) == 12
    assert faults(figure) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_label_stands_out_from_what_it_stands_on(kind):
    """The ground below each label is taken from the picture itself, drawn without its words."""
    maker = random_pictures(11)[kind]
    for name, style in STYLES.items():
        figure = drawn(maker, (880, 330), 1.0, style)
        boxes = [(label.get_color(), box_of(label)) for label in all_labels(figure)]
        assert boxes
        for text in figure.findobj(Text):
            text.set_alpha(0.0)
        figure.canvas.draw()
        pixels = np.asarray(figure.canvas.buffer_rgba())[::-1, :, :3]
        for ink, box in boxes:
            ground = pixels[max(0, round(box.y0)) : round(box.y1), max(0, round(box.x0)) : round(box.x1)].reshape(-1, 3)
            for vision in VISIONS:
                # a line of the grid or an edge may pass behind; what a word stands on may not be near it
                share = (contrast(ground, to_hex(ink), vision) >= 4.5).mean()
                assert share >= 0.9, (name, vision, ink, share)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", STYLES)
def test_neighbours_are_told_apart(name, vision):
    style = STYLES[name]
    parts = [*PART_STYLES.values()]
    for look in parts:  # an area ends where its fill or its edge stands out
        assert max(contrast(look.fill, style.background, vision), contrast(style.outline, style.background, vision)) >= 3
    for one, other in itertools.combinations([look.fill for look in parts[:4]], 2):
        if vision != "grey":  # which has no more than lightness
            assert np.linalg.norm(lab(one, vision) - lab(other, vision)) >= 20
    if vision == "grey":
        assert min(abs(lab(one.fill)[0] - lab(other.fill)[0]) for one, other in itertools.pairwise(parts[:4])) >= 15
    assert len({look.hatch for look in parts} | {ESTIMATED_HATCH}) == 5  # base and usage alone are plain
    for line, ground in itertools.product(style.lines, (*style.bands, style.background)):
        assert contrast(line, ground, vision) >= 3
    assert len(set(LINE_DASHES)) == len(style.lines) == 4
    for fill in (style.cheaper, style.dearer, style.proposal, style.background):
        assert contrast(style.text, fill, vision) >= 3  # the edge of a step
    assert abs(lab(style.cheaper, vision)[0] - lab(style.dearer, vision)[0]) >= 12
    assert abs(lab(style.bands[0], vision)[0] - lab(style.bands[1], vision)[0]) >= 10
    for share in np.linspace(0, 1, 21):
        assert contrast(ON_PRICE, between(PRICE_RAMP, share), vision) >= 4.5
        assert contrast(style.text, between(style.bands, share), vision) >= 4.5


@pytest.mark.parametrize("kind", KINDS)
def test_behind_each_picture_is_a_table_of_plain_numbers(kind):
    picture = random_pictures(5)[kind]
    head, *rows = table_of(picture)
    assert len(rows) > 2
    assert {len(row) for row in rows} == {len(head)}
    assert picture.title
    assert not any("," in cell or "−" in cell for row in rows for cell in row[1:])


def test_the_tables_have_the_numbers_that_are_drawn():
    pictures = random_pictures(2)
    stacks = figures.month_stacks(pictures["months"].bill)
    assert [int(row[-1]) for row in table_of(pictures["months"])[1:]] == [round(stack.total) for stack in stacks]
    why = pictures["pairs"].both.why
    assert [int(row[3]) for row in table_of(pictures["pairs"])[1:]] == [pair.difference for pair in why.months]
    assert sum(int(row[3]) for row in table_of(pictures["waterfall"])[2:-1]) == why.difference
    usage = pictures["load"].usage
    hours = [float(cell) for row in table_of(pictures["load"])[1:] for cell in row[2:] if cell != texts.MISSING]
    assert sum(hours) == pytest.approx(usage.total_kwh, abs=0.0005 * len(hours))
    assert [row[0] for row in table_of(pictures["day"])[1:]] == [f"{hour}時" for hour in range(24)]
    market = table_of(pictures["market"])[1:]
    assert [Decimal(cell) for cell in market[0][1:]] == list(min(pictures["market"].prices, key=lambda one: one.year_month).prices_yen)


def test_the_ranking_keeps_the_present_plan_and_the_own_house_among_its_bars():
    lines = [RankingLine(f"プラン{n}", "見本電力", n, 100_000 + n, n - 20, is_own=n in (15, 16)) for n in range(1, 31)]
    present = RankingLine("いまの契約", "見本電力", 20, 100_020, 0, is_present=True)
    picture = RankingBars(ranking_lines_of(lines, present), is_year=True, note="全プランの燃料費調整：なし")
    assert [line.rank for line in picture.bars] == [1, 2, 3, 4, 5, 6, 15, 20]
    assert len(picture.rows) == 31
    assert table_of(picture)[1][:6] == ["1", "プラン1", "見本電力", "", "100001", "-19"]
    figure = drawn(picture, (1200, 420), 1.0)
    words = [label.get_text() for label in labels_of(figure)]
    assert "100,001　−19円/年" in words
    assert any("ほか 23 件" in word for word in words)
    assert any("燃料費調整：なし" in word for word in words)


def test_a_month_leads_to_its_days_and_a_day_to_its_hours():
    pictures = random_pictures(4)
    for kind in ("months", "pairs", "load"):
        picture = pictures[kind]
        leads = [to for to, _ in places_of(drawn(picture, (880, 330), 1.0))]
        assert leads == list(dict.fromkeys(row.to for row in picture.rows))
        month = picture.into(leads[3])
        assert month.title.startswith(f"{leads[3][:4]}年{int(leads[3][5:])}月")
        days = [to for to, _ in places_of(drawn(month, (880, 330), 1.0))]
        assert days == [row.to for row in month.rows]
        assert month.into(days[0]).day.day.isoformat() == days[0]
        assert month.into(days[0]).into("anything") is None
    for kind in ("waterfall", "curves", "duration", "schedule", "market", "day"):
        assert places_of(drawn(pictures[kind], (880, 330), 1.0)) == []


def test_what_cannot_be_shown_says_why():

    question = random_question(dice(1))
    bill = random_bill(dice(1))
    assert picture_of(PictureKind.PAIRS, question, bill, None) == texts.NO_PRESENT
    assert picture_of(PictureKind.WATERFALL, question, bill, None) == texts.NO_PRESENT


def test_an_estimate_never_looks_measured():

    question = random_question(dice(1))
    guessed = replace(question, usage=replace(question.usage, estimated=True))
    for kind in (PictureKind.CURVES, PictureKind.LOAD, PictureKind.DURATION):
        picture = picture_of(kind, guessed, random_bill(dice(1)), None)
        assert "推計値" in picture.title
        month = picture.into(question.usage.days[0].day.isoformat()[:7])
        if month is not None:
            assert "推計値" in month.title
            assert "推計値" in month.into(month.rows[0].to).title


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_saved_as_pixels_lines_and_a_page(kind, tmp_path):
    renderer = ChartRenderer(resources_dir() / "fonts")
    picture = random_pictures(6)[kind]
    for ending in ("png", "svg", "pdf"):
        renderer.save(picture, tmp_path / f"picture.{ending}")
    assert QImage(str(tmp_path / "picture.png")).width() == 1600
    assert "<svg" in (tmp_path / "picture.svg").read_text(encoding="utf-8")
    (page,) = PdfReader(tmp_path / "picture.pdf").pages
    assert [round(float(side)) for side in (page.mediabox.width, page.mediabox.height)] == [576, 259]
    assert any(word in page.extract_text() for word in ("円", "kW", tariff_texts.AXIS_HOUR))


def test_prices_stand_as_a_tariff_writes_them(theme, qtbot):
    """On the screen's schedule, in the picture and in its table: two decimals, and no fewer than were published."""
    detail = plan(condition("25.1", hours=(7, 23), name="昼"), condition("17.455", order=2, hours=(23, 7), name="夜"))
    view = ScheduleView(theme, detail, scale_of([detail]), None)
    qtbot.addWidget(view)
    assert {figure for figure in ("25.10", "17.455") if figure in view.words} == {"25.10", "17.455"}
    picture = Schedule(detail)
    assert {row.cells[-1] for row in picture.rows} == {"25.10", "17.455"}
    drawn_words = " ".join(label.get_text() for label in drawn(picture, (1200, 420), 1.0).axes[0].texts)
    assert "25.10" in drawn_words
    assert "17.455" in drawn_words
