"""What is wrong, or merely worth knowing, about an installed set of WSDL, binding and code tables."""

from collections.abc import Collection, Iterable
from typing import Final

from denkidesk.domain.error_codes import SettingCode, SetupCode
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.values import dataclass

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``file``: path inside the set; ``item``: what in it; ``blocks``: False for mere news."""

    file: str
    item: str
    code: SetupCode | SettingCode
    detail: str = ""
    blocks: bool = True

    def as_fault(self) -> SetupFault:
        """The finding as the error that stops a call."""
        return SetupFault(self.file, self.item, self.code, self.detail)


def nearest(written: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """The known name that was probably meant; "" where none is like it."""
    import difflib  # here: the inbox's first rows wait for the code tables, and in a sound set nothing is misspelt

    return next(iter(difflib.get_close_matches(written, list(known), 1, cutoff)), "")


def near_or_all(written: str, known: Collection[str]) -> str:
    """The known name that was probably meant, or all that there are."""
    return nearest(written, known) or " ".join(sorted(known))


def shown(names: Collection[str]) -> str:
    """The first names of a list, with a mark where more follow."""
    return " ".join([*list(names)[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])])


def raise_first(findings: list[Finding]) -> None:
    """Raises SetupFault for the first finding that blocks."""
    for finding in findings:
        if finding.blocks:
            raise finding.as_fault()
