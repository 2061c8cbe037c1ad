"""Small words that several pages of the tab need. Qt-free."""

from html import escape


def without_mnemonic(words: str) -> str:
    """「電力会社(&C)」 as it is read aloud: 電力会社."""
    return words.split("(&", maxsplit=1)[0]


def tooltip(text: str) -> str:
    """A tooltip that shows the text as it is, wrapped: whatever a server calls its plan stays text."""
    return f"<span>{escape(text)}</span>" if text else ""
