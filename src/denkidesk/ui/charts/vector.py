"""A matplotlib figure painted with QPainter: lines stay lines and text stays text, in a PDF and on the printer.

Only what the desk's own figures use is drawn: paths, hatches, images, plain text. Coordinates: matplotlib counts from the lower left
in pixels of the figure's dpi, QPainter from the upper left.
"""

import itertools
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path as PathOnDisk
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPageSize, QPainter, QPainterPath, QPdfWriter, QPen

from denkidesk.ui.charts.layout import fit_legend
from denkidesk.ui.charts.style import FONT_FAMILY
from denkidesk.ui.parts.paper import write_pages

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

_CAPS: Final = {"butt": Qt.PenCapStyle.FlatCap, "projecting": Qt.PenCapStyle.SquareCap, "round": Qt.PenCapStyle.RoundCap}
_JOINS: Final = {"miter": Qt.PenJoinStyle.MiterJoin, "bevel": Qt.PenJoinStyle.BevelJoin, "round": Qt.PenJoinStyle.RoundJoin}
_HATCH_TILE_PT: Final = 72.0  # matplotlib's hatch paths fill a unit square that stands for one inch


def write_figure(path: PathOnDisk, figure: "Figure") -> None:
    """Writes a PDF that has the figure's own size. Raises SetupFault if it cannot be written."""

    def paint(writer: QPdfWriter) -> None:
        with QPainter(writer) as painter:
            paint_figure(painter, QRectF(0, 0, writer.width(), writer.height()), figure)

    size = QSizeF(figure.get_figwidth(), figure.get_figheight())
    page = QPageSize(size, QPageSize.Unit.Inch, "", QPageSize.SizeMatchPolicy.ExactMatch)
    write_pages(path, path.stem, paint, page)


def paint_figure(painter: QPainter, target: QRectF, figure: "Figure") -> None:
    """Paints the whole figure into ``target`` (painter's units), keeping its proportions."""
    fit_legend(figure)
    width, height = figure.get_figwidth() * figure.dpi, figure.get_figheight() * figure.dpi
    scale = min(target.width() / width, target.height() / height)
    painter.save()
    painter.translate(target.x() + (target.width() - width * scale) / 2, target.y() + (target.height() - height * scale) / 2)
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    figure.draw(PainterRenderer(painter, width, height, figure.dpi))
    painter.restore()


