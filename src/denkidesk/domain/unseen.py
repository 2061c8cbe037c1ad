"""Marks that nobody sees, and blanks at the ends: what a copy or an echo leaves on a text."""

import unicodedata


def is_unseen(character: str) -> bool:
    """Whether it shows nowhere, not even as a blank: zero-width spaces, byte order marks, marks of direction."""
    return unicodedata.category(character) == "Cf"


def trimmed(text: str) -> str:
    """Without the blanks and unseen marks at both ends; what stands inside stays."""
    kept = [place for place, ch in enumerate(text) if not (ch.isspace() or is_unseen(ch))]
    return text[kept[0] : kept[-1] + 1] if kept else ""


def seen(text: str) -> str:
    """Without the marks that nobody sees."""
    return text if text.isascii() else "".join(ch for ch in text if not is_unseen(ch))
