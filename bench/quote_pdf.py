"""How long a two-page quote takes as a PDF: ``python bench/quote_pdf.py [--rounds 9]``.

In turn, in one process that has everything loaded: the quote from its sheet (layout, texts, picture), and a bare ``QPdfWriter`` that gets
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

BAR = 2.0


def main() -> int:
    """Prints the figures; fails where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QPicture
    from PySide6.QtWidgets import QApplication

    from denkidesk.settings import resources_dir
    from denkidesk.ui.charts.renderer import ChartRenderer
    from denkidesk.ui.parts.theme import Theme
    from denkidesk.ui.quote.page import write_pdf
    from denkidesk.ui.quote.printing import record

    application = QApplication([])
    Theme(application, resources_dir())
    renderer = ChartRenderer(resources_dir() / "fonts")
    sheet = _sheet()
    pages: list[QPicture] = []
    renderer.on_paper(lambda: pages.extend(record(sheet)))

    def bare(path: Path) -> None:
        writer = QPdfWriter(str(path))
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        with QPainter(writer) as painter:
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
        ways = {"quote": lambda path: renderer.on_paper(lambda: write_pdf(path, sheet)), "bare": bare}
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


def _sheet() -> object:
    """Two invented plans on an invented year."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from denkidesk.domain.quote_sheet import PresentPlan
    from denkidesk.domain.why import MonthPair, Why, WhyLine, WhyPart
    from fakes.quote_sheet import sheet

    quote = sheet()
    months = tuple(MonthPair(month.month, 13_000, int(month.parts.charge), is_partial=False) for month in quote.bill.billed_months)
    proposed = int(quote.bill.year.charge)
    lines = (WhyLine(WhyPart.BASE, "", 6_000, 6_271), WhyLine(WhyPart.BAND, "", 150_000, proposed - 6_271))
    why = Why(lines, months, 156_000, proposed)
    present = PresentPlan("見本電力", "見本の今のプラン", "30A", why, ("見本の理由です。", "見本の幅です。"))
    conditions = tuple(f"見本の前提その{number}。計算のしかたを一文で述べます。" for number in range(12))
    return replace(quote, present=present, conditions=conditions, issued_on=date(2026, 11, 22), levy_unit=Decimal("4.18"))


if __name__ == "__main__":
    sys.exit(main())
