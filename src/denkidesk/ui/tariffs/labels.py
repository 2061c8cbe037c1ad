"""Small parts that several pages of the tab need."""

from PySide6.QtWidgets import QWidget

from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.parts.plain import PlainLabel


def label_of(editor: QWidget, words: str, parent: QWidget, *, scale: float = 1.0) -> PlainLabel:
    """The quiet words beside an editor, which it is known by: its key goes there, and a screen reader says them."""
    label = PlainLabel(words, parent, tone="muted", scale=scale)
    label.setBuddy(editor)
    editor.setAccessibleName(without_mnemonic(words))
    return label
