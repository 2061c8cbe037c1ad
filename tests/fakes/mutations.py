"""Samples of texts, octets and JSON trees, spoilt here and there: what a fuzzer gives to a reader."""

import json
import re

from hypothesis import strategies as st

NASTY = (
    *("", " ", "\0", "\n", "\r", "\t", "\x1b", "\x7f", "\u200b", "\ufeff", "\u202e", "\ud800", "\U000e0100"),
    *("見本", "ｱ", "²", "٣", "𝟗", "①", "㈱", "½", "１２", "合計", "使用量", "契約", "令和", "R0.1.1", "令和99年99月99日"),
    *("9" * 400, "9" * 5_000, "-1", "+0", "1e999", "1e-999", "1E+21", "0x10", "1_000", "NaN", "inf", "-Infinity", "true", "null"),
    *("24:00", "25:00", "0:60", "0000-00-00", "9999-12-31", "2026-02-30", "2026/2/29", "+9999", "12/1", "99/99"),
    *("[" * 3_000, "{" * 3_000, '{"a":' * 3_000, "]", "}", '"', "'", ",", ";", ":", "=", "#", "%", "\\", "/"),
    *("<", ">", "&", "&amp;", "]]>", "<!--", "<![CDATA[", "<!DOCTYPE a>"),
    *("kWh", "mWh", "MWh", "kW", "W", "http://[::1", "http://[::1]x", "http://a:99999", "file:///", "../..", "~", "~nobody", "C:\\"),
)
TOKENS = re.compile(r"[^\W_]+|\s+|[\W_]")


def mutated(*samples):
    """A sample of a text in which some tokens are replaced, doubled, taken out, or exchanged."""
    cut = [TOKENS.findall(sample) for sample in samples]

    def change(given):
        number, changes = given
        tokens = list(cut[number])
        for place, other, act, text in changes:
            at, from_ = place % (len(tokens) or 1), other % (len(tokens) or 1)
            if not tokens:
                break
            match act:
                case 0:
                    tokens[at] = text
                case 1:
                    tokens.insert(at, text)
                case 2:
                    del tokens[at]
                case 3:
                    tokens[at], tokens[from_] = tokens[from_], tokens[at]
                case 4:
                    tokens[at : at + 1] = tokens[min(at, from_) : max(at, from_) + 1][:200]
                case 5:
                    del tokens[min(at, from_) : max(at, from_)]
        return "".join(tokens)

    places = st.integers(0, 10_000)
    texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=4))
    changes = st.lists(st.tuples(places, places, st.sampled_from((0, 0, 0, 1, 1, 2, 3, 4, 5)), texts), max_size=5)
    return st.tuples(st.integers(0, len(samples) - 1), changes).map(change)


def octets(*samples):
    """The same as bytes, in some encoding, with a few octets spoilt."""

    def encode(given):
        text, encoding, spoilt = given
        data = bytearray(text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace"))
        for place, octet in spoilt:
            if data:
                data[place % len(data)] = octet
        return bytes(data)

    spoilt = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=2)
    encodings = st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-8-sig", "cp932", "utf-16"))
    return st.one_of(st.tuples(mutated(*samples), encodings, spoilt).map(encode), st.binary(max_size=200))


def values(leaf):
    """Any tree of JSON in the place of a leaf."""
    return st.recursive(
        leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NASTY), inner, max_size=3), max_leaves=5
    )


def trees(*samples):
    """Samples of JSON in which some values, wherever they stand, are others or missing; as bytes, nearly always well-formed."""
    odd = values(
        st.one_of(st.none(), st.booleans(), st.integers(-(10**25), 10**25), st.floats(), st.sampled_from(NASTY), st.text(max_size=4))
    )

    def change(given):
        number, changes = given
        tree = json.loads(samples[number])
        for place, act, value in changes:
            spots = [(node, key) for node in _nodes(tree) for key in (node if isinstance(node, dict) else range(len(node)))]
            if not spots:
                break
            node, key = spots[place % len(spots)]
            if act == 0:
                node[key] = value
            elif act == 1:
                del node[key]
            elif isinstance(node, dict):
                node[str(value)[:50]] = node[key]
            else:
                node.append(node[key])
        return json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")

    changes = st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from((0, 0, 0, 1, 2)), odd), max_size=4)
    return st.one_of(st.tuples(st.integers(0, len(samples) - 1), changes).map(change), octets(*samples))


def _nodes(tree):
    if isinstance(tree, dict | list):
        yield tree
        for inner in tree.values() if isinstance(tree, dict) else tree:
            yield from _nodes(inner)
