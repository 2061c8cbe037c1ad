"""The clients that reach the outside, as the desk is given them: whoever opens it builds them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.values import dataclass
from denkidesk.settings import EnegaeruSettings, KansaiSettings

if TYPE_CHECKING:  # loaded when they are asked for: the window paints first
    from denkidesk.enegaeru.client import EnegaeruClient
    from denkidesk.kansai.client import KansaiClient

T = TypeVar("T")


def no_kind(_selection_code: str) -> ApplicationKind | None:
    """Knows no selection code, so every application is of an unknown kind."""
    return None


@dataclass(frozen=True, slots=True)
class TrialService(Generic[T]):
    """A service that is used once."""

    service: T
    close: Callable[[], None]


Secrets = Mapping[str, str | None]
"""Secrets that are being tried, by name; None, or none of the name: the stored one."""


@dataclass(frozen=True, slots=True)
class Services:
    """The outside, built when first asked for.

    ``kansai`` and ``enegaeru`` return the same object each time. ``kansai_for`` and ``enegaeru_for`` build a client for settings that are
    only being tried; ``close`` of what they return is called after the trial.
    """

    kansai: Callable[[], KansaiClient]
    enegaeru: Callable[[], EnegaeruClient]
    kansai_for: Callable[[KansaiSettings, Secrets], TrialService[KansaiClient]]
    enegaeru_for: Callable[[EnegaeruSettings, Secrets], TrialService[EnegaeruClient]]
    kind_of_selection: Callable[[str], ApplicationKind | None] = no_kind
