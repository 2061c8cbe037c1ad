"""Our own icons: SVG lines drawn in the colour that the moment asks for, sharp at any scale."""

import weakref
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from denkidesk.ui.parts.theme import Theme


class _Target(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...  # noqa: N802 - Qt's name


class _IconEngine(QIconEngine):
    """Draws an icon in the size that is asked for, when it is asked for: most sizes of most icons never are."""

    def __init__(self, icons: "Icons", name: str, tone: str) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._tone = tone
        self._drawn: dict[tuple[int, int, float, bool], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        self._icons.paint(painter, QRectF(rect), self._name, self._tone_of(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """In device pixels."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:  # noqa: N802 - a method of Qt
        """``size`` is in device pixels, ``scale`` of them to each logical one."""
        key = (size.width(), size.height(), scale, mode is QIcon.Mode.Disabled)
        if key not in self._drawn:
            self._drawn[key] = self._icons.draw(self._name, self._tone_of(mode), size, scale)
        return self._drawn[key]

    def clone(self) -> QIconEngine:
        """For a copy of the icon that is changed."""
        return _IconEngine(self._icons, self._name, self._tone)

    def _tone_of(self, mode: QIcon.Mode) -> str:
        return "line_strong" if mode is QIcon.Mode.Disabled else self._tone


class Icons(QObject):
    """The icon set. ``tone`` is a name of ``Colours``; icons put on something by :meth:`put` follow the scheme by themselves."""

    def __init__(self, theme: Theme, directory: Path) -> None:
        super().__init__(theme)
        self._theme = theme
        self._directory = directory
        self._sources: dict[str, str] = {}
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._targets: list[tuple[weakref.ref[_Target], str, str]] = []
        theme.changed.connect(self._on_theme_changed)

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(file.stem for file in self._directory.glob("*.svg")))

    def icon(self, name: str, tone: str = "text") -> QIcon:
        """An icon in the colour of the present scheme."""
        key = (name, tone)
        if key not in self._icons:
            self._icons[key] = QIcon(_IconEngine(self, name, tone))
        return self._icons[key]

    def put(self, target: _Target, name: str, tone: str = "text") -> None:
        """Puts an icon on an action, a button or a picture, and again after each change of scheme."""
        self._targets = [entry for entry in self._targets if entry[0]() is not None and entry[0]() is not target]
        self._targets.append((weakref.ref(target), name, tone))
        target.setIcon(self.icon(name, tone))

    def pixmap(self, name: str, tone: str, size: int, device_pixel_ratio: float) -> QPixmap:
        """One picture of ``size`` logical pixels."""
        side = round(size * device_pixel_ratio)
        return self.draw(name, tone, QSize(side, side), device_pixel_ratio)

    def paint(self, painter: QPainter, rect: QRectF, name: str, tone: str) -> None:
        self._renderer(name, tone).render(painter, rect)

    def draw(self, name: str, tone: str, size: QSize, device_pixel_ratio: float = 1.0) -> QPixmap:
        """One picture of a size in device pixels."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            self.paint(painter, QRectF(pixmap.rect()), name, tone)
        pixmap.setDevicePixelRatio(device_pixel_ratio)
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
        living = [(ref(), name, tone) for ref, name, tone in self._targets]
        self._targets = []
        for target, name, tone in living:
            if target is None:
                continue
            try:
                target.setIcon(self.icon(name, tone))
            except RuntimeError:  # its Qt half is gone already
                continue
            self._targets.append((weakref.ref(target), name, tone))
