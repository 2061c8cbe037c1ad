"""One table has all keys; menus, sheet, guide, tips and README say what it says."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut

import denkidesk
from denkidesk.domain.applications import ApplicationKind
from denkidesk.texts import apply as apply_texts
from denkidesk.texts import help as help_texts
from denkidesk.texts import pictures as pictures_texts
from denkidesk.texts import price_pairs as price_pairs_texts
from denkidesk.texts import ranking as ranking_texts
from denkidesk.texts import shortcuts
from denkidesk.texts.shortcuts import SHEET, Shortcut
from denkidesk.ui.parts.key_binding import is_pressed

PACKAGE = Path(denkidesk.__file__).parent
README = PACKAGE.parents[1] / "README.md"
SHORTCUTS = {name: value for name, value in vars(shortcuts).items() if isinstance(value, Shortcut)}
LABELS = {label for shortcut in SHORTCUTS.values() for label in (shortcut.label, *shortcut.keys)}
COMPARISON = {
    shortcuts.WHY_PLAN: ranking_texts.WHY,
    shortcuts.COMPARE_PRICES: price_pairs_texts.COMPARE,
    shortcuts.EXCLUDE_PLAN: ranking_texts.EXCLUDE,
    shortcuts.INCLUDE_PLAN: ranking_texts.INCLUDE,
    shortcuts.LEFT_OUT_PLANS: ranking_texts.REASONS_BUTTON,
    shortcuts.CHANGED_PRICES: ranking_texts.CHANGES,
    shortcuts.CHOOSE_PICTURE: pictures_texts.CHOOSE,
    shortcuts.PICTURE_NUMBERS: pictures_texts.SHOW_NUMBERS,
    shortcuts.FUEL_RULE: ranking_texts.FUEL,
    shortcuts.OWN_PLANS: ranking_texts.OWN_PLANS,
    shortcuts.PRICE_OF_PLAN: ranking_texts.ENTER_PRICE,
    shortcuts.FAVOURITE_PLAN: ranking_texts.MARK_FAVOURITE,
}
COMMON = {"Enter", "Tab"}  # what they do everywhere
KEY = re.compile(
    r"(?<![A-Za-z0-9#])(?:(?:Ctrl|Alt|Shift)\+(?:Shift\+)?[A-Za-z0-9,←]+|F[0-9]{1,2}(?![0-9])|Esc|Space|Delete|Enter|Tab)(?![A-Za-z])"
)


def test_the_sheet_has_every_shortcut_once():
    listed = [shortcut for _, group in SHEET for shortcut in group]
    assert len(listed) == len(SHORTCUTS)
    assert set(listed) == set(SHORTCUTS.values())
    for _, group in SHEET[1:]:  # one key may do one thing on one screen and another on another
        keys = [key for shortcut in (*SHEET[0][1], *group) for key in shortcut.keys]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", sorted(SHORTCUTS))
def test_qt_reads_every_key(name):
    for key in SHORTCUTS[name].keys:
        assert QKeySequence(key).toString() == key


def test_several_keys_have_one_label():
    assert shortcuts.CHOOSE_KIND.label == "Alt+1 ～ 5"
    assert len(shortcuts.CHOOSE_KIND.keys) == len(ApplicationKind)
    assert shortcuts.SEND.label == "Ctrl+Enter"
    assert shortcuts.BACK_TO_FORM.label == "Alt+←"


def spelled(text):
    return set(KEY.findall(text))


def test_the_guide_and_the_readme_name_only_keys_of_the_table():
    guide = "".join(part for paragraph in help_texts.GUIDE for part in paragraph)
    assert {"F5", "Space"} <= spelled(guide) <= LABELS | COMMON
    readme = README.read_text(encoding="utf-8")
    clerks = readme[readme.index("## 使い方") : readme.index("## Command line")]
    assert {"F5", "F1", "Ctrl+P", "Ctrl+1", "Ctrl+2", "Ctrl+3", "Alt+W", "Delete"} <= spelled(clerks) <= LABELS | COMMON


def test_the_readme_gives_each_screen_its_key():
    readme = README.read_text(encoding="utf-8")
    for shortcut in (shortcuts.SHOW_INBOX, shortcuts.SHOW_APPLY, shortcuts.SHOW_OUTBOX, shortcuts.SHOW_TARIFFS):
        assert f"**{shortcut.does}（{shortcut.label}" in readme
    assert f"停電は {shortcuts.NEW_OUTAGE.label}）" in readme
    assert f"印刷（{shortcuts.PRINT.label}）" in readme
    assert f"{shortcuts.FETCH_STATUS.label} で選んだ申込の状況を取得" in readme
    assert f"{shortcuts.NEXT_UNREAD.label} で次の未読へ" in readme


def test_no_other_module_spells_a_key():
    """Neither for Qt nor in a sentence: what is left are Enter and Tab, which do everywhere what they do in every program."""
    found = {}
    for room in ("texts", "ui"):
        for file in sorted((PACKAGE / room).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
            texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs)
            if keys := set().union(*(spelled(text) for text in texts)) - COMMON:
                found[file.relative_to(PACKAGE).as_posix()] = keys
    assert set(found) == {"texts/shortcuts.py", "texts/help.py"}


def test_the_menus_have_the_keys_of_the_table(main_window):
    bound = {action.shortcut().toString() for action in main_window.findChildren(QAction)} - {""}
    everywhere = {key for shortcut in SHEET[0][1] for key in shortcut.keys}
    assert bound == everywhere


def test_the_screens_have_the_keys_of_the_table(main_window, settle):
    main_window.applications.start(ApplicationKind.OUTAGE)
    settle()
    bound = {shortcut.key().toString() for shortcut in main_window.findChildren(QShortcut)}
    by_widgets = {shortcuts.OPEN_DRAFT, shortcuts.NEXT_UNREAD, shortcuts.COPY_ROWS, shortcuts.ESCAPE, shortcuts.ANSWER, shortcuts.GIVE_UP}
    of_tables = {value for name, value in SHORTCUTS.items() if name.startswith("BULK")}  # its own screen takes them before the tab does
    by_widgets |= of_tables
    by_widgets.add(shortcuts.MORE_ACTS)  # the system's own key for a menu
    by_widgets.add(shortcuts.TAKE_TAG)  # of the line that it stands in
    by_widgets |= {shortcuts.COLUMN_LEFT, shortcuts.COLUMN_RIGHT}  # of a dialog
    by_widgets |= {shortcuts.OPEN_PLACE, shortcuts.LEAVE_PLACE, shortcuts.COPY_NUMBERS}  # of a picture that has the focus
    by_widgets |= {shortcuts.PROPOSE_PLAN, *COMPARISON}  # a key of its table, and the letters of its buttons
    of_screens = {key for _, group in SHEET[1:] for shortcut in group if shortcut not in by_widgets for key in shortcut.keys}
    assert bound == of_screens
    assert QKeySequence(shortcuts.COPY_ROWS.key) in QKeySequence.keyBindings(QKeySequence.StandardKey.Copy)
    for shortcut, words in {shortcuts.OPEN_DRAFT: apply_texts.DRAFTS_OPEN, **COMPARISON}.items():
        assert f"(&{shortcut.key[-1]})" in words


def test_a_key_counts_with_its_modifiers_alone():
    def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
        return QKeyEvent(QEvent.Type.KeyPress, key, modifiers)

    assert is_pressed(shortcuts.NEXT_UNREAD, press(Qt.Key.Key_Space))
    assert not is_pressed(shortcuts.NEXT_UNREAD, press(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier))
    assert not is_pressed(shortcuts.NEXT_UNREAD, press(Qt.Key.Key_Return))
    assert is_pressed(shortcuts.SEND, press(Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier))
