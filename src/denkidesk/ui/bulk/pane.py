"""The pane beside the grid: what would be sent, in full, before it is; how it goes while it does; what stays behind, and why."""

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QWidget

from denkidesk.desk.bulk import BulkRow
from denkidesk.texts import apply as apply_texts
from denkidesk.texts import bulk as texts
from denkidesk.texts import dates
from denkidesk.texts import outbox as outbox_texts
from denkidesk.texts.errors import fault_text
from denkidesk.texts.names import KIND_NAMES, OUTBOX_STATE_NAMES, field_name
from denkidesk.ui.bulk.hold_button import HoldButton
from denkidesk.ui.bulk.standing import Rows, Standing, example
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.pairs import Pairs
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS

_SPOKEN_EVERY: Final = 5
_TOLD_OF: Final = (Standing.ACCEPTED, Standing.REJECTED, Standing.UNKNOWN)


class _Run(QWidget):
    """How the sending goes."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._spoken = 0
        self.title = PlainLabel("", self, scale=1.2, bold=True, wrap=True)
        self.done = PlainLabel("", self, scale=2.4, bold=True)
        self.total = PlainLabel("", self, tone="muted")
        self.left = PlainLabel("", self, wrap=True)
        self.bar = QProgressBar(self, textVisible=False)
        self.pause = QPushButton(texts.STOP_ALL, self)
        self.rest = QPushButton(texts.REST, self)
        self.outage = NoticeBox(context.icons, "info", "", self)
        count = HBox(spacing=SPACE_S).add(self.done, (self.total, 0, Qt.AlignmentFlag.AlignBottom), Stretch())
        buttons = VBox(spacing=SPACE_S).add(self.pause, self.rest)
        VBox(self, margins=0, spacing=SPACE_S).add(self.title, count, self.left, self.bar, buttons, self.outage)

    def show_rows(self, rows: Rows, now: datetime) -> None:
        """Counts, rest and clock time; spoken at every fifth row."""
        sent, counts = rows.sent(), rows.counts()
        done, total = counts[Standing.ACCEPTED], len(sent)
        through = sum(counts[one] for one in _TOLD_OF)
        self.done.setText(f"{done:,}")
        self.total.setText(texts.OF.format(total=f"{total:,}"))
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(through)
        waits = counts[Standing.WAITING] + counts[Standing.SENDING]
        planned = rows.planned
        moving = not rows.pause and (counts[Standing.SENDING] or any(one.hold in ("turn", "counting") for one in planned))
        last = max((one.at for one in planned if one.at is not None), default=None)
        self.title.setText(self._title(rows, waits, moving=bool(moving)))
        rest = "" if not waits or last is None or not moving else _rest(last, now)
        held = next((outbox_texts.HOLDS[one.hold] for one in planned if one.hold not in ("turn", "counting")), "")
        self.left.setText(rest or (held if waits and not rows.pause else ""))
        self.left.setVisible(bool(self.left.text()))
        self.pause.setText(texts.GO_ON if rows.pause else texts.STOP_ALL)
        for button in (self.pause, self.rest):
            button.setVisible(bool(waits))
        self._show_outage(rows)
        if through // _SPOKEN_EVERY != self._spoken // _SPOKEN_EVERY:
            announce(self, texts.SPOKEN.format(done=done, total=total))
        self._spoken = through

    def _title(self, rows: Rows, waits: int, *, moving: bool) -> str:
        if waits:
            return texts.PAUSED if rows.pause else texts.RUNNING if moving else texts.HELD
        counts = rows.counts()
        troubled = {OUTBOX_STATE_NAMES[answer.state] for answer in rows.answers.values() if answer.is_open}
        parts = [f"{word} {counts[Standing.UNKNOWN]}件" for word in sorted(troubled)][:1] if counts[Standing.UNKNOWN] else []
        return texts.DONE_WITH.format(left="・".join(parts)) if parts else texts.DONE

    def _show_outage(self, rows: Rows) -> None:
        outage = rows.overtaking
        if outage is None:
            if self.outage.lines:
                self.outage.show_lines(())
            return
        who = f" {outage.application.customer_name} さま" if outage.application.customer_name else ""
        at = None if rows.pause else next((one.at for one in rows.planned if one.at is not None), None)
        kind = KIND_NAMES[rows.brought.table.kind]
        line = texts.OVERTAKES_TEXT if at is None else texts.OVERTAKEN_TEXT.format(kind=kind, time=dates.clock_s(at))
        if (line,) != self.outage.lines:  # it is spoken each time
            self.outage.show_lines((line,), (texts.OVERTAKES if at is None else texts.OVERTAKEN).format(who=who))


class _Confirm(QWidget):
    """What would go, in full: count, kind, day, first and last row, how long it takes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", self, scale=1.2, bold=True, wrap=True)
        self.hint = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        self.pairs = Pairs(self, label_width=66)
        VBox(self, margins=0, spacing=SPACE_S).add(self.title, self.hint, self.pairs)

    def show_rows(self, rows: Rows, going: tuple[BulkRow, ...], seconds: float, now: datetime) -> None:
        """Or what is missing where nothing would go."""
        form = rows.brought.form
        missing = form.missing(rows.brought.table.fields, rows.brought.table.common)
        if not going:
            self.title.setText(texts.NOTHING)
            named = "」「".join(map(form.label, missing))
            self.hint.setText(texts.MISSING_TEXT.format(fields=named) if missing else texts.NOTHING_TEXT)
            self.pairs.show_pairs(())
            return
        title = texts.CONFIRM_AGAIN_TITLE if rows.sent() else texts.CONFIRM_TITLE
        self.title.setText(title.format(count=f"{len(going):,}"))
        self.hint.setText(texts.NO_UNDO)
        if (pairs := tuple(facts(rows, going, seconds, now))) != self.pairs.pairs:
            self.pairs.show_pairs(pairs)


