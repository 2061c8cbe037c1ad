"""Draws ``denkidesk.ico`` from ``resources/denkidesk.svg``, in every size that Windows asks for: run it after the drawing has changed."""

import io
import sys
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER: Final = Path(__file__).resolve().parent
SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def drawn(renderer: QSvgRenderer, size: int) -> Image.Image:
    """The drawing at one size, drawn for it rather than shrunk."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.data().data()))


def main() -> int:
    """Writes the icon."""
    app = QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    renderer = QSvgRenderer(str(FOLDER.parent / "resources" / "denkidesk.svg"))
    pictures = [drawn(renderer, size) for size in SIZES]
    pictures[-1].save(FOLDER / "denkidesk.ico", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
