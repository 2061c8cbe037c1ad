"""Our own icons: SVG lines drawn in the colour that the moment asks for, sharp at any scale."""

import weakref
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from denkidesk.ui.parts.theme import Theme

# Device pixels of 16, 18, 20 and 24 at 100, 125, 150 and 200 %: Qt takes the one that fits and need not scale.
_SIZES: Final = (16, 18, 20, 23, 24, 27, 30, 32, 36, 40, 48, 64)


class Icons(QObject):
    """The icon set. ``tone`` is a name of ``Colours``; icons put on something by :meth:`put` follow the scheme by themselves."""

    changed = Signal()  # drawn anew: whoever holds a pixmap asks for it again

    def __init__(self, theme: Theme, directory: Path) -> None:
        super().__init__(theme)
        self._theme = theme
        self._directory = directory
        self._sources: dict[str, str] = {}
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._wearers: list[tuple[weakref.ref[Any], str, str]] = []
        theme.changed.connect(self._on_theme_changed)

    def names(self) -> tuple[str, ...]:
        """The icons there are."""
        return tuple(sorted(file.stem for file in self._directory.glob("*.svg")))

    def icon(self, name: str, tone: str = "text") -> QIcon:
        """An icon in the colour of the present scheme."""
        key = (name, tone)
        if key not in self._icons:
            icon = QIcon()
            for size in _SIZES:
                icon.addPixmap(self._draw(name, tone, size), QIcon.Mode.Normal)
                icon.addPixmap(self._draw(name, "line_strong", size), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def put(self, wearer: Any, name: str, tone: str = "text") -> None:
        """Puts an icon on an action, button or anything with ``setIcon``, and again after each change of scheme."""
        self._wearers = [entry for entry in self._wearers if entry[0]() is not None and entry[0]() is not wearer]
        self._wearers.append((weakref.ref(wearer), name, tone))
        wearer.setIcon(self.icon(name, tone))

    def pixmap(self, name: str, tone: str, size: int, device_pixel_ratio: float) -> QPixmap:
        """One picture of ``size`` logical pixels."""
        pixmap = self._draw(name, tone, round(size * device_pixel_ratio))
        pixmap.setDevicePixelRatio(device_pixel_ratio)
        return pixmap

    def paint(self, painter: QPainter, rect: QRectF, name: str, tone: str) -> None:
        """Draws an icon into a rectangle."""
        self._renderer(name, tone).render(painter, rect)

    def _draw(self, name: str, tone: str, size: int) -> QPixmap:
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self._renderer(name, tone).render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap

    def _renderer(self, name: str, tone: str) -> QSvgRenderer:
        key = (name, tone)
        if key not in self._renderers:
            if name not in self._sources:
                self._sources[name] = (self._directory / f"{name}.svg").read_text(encoding="utf-8")
            svg = self._sources[name].replace("currentColor", getattr(self._theme.colours, tone))
            self._renderers[key] = QSvgRenderer(QByteArray(svg.encode()))
        return self._renderers[key]

    def _on_theme_changed(self) -> None:
        self._renderers.clear()
        self._icons.clear()
        living = [(ref(), name, tone) for ref, name, tone in self._wearers]
        self._wearers = []
        for wearer, name, tone in living:
            if wearer is None:
                continue
            try:
                wearer.setIcon(self.icon(name, tone))
            except RuntimeError:  # its Qt half is gone already
                continue
            self._wearers.append((weakref.ref(wearer), name, tone))
        self.changed.emit()