def facts(rows: Rows, going: tuple[BulkRow, ...], seconds: float, now: datetime) -> list[tuple[str, str]]:
    """What is confirmed."""
    form = rows.brought.form

    def in_full(row: BulkRow) -> str:
        application = example(row)
        code = application.service_menu or application.content_code or application.equipment_class
        table = next(name for name in ("service_menu", "content_code", "equipment_class") if getattr(application, name) == code)
        return texts.row_in_full(row.source.line, application, _label(rows, table, code))

    pairs = [(texts.KIND, f"{KIND_NAMES[form.kind]}　{len(going):,}件")]
    if days := texts.days([example(row) for row in going]):
        pairs.append((field_name("change_on" if example(going[0]).change_on else "visit_on"), days))
    pairs += [(form.label(name), _label(rows, name, text)) for name, text in rows.brought.table.common.items() if text]
    pairs.append((texts.FIRST, in_full(going[0])))
    if len(going) > 1:
        pairs.append((texts.LAST, in_full(going[-1])))
    until = now + timedelta(seconds=seconds)
    pairs.append((texts.TAKES, texts.TAKES_ABOUT.format(seconds=texts.in_seconds(seconds), time=dates.clock_s(until))))
    return pairs


def _label(rows: Rows, name: str, text: str) -> str:
    return next((label for code, label in rows.brought.form.choices(name) if code == text), text)


def _rest(last: datetime, now: datetime) -> str:
    return texts.LEFT.format(seconds=texts.in_seconds((last - now).total_seconds()), time=dates.clock_s(last))


