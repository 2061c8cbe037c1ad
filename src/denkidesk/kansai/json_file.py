"""The JSON files that stand beside the WSDL."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.findings import Finding

FORMAT: Final = 1
YES_OR_NO: Final = "true, false"


def head_findings(file: str, tree: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with the keys that every file may begin with."""
    found: list[Finding] = []
    version = tree.get("format", FORMAT)
    if version != FORMAT or isinstance(version, bool):
        found.append(Finding(file, "format", WsdlCode.FORMAT, str(version)))
    if not isinstance(tree.get("provisional", False), bool):
        found.append(Finding(file, "provisional", InstallationCode.TYPE, YES_OR_NO))
    return found


def read_json_object(path: Path) -> tuple[dict[str, Any], Finding | None]:
    """The one JSON object of a file, or the finding that says why not."""
    twice: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        for name, value in pairs:
            if name in tree:
                twice.append(name)
            tree[name] = value
        return tree

    try:
        tree = json.loads(path.read_bytes().decode("utf-8-sig"), object_pairs_hook=unique)
    except FileNotFoundError:
        return {}, Finding(path.name, "file", InstallationCode.MISSING)
    except UnicodeDecodeError:
        return {}, Finding(path.name, "file", WsdlCode.NOT_JSON, "UTF-8")
    except json.JSONDecodeError as error:
        return {}, Finding(path.name, "file", WsdlCode.NOT_JSON, f"{error.lineno}:{error.colno}")
    except (OSError, ValueError, RecursionError) as error:
        return {}, Finding(path.name, "file", WsdlCode.NOT_JSON, type(error).__name__)
    if not isinstance(tree, dict):
        return {}, Finding(path.name, "file", WsdlCode.NOT_JSON, type(tree).__name__)
    if twice:  # the last one would win, and what the first one says be lost unseen
        return {}, Finding(path.name, twice[0], WsdlCode.DOUBLE)
    return tree, None
