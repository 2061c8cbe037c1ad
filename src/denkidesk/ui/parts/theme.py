"""One look for all screens: Fusion with our own palette, spacing and type, following the system's light or dark."""

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from denkidesk.ui.parts.colours import DARK, LIGHT, Colours
from denkidesk.ui.parts.style_sheet import style_sheet

SPACE_XS: Final = 4
SPACE_S: Final = 8
SPACE_M: Final = 12
SPACE_L: Final = 16
SPACE_XL: Final = 24

CONTROL_HEIGHT: Final = 32  # buttons, editors and table rows share it, so that everything on one line lines up
ICON_SIZE: Final = 18

FONT_FAMILY: Final = "BIZ UDPGothic"
STYLE_ARGUMENTS: Final = ("-style", "Fusion")  # for QApplication: setStyle returns a QStyle, whose enums cost the start 6 ms
_SCHEMES: Final = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class Theme(QObject):
    """Applies palette, fonts and style sheet to the application, and again whenever the system or the clerk changes the scheme."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, scheme: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._resources = resources
        self.scheme = scheme
        self.colours: Colours = LIGHT
        self._load_fonts()
        app.setFont(self.font())
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        self.set_scheme(scheme)

    def set_scheme(self, scheme: str) -> None:
        """Chooses ``system``, ``light`` or ``dark``; an unknown word counts as ``system``."""
        self.scheme = scheme if scheme in _SCHEMES else "system"
        self._app.styleHints().setColorScheme(_SCHEMES[self.scheme])
        self._apply()

    def colour(self, name: str) -> QColor:
        """A colour by its name in ``Colours``."""
        return QColor(getattr(self.colours, name))

    def font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        """The app's font at a step of the type scale: 0.9 small, 1.0 body, 1.2 heading, 1.6 title, 2.4 to be read aloud."""
        font = QFont(FONT_FAMILY)
        font.setPointSizeF(round(10.0 * scale, 1))
        font.setBold(bold)
        font.setStyleHint(QFont.StyleHint.SansSerif)
        return font

    def _on_system_scheme_changed(self) -> None:
        if self.scheme == "system":
            self._apply()

    def _apply(self) -> None:
        dark = self.scheme == "dark" or (self.scheme == "system" and self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark)
        colours = DARK if dark else LIGHT
        self.colours = colours
        self._app.setPalette(palette_of(colours))
        self._app.setStyleSheet(style_sheet(colours, (self._resources / "icons").as_posix()))
        self.changed.emit()

    def _load_fonts(self) -> None:
        # Windows 10 and later bring this family themselves, better hinted than a file of ours could be.
        if sys.platform == "win32" and FONT_FAMILY in QFontDatabase.families():
            return
        for file in ("BIZUDPGothic_400Regular.ttf", "BIZUDPGothic_700Bold.ttf"):
            QFontDatabase.addApplicationFont(str(self._resources / "fonts" / file))


def palette_of(colours: Colours) -> QPalette:
    palette = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    table = {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.surface_alternate,
        role.Text: colours.text,
        role.Button: colours.raised,
        role.ButtonText: colours.text,
        role.BrightText: colours.error,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Light: colours.surface,
        role.Midlight: colours.line,
        role.Mid: colours.line,
        role.Dark: colours.line_strong,
        role.Shadow: colours.line_strong,
    }
    for which, colour in table.items():
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(group.Disabled, which, QColor(colours.line_strong))
    palette.setColor(group.Inactive, role.Highlight, QColor(colours.accent))
    return palette


def set_tone(widget: QWidget, property_name: str, value: str) -> None:
    """Sets a property that the style sheet looks at, and has the widget drawn anew."""
    widget.setProperty(property_name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it will be polished when it is shown for the first time
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def keep_room(widget: QWidget) -> None:
    """A widget's room stays free while it is hidden: nothing beside it moves when it comes."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
