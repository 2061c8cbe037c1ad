"""Everything that can be done in the window now, by name: what stands in its menus, on its buttons and behind its keys."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QMainWindow, QMenu, QPushButton, QRadioButton, QTabBar, QTabWidget, QWidget

from denkidesk.domain.name_folding import folded, folded_with
from denkidesk.domain.values import dataclass
from denkidesk.texts import acts as texts
from denkidesk.texts.shortcuts import SHEET, without_mnemonic

_PRESSED = (QPushButton, QCheckBox, QRadioButton)


@dataclass(frozen=True, slots=True)
class FoundAct:
    """One act. ``why``: what keeps it from being done now, empty if nothing does. ``found_by``: in one form of each letter.

    ``leads_there``: all the same Enter helps, it opens the screen where the act works.
    """

    name: str
    place: str
    key: str
    why: str
    found_by: str
    run: Callable[[], object]
    leads_there: bool = False


def acts_of(window: QMainWindow, tabs: QTabWidget) -> tuple[FoundAct, ...]:
    """Each act once: the menus', then those of the screen in front, then those of the other screens."""
    front = tabs.currentIndex()
    others = [place for place in range(tabs.count()) if place != front]
    found = [
        *_of_menus(window),
        *_of_screen(tabs, front),
        *_of_frame(window, tabs),
        *(act for place in others for act in _of_screen(tabs, place)),
        *_of_sheet(tabs),
    ]
    by_name: dict[str, FoundAct] = {}
    for act in found:
        known = by_name.get(act.name)
        if known is None or (known.why and not act.why):
            by_name[act.name] = act
    return tuple(by_name.values())


def matching(acts: Sequence[FoundAct], words: str) -> list[FoundAct]:
    """Those in which each word is found; whose name begins with the words first, then what can be done now."""
    parts = folded(words).split()
    hits = [act for act in acts if all(part in act.found_by for part in parts)]
    begins = " ".join(parts)
    return sorted(hits, key=lambda act: (not act.found_by.startswith(begins), bool(act.why)))


def _act(name: str, place: str, key: str, why: str, run: Callable[[], object]) -> FoundAct:
    name = " ".join(without_mnemonic(name).rstrip("…▾ ").split())
    return FoundAct(name, place, key, why, folded_with(f"{name} {place}", texts.READINGS), run)


def _of_menus(window: QMainWindow) -> Iterator[FoundAct]:
    for action in window.menuBar().actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from _of_menu(menu, without_mnemonic(action.text()))


def _of_menu(menu: QMenu, path: str) -> Iterator[FoundAct]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _of_menu(below, f"{path} › {without_mnemonic(action.text())}")
        elif not action.isSeparator() and action.text():
            why = "" if action.isEnabled() else _why(str(action.property("tells") or ""))
            yield _act(action.text(), path, _label(action.shortcut()), why, partial(_trigger, action))


def _trigger(action: QAction) -> None:
    action.trigger()


def _of_frame(window: QMainWindow, tabs: QTabWidget) -> Iterator[FoundAct]:
    """The buttons beside the screens: the band, the rail, the status bar."""
    for button in _buttons(window):
        if button.isVisible() and not tabs.isAncestorOf(button) and button.window() is window:
            yield _of_button(button, "", button.click)


def _of_screen(tabs: QTabWidget, place: int) -> Iterator[FoundAct]:
    page, screen = tabs.widget(place), texts.SCREENS[place]
    if page is None:
        return
    for button in _buttons(page):
        if button.isVisibleTo(page):
            yield _of_button(button, screen, partial(_there, tabs, place, button.click))
    for bar in page.findChildren(QTabBar):
        for tab in range(bar.count() if bar.isVisibleTo(page) else 0):
            why = "" if bar.isTabEnabled(tab) else texts.CANNOT
            key = _label(QKeySequence.mnemonic(bar.tabText(tab)))
            yield _act(bar.tabText(tab), screen, key, why, partial(_there, tabs, place, partial(bar.setCurrentIndex, tab)))
    for shortcut in page.findChildren(QShortcut):
        parent = shortcut.parent()
        if (
            shortcut.property("does")
            and shortcut.isEnabled()
            and isinstance(parent, QWidget)
            and (parent is page or parent.isVisibleTo(page))
        ):
            yield _act(
                str(shortcut.property("does")), screen, _label(shortcut.key()), "", partial(_there, tabs, place, shortcut.activated.emit)
            )


def _buttons(widget: QWidget) -> list[QAbstractButton]:
    return [button for kind in _PRESSED for button in widget.findChildren(kind) if without_mnemonic(button.text()).strip()]


def _of_button(button: QAbstractButton, place: str, run: Callable[[], object]) -> FoundAct:
    why = "" if button.isEnabled() else _why(button.accessibleDescription())
    return _act(button.text(), place, _label(QKeySequence.mnemonic(button.text())), why, run)


def _of_sheet(tabs: QTabWidget) -> Iterator[FoundAct]:
    """What the sheet of keys names and nothing else does: it works where it works, and the clerk is led there."""
    for heading, shortcuts in SHEET:
        screen = texts.SCREEN_OF_HEADING.get(heading)
        for shortcut in shortcuts if screen is not None else ():
            place = texts.SCREENS.index(str(screen))
            why = texts.ON_SCREEN.format(screen=screen)
            yield replace(_act(shortcut.does, str(screen), shortcut.label, why, partial(tabs.setCurrentIndex, place)), leads_there=True)


def _there(tabs: QTabWidget, place: int, run: Callable[[], object]) -> None:
    """On the act's own screen; what stands on it is enabled a turn after it has come to the front."""
    if tabs.currentIndex() == place:
        run()
        return
    tabs.setCurrentIndex(place)
    QTimer.singleShot(0, tabs, run)


def _label(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.NativeText)


def _why(said: str) -> str:
    return texts.CANNOT_WHY.format(why=said) if said else texts.CANNOT
