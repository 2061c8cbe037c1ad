"""One look for all screens: Fusion with our own palette, spacing and type, following the system's light or dark."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from denkidesk.ui.parts.colours import DARK, LIGHT, Colours
from denkidesk.ui.parts.high_contrast import high_contrast
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

    def __init__(
        self,
        app: QApplication,
        resources: Path,
        scheme: str = "system",
        *,
        is_high_contrast: "Callable[[QApplication], bool] | None" = None,
    ) -> None:
        super().__init__(app)
        self._is_high_contrast = is_high_contrast or wants_contrast
        self._app = app
        self._resources = resources
        self.scheme = ""
        self.colours: Colours = LIGHT
        self._is_shown = False
        self._load_fonts()
        app.setFont(self.font())
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._hints = app.styleHints()  # held: with its last reference PySide takes what it has handed out for gone
        self._accessibility = self._hints.accessibility()
        self._accessibility.contrastPreferenceChanged.connect(self._apply)
        self.set_scheme(scheme)

    def set_scheme(self, scheme: str) -> None:
        """Chooses ``system``, ``light`` or ``dark``; an unknown word counts as ``system``. What is chosen already costs nothing: to dress
        all widgets of an open desk anew takes seconds.
        """
        chosen = scheme if scheme in _SCHEMES else "system"
        if chosen == self.scheme:
            return
        self.scheme = chosen
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
        if self._is_high_contrast(self._app):
            self._app.setPalette(QPalette())  # the system's own, which it has chosen for this
            self._show(high_contrast(self._app.palette()))
            return
        dark = self.scheme == "dark" or (self.scheme == "system" and self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark)
        self._show(DARK if dark else LIGHT)

    def _show(self, colours: Colours) -> None:
        self._app.setPalette(palette_of(colours))
        if self._is_shown and colours == self.colours:
            return  # such as "light" where the system is light
        self._is_shown = True
        self.colours = colours
        self._app.setStyleSheet(style_sheet(colours, (self._resources / "icons").as_posix()))
        self.changed.emit()

    def _load_fonts(self) -> None:
        # Windows 10 and later bring this family themselves, better hinted than a file of ours could be.
        if sys.platform == "win32" and FONT_FAMILY in QFontDatabase.families():
            return
        for file in ("BIZUDPGothic_400Regular.ttf", "BIZUDPGothic_700Bold.ttf"):
            QFontDatabase.addApplicationFont(str(self._resources / "fonts" / file))


def wants_contrast(app: QApplication) -> bool:
    """Whether the system's user has asked for high contrast."""
    hints = app.styleHints()
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def palette_of(colours: Colours) -> QPalette:
    palette = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for colour, roles in (
        (colours.window, (role.Window,)),
        (colours.surface, (role.Base, role.Light)),
        (colours.surface_alternate, (role.AlternateBase,)),
        (colours.raised, (role.Button, role.ToolTipBase)),
        (colours.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText)),
        (colours.muted, (role.PlaceholderText,)),
        (colours.error, (role.BrightText,)),
        (colours.accent, (role.Highlight, role.Accent, role.Link, role.LinkVisited)),
        (colours.on_accent, (role.HighlightedText,)),
        (colours.line, (role.Midlight, role.Mid)),
        (colours.line_strong, (role.Dark, role.Shadow)),
    ):
        for which in roles:
            palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(group.Disabled, which, QColor(colours.line_strong))
    palette.setColor(group.Inactive, role.Highlight, QColor(colours.accent))
    return palette


def stepped(font: QFont, scale: float, *, bold: bool = False) -> QFont:
    """A font at a step of the type scale from another one."""
    made = QFont(font)
    made.setPointSizeF(round(font.pointSizeF() * scale, 1))
    made.setBold(bold)
    return made


def set_tone(widget: QWidget, property_name: str, value: str) -> None:
    """Sets a property that the style sheet looks at, and has the widget drawn anew if that changes it."""
    if widget.property(property_name) == value:
        return
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
