"""Which letters of a page come out, asked before it is printed. Where the printing face lacks one, Qt takes another of the machine."""

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QMessageBox, QWidget

from denkidesk.texts import quote as texts
from denkidesk.texts.facts import letters_in_words
from denkidesk.ui.charts.style import FONT_FAMILY
from denkidesk.ui.parts.plain_box import ask, plain_box

_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_LETTER: Final = re.compile(f"[^\\s\x21-\x7e{_SELECTORS}][\u0300-\u036f\u3099\u309a{_SELECTORS}]*")
_CHOICE: Final = re.compile(f"[{_SELECTORS}]")


class Coverage(NamedTuple):
    """``missing``: letters that no face has, which become a box. ``plain``: those that come out in another form than was chosen."""

    missing: tuple[str, ...]
    plain: tuple[str, ...]


def coverage(lines: Iterable[str]) -> Coverage:
    """What the faces of this machine lack of some texts, each letter once."""
    letters = dict.fromkeys(letter for line in lines for letter in _LETTER.findall(line))
    glyphs = {letter: _glyphs(letter) for letter in letters}
    missing = tuple(letter for letter in letters if any(0 in of_face for _, of_face in glyphs[letter]))
    chosen = (letter for letter in letters if letter not in missing and _CHOICE.search(letter))
    return Coverage(missing, tuple(letter for letter in chosen if glyphs[letter] == _glyphs(_CHOICE.sub("", letter))))


def _glyphs(letter: str) -> list[tuple[str, tuple[int, ...]]]:
    """By face; 0 is the box. Alone, because of a longer text Qt does not say which glyph is which letter's where faces are mixed."""
    font = QFont(FONT_FAMILY)
    font.setPixelSize(20)
    layout = QTextLayout(letter, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [(run.rawFont().familyName(), tuple(run.glyphIndexes())) for run in layout.glyphRuns()]


def ask_about_letters(parent: QWidget, found: Coverage, on_yes: Callable[[], object]) -> QMessageBox:
    """Names the letters and asks whether to go on; Enter and Escape both do not."""
    lines = [
        sentence.format(letters=letters_in_words(letters))
        for sentence, letters in ((texts.MISSING_LETTERS, found.missing), (texts.PLAIN_LETTERS, found.plain))
        if letters
    ]
    box = plain_box(parent, QMessageBox.Icon.Warning, texts.TITLE, "\n".join(lines), texts.LETTERS_DETAIL)
    return ask(box, [(texts.LETTERS_YES, QMessageBox.ButtonRole.AcceptRole, on_yes)], texts.LETTERS_NO)
