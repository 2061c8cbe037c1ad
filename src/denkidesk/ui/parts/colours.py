"""The colours of both schemes, by what they mean; every pairing of text and ground that is used has a contrast of 4.5:1 or more."""

from typing import Final

from denkidesk.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme. ``*_soft`` are grounds for text in the colour of the same name; nothing is ever said by colour alone."""

    is_dark: bool
    window: str
    surface: str  # tables, editors, cards
    surface_alternate: str
    raised: str  # buttons, header sections
    line: str
    line_strong: str  # edges of editors: 3:1 on the surface
    text: str
    muted: str  # second-rank text
    accent: str  # what is chosen, focus, the one main button
    accent_hover: str
    on_accent: str
    accent_soft: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    error: str
    error_soft: str
    practice: str  # the band of practice mode
    on_practice: str


LIGHT: Final = Colours(
    is_dark=False,
    window="#f3f5f8",
    surface="#ffffff",
    surface_alternate="#f8fafc",
    raised="#ffffff",
    line="#dde2ea",
    line_strong="#8a94a6",
    text="#1b2432",
    muted="#566275",
    accent="#245a9c",
    accent_hover="#1c4a83",
    on_accent="#ffffff",
    accent_soft="#e6eef8",
    ok="#1d6b47",
    ok_soft="#e4f3eb",
    warn="#7a4a00",
    warn_soft="#fdf1d8",
    error="#a12a2a",
    error_soft="#fbe9e8",
    practice="#6a3d9f",
    on_practice="#ffffff",
)

DARK: Final = Colours(
    is_dark=True,
    window="#171b21",
    surface="#1f242c",
    surface_alternate="#232932",
    raised="#29303a",
    line="#343c48",
    line_strong="#77839a",
    text="#e5e9ef",
    muted="#a5b0c0",
    accent="#86b6f2",
    accent_hover="#a2c8f7",
    on_accent="#0f1b2b",
    accent_soft="#24364d",
    ok="#7fd0a6",
    ok_soft="#1d3529",
    warn="#f0bf6a",
    warn_soft="#3a2f18",
    error="#f59a97",
    error_soft="#432425",
    practice="#c9a6f0",
    on_practice="#21103a",
)

PAIRS_OF_TEXT: Final = (
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
    ("warn", "warn_soft"),
    ("error", "window"),
    ("error", "surface"),
    ("error", "error_soft"),
    ("on_practice", "practice"),
)
"""Which text stands on which ground."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours after WCAG 2.2, 1.4.3: 1.0 to 21.0."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
