"""What is built behind an answer comes in turns of the event loop of its own, and has nothing painted anew that stands."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication, QWidget

from denkidesk.ui.parts.next_turn import NextTurn
from denkidesk.ui.parts.tab_pages import StillTabs, parent_of_pages
from denkidesk.ui.tariffs.kept_then_fetched import KeptThenFetched
from denkidesk.ui.tariffs.page_turns import PageTurns


class Paints(QObject):
    """Counts the paints of one widget."""

    def __init__(self, of):
        super().__init__(of)
        self.count = 0
        of.installEventFilter(self)

    def eventFilter(self, _watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


class Grows(QWidget):
    """Asks for as much room as it is told to."""

    wanted = 10

    def sizeHint(self):
        return QSize(self.wanted, self.wanted)

    def minimumSizeHint(self):
        return self.sizeHint()


@pytest.fixture
def turns(qtbot):
    """A step, the clock that it reads, and how often it came."""
    seen = SimpleNamespace(now=0.0, came=0)
    parent = QObject()

    def count():
        seen.came += 1

    seen.turn = NextTurn(parent, clock=lambda: seen.now)
    seen.turn.came.connect(count)
    seen.parent = parent
    return seen


def test_a_turn_that_was_long_already_brings_no_step(turns):
    turns.turn.ask()
    turns.now += 0.02  # a paint, an answer
    QApplication.processEvents()
    assert (turns.came, turns.turn.isActive()) == (0, True)
    QApplication.processEvents()
    assert (turns.came, turns.turn.isActive()) == (1, False)


def test_where_every_turn_is_long_the_step_comes_all_the_same(turns):
    for expected in (1, 2):
        turns.turn.ask()
        for _turn in range(4):
            assert turns.came == expected - 1
            turns.now += 0.02
            QApplication.processEvents()
        assert turns.came == expected


def test_pages_behind_wait_while_something_in_sight_is_built(qtbot):
    in_sight, built = [True], []
    around = QWidget()
    qtbot.addWidget(around)
    turns = PageTurns([lambda: len(built.append("part") or built) < 2], around, lambda: bool(in_sight), around)
    for _ in range(3):
        qtbot.waitSignal(turns.came).wait()
    assert built == []
    in_sight.clear()
    qtbot.waitUntil(lambda: not turns.isActive())
    assert built == ["part", "part"]


@pytest.fixture
def tabs(qtbot):
    tabs = StillTabs()
    qtbot.addWidget(tabs)
    tabs.front, tabs.behind = (Grows(parent_of_pages(tabs)) for _ in range(2))
    tabs.addTab(tabs.front, "in front")
    tabs.addTab(tabs.behind, "behind")
    tabs.resize(400, 300)
    tabs.show()
    qtbot.waitExposed(tabs)
    for _ in range(5):
        QApplication.processEvents()
    return tabs


def test_the_page_in_front_is_not_painted_for_what_a_page_behind_wants(tabs):
    paints, asked = Paints(tabs.front), tabs.minimumSizeHint().height()
    tabs.behind.wanted = 90
    tabs.behind.updateGeometry()
    for _ in range(5):
        QApplication.processEvents()
    assert tabs.minimumSizeHint().height() == asked + 80
    assert paints.count == 0


def test_a_bar_that_becomes_higher_has_its_room(tabs):
    top = tabs.front.mapTo(tabs, tabs.front.rect().topLeft()).y()
    font = tabs.tabBar().font()
    font.setPointSizeF(font.pointSizeF() * 2)
    tabs.tabBar().setFont(font)
    for _ in range(5):
        QApplication.processEvents()
    assert tabs.front.mapTo(tabs, tabs.front.rect().topLeft()).y() >= top + 5
    assert tabs.tabBar().height() == tabs.tabBar().sizeHint().height()


@pytest.fixture
def reading(qtbot, jobs):
    parent = QObject()
    reading = KeptThenFetched(jobs, parent, lambda: ("kept", False), lambda: "fetched")
    reading.parent_of_it = parent
    reading.told = []
    reading.kept.connect(reading.told.append)
    reading.began.connect(lambda: reading.told.append("began"))
    reading.fetched.connect(reading.told.append)
    return reading


def test_what_is_kept_is_told_before_the_server_is_asked_and_all_of_it_while_the_page_is_busy(reading, qtbot):
    reading.read()
    qtbot.waitUntil(lambda: not reading.is_busy)
    assert reading.told == ["kept", "began", "fetched"]


def test_an_answer_comes_in_a_turn_of_its_own_and_not_where_it_is_given_up_before(reading, qtbot, jobs):
    seen = []

    def give_up():
        seen.append((reading.is_busy, list(reading.told)))
        reading.cancel()

    jobs.settled.connect(give_up)
    reading.read()
    qtbot.waitUntil(lambda: bool(seen) and not reading.is_busy)
    for _ in range(3):
        QApplication.processEvents()
    jobs.settled.disconnect(give_up)
    assert seen == [(True, [])]
    assert reading.told == []
