"""Practice mode teaches: a first outage in three steps, and what goes wrong, asked for by name, with what to do and an end."""

import pytest

from denkidesk.desk.sending import Hold
from denkidesk.desk.troubles import _RULES
from denkidesk.domain.applications import OutboxState
from denkidesk.domain.troubles import Trouble
from denkidesk.practice.faults import parse_fault
from denkidesk.texts import practice as texts
from denkidesk.ui.practice.page import PracticePage
from denkidesk.ui.shell.main_window import MainWindow
from fakes.clerk import FILING, LISTING, Clerk, Office
from fakes.reach import complaints


@pytest.fixture
def first_start(qtbot, context, settle):
    """The window on a new desk, in the hands of a clerk."""
    windows = []

    def start():
        window = MainWindow(context)
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        window.open_screen()
        window.resize(1280, 800)
        window.activateWindow()
        qtbot.waitUntil(lambda: window._practising is not None and window.outgoing.auto_sender.plan is not None)
        settle()
        return Clerk(Office(context, window), qtbot.waitUntil, "practice")

    yield start
    for window in windows:
        window._may_close = True
        window.close()


def test_in_a_low_window_the_way_to_begin_is_in_sight_above_the_steps(context, qtbot):
    page = PracticePage(context.icons)
    qtbot.addWidget(page)
    page.resize(853, 270)
    page.show()
    qtbot.waitUntil(lambda: page.begin.visibleRegion().boundingRect() == page.begin.rect())
    page.resize(1120, 560)
    qtbot.waitUntil(lambda: page._foot.y() > page._steps[-1].y())


def page_of(clerk):
    return next((page for page in clerk.window.findChildren(PracticePage) if page.isVisible()), None)


def rail_of(clerk):
    return clerk.window.rail.shown.text if clerk.window.rail.shown else ""


def arm(clerk, trouble):
    """By its line of the menu 表示 › 練習."""
    view = clerk.window.menuBar().actions()[2].menu()
    (menu,) = [action.menu() for action in view.actions() if action.text() == texts.MENU]
    (action,) = [action for action in menu.actions() if action.text().startswith(texts.TROUBLES[trouble].name)]
    action.trigger()
    clerk.until(lambda: rail_of(clerk) == texts.armed(trouble))


def only_item(clerk):
    (item,) = clerk.context.desk.outbox.items()
    return item


def test_the_first_start_invites_and_leads_through_an_outage_in_three_steps(first_start):
    clerk = first_start()
    assert page_of(clerk).begin.hasFocus()
    assert complaints(clerk.window) == []
    clerk.press("Return")
    clerk.until(lambda: rail_of(clerk) == texts.STEPS[1].said)
    assert page_of(clerk) is None
    clerk.fill_outage()
    clerk.send()
    clerk.until(lambda: rail_of(clerk) == texts.STEPS[2].said)
    clerk.refresh()
    clerk.press("Space")
    clerk.until(lambda: rail_of(clerk) == texts.FINISHED)
    clerk.leave()
    assert page_of(first_start()) is None, "what is learnt is not offered again unasked"


def test_the_samples_come_without_a_practice_and_the_page_stays_within_reach(first_start):
    clerk = first_start()
    clerk.tab_to(texts.SAMPLES)
    clerk.press("Return")
    clerk.until(lambda: clerk.inbox.list.model.rowCount() == 12)
    clerk.until(clerk.inbox.list.table.hasFocus)
    assert page_of(clerk) is None
    (again,) = [action for action in clerk.window.menuBar().actions()[-1].menu().actions() if action.text() == texts.ACT_FIRST]
    again.trigger()
    clerk.until(lambda: page_of(clerk) is not None)
    assert page_of(clerk).window() is not clerk.window
    page_of(clerk).troubles[Trouble.LATE].click()
    clerk.until(lambda: rail_of(clerk) == texts.armed(Trouble.LATE))
    clerk.until(lambda: page_of(clerk) is None)


@pytest.mark.parametrize(
    ("trouble", "state", "filed"),
    [
        (Trouble.CUT, OutboxState.UNKNOWN, 1),
        (Trouble.MAINTENANCE, OutboxState.UNKNOWN, 0),
        (Trouble.LOGIN, OutboxState.QUEUED, 0),
    ],
)
def test_the_next_sending_meets_the_trouble_once_and_the_rail_says_what_to_do(first_start, practice, trouble, state, filed):
    clerk = first_start()
    arm(clerk, trouble)
    clerk.refresh()
    assert clerk.inbox.list.model.rowCount() == 12, "a refresh is no sending"
    clerk.fill_outage()
    clerk.press("Ctrl+Return")
    clerk.until(lambda: texts.struck(trouble) in [message.text for message in clerk.window._strips.messages])
    clerk.settle()
    assert (only_item(clerk).state, len(practice.utility.filed())) == (state, filed)
    assert not practice.is_armed()


def test_closed_hours_hold_what_is_sent_until_the_clerk_ends_them(first_start, practice):
    clerk = first_start()
    arm(clerk, Trouble.CLOSED)
    clerk.fill_outage()
    clerk.press("Ctrl+Return")
    clerk.until(lambda: [one.hold for one in clerk.window.outgoing.auto_sender.plan.waiting] == [Hold.CLOSED])
    clerk.settle_jobs()
    assert practice.utility.filed() == ()
    clerk.window._practising.coach._end_action.trigger()
    clerk.until(lambda: only_item(clerk).state is OutboxState.ACCEPTED)
    clerk.settle()
    assert clerk.context.desk.closed_hours.windows() == ()


def test_another_trouble_takes_the_place_of_one_that_waits_and_the_menu_ends_it(first_start, practice):
    clerk = first_start()
    arm(clerk, Trouble.CUT)
    arm(clerk, Trouble.LATE)
    assert [rule.fault.name for rule in practice.utility.faults.waiting()] == ["late"]
    clerk.window._practising.coach._end_action.trigger()
    clerk.until(lambda: rail_of(clerk) == texts.ENDED)
    assert not practice.is_armed()


@pytest.mark.parametrize("rule", _RULES.values(), ids=_RULES)
def test_a_trouble_is_for_one_new_application(rule):
    written = parse_fault(rule)
    assert written.times == 1
    assert written.strikes(FILING)
    assert not written.strikes(LISTING)
