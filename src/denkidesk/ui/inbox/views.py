"""What the list can be asked to show, as chips with counts: the filters of the program, then the views that the clerk keeps by a name."""

from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QSizePolicy, QWidget

from denkidesk.desk.inbox import InboxCounts, InboxFilter, InboxView
from denkidesk.domain.errors import InputRefused
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import inbox as texts
from denkidesk.texts.shortcuts import CHOOSE_VIEW
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.criteria_button import Asked
from denkidesk.ui.parts.chip import FilterChip
from denkidesk.ui.parts.key_binding import bind
from denkidesk.ui.parts.refit import Refitted
from denkidesk.ui.parts.theme import CONTROL_HEIGHT, SPACE_S, set_tone

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

_FILTERS: Final = (
    (InboxFilter.ALL, texts.FILTER_ALL),
    (InboxFilter.UNREAD, texts.FILTER_UNREAD),
    (InboxFilter.NEEDS_ACTION, texts.FILTER_NEEDS_ACTION),
    (InboxFilter.OUTAGE, texts.FILTER_OUTAGE),
    (InboxFilter.VISIT_TOMORROW, texts.FILTER_VISIT),
    (InboxFilter.UNMOVED, texts.FILTER_UNMOVED),
)
_COMBO_WIDTH: Final = 176
T = TypeVar("T")


