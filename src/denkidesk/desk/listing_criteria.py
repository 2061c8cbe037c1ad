"""The listing's own criteria, and the views of the list that the clerk keeps by a name: such criteria, or a filter and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from denkidesk.desk.inbox import InboxFilter
from denkidesk.desk.installed_set import InstalledSet
from denkidesk.desk.kept_by_name import KeptByName
from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.clock import Now
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.forms.model import CodeChoices

_KEY: Final = "inbox.listing_criteria"
_FILTER, _SEARCH = "filter", "search"  # beside the criteria, none of which has such a name


@dataclass(frozen=True, slots=True)
class SavedView:
    """What the list is to show, as the clerk keeps it by a name; ``name`` is empty where it is not kept.

    ``values``: the listing's own criteria as they were typed, so that 今日 is the day on which they are used. ``search``: words of the
    search line.
    """

    name: str
    values: Mapping[str, str]
    filter: InboxFilter = InboxFilter.ALL
    search: str = ""


class ListingCriteriaDesk:
    """All of it reads files or the store: never on the GUI thread."""

    def __init__(self, store: Store, installed_set: InstalledSet, now: Now) -> None:
        self._named = KeptByName(store, _KEY)
        self._installed_set = installed_set
        self._now = now

    def tables(self) -> "CodeChoices":
        """The codes that can be chosen; none where only invented ones are known."""
        tables = self._installed_set.readable_code_tables()
        if not self._installed_set.may_offer(tables):
            return {}
        return {name: [(entry.code, entry.label_ja) for entry in tables.choices(name)] for name in ("work_stage", "selection_code")}

    def criteria(self, values: Mapping[str, str]) -> ListingCriteria:
        """What is to be asked for today; raises InputRefused where that is no longer possible."""
        from denkidesk.forms.criteria import check_criteria  # the list has its views before anybody types

        return check_criteria(values, self.tables(), self._now().date())

    def kept(self) -> tuple[SavedView, ...]:
        """The views that are kept, in the order in which they were named."""
        return tuple(_view_of(name, values) for name, values in self._named.all().items())

    def keep(self, kept: SavedView) -> None:
        """Keeps a view, in the place of the one of the same name."""
        local = {_FILTER: "" if kept.filter is InboxFilter.ALL else kept.filter.value, _SEARCH: kept.search}
        self._named.keep(kept.name, {**kept.values, **local})

    def forget(self, name: str) -> None:
        """Keeps the one of a name no longer; no application goes with it."""
        self._named.forget(name)


def _view_of(name: str, values: Mapping[str, str]) -> SavedView:
    criteria = {item: value for item, value in values.items() if item not in (_FILTER, _SEARCH)}
    try:
        shown = InboxFilter(values.get(_FILTER, InboxFilter.ALL))
    except ValueError:  # of another version
        shown = InboxFilter.ALL
    return SavedView(name, MappingProxyType(criteria), shown, values.get(_SEARCH, ""))
