"""Small words that several pages of the tab need. Qt-free."""


def without_mnemonic(words: str) -> str:
    """「電力会社(&C)」 as it is read aloud: 電力会社."""
    return words.split("(&", maxsplit=1)[0]
