"""The few shapes that only this screen has."""

from string import Template
from typing import Final

from denkidesk.ui.parts.colours import Colours

_SHEET: Final = Template("""
QPushButton[kind="step"] { background: transparent; border: none; border-radius: 6px; padding: 7px 10px; text-align: left; color: $text; }
QPushButton[kind="step"]:hover { background: $accent_soft; }
QPushButton[kind="step"]:focus { border: 2px solid $accent; padding: 5px 8px; }
QPushButton[kind="step"][state="here"] { background: $accent_soft; color: $accent; font-weight: bold; }
QPushButton[kind="step"]:disabled { color: $muted; background: transparent; }
QFrame[kind="rule"] { background: $line; border: none; }
QFrame[kind="words"] { background: $surface_alternate; border: 1px solid $line; border-radius: 6px; }
""")


def sheet(colours: Colours) -> str:
    return _SHEET.substitute({name: getattr(colours, name) for name in Colours.__slots__ if name != "is_dark"})
