"""Refused by a gateway's page: at the window and on the command line the listing is asked before anything goes again."""

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from fakes.clerk import POINT
from fakes.desk_home import OUTAGE, run_program, write_application, write_settings
from fakes.doubtful_utility import DoubtfulUtility, accepted

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def utility():
    doubtful = DoubtfulUtility()
    with doubtful.server:
        yield doubtful


def test_the_command_line_asks_and_tells_before_it_files_again(tmp_path, utility):
    home, file = tmp_path / "home", str(write_application(tmp_path))
    write_settings(home, None, base_url=utility.server.url)
    utility.takes = True
    first = run_program(home, "apply", "outage", file)
    assert (first.code, first.json["state"], first.json["failure_code"]) == (3, "rejected", "unknown_service")
    assert "確かめられません" in first.stderr
    assert "by_status" not in first.json, "the contract names no such key"
    utility.filing, utility.takes = accepted(), False
    second = run_program(home, "apply", "outage", file)
    assert second.code == 0, second.stderr
    point = OUTAGE["supply_point_number"]
    assert utility.calls == [f"file {point}", f"list {point}", f"file {point}"]
    assert "同じ地点の同じ種類の申込がほかにあります：D00000000001" in second.stderr


def test_the_command_line_files_nothing_where_the_listing_cannot_be_asked(tmp_path, utility):
    home, file = tmp_path / "home", str(write_application(tmp_path))
    write_settings(home, None, base_url=utility.server.url)
    run_program(home, "apply", "outage", file)
    utility.server.answer = lambda *_: (500, {}, b"")
    again = run_program(home, "apply", "outage", file)
    assert (again.code, again.stdout) == (4, b""), again.stderr
    assert len(run_program(home, "outbox", "list").json) == 1


@pytest.mark.parametrize("takes", [False, True])
def test_the_window_shows_what_the_listing_has_before_it_queues_again(come_to_work, utility, takes):
    utility.takes = takes
    clerk = come_to_work(kansai_base_url=utility.server.url)
    clerk.file_outage()
    clerk.picture("refused")
    assert "確かめられません" in clerk.outcome()
    clerk.open_outbox()
    view = clerk.outbox
    clerk.until(lambda: view.model.rowCount() == 2)
    assert "確かめられません" in view.model.index(1, 4).data()
    view.table.setFocus()
    clerk.tab_to("もう一度送信待ちにする")
    clerk.press("Space")
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    clerk.picture("asked")
    box = QApplication.activeModalWidget()
    assert utility.calls == [f"file {POINT}", f"list {POINT}"]
    assert ("D00000000001" in box.informativeText()) == takes
    assert ("載っていません" in box.text()) != takes
    clerk.tab_to("重複ではないので送信待ちにする(&S)")
    clerk.press("Space")
    clerk.back_in_the_window()
    clerk.until(lambda: len(utility.calls) == 3)
    clerk.settle()
    (item,) = clerk.items()
    assert "clerk" in [event.code for event in clerk.context.desk.outbox.events(item.item_id)]
    assert utility.calls == [f"file {POINT}", f"list {POINT}", f"file {POINT}"]


def test_the_form_asks_before_the_same_point_is_filed_again(come_to_work, utility):
    utility.takes = True
    clerk = come_to_work(kansai_base_url=utility.server.url)
    clerk.file_outage()
    clerk.fill_outage()
    clerk.picture()
    assert utility.calls == [f"file {POINT}", f"list {POINT}"]
    assert "D00000000001" in clerk.words_in(clerk.apply.form.review)
    assert not clerk.apply.form.review.may_send
