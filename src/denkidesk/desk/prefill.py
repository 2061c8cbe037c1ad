"""Forms that are begun with what is known: of a customer, of an earlier application, of a template."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from denkidesk.desk.assembly import typed_again
from denkidesk.desk.installed_set import InstalledSet
from denkidesk.desk.kept_by_name import KeptByName
from denkidesk.domain.applications import NO_EXTRA, ApplicationKind
from denkidesk.domain.customers import Customer
from denkidesk.forms.model import Editor, Field
from denkidesk.store.store import Store

_OF_THE_CALL: Final = (Editor.DATE, Editor.ANSWER)
"""What is asked anew each time."""
_OF_A_CUSTOMER: Final = ("supply_point_number", "customer_name", "contact_phone", "postcode", "supply_point_address")
_NOTE: Final = "note"
_KEY: Final = "apply.templates."


@dataclass(frozen=True, slots=True)
class FollowOn:
    """What a fresh form begins with. ``kind``: of the earlier application, where one is known."""

    kind: ApplicationKind | None
    values: Mapping[str, str] = field(default_factory=lambda: NO_EXTRA)


@dataclass(frozen=True, slots=True)
class Template:
    """A form that was filled in once, under a name: what is chosen in it and its note, and nothing of a customer."""

    name: str
    kind: ApplicationKind
    values: Mapping[str, str]


def values_of(customer: Customer) -> dict[str, str]:
    """What a customer fills in, by the names of the form; what is not known is left out."""
    known = (customer.supply_point_number, customer.name, customer.phone, customer.postcode, customer.address)
    return {name: text for name, text in zip(_OF_A_CUSTOMER, known, strict=True) if text}


class PrefillDesk:
    """All of it reads files or the store: never on the GUI thread."""

    def __init__(self, store: Store, installed_set: InstalledSet) -> None:
        self._store = store
        self._installed_set = installed_set

    def follow_on(self, receipt_number: str, kind: ApplicationKind | None = None) -> FollowOn:
        """Everything that is known of an application and its customer, for one more of the same kind, or of another.

        What the utility said of it counts before what was sent, and what the customer was met with last fills the rest; dates, the answers
        of the telephone and its note are left to the new call. Codes go along within a kind alone. Raises SetupFault as the forms do.
        """
        item = self._store.outbox.of_receipt(receipt_number)
        entry = self._store.inbox.entry(receipt_number)
        earlier = item.application.kind if item is not None else entry.kind if entry is not None else None
        wanted = kind or earlier
        tables = self._installed_set.form_tables()
        known: dict[str, str] = {} if item is None else typed_again(item.application, tables)
        if entry is not None:
            listed = entry.listed
            said = {"supply_point_number": listed.supply_point_number, "selection_code": listed.selection_code}
            known |= {name: text for name, text in (said | dict(entry.status.items if entry.status else {})).items() if text}
        number = known.get("supply_point_number", "")
        customers = self._store.customers.at_point(number)
        name = known.get("customer_name")
        customer = next((one for one in customers if one.name == name), customers[0] if customers and not name else None)
        known = ({} if customer is None else values_of(customer)) | known
        if wanted is None:
            return FollowOn(None, {name: known[name] for name in _OF_A_CUSTOMER if known.get(name)})
        fields = (one for one in tables.form(wanted).fields if one.editor not in _OF_THE_CALL and one.name != _NOTE)
        same = wanted is earlier
        return FollowOn(wanted, {one.name: known[one.name] for one in fields if known.get(one.name) and (same or not _is_choice(one))})

    def templates(self, kind: ApplicationKind) -> tuple[Template, ...]:
        """The templates of a kind, in the order in which they were named."""
        return tuple(Template(name, kind, values) for name, values in self._named(kind).all().items())

    def keep_template(self, name: str, kind: ApplicationKind, values: Mapping[str, str]) -> Template | None:
        """Keeps a form under a name, in the place of the template that had it: what is chosen and the note, nothing else.

        None where nothing of that stands in the form.
        """
        form = self._installed_set.form_tables().form(kind)
        kept = {one.name for one in form.fields if _is_choice(one) or one.name == _NOTE}
        template = Template(name, kind, {name: text for name, text in values.items() if name in kept and text.strip()})
        if not template.values:
            return None
        self._named(kind).keep(name, template.values)
        return template

    def forget_template(self, template: Template) -> None:
        """Keeps a template no longer; no form changes with it."""
        self._named(template.kind).forget(template.name)

    def _named(self, kind: ApplicationKind) -> KeptByName:
        return KeptByName(self._store, _KEY + kind.value)


def filled_by(template: Template, values: Mapping[str, str]) -> dict[str, str]:
    """A form with what a template says: its note goes below one that stands there, and a customer stays as entered."""
    note = values.get(_NOTE, "").strip()
    added = template.values.get(_NOTE, "")
    both = "\n".join(part for part in (note, "" if added in note.split("\n") else added) if part)
    return {**values, **template.values, **({_NOTE: both} if both else {})}


def _is_choice(one: Field) -> bool:
    return one.editor is Editor.CHOICE
