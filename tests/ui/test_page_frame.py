"""A page's frame: there at once, built a part in each turn of the event loop when somebody looks at it, and nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.in_parts import InParts
from denkidesk.ui.parts.tab_pages import parent_of_pages
from denkidesk.ui.tariffs.page_frame import FramedPages, PageFrame


class Page(InParts, QWidget):
    """Three parts, the last of which takes the cursor."""

    def __init__(self, parent=None, *, in_turns=False):
        super().__init__(parent)
        self.parts = 0
        self.begin(self._build(), in_turns=in_turns)

    def _build(self):
        self.parts = 1
        yield
        self.parts = 2
        yield
        self.parts = 3
        self.line = QLineEdit(self)
        self.pressed = 0
        button = QPushButton("go (&G)", self)
        button.clicked.connect(self._press)
        VBox(self).add(self.line, button)

    def _press(self):
        self.pressed += 1

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.line.setFocus()


@pytest.fixture
def pages(qtbot):
    pages = FramedPages()
    qtbot.addWidget(pages)
    pages.addTab(QWidget(parent_of_pages(pages)), "in front")
    pages.joined = []
    pages.frame = PageFrame(parent_of_pages(pages), lambda parent: Page(parent, in_turns=True), pages.joined.append, takes_cursor=True)
    pages.addTab(pages.frame, "behind")
    pages.show()
    pages.activateWindow()
    qtbot.waitUntil(pages.isActiveWindow)
    return pages


def test_nobody_looks_and_nothing_is_built(pages, qtbot):
    for _ in range(5):
        QApplication.processEvents()
    assert not pages.frame.is_built
    assert not pages.frame.is_building
    assert not pages.findChildren(Page)


def test_the_first_look_builds_a_part_a_turn_and_shows_the_page_whole(pages, qtbot):
    seen = []
    ticks = QTimer(interval=0)
    ticks.timeout.connect(lambda: seen.append([(page.parts, page.isVisible()) for page in pages.findChildren(Page)]))
    ticks.start()
    pages.setCurrentIndex(1)
    assert pages.frame.isVisible()
    assert pages.currentWidget() is pages.frame
    qtbot.waitUntil(lambda: pages.frame.is_built)
    ticks.stop()
    unseen = dict.fromkeys(tuple(state) for state in seen if state and not state[0][1])  # a turn that was long brings no part
    assert list(unseen) == [((parts, False),) for parts in (0, 1, 2, 3)]
    page = pages.frame.page
    assert pages.joined == [page]
    assert pages.currentWidget() is page
    assert page.isVisible()
    assert page.line.hasFocus()


def test_whoever_asks_gets_the_page_whole_and_the_turns_end(pages, qtbot):
    pages.setCurrentIndex(1)
    page = pages.frame.page
    assert (page.parts, pages.joined, pages.frame.is_building) == (3, [page], False)
    pages.setCurrentIndex(0)
    pages.setCurrentWidget(page)
    assert pages.currentIndex() == 1


def test_what_is_typed_before_the_page_stands_arrives_in_it(pages, qtbot):
    pages.setCurrentIndex(1)
    assert not pages.frame.is_built
    assert pages.frame.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "a")
    QTest.keyClicks(QApplication.focusWidget(), "b")
    assert pages.frame.page.line.text() == "ab"


def test_what_is_composed_before_the_page_stands_arrives_in_it(pages, qtbot):
    pages.setCurrentIndex(1)
    assert pages.frame.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is True
    done = QInputMethodEvent()
    done.setCommitString("見本")
    QApplication.sendEvent(pages.frame, done)
    assert pages.frame.page.line.text() == "見本"


@pytest.mark.parametrize("cursor", ["frame", "elsewhere"])
def test_a_shortcut_of_the_page_acts_before_the_page_stands(pages, qtbot, cursor):
    pages.setCurrentIndex(1)
    if cursor == "elsewhere":
        pages.tabBar().setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    assert not pages.frame.is_built  # no shortcut yet
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    assert pages.frame.is_built
    qtbot.waitUntil(lambda: pages.frame.page.pressed == 1)  # Qt shows the button pressed for a moment


def test_a_frame_that_is_told_to_stop_builds_nothing_more(pages, qtbot):
    pages.setCurrentIndex(1)
    pages.frame.stop()
    for _ in range(5):
        QApplication.processEvents()
    assert not pages.findChildren(Page)
