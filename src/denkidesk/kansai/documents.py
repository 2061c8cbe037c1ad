"""The files of a WSDL set: gathered from one folder alone, checked, and mended before zeep sees them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.findings import Finding

WSDL: Final = "{http://schemas.xmlsoap.org/wsdl/}"
XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
MIME: Final = "{http://schemas.xmlsoap.org/wsdl/mime/}"
SOAP_BINDING: Final = "{http://schemas.xmlsoap.org/wsdl/soap/}"
MAX_FILE_BYTES: Final = 16 * 1024 * 1024
# Namespaces that may be imported without a file: zeep and libxml2 know them, and nothing of them travels.
KNOWN_NAMESPACES: Final = frozenset({"http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2001/XMLSchema"})


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the set: parsed once, imports already resolved to paths."""

    path: str
    root: etree._Element
    references: dict[str, str]  # location as written -> resolved path; only those that may be followed


@dataclass(slots=True)
class DocumentSet:
    """An entry file and everything it imports, by resolved path."""

    directory: str
    locations: Mapping[str, str]  # web address -> file of the folder
    documents: dict[str, Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    located: set[str] = field(default_factory=set)  # those of the web addresses that an import has

    def name_of(self, path: str) -> str:
        """A path as findings spell it: inside the folder, with slashes."""
        inside = os.path.relpath(path, self.directory).replace(os.sep, "/")
        return path if inside.startswith("../") else inside


def gather(directory: Path, entry: str, locations: Mapping[str, str] = MappingProxyType({})) -> DocumentSet:
    """Reads an entry WSDL and all it imports, from files inside ``directory`` only; whatever is wrong becomes a finding.

    ``locations``: web addresses that stand for files of the folder.
    """
    gathered = DocumentSet(os.path.realpath(directory), locations)
    path = locate(gathered.directory, gathered.directory + os.sep, entry)
    if isinstance(path, Finding):
        gathered.findings.append(Finding(entry, "file", path.code, path.detail))
        return gathered
    waiting = [path]
    while waiting:
        path = waiting.pop()
        if path in gathered.documents:
            continue
        document = _read(gathered, path)
        if document is not None:
            gathered.documents[path] = document
            waiting.extend(document.references.values())
    _find_unresolved_namespaces(gathered)
    return gathered


def locate(directory: str, base: str, location: str) -> str | Finding:
    """Where an import written in file ``base`` leads, or why it may not be followed. Links are resolved before the folder is checked."""
    try:
        parts = urlsplit(location)
        scheme, spelled = parts.scheme, location
        if scheme == "file":
            spelled = unquote(parts.path)
        elif len(scheme) > 1:  # one letter is a Windows drive
            return Finding("", location, WsdlCode.IMPORT_NETWORK, location)
        if spelled.startswith(("//", "\\\\")):
            return Finding("", location, WsdlCode.IMPORT_NETWORK, location)
        for spelling in _spellings(directory, base, spelled):
            candidate = os.path.realpath(spelling)
            if os.path.commonpath([directory, candidate]) != directory:
                return Finding("", location, WsdlCode.IMPORT_OUTSIDE, location)
            if os.path.isfile(candidate):  # noqa: PTH113 - a string all along
                return candidate
    except ValueError:  # no address at all, or a NUL in it
        return Finding("", location, InstallationCode.MISSING, location)
    return Finding("", location, InstallationCode.MISSING, location)


def _spellings(directory: str, base: str, location: str) -> list[str]:
    """The path as it is written, and with %20 and the like read as characters; the folder's own name is never touched."""
    path = os.path.join(os.path.dirname(base), location)  # noqa: PTH118, PTH120 - pathlib would normalise what the import wrote
    inside = directory + os.sep
    decoded = inside + unquote(path.removeprefix(inside)) if path.startswith(inside) else unquote(path)
    return list(dict.fromkeys((path, decoded)))


def _read(gathered: DocumentSet, path: str) -> Document | None:
    name = gathered.name_of(path)
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        gathered.findings.append(Finding(name, "file", InstallationCode.UNREADABLE, type(error).__name__))
        return None
    if len(content) > MAX_FILE_BYTES:
        gathered.findings.append(Finding(name, "file", WsdlCode.TOO_LARGE, str(len(content))))
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        gathered.findings.append(Finding(name, "file", WsdlCode.NOT_XML, str(error)))
        return None
    if root.getroottree().docinfo.doctype:
        gathered.findings.append(Finding(name, "file", WsdlCode.DOCTYPE))
        return None
    if root.tag not in ((WSDL + "definitions",) if not gathered.documents else (WSDL + "definitions", XSD + "schema")):
        gathered.findings.append(Finding(name, "file", WsdlCode.WSDL_INVALID, str(root.tag)))
        return None
    _unwrap_multipart(root)
    references: dict[str, str] = {}
    for element in root.iter(WSDL + "import", XSD + "import", XSD + "include", XSD + "redefine"):
        attribute = "location" if element.tag == WSDL + "import" else "schemaLocation"
        location = element.get(attribute)
        if not location:
            continue
        inside = gathered.locations.get(location)
        if inside is None:
            target = locate(gathered.directory, path, location)
        else:  # zeep would refuse the address: it is shown the file's
            gathered.located.add(location)
            target = locate(gathered.directory, gathered.directory + os.sep, inside)
            location = target if isinstance(target, str) else location
            element.set(attribute, location)
        if isinstance(target, Finding):
            gathered.findings.append(Finding(name, target.item, target.code, target.detail))
        else:
            references[location] = target
    return Document(path, root, references)


def _unwrap_multipart(root: etree._Element) -> None:
    """Puts the soap:* children of a mime:multipartRelated where zeep looks for them.

    zeep looks at direct children only; it would load such a binding without complaint and send an empty Body.
    """
    for wrapper in list(root.iter(MIME + "multipartRelated")):
        parent = wrapper.getparent()
        if parent is None:
            continue
        parts = wrapper.findall(MIME + "part")
        chosen = next((part for part in parts if part.find(SOAP_BINDING + "body") is not None), None)
        children = [] if chosen is None else [child for child in chosen if str(child.tag).startswith(SOAP_BINDING)]
        position = parent.index(wrapper)
        parent.remove(wrapper)
        for offset, child in enumerate(children):
            parent.insert(position + offset, child)


def _find_unresolved_namespaces(gathered: DocumentSet) -> None:
    """An import without a location is right only for a namespace that some file of the set defines."""
    defined = set(KNOWN_NAMESPACES)
    for document in gathered.documents.values():
        defined.update(schema.get("targetNamespace", "") for schema in document.root.iter(XSD + "schema"))
    for document in gathered.documents.values():
        for element in document.root.iter(XSD + "import"):
            namespace = element.get("namespace", "")
            if not element.get("schemaLocation") and namespace not in defined:
                gathered.findings.append(Finding(gathered.name_of(document.path), namespace, WsdlCode.IMPORT_UNRESOLVED, namespace))
