"""Small words that several pages of the tab need. Qt-free."""

from html import escape

from denkidesk.domain.errors import DeskError
from denkidesk.texts import tariffs as texts


def without_mnemonic(words: str) -> str:
    """「電力会社(&C)」 as it is read aloud: 電力会社."""
    return words.split("(&", maxsplit=1)[0]


def words_and_facts(error: object) -> tuple[str, str]:
    """What happened, for the clerk, and a quieter line of facts for whoever helps (may be empty)."""
    if isinstance(error, DeskError):
        from denkidesk.texts.errors import error_message

        return error_message(error)
    return texts.UNEXPECTED, ""


def words_of(error: object) -> str:
    """What happened, for the clerk."""
    return words_and_facts(error)[0]


def tooltip(text: str) -> str:
    """A tooltip that shows the text as it is, wrapped: whatever a server calls its plan stays text."""
    return f"<span>{escape(text)}</span>" if text else ""