class ViewChips(Refitted, QWidget):
    """One is pressed at any time, and the list shows it alone. What has no room stands in a menu; all of it where the window is narrow."""

    filter_chosen = Signal(object)  # an InboxFilter
    view_chosen = Signal(object)  # an Asked
    failed = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._counted: dict[str, int] = {}
        self._wanted: int | None = None  # by its place, as soon as what is kept is known
        self._is_narrow = False
        self.own: list[FilterChip] = []
        self._pressed: FilterChip | None = None
        self._shown: InboxFilter | str = InboxFilter.ALL
        days = context.desk.inbox.unmoved_days
        self.chips = {
            value: self._chip(value, word.format(days=days), texts.FILTER_TIPS[str(value)], place)
            for place, (value, word) in enumerate(_FILTERS)
        }
        self._more = QPushButton(self)
        self._more.setProperty("kind", "chip")
        self._more.setProperty("chosen", "no")
        self._more.setMenu(QMenu(self._more))
        self._more.menu().aboutToShow.connect(self._on_menu)
        self._combo = QComboBox(self)
        self._combo.setAccessibleName(texts.VIEWS_NAME)
        self._combo.activated.connect(self.choose_place)
        self._looks = LatestJob(context.jobs, self, self._on_kept, self.failed)
        self._counts = LatestJob(context.jobs, self, self._on_counts, self.failed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(texts.VIEWS_NAME)
        self._choose(InboxFilter.ALL)  # and fits the chips when there is room for them, which its first size says

    # -- what is shown

    @property
    def pressed(self) -> object:
        """What the list shows."""
        return None if self._pressed is None else self._pressed.value

    def press(self, shown: InboxFilter | str) -> None:
        """Shows a filter, or the own view of a name, as the one that the list shows; "" for none of them."""
        self._choose(shown)
        self.refit()

    def _choose(self, shown: InboxFilter | str) -> None:
        self._shown = shown
        chips = [*self.chips.values(), *self.own]
        self._pressed = next((chip for chip in chips if shown and shown in (chip.value, _name_of(chip))), None)
        for chip in chips:
            chip.setChecked(chip is self._pressed)

    def show_counts(self, counts: InboxCounts) -> None:
        """Shows how many rows each would show; those of the own views are counted behind everything else."""
        for name, chip in self.chips.items():
            chip.set_count(getattr(counts, name.value))
        self.refit()
        if self.own:
            self._counts.run(LaneName.WORK, _counted, self._context.desk, tuple(map(_asked, self.own)))

    def look(self) -> None:
        """Reads which views are kept."""
        self._looks.run(LaneName.STORE, _kept, self._context.desk)

    def bind_keys(self, screen: QWidget) -> None:
        """Its keys count on the whole screen."""
        for place, key in enumerate(CHOOSE_VIEW.keys):
            bind(key, screen, partial(self.choose_place, place))

    def choose_place(self, place: int) -> None:
        """Takes the one at a place, counted from the left; none there, nothing happens."""
        if place < len(self.chips):
            self.filter_chosen.emit(list(self.chips)[place])
        else:  # another window, or the dialog, may have kept one just now
            self._wanted = place - len(self.chips)
            self.look()

    def keep(self, shown: InboxFilter, search: str, asked: Asked | None) -> bool:
        """Asks by which name what is shown is to be kept, in the place of the view that has it; False: it is everything."""
        name = _name_of(self._pressed) or (asked.kept.name if asked else "")
        if not name and shown is InboxFilter.ALL and not search and asked is None:
            return False
        values = asked.kept.values if asked else {}
        from denkidesk.desk.listing_criteria import SavedView
        from denkidesk.ui.inbox.name_dialog import NameDialog

        parts = [
            *([] if shown is InboxFilter.ALL else [self.chips[shown].word]),
            *([texts.SEARCHED_FOR.format(words=search)] if search else []),
            *([texts.CRITERIA] if values else []),
        ]
        dialog = NameDialog(self._context, "、".join(parts) or texts.FILTER_ALL, name, self.window())
        desk = self._context.desk.listing_criteria

        def keep_as(new: str) -> None:
            self._shown = new
            self._change(desk.keep, SavedView(new, values, shown, search))

        dialog.named.connect(keep_as)
        dialog.forgotten.connect(partial(self._change, desk.forget))
        dialog.open()
        return True

    def _change(self, change: Callable[[T], None], what: T) -> None:
        self._context.jobs.run(LaneName.STORE, change, what).then(self._on_changed, self.failed)

    def _on_changed(self, _nothing: object) -> None:
        self.look()

    def stop(self) -> None:
        """The screen closes."""
        self._looks.cancel()
        self._counts.cancel()

    # -- room

    def set_narrow(self, narrow: bool) -> None:
        """One box to choose from stands for all chips."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self.setSizePolicy(QSizePolicy.Policy.Fixed if narrow else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.updateGeometry()
        self.refit()

    def sizeHint(self) -> QSize:
        """As many chips as there is room for."""
        height = max(CONTROL_HEIGHT, self._combo.sizeHint().height())
        return QSize(_COMBO_WIDTH if self._is_narrow else sum(chip.sizeHint().width() + SPACE_S for chip in self.chips.values()), height)

    def minimumSizeHint(self) -> QSize:
        """The one that is pressed, and the menu of the others."""
        return QSize(_COMBO_WIDTH, self.sizeHint().height())

    def _fit(self) -> None:
        """More or fewer have room now."""
        chips = [*self.chips.values(), *self.own]
        self._combo.setVisible(self._is_narrow)
        shown = [] if self._is_narrow else self._fitting(chips)
        hidden = [chip for chip in chips if chip not in shown]
        left = 0
        for chip in shown:
            left = self._put(chip, left)
        for chip in hidden:
            chip.hide()
        self._more.setVisible(bool(hidden) and not self._is_narrow)
        if self._is_narrow:
            self._combo.setGeometry(self.rect())
            self._fill_combo(chips)
        elif hidden:
            self._put(self._more, left)

    def _fitting(self, chips: list[FilterChip]) -> list[FilterChip]:
        """Those that stand in a line, with room for the menu where some do not."""
        widths = [chip.sizeHint().width() + SPACE_S for chip in chips]
        ends = list(accumulate(widths))
        if ends[-1] - SPACE_S <= self.width():
            return chips
        count = len(chips)
        while True:  # the menu has the name of the pressed one as soon as that is in it, which takes the place of more chips
            self._name_menu(chips[count:])
            fitting = bisect_right(ends, self.width() - self._more.sizeHint().width(), hi=count)
            if fitting == count:
                return chips[:count]
            count = fitting

    def _name_menu(self, hidden: list[FilterChip]) -> None:
        """Says what is in the menu: the pressed one, or how many there are."""
        is_inside = self._pressed in hidden
        text = texts.VIEWS_MORE.format(count=len(hidden))
        self._more.setText(f"{self._pressed.text()} ▾" if is_inside and self._pressed else text)
        self._more.setAccessibleName(self._more.text())
        set_tone(self._more, "chosen", "yes" if is_inside else "no")

    def _put(self, chip: QPushButton, left: int) -> int:
        hint = chip.sizeHint()
        chip.setGeometry(left, (self.height() - hint.height()) // 2, min(hint.width(), max(0, self.width() - left)), hint.height())
        chip.show()
        return left + hint.width() + SPACE_S

    def _fill_combo(self, chips: list[FilterChip]) -> None:
        words = [chip.text() for chip in chips]
        if [self._combo.itemText(place) for place in range(self._combo.count())] != words:
            self._combo.clear()
            self._combo.addItems(words)
        self._combo.setCurrentIndex(next((place for place, chip in enumerate(chips) if chip is self._pressed), 0))

    def _on_menu(self) -> None:
        menu = self._more.menu()
        menu.clear()
        for place, chip in enumerate([*self.chips.values(), *self.own]):
            if chip.isHidden():
                key = CHOOSE_VIEW.keys[place] if place < len(CHOOSE_VIEW.keys) else ""
                action = menu.addAction(f"{chip.text()}\t{key}", partial(self.choose_place, place))
                action.setCheckable(True)
                action.setChecked(chip is self._pressed)

    # -- own views

    def _chip(self, value: object, word: str, tip: str, place: int) -> FilterChip:
        key = f" ({CHOOSE_VIEW.keys[place]})" if place < len(CHOOSE_VIEW.keys) else ""
        chip = FilterChip(value, word, tip + key, self)
        chip.chosen.connect(self._on_chosen)
        return chip

    def _on_chosen(self, value: object) -> None:
        if isinstance(value, Asked):
            self.view_chosen.emit(value)
        else:
            is_let_go = self._pressed is not None and self._pressed.value == value
            self.filter_chosen.emit(InboxFilter.ALL if is_let_go else value)

    def _on_kept(self, kept: tuple[Asked, ...]) -> None:
        if tuple(map(_asked, self.own)) != kept:
            if self._pressed in self.own and self._shown not in {asked.kept.name for asked in kept}:
                self.filter_chosen.emit(InboxFilter.ALL)  # it is kept no longer
            for chip in self.own:
                chip.deleteLater()
            self.own = []
            for asked in kept:
                tip = texts.VIEW_WITH_CRITERIA_TIP if asked.kept.values else texts.VIEW_TIP
                chip = self._chip(asked, asked.kept.name.replace("&", "&&"), tip, len(self.chips) + len(self.own))
                chip.set_count(self._counted.get(asked.kept.name))
                if asked.kept.values:
                    self._context.icons.put(chip, "refresh", "muted")
                self.own.append(chip)
            self.press(self._shown)
            self._counts.run(LaneName.WORK, _counted, self._context.desk, kept)
        place, self._wanted = self._wanted, None
        if place is not None and place < len(kept):
            self.view_chosen.emit(kept[place])

    def _on_counts(self, counted: dict[str, int]) -> None:
        self._counted = counted
        for chip in self.own:
            chip.set_count(counted.get(_name_of(chip)))
        self.refit()


def _asked(chip: FilterChip) -> Asked:
    value = chip.value
    assert isinstance(value, Asked)  # noqa: S101 - only own views are asked
    return value


def _name_of(chip: FilterChip | None) -> str:
    return chip.value.kept.name if chip is not None and isinstance(chip.value, Asked) else ""


def _kept(desk: "Desk") -> tuple[Asked, ...]:
    """What is kept, as it would be asked for today."""
    found = []
    for kept in desk.listing_criteria.kept():
        try:
            found.append(Asked(kept, desk.listing_criteria.criteria(kept.values)))
        except InputRefused:
            found.append(Asked(kept, None))
    return tuple(found)


def _counted(desk: "Desk", views: tuple[Asked, ...]) -> dict[str, int]:
    """How many rows each would show."""
    asked = ((view.kept, view.criteria) for view in views)
    return {
        kept.name: 0 if criteria is None else desk.inbox.windows.count_of(InboxView(kept.filter, kept.search, criteria))
        for kept, criteria in asked
    }
