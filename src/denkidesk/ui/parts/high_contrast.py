"""High contrast: the system's own colours in every part that has a meaning; words and icons say what colours said."""

from typing import Final

from PySide6.QtGui import QColor, QPalette

from denkidesk.ui.parts.colours import Colours

_CHOSEN_SHARE: Final = 0.15  # of the system's mark in the ground of a chosen row, whose text keeps its colour


def high_contrast(palette: QPalette) -> Colours:
    """A scheme out of a palette of the system's: ground, text and mark, and nothing between them."""
    role = QPalette.ColorRole
    ground, text = palette.color(role.Base), palette.color(role.Text)
    window, mark, on_mark = palette.color(role.Window), palette.color(role.Highlight), palette.color(role.HighlightedText)
    chosen = _between(ground, mark, _CHOSEN_SHARE)
    names = dict.fromkeys(Colours.__slots__, text.name())
    names |= dict.fromkeys(("surface", "surface_alternate", "ok_soft", "warn_soft", "error_soft"), ground.name())
    names |= dict.fromkeys(("window", "raised"), window.name())
    names |= dict.fromkeys(("practice",), mark.name())
    names |= dict.fromkeys(("on_practice", "on_accent"), on_mark.name())
    names |= dict.fromkeys(("accent_soft", "selected"), chosen.name())
    names |= dict.fromkeys(("accent", "accent_hover"), mark.name())
    del names["is_dark"]
    return Colours(is_dark=ground.lightnessF() < text.lightnessF(), **names)


def _between(ground: QColor, mark: QColor, share: float) -> QColor:
    parts = ((ground.redF(), mark.redF()), (ground.greenF(), mark.greenF()), (ground.blueF(), mark.blueF()))
    return QColor.fromRgbF(*(low + (high - low) * share for low, high in parts))
