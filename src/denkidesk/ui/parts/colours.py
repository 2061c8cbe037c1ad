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
    kind_outage: str  # what an application is about, always beside its icon and its word
    kind_menu: str
    kind_utility: str
    kind_customer: str
    kind_other: str
    selected: str  # the ground of a chosen row, stronger than accent_soft
    faint: str  # the hairline under a row


_LIGHT_AND_DARK: Final = {
    "window": ("#f3f5f8", "#171b21"),
    "surface": ("#ffffff", "#1f242c"),
    "surface_alternate": ("#f8fafc", "#232932"),
    "raised": ("#ffffff", "#29303a"),
    "line": ("#dde2ea", "#343c48"),
    "line_strong": ("#8a94a6", "#77839a"),
    "text": ("#1b2432", "#e5e9ef"),
    "muted": ("#566275", "#a5b0c0"),
    "accent": ("#245a9c", "#86b6f2"),
    "accent_hover": ("#1c4a83", "#a2c8f7"),
    "on_accent": ("#ffffff", "#0f1b2b"),
    "accent_soft": ("#e6eef8", "#24364d"),
    "ok": ("#1d6b47", "#7fd0a6"),
    "ok_soft": ("#e4f3eb", "#1d3529"),
    "warn": ("#7a4a00", "#f0bf6a"),
    "warn_soft": ("#fdf1d8", "#3a2f18"),
    "error": ("#a12a2a", "#f59a97"),
    "error_soft": ("#fbe9e8", "#432425"),
    "practice": ("#6a3d9f", "#c9a6f0"),
    "on_practice": ("#ffffff", "#21103a"),
    "kind_outage": ("#a63a00", "#f5a678"),
    "kind_menu": ("#0a6673", "#6fcbd6"),
    "kind_utility": ("#4a4fa3", "#b7baf7"),
    "kind_customer": ("#3a661a", "#a5d27c"),
    "kind_other": ("#566275", "#a5b0c0"),
    "selected": ("#d9e6f6", "#2b4463"),
    "faint": ("#edf0f4", "#282f39"),
}
LIGHT: Final = Colours(is_dark=False, **{name: light for name, (light, _) in _LIGHT_AND_DARK.items()})
DARK: Final = Colours(is_dark=True, **{name: dark for name, (_, dark) in _LIGHT_AND_DARK.items()})
