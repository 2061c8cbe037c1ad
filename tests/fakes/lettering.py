"""A face that has the letters it is asked for, each as a box of its own: the machine that has a font for 𠮷."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def make_face(path: Path, family: str, letters: str) -> Path:
    """Writes a TrueType file."""
    names = [".notdef", *(f"letter{number}" for number, _ in enumerate(letters))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): name for letter, name in zip(letters, names[1:], strict=True)})
    builder.setupGlyf({name: _box(50 + number) for number, name in enumerate(names)})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=850, descent=-150)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "") + "-Regular"})
    builder.setupOS2(sTypoAscender=850, usWinAscent=850, usWinDescent=150)
    builder.setupPost()
    builder.save(path)
    return path


def _box(edge: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((edge, 0))
    for corner in ((edge, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
