"""A hand at the table of many menu changes, and the rows that Excel hands over."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from fakes.clerk import Clerk
from fakes.hand import Hand

HEADINGS = ("No.", "供給地点特定番号", "需要者名", "設備項目区分", "接続送電サービスメニュー", "変更希望日")
MENUS = ("電灯標準接続送電サービス", "電灯時間帯別接続送電サービス", "動力標準接続送電サービス")


def points(count: int) -> list[str]:
    return [f"06{number:020}" for number in range(301, 301 + count)]


def rows_of(day: str, count: int = 20) -> list[list[str]]:
    return [[str(n), point, f"見本 {n}号", "PE501", MENUS[n % 3], day] for n, point in enumerate(points(count), 1)]


def copy(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> None:
    """As Excel copies cells."""
    QGuiApplication.clipboard().setText("\r\n".join("\t".join(row) for row in (headings, *rows)) + "\r\n")


class BulkHand(Hand):
    """What is typed into a cell is counted apart."""

    def __init__(self, clerk: Clerk) -> None:
        super().__init__(clerk)
        self.mending = 0

    @property
    def page(self):
        return self.clerk.apply.bulk

    @property
    def rows(self):
        return self.page.tables.rows

    def paste(self) -> None:
        self("Ctrl+Shift+N")
        self.clerk.settle()
        self("Ctrl+V")
        self.clerk.until(lambda: self.rows is not None and self.page.grid.isVisible() and not self.page.tables.is_reading)
        self.clerk.settle()

    def mend(self, text: str) -> None:
        """F2, the right value, Tab: to the next cell that is wrong."""
        self.mending += 3
        self.clerk.press("F2")
        QTest.keyClicks(self.clerk.window.focusWidget(), text)
        self.clerk.press("Tab")
        self.clerk.settle()

    def hold_enter(self) -> None:
        self.keys += 1
        at = self.clerk.window.focusWidget()
        QTest.keyPress(at, Qt.Key.Key_Return)
        self.clerk.until(self.rows.sent)
        QTest.keyRelease(at, Qt.Key.Key_Return)

    def save(self, path: Path) -> None:
        """Ctrl+S, and Enter on the name."""
        look = QTimer(self.clerk.window)
        look.setInterval(5)

        def choose() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog):
                look.stop()
                dialog.selectFile(str(path))
                dialog.accept()

        look.timeout.connect(choose)
        look.start()
        self.keys += 1
        self("Ctrl+S")
        self.clerk.until(lambda: any("保存しました" in one.text for one in self.page.strips.messages))
        look.deleteLater()

    def words(self) -> str:
        return self.clerk.words_in(self.page)

    def results(self) -> list[str]:
        """What the last column says, row by row."""
        model = self.page.model
        return [model.text(row, model.result) for row in range(model.rowCount())]
