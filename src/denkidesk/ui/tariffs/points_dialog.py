"""複数の地点の見積: the points in a list with their sum, every retailer ranked in all, and the way to one paper."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPicture
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QPushButton, QWidget

from denkidesk.desk.points_draft import Point
from denkidesk.domain.bills import Rounding
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import Cancelled, InputRefused
from denkidesk.domain.quoted_points import in_all, is_year
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import points as texts
from denkidesk.texts import tariffs as tariff_texts
from denkidesk.texts.dates import in_file_name
from denkidesk.texts.errors import said
from denkidesk.texts.quote import XLSX_FILTER
from denkidesk.texts.shell import CLOSE
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.paper import ask_save_path
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S
from denkidesk.ui.quote.coverage import ask_about_letters, coverage
from denkidesk.ui.quote.points_page import rows_of
from denkidesk.ui.quote.printing import PreviewDialog, print_pages
from denkidesk.ui.quote.sheet import written_texts
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.paper_table import TextTable
from denkidesk.ui.tariffs.points_book import PointsBook, complete, read_draft, sheet_of, store_and_make, take_retailer

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.points import PointsRanking

MOST_POINTS: Final = 20


class PointsDialog(QDialog):
    """Changes the book; closing it loses nothing."""

    def __init__(self, book: PointsBook, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.TITLE)
        self._book, self._context = book, book.context
        self.ranking: PointsRanking | None = None
        jobs = self._context.jobs
        self._add_job: LatestJob[Point] = LatestJob(jobs, self, self._on_completed, self._on_failed)
        self._rank_job: LatestJob[PointsRanking] = LatestJob(jobs, self, self._on_ranked, self._on_failed)
        self._take_job: LatestJob[tuple[Point, ...]] = LatestJob(jobs, self, self._on_taken, self._on_failed)
        self._read_job: LatestJob[tuple[tuple[Point, ...], str]] = LatestJob(jobs, self, self._on_read, self._on_failed)
        self._build()
        self._show()
        self._rank()
        book.not_kept.connect(self._on_failed)
        if not book.is_read:
            self._read_job.run(LaneName.WORK, read_draft, self._context.desk)

    @property
    def is_busy(self) -> bool:
        """Whether a point, the ranking or a paper is being made."""
        jobs = (self._read_job, self._add_job, self._rank_job, self._take_job)
        return self._is_making or any(job.is_busy for job in jobs)

    def _build(self) -> None:
        page = FittedPage(self)
        body = QWidget(page)
        self._whose = PlainLabel("", body, bold=True, scale=1.2, wrap=True)
        self.name = QLineEdit(body, placeholderText=texts.NAME_HINT)
        self.name.returnPressed.connect(self.add)
        self.table = TextTable(texts.POINTS, texts.HEAD, (0, 2, 4), 2, body, needs=720)
        self.retailers = TextTable(texts.RETAILERS, texts.HEAD_RETAILERS, (1, 2), 2, body, needs=640)
        self._left_out = PlainLabel("", body, tone="muted", wrap=True)
        self._told = PlainLabel("", body, wrap=True)
        self._after: tuple[Path | None, bool] = (None, False)  # what is made of the pages
        self._is_making = False
        acts = {
            name: self._button(words, act, body)
            for name, words, act in (
                ("add", texts.ADD, self.add),
                ("remove", texts.REMOVE, self.remove),
                ("clear", texts.CLEAR, self.clear),
                ("take", texts.TAKE, self.take),
                ("save", texts.SAVE, self._ask_and_save),
                ("table", texts.SAVE_TABLE, self._ask_and_save_table),
                ("print", texts.PRINT, self.print_quote),
                ("preview", texts.PREVIEW, self.preview),
                ("close", CLOSE, self.reject),
            )
        }
        self._acts = acts
        VBox(body, margins=0, spacing=SPACE_S).add(
            PlainLabel(texts.LEAD, body, tone="muted", wrap=True),
            self._whose,
            Flow(SPACE_S).add(label_of(self.name, texts.NAME, body), self.name, acts["add"]),
            self._told,
            self.table,
            Flow(SPACE_S).add(acts["remove"], acts["clear"]),
            PlainLabel(texts.RETAILERS, body, bold=True),
            self.retailers,
            Flow(SPACE_S).add(acts["take"], self._left_out),
            Stretch(),
        )
        page.set_body(body)
        foot = Flow(SPACE_S).add(*(acts[name] for name in ("save", "table", "print", "preview", "close")))
        VBox(self, margins=SPACE_L, spacing=SPACE_S).add((page, 1), HBox().add((foot, 1)))
        self.table.selectionModel().selectionChanged.connect(self._allow)
        self.retailers.selectionModel().selectionChanged.connect(self._allow)
        resize_within_screen(self, 1080, 700)

    def _button(self, words: str, act: object, parent: QWidget) -> QPushButton:
        button = QPushButton(words, parent)
        button.setAutoDefault(False)  # Enter in the name adds the point
        button.clicked.connect(act)
        return button

    # --- what the clerk does ----------------------------------------------------------------------------------------

    def add(self) -> None:
        """Takes what is billed in the window as one more point."""
        points = self._book.points
        name = " ".join(self.name.text().split()) or texts.DEFAULT_NAME.format(number=len(points) + 1)
        try:
            point = self._book.output.point(name)
        except InputRefused as refused:
            self._tell(said(refused).text, "error")
            return
        if wrong := self._refusal(name, point):
            self._tell(wrong, "error")
        elif point is not None:
            self._tell(texts.COMPUTING)
            self._add_job.run(LaneName.WORK, complete, self._context.desk, point)

    def _on_read(self, found: tuple[tuple[Point, ...], str]) -> None:
        points, saved_at = found
        self._book.take_over(points)
        if points:
            self._tell(texts.GOES_ON.format(moment=saved_at))
            self._show()
            self._rank()

    def _refusal(self, name: str, point: Point | None) -> str:
        points, customer = self._book.points, self._book.customer
        if point is None:
            return texts.NO_BILL
        other = point.sheet.customer_name
        if point.question.rounding is not Rounding.BILL:
            return texts.ROUNDED_ONLY
        if customer and other and other != customer:
            return texts.OTHER_CUSTOMER.format(name=other, other=customer)
        if any(one.question.fuel != point.question.fuel for one in points):
            return texts.OTHER_FUEL
        if any(one.name == name for one in points):
            return texts.NAME_AGAIN.format(name=name)
        return texts.TOO_MANY.format(count=MOST_POINTS) if len(points) >= MOST_POINTS else ""

    def _on_completed(self, point: Point) -> None:
        if not point.is_whole:
            self._tell(texts.NO_PRESENT, "error")
            return
        self._book.points = (*self._book.points, point)
        self.name.clear()
        self._tell(texts.added(point.name), "ok")
        self._show()
        self._rank()

    def remove(self) -> None:
        """Takes the chosen point out."""
        if (row := self._chosen_point()) is not None:
            gone = self._book.points[row]
            self._book.points = (*self._book.points[:row], *self._book.points[row + 1 :])
            self._tell(texts.REMOVED.format(name=gone.name))
            self._show()
            self._rank()

    def clear(self) -> None:
        """Takes all points out: the next customer's turn."""
        self._book.points = ()
        self._tell("")
        self._show()
        self._rank()

    def take(self) -> None:
        """The chosen retailer's plans are the proposals of all points."""
        rows = self.retailers.chosen_rows()
        if rows and self.ranking is not None:
            self._tell(texts.COMPUTING)
            retailer = self.ranking.retailers[rows[0]]
            self._take_job.run(LaneName.WORK, take_retailer, self._context.desk, self._book.points, self.ranking, retailer)

    def _on_taken(self, points: tuple[Point, ...]) -> None:
        if not all(one.is_whole for one in points):
            self._tell(texts.NO_PRESENT, "error")
            return
        self._book.points = points
        self._tell(texts.TAKEN.format(company=points[0].question.company.name), "ok")
        self._show()

    def _rank(self) -> None:
        self.ranking = None
        self.retailers.show_rows(())
        self._left_out.setText("")
        if self._book.points:
            self._rank_job.run(LaneName.WORK, _ranked, self._context.desk, self._book.points)
        else:
            self._rank_job.cancel()
        self._allow()

    def _on_ranked(self, ranking: "PointsRanking") -> None:
        self.ranking = ranking
        whole = all(one.is_year for one in ranking.rankings)
        self.retailers.show_rows(
            [
                (
                    str(rank),
                    one.company.name,
                    "、".join(one.names),
                    f"{one.yen:,}",
                    "" if one.difference is None else texts.difference(one.difference, is_year=whole),
                )
                for rank, one in enumerate(ranking.retailers, 1)
            ]
        )
        if ranking.retailers:
            self.retailers.choose_row(0)
        _measure(self.retailers, stretched=2)
        self._left_out.setText(texts.LEFT_OUT.format(count=ranking.left_out) if ranking.left_out else "")
        self._allow()

    # --- the paper --------------------------------------------------------------------------------------------------

    def _ask_and_save(self) -> None:
        name = tariff_texts.PDF_NAME.format(date=in_file_name(now_jst().date()))
        if path := ask_save_path(self, self._context.ui_state, "quote_folder", tariff_texts.SAVE_PDF_TITLE, name):
            self.save(path)

    def _ask_and_save_table(self) -> None:
        name, title = tariff_texts.XLSX_NAME.format(date=in_file_name(now_jst().date())), tariff_texts.SAVE_XLSX_TITLE
        if path := ask_save_path(self, self._context.ui_state, "quote_folder", title, name, XLSX_FILTER):
            self.save(path)

    def save(self, path: Path) -> None:
        """Issues the quote and writes it, as paper or as a workbook."""
        self._make(path, is_issued=True)

    def print_quote(self) -> None:
        """Issues the quote and prints it."""
        self._make(None, is_issued=True)

    def preview(self) -> None:
        """Shows the pages without a number."""
        self._make(None, is_issued=False)

    def _make(self, path: Path | None, *, is_issued: bool) -> None:
        sheet = sheet_of(self._book.points, self._book.customer)
        found = coverage([line for one in sheet.points for line in (*written_texts(one), one.point_name)])
        go_on = partial(self._begin, path, is_issued=is_issued)
        if any(found):
            ask_about_letters(self, found, go_on)
        else:
            go_on()

    def _begin(self, path: Path | None, *, is_issued: bool) -> None:
        points = self._book.points
        sheet = sheet_of(points, self._book.customer)
        self._tell(texts.COMPUTING)
        # Heard of whatever the clerk does next: a quote that could not be saved must be told.
        make = partial(store_and_make, is_issued=is_issued)
        job = self._context.jobs.run(LaneName.WORK, make, self._context.desk, points, sheet, path)
        self._after, self._is_making = (path, is_issued), True
        self._allow()
        job.then(self._on_made, self._on_failed)

    def _on_made(self, pages: list[QPicture]) -> None:
        self._is_making = False
        self._allow()
        path, is_issued = self._after
        self._tell("")
        if path is not None:
            self._tell(tariff_texts.SAVED_PDF.format(name=path.name), "ok")
        elif not is_issued:
            PreviewDialog(pages, self).open()
        elif print_pages(self, pages):
            self._tell(tariff_texts.PRINTED, "ok")

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        points = [one.sheet for one in self._book.points]
        rows = rows_of(points) if points else []
        self.table.show_rows(rows, [place == len(points) for place in range(len(rows))])
        _measure(self.table, stretched=2)
        self._whose.setText(self._sum_words() or texts.NONE)
        self.name.setPlaceholderText(texts.NAME_HINT)
        self._allow()

    def _sum_words(self) -> str:
        if not self._book.points:
            return ""
        sheet = sheet_of(self._book.points, self._book.customer)
        before, after = in_all(sheet)
        words = texts.SUM.format(
            count=len(sheet.points),
            present=f"{before:,}",
            proposed=f"{after:,}",
            difference=texts.difference(after - before, is_year=is_year(sheet)),
        )
        return "　".join(filter(None, (self._book.customer, words)))

    def _allow(self) -> None:
        points = self._book.points
        self._acts["remove"].setEnabled(self._chosen_point() is not None)
        self._acts["clear"].setEnabled(bool(points))
        self._acts["take"].setEnabled(self.ranking is not None and bool(self.retailers.chosen_rows()))
        for name in ("save", "table", "print", "preview"):
            self._acts[name].setEnabled(len(points) > 1 and not self._is_making)

    def _chosen_point(self) -> int | None:
        rows = self.table.chosen_rows()
        return rows[0] if rows and rows[0] < len(self._book.points) else None

    def _tell(self, words: str, tone: str = "muted") -> None:
        self._told.set_tone(tone)
        self._told.setText(words)

    def _on_failed(self, error: object) -> None:
        self._is_making = False
        self._allow()
        if not isinstance(error, Cancelled):
            self._tell(said(error).text, "error")


def _measure(table: TextTable, stretched: int) -> None:
    """Columns as wide as their words: rows that come one after the other while a table is as low as its head leave them as they were."""
    header = table.horizontalHeader()
    for column in range(header.count()):
        if column != stretched:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)


def _ranked(desk: "Desk", points: tuple[Point, ...]) -> "PointsRanking":
    """On the lane, which loads what it takes."""
    from denkidesk.desk.points import rank_points

    return rank_points(desk, [point.present for point in points])
