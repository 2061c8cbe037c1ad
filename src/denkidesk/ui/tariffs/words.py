"""Small words that several pages of the tab need. Qt-free."""

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
