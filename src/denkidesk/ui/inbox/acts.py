"""What the clerk does with the chosen rows, one or many: on the lanes, with a word about what came of it and a way back by name."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from denkidesk.desk.inbox_acts import Act, Chosen, Done
from denkidesk.jobs.job import LaneName
from denkidesk.texts import dates
from denkidesk.texts import inbox as inbox_texts
from denkidesk.texts import inbox_acts as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.act_table import MENU, RowAct
from denkidesk.ui.inbox.detail import DetailPane
from denkidesk.ui.inbox.feed import InboxFeed
from denkidesk.ui.inbox.list_view import InboxList
from denkidesk.ui.inbox.rows import InboxReader
from denkidesk.ui.parts.key_binding import bind
from denkidesk.ui.parts.strip import Message, Strips

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.ui.inbox.details import Summary

_KEY: Final = "inbox.acts"
_DUE_KEY: Final = "inbox.due"
_UNDO_NAMES: Final = {
    Act.READ: texts.UNDO_READ,
    Act.UNREAD: texts.UNDO_UNREAD,
    Act.NOTE: texts.UNDO_NOTE,
    Act.TAG: texts.UNDO_TAG,
    Act.FOLLOW_UP: texts.UNDO_FOLLOW_UP,
}
_SAID: Final = {Act.READ: texts.MARKED_READ, Act.UNREAD: texts.MARKED_UNREAD, Act.NOTE: texts.NOTED, Act.TAG: texts.TAGGED}
_EVERY_PLACE: Final = ((0, 2**62),)


class RowActs(QObject):
    """Acts are for the rows that are chosen at the moment of the key; what is typed for some rows stays theirs, whatever is chosen then."""

    changed = Signal()  # the store has something new to show
    due_wanted = Signal()  # those whose day to look again has come
    kept_in_sight = Signal(object)  # receipt numbers that a filter may let go now, and that stay where they are
    editor_wanted = Signal()  # the pane has to be in sight
    editor_closed = Signal()
    follow_on_found = Signal(object)  # FollowOn
    statuses_requested = Signal(object)  # receipt numbers

    def __init__(
        self,
        context: UiContext,
        reader: InboxReader,
        shown: InboxList,
        feed: InboxFeed,
        pane: DetailPane,
        strips: Strips,
        say_failure: Callable[..., None],
        screen: QWidget,
    ) -> None:
        super().__init__(screen)
        self._context = context
        self._jobs = context.jobs
        self._reader = reader
        self._list = shown
        self._feed = feed
        self._pane = pane
        self._strips = strips
        self._say_failure = say_failure
        self._screen = screen
        self._is_editor_known = self._was_due_told = False
        self._slots: dict[RowAct, Callable[[], object]] = {
            RowAct.FOLLOW_ON: self._follow_on,
            RowAct.SUMMARY: self._sum_up,
            RowAct.NOTE: partial(self._edit, Act.NOTE),
            RowAct.TAG: partial(self._edit, Act.TAG),
            RowAct.FOLLOW_UP: partial(self._edit, Act.FOLLOW_UP),
            RowAct.FETCH: self._fetch,
            RowAct.MORE: self._open_menu,
            RowAct.MARK: self._toggle_mark,
            RowAct.MARK_ALL: self._mark_all,
            RowAct.COPY_NUMBER: self._copy_numbers,
            RowAct.EXPORT: self._export,
            RowAct.PRINT: self._print,
        }
        self.actions: list[QAction] = []
        for line in MENU:
            action = QAction(texts.in_menu(line.word, line.letter, line.shortcut), screen)
            if line.icon:
                context.icons.put(action, line.icon, "muted")
            action.triggered.connect(partial(self.carry_out, line.act))
            self.actions.append(action)
            if line.act is not RowAct.PRINT:  # its key is the window's
                bind(line.shortcut, screen, partial(self.carry_out, line.act), auto_repeat=False)
        pane.act_requested.connect(self.carry_out)

    @property
    def chosen(self) -> Chosen:
        """The rows that are chosen now; none of them: an empty choice."""
        numbers, count = self._list.chosen_receipt_numbers(), self._list.chosen_count
        if len(numbers) == count or self._feed.window is None:
            return Chosen(tuple(numbers))
        return Chosen((), self._feed.window, tuple(self._list.table.chosen_ranges()))

    def tell_due(self, count: int) -> None:
        """Says once, at the start, on how many the day to look again has come; it stands there until somebody has looked or closed it."""
        if count and not self._was_due_told:
            said = texts.DUE.format(count=f"{count:,}")
            self._strips.stand(Message("warn", said, texts.DUE_SHOW, self._show_due, _DUE_KEY))
        self._was_due_told = True

    def _show_due(self) -> None:
        self._strips.clear(_DUE_KEY)
        self.due_wanted.emit()

    def carry_out(self, act: RowAct) -> None:
        """Does one thing with the chosen rows."""
        if self._is_editing():
            return  # the keys are the editor's
        if act is not RowAct.MARK_ALL and not self._list.chosen_count:
            self._strips.say(Message("info", texts.NOTHING_CHOSEN, key=_KEY))
            return
        self._slots[act]()

    def print_chosen(self) -> None:
        """Prints the chosen applications."""
        self.carry_out(RowAct.PRINT)

    # -- marks

    def _toggle_mark(self) -> None:
        chosen = self.chosen
        self.kept_in_sight.emit(chosen.receipt_numbers)
        self._run(_toggled, self._context.desk, chosen)

    def _mark_all(self) -> None:
        window = self._feed.window
        if window is not None:
            self._run(self._context.desk.inbox_acts.mark_read, Chosen((), window, _EVERY_PLACE))

    # -- what is noted

    def _edit(self, act: Act) -> None:
        chosen, value = self.chosen, ""
        if chosen.count == 1:
            row = self._list.current_row
            if row is None:
                return
            entry = row.entry
            day = entry.follow_up_on
            value = {Act.NOTE: entry.note, Act.TAG: " ".join(entry.tags)}.get(act, dates.in_field(day) if day else "")
        editor = self._pane.editor
        if not self._is_editor_known:
            self._is_editor_known = True
            editor.kept.connect(self._on_kept)
            editor.closed.connect(self.editor_closed)
        self.editor_wanted.emit()
        editor.open_for(act, chosen, value, self._context.desk.inbox_acts.today())
        if act is Act.TAG:
            self._jobs.run(LaneName.STORE, self._context.desk.inbox_acts.tags_in_use).then(editor.offer_tags, self._context.notices.failure)

    def _is_editing(self) -> bool:
        return self._is_editor_known and self._pane.editor.isVisible() and self._pane.editor.isAncestorOf(self._focused())

    def _focused(self) -> QWidget:
        return self._screen.window().focusWidget() or self._screen

    def _on_kept(self, act: Act, chosen: Chosen, value: object) -> None:
        desk = self._context.desk.inbox_acts
        if act is Act.FOLLOW_UP:
            self._run(desk.follow_up, chosen, value if isinstance(value, date) else None)
        else:
            self._run(desk.note if act is Act.NOTE else desk.tag, chosen, str(value))

    # -- what came of it

    def _run(self, function: Callable[..., Done], *args: object) -> None:
        again = partial(self._on_failed, partial(self._run, function, *args))
        self._jobs.run(LaneName.STORE, function, *args).then(self._on_done, again, self._on_moved)

    def _on_done(self, done: Done) -> None:
        if not done.count:
            self._strips.say(Message("ok", texts.NOTHING_UNREAD if done.act is Act.READ else texts.NOTHING_CHANGED, key=_KEY))
            return
        count = f"{done.count:,}"
        name = _UNDO_NAMES[done.act].format(count=count)
        self._context.undo.offer(name, partial(self._take_back, done, name))
        said = _SAID.get(done.act, texts.FOLLOW_UP_GONE if done.day is None else texts.FOLLOW_UP_KEPT)
        if done.act is Act.NOTE and not done.text:
            said = texts.NOTE_GONE
        day = "" if done.day is None else dates.day(done.day)
        self._strips.say(Message("ok", said.format(count=count, day=day), key=_KEY))
        self.changed.emit()

    def _on_moved(self) -> None:
        self._strips.say(Message("warn", texts.MOVED, key=_KEY))
        self.changed.emit()

    def _take_back(self, done: Done, name: str) -> None:
        job = self._jobs.run(LaneName.STORE, self._context.desk.inbox_acts.take_back, done)
        job.then(partial(self._on_taken_back, name), partial(self._on_failed, partial(self._take_back, done, name)))

    def _on_taken_back(self, name: str, _done: Done) -> None:
        self._strips.say(Message("ok", texts.UNDONE.format(name=name), key=_KEY))
        self.changed.emit()

    def _on_failed(self, again: Callable[[], None], error: BaseException) -> None:
        self._say_failure(error, texts.FAILED, again, _KEY)

    # -- others

    def _follow_on(self) -> None:
        numbers = self._list.chosen_receipt_numbers()
        if self._list.chosen_count == 1 and numbers:
            begun = self._jobs.run(LaneName.STORE, self._context.desk.prefill.follow_on, numbers[0])
            begun.then(self.follow_on_found, self._context.notices.failure)
        else:
            self._strips.say(Message("info", texts.FOLLOW_ON_ONE, key=_KEY))

    def _sum_up(self) -> None:
        self._jobs.run(LaneName.STORE, self._reader.details.summary, self.chosen).then(
            self._on_summary, self._context.notices.failure, self._on_moved
        )

    def _on_summary(self, summary: "Summary") -> None:
        from denkidesk.ui.parts.clipboard import copy_lines

        copy_lines(summary.text)
        one = summary.count == 1
        text = texts.SUMMED_UP.format(text=summary.text) if one else texts.SUMMED_UP_MANY.format(count=f"{summary.count:,}")
        self._strips.say(Message("ok", text, key=_KEY))

    def _fetch(self) -> None:
        chosen = self.chosen
        if chosen.window is None:
            self.statuses_requested.emit(chosen.receipt_numbers)
        else:
            numbers = self._jobs.run(LaneName.STORE, self._context.desk.inbox_acts.receipt_numbers, chosen)
            numbers.then(self.statuses_requested, self._context.notices.failure, self._on_moved)

    def _copy_numbers(self) -> None:
        numbers = self._list.chosen_receipt_numbers()
        if len(numbers) < self._list.chosen_count:
            self._feed.copy_receipt_numbers()
        elif numbers:
            from denkidesk.ui.parts.clipboard import copy_rows

            copy_rows([[number] for number in numbers])
            self._strips.say(Message("ok", inbox_texts.COPIED.format(receipt="、".join(numbers[:3])), key="inbox.copied"))

    def _export(self) -> None:
        from denkidesk.ui.inbox.export import Export

        Export(self._context, self._strips, self._screen).ask(self.chosen)

    def _print(self) -> None:
        from denkidesk.ui.inbox.printing import Printing

        Printing(self._context, self._reader.details, self._strips, self._screen).ask(self.chosen)

    def _open_menu(self) -> None:
        menu = QMenu(self._screen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions(self.actions)
        focused = self._focused()
        menu.popup(focused.mapToGlobal(QPoint(0, focused.height()) if focused.height() < self._screen.height() // 2 else QPoint(0, 0)))


def _toggled(desk: "Desk", chosen: Chosen) -> Done:
    """Read where any of them is unread, else unread again."""
    done = desk.inbox_acts.mark_read(chosen)
    return done if done.count else desk.inbox_acts.mark_unread(chosen)