class PainterRenderer(RendererBase):
    """Draws what a figure asks for with one QPainter."""

    def __init__(self, painter: QPainter, width: float, height: float, dpi: float) -> None:
        super().__init__()
        self._painter = painter
        self._width = width
        self._height = height
        self._dpi = dpi
        self._tiles: dict[bytes, list[tuple[QPainterPath, QRectF, bool]]] = {}

    @cached_property
    def _flip(self) -> Affine2D:
        return Affine2D().scale(1.0, -1.0).translate(0.0, self._height)

    def flipy(self) -> bool:
        """Text comes with y counted from the top."""
        return True

    def get_canvas_width_height(self) -> tuple[float, float]:
        """In pixels of the figure."""
        return self._width, self._height

    def points_to_pixels(self, points: float) -> float:  # type: ignore[override] # the stub also promises arrays, which no artist asks for
        """By the figure's own resolution."""
        return points * self._dpi / 72.0

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: Any = None) -> None:  # noqa: N803 - matplotlib's name
        """Fill, then hatch, then outline."""
        shape = self._painter_path(path, transform)
        painter = self._painter
        painter.save()
        self._clip(gc)
        if rgbFace is not None:
            painter.fillPath(shape, QBrush(_color(rgbFace, gc)))
        hatch = gc.get_hatch_path()
        if hatch is not None:
            self._hatch(shape, hatch, gc)
        width = gc.get_linewidth()
        if width > 0:
            painter.strokePath(shape, self._pen(gc))
        painter.restore()

    def draw_image(self, gc: GraphicsContextBase, x: float, y: float, im: Any, transform: Any = None) -> None:  # noqa: ARG002 - matplotlib's signature
        """``im``: rows x columns x RGBA, first row at the bottom as matplotlib hands it to a renderer that counts y upwards."""
        pixels = np.ascontiguousarray(im[::-1], dtype=np.uint8)
        height, width = pixels.shape[:2]
        image = QImage(pixels.tobytes(), width, height, width * 4, QImage.Format.Format_RGBA8888)
        self._painter.save()
        self._clip(gc)
        self._painter.drawImage(QRectF(x, self._height - y - height, width, height), image)
        self._painter.restore()

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: "FontProperties",
        angle: float,
        ismath: bool | Literal["TeX"] = False,  # noqa: ARG002 - matplotlib's signature
        mtext: Any = None,  # noqa: ARG002 - matplotlib's signature
    ) -> None:
        """Plain text with its base line at (x, y)."""
        painter = self._painter
        painter.save()
        self._clip(gc)
        painter.setPen(_color(gc.get_rgb(), gc))
        painter.setFont(self._font(prop))
        painter.translate(x, y)
        painter.rotate(-angle)
        painter.drawText(QPointF(0.0, 0.0), s)
        painter.restore()

    def get_text_width_height_descent(
        self,
        s: str,
        prop: "FontProperties",
        ismath: bool | Literal["TeX"],  # noqa: ARG002 - matplotlib's signature
    ) -> tuple[float, float, float]:
        """By the very font that draws, so that layout and drawing agree."""
        metrics = QFontMetricsF(self._font(prop))
        return metrics.horizontalAdvance(s), metrics.ascent() * 0.86 + metrics.descent(), metrics.descent()

    def _font(self, prop: "FontProperties") -> QFont:
        font = QFont(FONT_FAMILY)
        font.setPixelSize(max(1, round(prop.get_size_in_points() * self._dpi / 72.0)))
        font.setBold(str(prop.get_weight()) in ("bold", "700"))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def _pen(self, gc: GraphicsContextBase) -> QPen:
        width = gc.get_linewidth()
        pen = QPen(_color(gc.get_rgb(), gc), width)
        pen.setCapStyle(_CAPS[str(gc.get_capstyle())])
        pen.setJoinStyle(_JOINS[str(gc.get_joinstyle())])
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            pen.setDashPattern([max(0.1, float(dash) / width) for dash in cast("Sequence[float]", dashes)])
            pen.setDashOffset(float(offset or 0.0) / width)
        return pen

    def _hatch(self, shape: QPainterPath, hatch: Path, gc: GraphicsContextBase) -> None:
        tile = self.points_to_pixels(_HATCH_TILE_PT)
        color = QColor.fromRgbF(*gc.get_hatch_color()[:3])
        painter = self._painter
        painter.save()
        painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        pen = QPen(color, self.points_to_pixels(gc.get_hatch_linewidth()))
        bounds = shape.boundingRect()
        for in_tile, around, is_dot in self._tile(hatch, tile):
            for column in range(int(bounds.left() // tile), int(bounds.right() // tile) + 1):
                for row in range(int(bounds.top() // tile), int(bounds.bottom() // tile) + 1):
                    # a tile holds hundreds of dots; a page takes only those that show
                    if not around.translated(column * tile, (row + 1) * tile).intersects(bounds):
                        continue
                    placed = in_tile.translated(column * tile, (row + 1) * tile)
                    if is_dot:
                        painter.fillPath(placed, QBrush(color))  # dots are closed curves
                    else:
                        painter.strokePath(placed, pen)
        painter.restore()

    def _tile(self, hatch: Path, tile: float) -> "list[tuple[QPainterPath, QRectF, bool]]":
        """Each line or dot of a hatch within a tile, its room, and whether it is a dot: made once for all that have the hatch."""
        key = np.asarray(hatch.vertices).tobytes()
        if key not in self._tiles:
            found = []
            for stroke in _strokes(hatch):
                path = self._plain_path(stroke, Affine2D().scale(tile, -tile))
                is_dot = Path.CURVE4 in cast("Sequence[int]", stroke.codes)
                found.append((path, path.boundingRect().adjusted(-1, -1, 1, 1), is_dot))
            self._tiles[key] = found
        return self._tiles[key]

    def _clip(self, gc: GraphicsContextBase) -> None:
        rectangle = gc.get_clip_rectangle()
        if rectangle is not None:
            top = self._height - rectangle.y1
            self._painter.setClipRect(QRectF(rectangle.x0, top, rectangle.width, rectangle.height), Qt.ClipOperation.IntersectClip)
        path, transform = gc.get_clip_path()
        if path is not None and transform is not None:
            # the stub promises a TransformedPath; what comes is the plain path and its transform
            self._painter.setClipPath(self._painter_path(cast("Path", path), transform), Qt.ClipOperation.IntersectClip)

    def _painter_path(self, path: Path, transform: Transform) -> QPainterPath:
        return self._plain_path(path, transform + self._flip)

    @staticmethod
    def _plain_path(path: Path, transform: Transform) -> QPainterPath:
        shape = QPainterPath()
        for points, code in path.iter_segments(transform, curves=True, simplify=False):
            p = [float(value) for value in points]
            if code == Path.MOVETO:
                shape.moveTo(p[0], p[1])
            elif code == Path.LINETO:
                shape.lineTo(p[0], p[1])
            elif code == Path.CURVE3:
                shape.quadTo(p[0], p[1], p[2], p[3])
            elif code == Path.CURVE4:
                shape.cubicTo(p[0], p[1], p[2], p[3], p[4], p[5])
            elif code == Path.CLOSEPOLY:
                shape.closeSubpath()
        return shape


def _color(rgb: Sequence[float], gc: GraphicsContextBase) -> QColor:
    alpha = gc.get_alpha() if gc.get_forced_alpha() or len(rgb) < 4 else rgb[3]
    return QColor.fromRgbF(float(rgb[0]), float(rgb[1]), float(rgb[2]), float(1.0 if alpha is None else alpha))


def _strokes(path: Path) -> list[Path]:
    """A hatch cut into its single lines and dots."""
    codes = cast("np.ndarray[Any, np.dtype[np.uint8]]", path.codes)
    starts = [*np.flatnonzero(codes == Path.MOVETO), len(codes)]
    vertices = np.asarray(path.vertices)
    return [Path(vertices[a:b], codes[a:b]) for a, b in itertools.pairwise(starts)]
