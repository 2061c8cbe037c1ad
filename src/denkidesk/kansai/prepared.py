"""One request, made once: what a person is shown, what the books keep and what leaves come from one document."""

from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.kansai.binding import Binding
from denkidesk.kansai.envelope import serialize, with_password
from denkidesk.kansai.transport import Outgoing
from denkidesk.kansai.triage import MAX_BYTES
from denkidesk.kansai.wsdl_set import CallPlan


@dataclass(frozen=True, slots=True)
class PreparedRequest:
    """``envelope`` is valid by the schema and holds no password."""

    binding: Binding
    plan: CallPlan
    request_id: str
    envelope: etree._Element

    @property
    def document(self) -> bytes:
        """The very bytes that leave, but for the password, in whose place asterisks stand."""
        return serialize(self.envelope)

    @property
    def preview(self) -> str:
        """The document for the eye, indented."""
        return serialize(self.envelope, pretty=True).decode("utf-8")

    def outgoing(self, password: str, *, changes_something: bool, max_bytes: int = MAX_BYTES) -> Outgoing:
        """The request with its password. Raises SetupFault where the header cannot hold it."""
        filled = serialize(with_password(self.plan, self.envelope, password))
        binding = self.plan.binding
        return Outgoing(binding.service_name, self.plan.soap_action, filled, changes_something=changes_something, max_bytes=max_bytes)
