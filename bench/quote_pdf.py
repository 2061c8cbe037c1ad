"""How long a two-page quote takes as a PDF: ``python bench/quote_pdf.py [--rounds 9]``.

In turn, in one process that has everything loaded: the quote from its sheet (layout, texts, pictures), and a bare ``QPdfWriter`` that gets
the strokes of the very same two pages, recorded before. Wall time in milliseconds, medians; the ratio is paired round by round. Fails where
it is above 2.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from denkidesk.domain.quote_sheet import QuoteSheet

BAR = 2.0


def main() -> int:
    """Prints the figures; fails where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
    from PySide6.QtWidgets import QApplication

    from denkidesk.settings import resources_dir
    from denkidesk.ui.parts.theme import Theme
    from denkidesk.ui.quote.page import write_pdf
    from denkidesk.ui.quote.printing import record

    application = QApplication([])
    Theme(application, resources_dir())
    sheet = _sheet()
    pages = record(sheet)

    def bare(path: Path) -> None:
        writer = QPdfWriter(str(path))
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        with QPainter(writer) as painter:
            painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # as the quote has it: a recording loses the hint
            for number, page in enumerate(pages):
                if number:
                    writer.newPage()
                painter.save()
                scale = min(writer.width() / 2100, writer.height() / 2970)
                painter.scale(scale * page.logicalDpiX() / writer.logicalDpiX(), scale * page.logicalDpiY() / writer.logicalDpiY())
                page.play(painter)
                painter.restore()

    taken: dict[str, list[float]] = {"quote": [], "bare": []}
    with tempfile.TemporaryDirectory() as folder:
        ways = {"quote": lambda path: write_pdf(path, sheet), "bare": bare}
        for round_ in range(rounds + 1):
            for name, way in ways.items():
                path = Path(folder) / f"{name}.pdf"
                begun = time.perf_counter()
                way(path)
                if round_:  # the first loads what it needs
                    taken[name].append((time.perf_counter() - begun) * 1000)
        sizes = {name: (Path(folder) / f"{name}.pdf").stat().st_size for name in ways}
    ratio = statistics.median(ours / theirs for ours, theirs in zip(taken["quote"], taken["bare"], strict=True))
    medians = {f"{name}_ms": round(statistics.median(values), 1) for name, values in taken.items()}
    print(json.dumps({"bench": "quote_pdf", "rounds": rounds, **medians, "bytes": sizes, "ratio": round(ratio, 2), "bar": BAR}))
    return 0 if ratio <= BAR else 1


def _sheet() -> "QuoteSheet":
    """Two invented plans on an invented year of measured hours: each picture of page two is there."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from denkidesk.domain.quote_sheet import PresentPlan
    from denkidesk.domain.why import Both, MonthPair, Outlook, Why, WhyLine, WhyPart
    from fakes.plan_builder import condition, plan, usage
    from fakes.quote_sheet import sheet

    quote = sheet()
    months = tuple(MonthPair(month.month, 13_000, int(month.parts.charge), is_partial=False) for month in quote.bill.billed_months)
    proposed = int(quote.bill.year.charge)
    lines = (WhyLine(WhyPart.BASE, "", 6_000, 6_271), WhyLine(WhyPart.BAND, "", 150_000, proposed - 6_271))
    why = Why(lines, months, 156_000, proposed)
    outlook = Outlook((Both("2026-05", 150_000, 140_000), Both("2025-02", 160_000, 158_000)), None, None, None)
    present = PresentPlan("見本電力", "見本の今のプラン", "30A", why, ("見本の理由です。", "見本の幅です。"), quote.bill, outlook)
    conditions = tuple(f"見本の前提その{number}。計算のしかたを一文で述べます。" for number in range(12))
    bands = (condition("25.1", hours=(7, 23), name="昼"), condition("17.4", order=2, hours=(23, 7), name="夜"))
    hours = usage(date(2026, 1, 1), 365, lambda day, hour: 0.2 + 0.01 * (hour * 7 % 24) + 0.02 * day.month)
    more = {"usage": hours, "detail": plan(*bands)}
    return replace(quote, present=present, conditions=conditions, issued_on=date(2026, 11, 22), levy_unit=Decimal("4.18"), **more)


if __name__ == "__main__":
    sys.exit(main())
