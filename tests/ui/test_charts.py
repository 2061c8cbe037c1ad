"""Pictures: their numbers, their colours, and that paper gets the same picture as the screen."""

import gc
import weakref
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from denkidesk.domain.bills import Bill, BillParts, FuelRule, MonthBill, Rounding
from denkidesk.domain.usage import Usage, UsageDay
from denkidesk.settings import resources_dir
from denkidesk.ui.charts import figures
from denkidesk.ui.charts.renderer import ChartRenderer
from denkidesk.ui.charts.style import DARK, LIGHT, ChartStyle, load_chart_fonts


@pytest.fixture(autouse=True)
def chart_fonts(qapp: object) -> None:
    load_chart_fonts(resources_dir() / "fonts")


def bill(*, fuel: str = "-900", discount: str = "0", months: int = 12) -> Bill:
    rows = []
    for month in range(1, months + 1):
        base, usage, adjust, levy = Decimal("522.58"), Decimal(7000 + 100 * month), Decimal(fuel), Decimal(1200)
        charge = (base + usage + adjust + levy) * (1 - Decimal(discount) / 100)
        rows.append(MonthBill(f"2026-{month:02}", Decimal(300), BillParts(charge, base, usage, adjust, levy)))
    total = BillParts(*(sum((getattr(r.parts, n) for r in rows), Decimal(0)) for n in ("charge", "base", "usage", "adjust", "levy")))
    return Bill("plan", "1", Decimal(discount), Rounding.NONE, FuelRule.LATEST, total, tuple(rows))


def usage(days: int = 40, gap_on: int | None = None) -> Usage:
    first = date(2026, 1, 1)
    return Usage(
        tuple(UsageDay(first + timedelta(n), (None if n == gap_on else 0.5,) * 24) for n in range(days)),
    )


def test_each_stack_adds_up_to_the_total_above_it() -> None:
    for discount in ("0", "3"):
        for stack in figures.month_stacks(bill(discount=discount)):
            assert sum(stack.parts.values()) == pytest.approx(stack.total)


def test_negative_fuel_lies_below_zero() -> None:
    axes = figures.monthly_bars(bill(fuel="-900"), LIGHT).axes[0]
    below = [patch for patch in axes.patches if patch.get_height() < 0]
    assert len(below) == 12
    assert all(patch.get_y() == 0 for patch in below)
    assert axes.get_ylim()[0] < -900


def test_legend_has_the_order_of_the_stack() -> None:
    figure = figures.monthly_bars(bill(discount="3"), LIGHT)
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert names == ["基本料金", "電力量料金", "燃料費調整額", "再エネ賦課金", "割引"]


@pytest.mark.parametrize(("usage_yen", "unit", "label"), [("900000", "円", "901,723"), ("1200000", "万円", "120.2")])
def test_above_a_million_the_axis_and_its_labels_have_one_unit(usage_yen: str, unit: str, label: str) -> None:
    parts = BillParts(Decimal(usage_yen) + Decimal("1722.58"), Decimal("522.58"), Decimal(usage_yen), Decimal(0), Decimal(1200))
    row = MonthBill("2026-01", Decimal(300), parts)
    axes = figures.monthly_bars(Bill("plan", "1", Decimal(0), Rounding.NONE, FuelRule.LATEST, parts, (row,)), LIGHT).axes[0]
    assert axes.get_title(loc="left") == unit
    assert axes.texts[0].get_text() == label


def test_gap_is_left_empty_in_the_heat_map() -> None:
    image = figures.load_heat_map(usage(gap_on=3), LIGHT).axes[0].images[0]
    data = np.ma.asarray(image.get_array())
    assert np.ma.getmaskarray(data)[3].all()
    assert not np.ma.getmaskarray(data)[4].any()
    assert figures.load_heat_map(usage(gap_on=3), LIGHT).axes[0].patch.get_hatch()


@pytest.mark.parametrize("style", [LIGHT, DARK])
def test_painter_draws_what_matplotlib_draws(style: object, tmp_path: Path) -> None:
    """The QPainter picture has the same bars at the same places as matplotlib's own."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from denkidesk.ui.charts.vector import paint_figure

    figure = figures.monthly_bars(bill(), style)  # type: ignore[arg-type] # parametrised
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    wanted = np.asarray(canvas.buffer_rgba())[:, :, :3].astype(int)

    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(0)
    painter = QPainter(image)
    paint_figure(painter, QRectF(0, 0, width, height), figures.monthly_bars(bill(), style))  # type: ignore[arg-type]
    painter.end()
    got = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())[:, : width * 3].reshape(height, width, 3)
    same = (np.abs(wanted - got.astype(int)).max(axis=2) < 40).mean()
    # text is set by another engine and the layout moves by a pixel or two; the areas are the same
    assert same > 0.85


@pytest.mark.parametrize("is_saved", [False, True])
def test_a_figure_is_gone_when_it_is_drawn_and_nobody_looks_for_garbage(is_saved: bool, tmp_path: Path) -> None:
    """Its thousands of parts would else be taken down in the window's thread, all at once."""
    parts: list[weakref.ref[object]] = []

    def maker(style: ChartStyle) -> Figure:
        figure = figures.monthly_bars(bill(), style)
        parts.extend(map(weakref.ref, figure.findobj()))
        return figure

    renderer = ChartRenderer(resources_dir() / "fonts")
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        if is_saved:
            renderer.save(maker, tmp_path / "picture.png")
        else:
            assert not renderer.image(maker, LIGHT, 400, 200).isNull()
        assert len(parts) > 100
        assert [part() for part in parts if part() is not None] == []
    finally:
        if was_enabled:
            gc.enable()
