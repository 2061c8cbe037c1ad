"""Two plans side by side on the screen: every word is there, however narrow the table is."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.plans import Company
from denkidesk.ui.tariffs.pair_table import PairTable
from denkidesk.ui.tariffs.price_pairs import pairs
from fakes.plan_builder import condition, fuel, plan

SELLER = Company("1", "見本電力", QuotingAreaCode("06"), former_monopoly=False, commission=Decimal("2.2"))
LEFT = plan(condition("30.40", name="昼", hours=(10, 17), cap="10", group=2), condition("17", name="夜", order=2), fuels=(fuel("-2.31"),))
RIGHT = plan(condition("32.70", name="昼", hours=(10, 17), cap="10", group=2), condition("16", name="夜", order=2), levy="4.18")


@pytest.mark.parametrize("width", [380, 700, 1000])
def test_each_row_is_as_high_as_its_words_need_and_the_table_as_its_rows(theme, qtbot, width):
    table = PairTable(theme, ("昼のプラン", "夜のプラン"), pairs((SELLER, LEFT), (SELLER, RIGHT), "yen"), None)
    qtbot.addWidget(table)
    table.resize(width, table.height())
    table.show()
    rows, last = table.rows(), table.model().rowCount() - 1
    assert {row[0] for row in rows} == {"違う", "同じ"}
    for row in range(last + 1):
        for column in range(1, 5):
            index = table.model().index(row, column)
            metrics = QFontMetrics(table.model_of_rows.item(row, column).font())
            room = table.visualRect(index)
            box = metrics.boundingRect(QRect(0, 0, room.width() - 8, 0), int(Qt.TextFlag.TextWordWrap), index.data())
            assert box.height() <= room.height(), index.data()
    assert table.columnSpan(last, 1) == 4
    assert table.visualRect(table.model().index(last, 1)).bottom() <= table.viewport().height()
    assert table.horizontalScrollBar().maximum() == 0


def test_the_column_of_differences_is_there_where_there_are_any(theme, qtbot):
    for right, is_there in ((RIGHT, True), (plan(condition("30.40", name="朝")), False)):
        table = PairTable(theme, ("左", "右"), pairs((SELLER, LEFT), (SELLER, right), "yen"), None)
        qtbot.addWidget(table)
        assert table.isColumnHidden(4) is not is_there
