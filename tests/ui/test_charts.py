"""Pictures: their numbers, their colours, and that paper gets the same picture as the screen."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from denkidesk.domain.bills import Bill, BillParts, FuelRule, MonthBill, Rounding
from denkidesk.domain.usage import Usage, UsageDay
from denkidesk.settings import resources_dir
from denkidesk.ui.charts import figures
from denkidesk.ui.charts.style import DARK, LIGHT, PART_STYLES, load_chart_fonts


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


def _linear(hex_color: str) -> np.ndarray:
    rgb = np.array([int(hex_color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(linear, 0, 1)
    scaled = xyz / np.array([0.9505, 1.0, 1.089])
    f = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


# Machado, Oliveira, Fernandes 2009, full strength, on linear RGB
SIMULATIONS = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def test_stacked_colours_stay_apart_in_grey_and_for_colour_weak_eyes() -> None:
    fills = [PART_STYLES[name].fill for name in ("base", "usage", "adjust", "levy")]
    lightness = [_lab(_linear(fill))[0] for fill in fills]
    assert min(abs(a - b) for a, b in itertools.pairwise(lightness)) >= 15
    for matrix in SIMULATIONS.values():
        seen = [_lab(np.array(matrix) @ _linear(fill)) for fill in fills]
        assert min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2)) >= 20
