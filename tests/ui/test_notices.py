"""What belongs to no screen is said once, and a newer word of the same sort takes the place of the older."""

from PySide6.QtWidgets import QWidget

from denkidesk.domain.errors import Cancelled, Unreachable
from denkidesk.ui.notices import Notices
from denkidesk.ui.parts.strip import Strips


def test_failures_of_one_sort_take_each_others_place(qtbot):
    screen = QWidget()
    qtbot.addWidget(screen)
    notices, strips = Notices(), Strips(screen)
    notices.message.connect(strips.say)
    notices.failure(Unreachable("kansai", "connect"))
    notices.failure(Unreachable("kansai", "timeout"))
    notices.failure(Cancelled())
    (message,) = strips.messages
    assert "時間内に応答がありません" in message.text


def test_what_nobody_foresaw_is_a_bug_and_no_message(qtbot):
    notices, said, bugs = Notices(), [], []
    notices.message.connect(said.append)
    notices.bug.connect(bugs.append)
    bug = ZeroDivisionError()
    notices.failure(bug)
    assert (said, bugs) == ([], [bug])