class BulkPane(QFrame):
    """Shows the rows; the acts at its foot keep their place."""

    sent = Signal(str)  # how it was confirmed
    pause_toggled = Signal()
    rest_stopped = Signal()
    save_requested = Signal()
    mend_requested = Signal()
    compare_requested = Signal()
    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._is_armed = False
        self._is_narrow = False
        self.setProperty("kind", "card")
        self.setAccessibleName(texts.TITLE)
        page = FittedPage(self)
        body = QWidget(page)
        self.run = _Run(context, body)
        self.confirm = _Confirm(body)
        self._row_title = PlainLabel(texts.ROW_TITLE, body, bold=True)
        self._row = Lines(body)
        self._left_title = PlainLabel("", body, bold=True)
        self._bad = PlainLabel("", body, tone="error", wrap=True)
        self._double = PlainLabel("", body, tone="warn", wrap=True)
        self._unticked = PlainLabel("", body, tone="muted", wrap=True)
        self.mend = self._small(texts.MEND_KEY, body)
        self.compare = self._small(texts.COMPARE_KEY, body)
        self._facts_title = PlainLabel(texts.FACTS, body, bold=True)
        self._facts = Pairs(body, label_width=66)
        VBox(body, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_S).add(
            self.run,
            self.confirm,
            Gap(SPACE_XS),
            self._row_title,
            self._row,
            Gap(SPACE_XS),
            self._left_title,
            HBox(spacing=SPACE_S).add((self._bad, 1), (self.mend, 0, Qt.AlignmentFlag.AlignTop)),
            HBox(spacing=SPACE_S).add((self._double, 1), (self.compare, 0, Qt.AlignmentFlag.AlignTop)),
            self._unticked,
            Gap(SPACE_XS),
            self._facts_title,
            self._facts,
            Stretch(),
        )
        page.set_body(body)
        self.send = HoldButton(self)
        self.send_hint = PlainLabel(texts.SEND_HINT, self, tone="muted", scale=0.9, wrap=True)
        self.back = QPushButton(texts.TO_GRID, self)
        self.save = QPushButton(texts.SAVE, self)
        self.save_hint = PlainLabel(texts.SAVE_HINT, self, tone="muted", scale=0.9, wrap=True)
        context.icons.put(self.save, "save")
        self._foot = VBox(margins=(SPACE_L, 0, SPACE_L, SPACE_M), spacing=SPACE_S)
        self._foot.add(self.send, self.send_hint, self.save, self.save_hint, self.back)
        VBox(self, margins=SPACE_XS, spacing=SPACE_S).add((page, 1), self._foot)
        self.back.setVisible(False)
        self.send.held.connect(self._on_held)
        self.send.clicked.connect(self.disarm)
        self.run.pause.clicked.connect(self.pause_toggled)
        self.run.rest.clicked.connect(self.rest_stopped)
        self.save.clicked.connect(self.save_requested)
        self.mend.clicked.connect(self.mend_requested)
        self.compare.clicked.connect(self.compare_requested)
        self.back.clicked.connect(self.left)
        self._going: tuple[BulkRow, ...] = ()
        self._confirmed: list[tuple[str, str]] = []
        self.show_facts(())

    @staticmethod
    def _small(words: str, parent: QWidget) -> QPushButton:
        button = QPushButton(words, parent)
        button.setProperty("small", "yes")
        return button

    def take_focus(self) -> None:
        """To what can be done next."""
        first = next(one for one in (self.send, self.run.pause, self.back) if one.isVisible() and one.isEnabled())
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what it shows

    def set_narrow(self, narrow: bool) -> None:
        """Where it stands in the grid's place its buttons stand side by side, and lead back there."""
        self._is_narrow = narrow
        self.back.setVisible(narrow)
        for hint in (self.send_hint, self.save_hint):
            hint.setVisible(hint.isVisibleTo(self) and not narrow)
        self._foot.setDirection(VBox.Direction.LeftToRight if narrow else VBox.Direction.TopToBottom)

    def show_rows(self, rows: Rows, now: datetime, *, is_queueing: bool) -> None:
        """Everything anew."""
        going = () if is_queueing else rows.going()
        if [row.source for row in going] != [row.source for row in self._going]:
            self._is_armed = False
            self.send.end()
        self._going = going
        has_run = bool(rows.sent())
        self.run.setVisible(has_run)
        if has_run:
            self.run.show_rows(rows, now)
        self.confirm.setVisible(bool(going) or not has_run)
        seconds = self._context.desk.traffic.wait(len(going)).eta_s
        self.confirm.show_rows(rows, going, seconds, now)
        self.send.setVisible(bool(going) or is_queueing or not has_run)
        self.send.setEnabled(bool(going))
        self.send_hint.setVisible(bool(going) and not self._is_narrow)
        words = texts.SEND_ARMED if self._is_armed else texts.SEND_QUEUEING if is_queueing else texts.SEND
        self.send.setText(words.format(count=f"{len(going):,}"))
        self.send.setAccessibleDescription(texts.SEND_HINT)
        answered = any(answer.state.value in ("accepted", "rejected", "unknown", "ask") for answer in rows.answers.values())
        self.save.setVisible(answered)
        self.save_hint.setVisible(answered and not self._is_narrow)
        self._show_left_out(rows)

    def show_row(self, rows: Rows, row: BulkRow | None) -> None:
        """What is to be said of the row that the cursor is in; nothing where all is well."""
        lines: list[str] = []
        if row is not None and rows.standing(row) is Standing.BAD:
            lines = [f"{rows.brought.table.heading_of(fault.field)}：{fault_text(fault)}" for fault in row.faults]
        elif row is not None and rows.standing(row) in (Standing.DOUBLE, Standing.READY):
            lines = [fault_text(fault) for fault in row.doubts]
            lines += apply_texts.similar_lines(row.similar or (), rows.brought.form.today)
            lines += [texts.NEEDS_LISTING] if row.needs_listing else []
            lines += [f"{rows.brought.table.heading_of(fault.field)}：{fault_text(fault)}" for fault in row.cautions]
        elif row is not None and (answer := rows.answers.get(row.source.line)) is not None and answer.words:
            lines = [answer.words]
        name = "" if row is None else texts.LINE_OF.format(line=row.source.line)
        self._row_title.setText(name)
        self._row_title.setVisible(bool(lines))
        self._row.show_lines(lines)

    def show_facts(self, pairs: list[tuple[str, str]] | tuple[()]) -> None:
        """What was confirmed, which stays to be read while it goes."""
        self._facts_title.setVisible(bool(pairs))
        self._facts.show_pairs(pairs)
        self._facts.setVisible(bool(pairs))

    def facts(self, rows: Rows, now: datetime, how: str) -> list[tuple[str, str]]:
        """What is being confirmed now."""
        seconds = self._context.desk.traffic.wait(len(self._going)).eta_s
        confirmed = (texts.CONFIRMED, how.format(time=dates.clock_s(now)))
        return [*facts(rows, self._going, seconds, now)[:-1], confirmed] if self._going else []

    def _show_left_out(self, rows: Rows) -> None:
        bad, double, unticked = rows.lines(Standing.BAD), rows.lines(Standing.DOUBLE), rows.unticked()
        double = [line for line in double if line not in rows.ticked]
        count = len(bad) + len(double) + len(unticked)
        self._left_title.setText(texts.LEFT_OUT.format(count=f"{count:,}"))
        self._left_title.setVisible(bool(count))
        for label, words, lines in (
            (self._bad, texts.BAD_ROWS, bad),
            (self._double, texts.DOUBLE_ROWS, double),
            (self._unticked, texts.UNTICKED_ROWS, unticked),
        ):
            label.setText(words.format(count=f"{len(lines):,}", lines=texts.lines_of(lines)))
            label.setVisible(bool(lines))
        self.mend.setVisible(bool(bad))
        self.compare.setVisible(bool(double))

    # -- what cannot be undone

    def arm(self, rows: Rows, now: datetime) -> None:
        """The first of two keys; the second sends."""
        if not self.send.isEnabled() or not self.send.isVisible():
            return
        self.send.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._is_armed:
            self._is_armed = False
            self.sent.emit(texts.BY_TWICE)
        else:
            self._is_armed = True
            self.show_rows(rows, now, is_queueing=False)
            announce(self.send, self.send.text())

    def disarm(self) -> None:
        """What was begun is not meant any more."""
        if self._is_armed:
            self._is_armed = False
            self.send.setText(texts.SEND.format(count=f"{len(self._going):,}"))

    def _on_held(self) -> None:
        self._is_armed = False
        self.sent.emit(texts.BY_HOLDING)
