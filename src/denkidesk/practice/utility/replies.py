"""Envelopes of the practice utility, built as text: five thousand rows in a few hundredths of a second."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from denkidesk.practice.messages import PracticeResponse
from denkidesk.practice.utility.interface import SOAP, Service

Value = str | Sequence[str] | None


def envelope(body: str) -> bytes:
    """A SOAP 1.1 envelope around the text of a body."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="{SOAP}"><soapenv:Body>'
    return f"{head}{body}</soapenv:Body></soapenv:Envelope>".encode()


def soap_response(content: bytes, status: int = 200) -> PracticeResponse:
    return PracticeResponse(status, {"Content-Type": "text/xml; charset=UTF-8"}, content)


def fault(code: str, text: str) -> PracticeResponse:
    body = f"<soapenv:Fault><faultcode>soapenv:{code}</faultcode><faultstring>{escape(text)}</faultstring></soapenv:Fault>"
    return soap_response(envelope(body), 500)


def reply(
    service: Service, values: Mapping[str, Value], extra: Mapping[str, str], rows: Iterable[str] | None = None, appended: str = ""
) -> bytes:
    """The envelope of a reply: values by our names, extra items by element name, rows as :func:`row_texts` makes them."""
    body = "".join(_elements(service.reply_order, service.reply_paths, values, extra, _rows_of(service, rows)))
    return envelope(f'<{service.reply_local} xmlns="{service.reply_namespace}">{body}{appended}</{service.reply_local}>')


def row_texts(service: Service, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Iterator[str]:
    """Each listing row's inner text; ``columns``: our name, or an extra item's element, of each of its values."""
    paths = service.row_paths or {}
    place_of = {"/".join(paths.get(name, (name,))): place for place, name in enumerate(columns)}
    steps = [(place_of[element], f"<{element}>", f"</{element}>") for element in service.row_order if element in place_of]
    for row in rows:
        yield "".join(begin + escape(text) + end for place, begin, end in steps if (text := row[place]) is not None)


def _rows_of(service: Service, rows: Iterable[str] | None) -> dict[str, str]:
    if rows is None:
        return {}
    *outer, name = service.rows_path
    text = "".join(f"<{name}>{row}</{name}>" for row in rows)
    for level in reversed(outer[1:]):
        text = f"<{level}>{text}</{level}>"
    return {outer[0]: text}


def _elements(
    order: Sequence[str],
    paths: Mapping[str, tuple[str, ...]],
    values: Mapping[str, Value],
    extra: Mapping[str, str],
    ready: Mapping[str, str],
) -> Iterator[str]:
    ours = {path[0]: (name, path[1:]) for name, path in paths.items()}
    for element in order:
        if element in ready:
            yield f"<{element}>{ready[element]}</{element}>"
            continue
        name, below = ours.get(element, ("", ()))
        value = values.get(name) if name else extra.get(element)
        if value is None:
            continue
        if not below:
            yield f"<{element}>{escape(str(value))}</{element}>"
            continue
        texts = [value] if isinstance(value, str) else value
        inner = "".join(f"<{below[-1]}>{escape(text)}</{below[-1]}>" for text in texts)
        yield f"<{element}>{inner}</{element}>"
