"""The look: contrast, both schemes, icons."""

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QPushButton

from denkidesk.settings import resources_dir
from denkidesk.ui.parts.colours import DARK, LIGHT, Colours
from denkidesk.ui.parts.high_contrast import high_contrast
from denkidesk.ui.parts.style_sheet import style_sheet
from denkidesk.ui.parts.theme import FONT_FAMILY, Theme
from fakes.bare_look import take_look_off

PAIRS_OF_TEXT = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "surface_alternate"),
    ("text", "raised"),
    ("text", "accent_soft"),
    ("text", "ok_soft"),
    ("text", "warn_soft"),
    ("text", "error_soft"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "surface_alternate"),
    ("muted", "accent_soft"),
    ("accent", "window"),
    ("accent", "surface"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("ok", "surface"),
    ("ok", "ok_soft"),
    ("warn", "surface"),
    *product(("warn",), ("warn_soft", "ok_soft", "error_soft")),  # in the rail, below what was said later
    ("error", "window"),
    ("error", "surface"),
    ("error", "error_soft"),
    ("on_practice", "practice"),
    # a row of a list: as it is, under the pointer, chosen
    *product(
        ("text", "muted", "warn", "accent", "kind_outage", "kind_menu", "kind_utility", "kind_customer", "kind_other"),
        ("surface", "accent_soft", "selected"),
    ),
)
"""Which text stands on which ground."""


def contrast(one, other):
    """The contrast ratio of two ``#rrggbb`` colours after WCAG 2.2, 1.4.3: 1.0 to 21.0."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS_OF_TEXT)
def test_text_stands_out_from_its_ground(colours, text, ground):
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


# Grounds, text, mark and text on the mark of the four contrast themes of Windows 11.
CONTRAST_THEMES = {
    "aquatic": ("#202020", "#ffffff", "#8ee3f0", "#263b50"),
    "desert": ("#fffaef", "#3d3d3d", "#903909", "#fff5e3"),
    "dusk": ("#2d3236", "#ffffff", "#a1bfde", "#212d3b"),
    "night sky": ("#000000", "#ffffff", "#d6b4fd", "#2b2b2b"),
}


def system_palette(ground, text, mark, on_mark):
    palette, role = QPalette(), QPalette.ColorRole
    for name, colour in ((role.Window, ground), (role.Base, ground), (role.Text, text), (role.WindowText, text), (role.Highlight, mark)):
        palette.setColor(name, QColor(colour))
    palette.setColor(role.HighlightedText, QColor(on_mark))
    return palette


@pytest.mark.parametrize("name", CONTRAST_THEMES)
def test_high_contrast_is_made_of_the_systems_colours_and_stays_readable(name):
    ground, text, mark, on_mark = CONTRAST_THEMES[name]
    colours = high_contrast(system_palette(ground, text, mark, on_mark))
    assert (colours.surface, colours.text, colours.accent, colours.on_accent) == (ground, text, mark, on_mark)
    assert colours.is_dark == (name != "desert")
    assert [(one, other) for one, other in PAIRS_OF_TEXT if contrast(getattr(colours, one), getattr(colours, other)) < 4.5] == []
    assert contrast(colours.line, colours.surface) >= 4.5, "every edge is there"


def test_the_window_follows_a_system_that_asks_for_high_contrast(qapp):
    asked = []
    theme = Theme(qapp, resources_dir(), "light", is_high_contrast=lambda app: bool(asked))
    assert theme.colours is LIGHT
    asked.append(True)
    theme._accessibility.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.colours.line == theme.colours.text
    asked.clear()
    theme.set_scheme("dark")
    assert theme.colours is DARK
    theme.setParent(None)
    take_look_off(qapp)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_editors_and_focus_stand_out(colours):
    # WCAG 2.2, 1.4.11: parts of controls, 3:1
    for edge, ground in (("line_strong", "surface"), ("accent", "surface"), ("accent", "window"), ("error", "surface")):
        assert contrast(getattr(colours, edge), getattr(colours, ground)) >= 3.0


def test_contrast_agrees_with_known_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_speaks_only_in_our_colours(colours):
    known = {getattr(colours, name) for name in Colours.__slots__ if name != "is_dark"}
    sheet = style_sheet(colours, "/icons")
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet)) <= known
    assert "$" not in sheet


def test_the_choice_of_scheme_changes_the_palette_and_says_so(theme, qapp, qtbot):
    theme.set_scheme("light")
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme("dark")
    assert theme.colours is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    theme.set_scheme("nonsense")
    assert theme.scheme == "system"
    theme.set_scheme("light")
    assert theme.colours is LIGHT


def test_what_is_chosen_already_does_not_dress_the_desk_anew(theme, qtbot):
    theme.set_scheme("dark")
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_scheme("dark")
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme("light")


def test_the_systems_scheme_costs_nothing_where_it_is_the_chosen_one(theme, qtbot):
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_scheme("system")
    assert theme.scheme == "system"
    assert theme.colours is LIGHT


def test_the_font_is_there_and_has_our_letters(theme):
    assert FONT_FAMILY in QFontDatabase.families()
    assert theme.font().family() == FONT_FAMILY


def test_every_icon_draws_something_and_follows_the_scheme(icons, theme):
    names = icons.names()
    assert len(names) >= 24
    for name in names:
        picture = icons.pixmap(name, "text", 18, 1.25).toImage()
        assert (picture.width(), picture.height()) == (22, 22)
        assert any(picture.pixelColor(x, y).alpha() > 0 for x in range(22) for y in range(22)), name
    button = QPushButton()
    theme.set_scheme("light")
    icons.put(button, "refresh")
    light = button.icon().pixmap(18).toImage()
    theme.set_scheme("dark")
    assert button.icon().pixmap(18).toImage() != light
    theme.set_scheme("light")


def test_icons_are_plain_lines():
    for file in Path(resources_dir() / "icons").glob("*.svg"):
        svg = file.read_text(encoding="utf-8")
        assert "currentColor" in svg or file.stem.endswith("-fixed")
        assert not re.search(r"<script|<image|href|<style|<!ENTITY", svg), file.name
