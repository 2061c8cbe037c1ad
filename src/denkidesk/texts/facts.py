"""Facts put into sentences."""

from collections.abc import Mapping


def filled(sentence: str, facts: Mapping[str, str]) -> str:
    """The sentence with its facts; one that is not there reads as a question mark, so that nobody loses the sentence over it."""
    return sentence.format_map(_Facts(facts))


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "？"
