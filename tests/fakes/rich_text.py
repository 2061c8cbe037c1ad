"""Finds every text of a window that Qt would draw as markup."""

from collections.abc import Iterator

from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLabel, QMenu, QTabBar, QTextEdit, QWidget

from denkidesk.ui.parts.plain import plain_tip

HOSTILE = (
    "<b>太字</b>",
    "<img src='file:///etc/hostname'>",
    '<a href="https://example.invalid/">押す</a>',
    "<img src='//host.invalid/share/a.png'>",
    "x <table><tr><td>&amp; &lt;b&gt;",
)
_DRAWN_BY_QT = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.StatusTipRole)


def shown_texts() -> list[tuple[str, str]]:
    """Every text of every widget that may be drawn as markup, with where it stands: labels, tips, items, headings, actions."""
    found = []
    for widget in QApplication.allWidgets():
        name = type(widget).__name__
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            found.append((f"{name} text", widget.text()))
        if isinstance(widget, QTextEdit):
            found.append((f"{name} document", widget.toHtml()))
        found += [(f"{name} {kind}", text) for kind, text in _tips(widget)]
        if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
            found += [(f"{name} {place}", text) for place, text in _items(widget.model())]
    return [(place, text) for place, text in found if text]


def drawn_as_markup(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of them that do not come out letter by letter."""
    return [(place, text) for place, text in texts if QtGui.Qt.mightBeRichText(text) and plain_tip(as_drawn(text)) != text]


def as_drawn(text: str) -> str:
    """What a person reads where Qt draws a text."""
    if not QtGui.Qt.mightBeRichText(text):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()


def _tips(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tip", widget.toolTip()
    yield "whatsThis", widget.whatsThis()
    yield "statusTip", widget.statusTip()
    for action in widget.actions():
        # a menu that shows no tips does not draw those that Qt makes up of the actions' texts
        if not isinstance(widget, QMenu) or widget.toolTipsVisible():
            yield "action", action.toolTip() if isinstance(action, QAction) else ""
        yield "action", action.whatsThis()
    if isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            yield "tab", widget.tabToolTip(tab)
            yield "tab", widget.tabWhatsThis(tab)


def _items(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    root = QModelIndex()
    rows = model.rowCount(root)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    for orientation, count in ((Qt.Orientation.Horizontal, columns), (Qt.Orientation.Vertical, rows)):
        for section in range(count):
            for role in _DRAWN_BY_QT:
                yield f"heading {role.name}", _text(model.headerData(section, orientation, role))
    for row in range(rows):
        for column in range(columns):
            index = model.index(row, column, root)
            for role in _DRAWN_BY_QT:
                yield f"item {role.name}", _text(index.data(role))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
