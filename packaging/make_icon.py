"""Draws ``denkidesk.ico`` in every size that Windows asks for, and the picture of Setup's last page, from ``resources/denkidesk.svg``.

Run it after the drawing has changed; what it writes is kept in git.
"""

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
SIDE: Final = (164, 314)  # what NSIS wants
BLUE: Final = "#0B4F6C"


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


def side_picture(icon: Image.Image) -> Image.Image:
    """The left side of Setup's last page: the drawing on its own blue, in few colours, as bitmaps are not compressed."""
    side = Image.new("RGB", SIDE, BLUE)
    side.paste(icon, ((SIDE[0] - icon.width) // 2, 24), icon)
    return side.quantize(64)


def main() -> int:
    """Writes the icon."""
    app = QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    renderer = QSvgRenderer(str(FOLDER.parent / "resources" / "denkidesk.svg"))
    pictures = [drawn(renderer, size).convert("RGBA") for size in SIZES]
    pictures[-1].save(FOLDER / "denkidesk.ico", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    side_picture(pictures[SIZES.index(128)]).save(FOLDER / "setup_side.bmp")
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
