"""Ways of answering, hostile or only clumsy, by name: for an application, for a listing, and for the quoting API's JSON.

A script gets the peer, and the body and media type of a good answer to spoil. ``filing``: the state that the application must then be in;
``reads``: whether the listing or the JSON may be read.
"""

import base64
import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass

from fakes.soap_server import ENVELOPE, envelope, fault, message

FILING, LISTING, JSON = "filing", "listing", "json"
SOAP, ALL = (FILING, LISTING), (FILING, LISTING, JSON)
DEADLINE_S = 1.0  # the shortest that the settings take
STATUS = "<m:requestStatus>PR00</m:requestStatus>"
RECEIPT = "<m:receiptNumber>X-1</m:receiptNumber>"
ROW = f"<m:application>{RECEIPT}<m:workStage>PW10</m:workStage><m:registeredOn>20261101</m:registeredOn>"
ROW += "<m:selectionCode>PS301</m:selectionCode><m:hasMessage>0</m:hasMessage></m:application>"
COMPANY = {"epcorp_cd": "0006", "epcorpName": "見本電力", "eptype": 1, "area_cd": "06", "fitprices": [8, "7.5", None], "commission": 0.1}
GOOD = {
    FILING: (message("applyOutageResponse", STATUS + RECEIPT), "text/xml; charset=UTF-8"),
    LISTING: (
        message("listApplicationsResponse", f"{STATUS}<m:applications>{ROW}</m:applications>"),
        "text/xml; charset=UTF-8",
    ),
    JSON: (json.dumps([COMPANY], ensure_ascii=False).encode(), "application/json"),
}
MIB = 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """One way."""

    script: Callable[..., None]
    filing: str = "unknown"
    reads: bool | None = False  # None: either
    targets: tuple[str, ...] = ALL
    asked: bool | None = True  # whether the request is sent; None: it may be


ANSWERS: dict[str, Answer] = {}


def way(name, script, **expected):
    """Adds one to the table."""
    assert name not in ANSWERS
    ANSWERS[name] = Answer(script, **expected)


def raw(octets):
    """Exactly these octets after the request; a function of the good body and its type may give them."""

    def script(peer, body, media):
        peer.request()
        peer.send(octets(body, media) if callable(octets) else octets)

    return script


def reply(*extra, status="200 OK", body=None, media=None, change=lambda body: body):
    """A reply that HTTP has nothing against."""

    def script(peer, good, good_media):
        peer.request()
        kind = good_media if media is None else media
        peer.reply(change(good) if body is None else body, *([f"Content-Type: {kind}"] if kind else []), *extra, status=status)

    return script


def head(body, media, *extra, length=None):
    """A head that fits a body."""
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {media}", f"Content-Length: {len(body) if length is None else length}", *extra]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def chunked(*chunks, end=b"0\r\n\r\n", extra=()):
    """The body in chunks; the good one where none is given."""

    def octets(body, media):
        lines = ["HTTP/1.1 200 OK", f"Content-Type: {media}", "Transfer-Encoding: chunked", *extra]
        parts = chunks or (body,)
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + end

    return octets


def and_then(octets, *acts):
    """Octets, then acts of the peer."""

    def script(peer, body, media):
        peer.request()
        peer.send(octets(body, media) if callable(octets) else octets)
        for act in acts:
            act(peer, body)

    return script


def endless(piece):
    """For as long as somebody takes it."""

    def act(peer, body):
        while True:
            peer.send(piece)

    return act


def hang(peer, _body):
    """Says no more."""
    peer.hang()


def wait(seconds):
    """Says no more for a time."""
    return lambda peer, _body: peer.server.stopping.wait(seconds)


# -- proper HTTP in another shape

READ = {"filing": "accepted", "reads": True}
way("plain", reply(), **READ)
way("chunked", raw(chunked()), **READ)
way("a byte a chunk", raw(lambda b, m: chunked(*(bytes([one]) for one in b))(b, m)), **READ)
way("trailers", raw(chunked(end=b"0\r\nX-A: b\r\n\r\n")), **READ)
way("chunk extensions", raw(lambda b, m: chunked()(b, m).replace(b"\r\n\r\n%x\r\n" % len(b), b"\r\n\r\n%x;a=b\r\n" % len(b))), **READ)
way("ends with the connection", raw(lambda b, m: f"HTTP/1.1 200 OK\r\nContent-Type: {m}\r\n\r\n".encode() + b), **READ)
way("http 1.0", raw(lambda b, m: head(b, m).replace(b"1.1", b"1.0") + b), **READ)
way("no reason phrase", raw(lambda b, m: head(b, m).replace(b"200 OK", b"200 ") + b), **READ)
way("no type", reply(media=""), **READ)
way("100 first", raw(lambda b, m: b"HTTP/1.1 100 Continue\r\n\r\n" + head(b, m) + b), **READ)
way("103 first", raw(lambda b, m: b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + head(b, m) + b), **READ)
way("the length twice", reply("Content-Length: 0"), reads=None)
way("the same type twice", raw(lambda b, m: head(b, m, f"Content-Type: {m}") + b), **READ)
way("another type too", raw(lambda b, m: head(b, m, "Content-Type: text/html") + b))
way("cookies", reply("Set-Cookie: a=b", "Set-Cookie: c=d; Domain=.example"), **READ)
way("http 2 in words", raw(lambda b, m: head(b, m).replace(b"HTTP/1.1", b"HTTP/2.0") + b), **READ)
way("length and chunks", raw(chunked(extra=("Content-Length: 5",))), **READ)  # chunks rule, by the standard
way("a header in latin-1", reply("X-Name: \xe9\xff"), **READ)
way("headers in other letters", raw(lambda b, m: head(b, m).replace(b"Content-", b"cONTENT-") + b), **READ)
way("a folded header", raw(lambda b, m: head(b, m, "X-A: b\r\n  c") + b), **READ)
way("identity", reply("Content-Encoding: identity"), **READ)
way("a second reply behind", raw(lambda b, m: (head(b, m) + b) * 2), **READ)
way("more than it said", raw(lambda b, m: head(b, m) + b + b"left over"), **READ)


def _late(seconds):
    def script(peer, body, media):
        peer.request()
        if not peer.server.stopping.wait(seconds):
            peer.reply(body, f"Content-Type: {media}")

    return script


def _early(peer, body, media):
    peer.reply(body, f"Content-Type: {media}")
    peer.request()


def _before_the_body(peer, body, media):
    raw_request = b""
    while b"\r\n\r\n" not in raw_request:
        raw_request += peer.socket.recv(64)
    peer.server.requests.append(raw_request)
    peer.reply(body, f"Content-Type: {media}")
    peer.hang()


way("late", _late(0.3), **READ)
way("too late", _late(DEADLINE_S + 0.4))
way("before it is asked", _early, filing=None, reads=None, asked=None)  # it may come before or after the last look
way("before the body is read", _before_the_body, **READ)

# -- cut

way("closed without a word", and_then(b""))
way("reset without a word", and_then(b"", lambda p, b: p.reset()))
way("half a status line", raw(b"HTTP/1.1 2"))
way("half a head", raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/x"))
way("a head alone", raw(head))
way("half a body", raw(lambda b, m: head(b, m) + b[: len(b) // 2]))
way("all but a byte", raw(lambda b, m: head(b, m) + b[:-1]))
way("half a body and a reset", and_then(lambda b, m: head(b, m) + b[:40], lambda p, b: p.reset()))
way("half a chunk", raw(lambda b, m: chunked()(b, m)[:-20]))
way("no last chunk", raw(chunked(end=b"")))
way("a body that is cut and complete HTTP", reply(change=lambda body: body[:-9]))

# -- slow

for _name, _octets in {
    "silence": b"",
    "silence in the status line": b"HTTP/1.1 ",
    "silence in the head": b"HTTP/1.1 200 OK\r\nContent-",
    "silence before the body": head,
    "silence in the body": lambda b, m: head(b, m) + b[:50],
    "silence in a chunk": lambda b, m: chunked()(b, m)[:-20],
    "silence after 100": b"HTTP/1.1 100 Continue\r\n\r\n",
}.items():
    way(_name, and_then(_octets, hang))
way("drops: the status line", and_then(b"", lambda p, b: p.trickle(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000)))
way("drops: the head", and_then(b"HTTP/1.1 200 OK\r\n", lambda p, b: p.trickle(b"X: y\r\n" * 1000)))
way("drops: the body", and_then(head, lambda p, b: p.trickle(b)))
way("drops: chunks", and_then(chunked(end=b""), lambda p, b: p.trickle(b"1\r\n \r\n" * 1000)))

# -- huge

way("64 MiB", and_then(lambda b, m: head(b, m, length=64 * MIB), endless(b" " * 65536)))
way("64 MiB before the good body", and_then(lambda b, m: head(b, m, length=64 * MIB), lambda p, b: [p.send(b" " * MIB) for _ in range(63)]))
way("chunks without end", and_then(chunked(end=b""), endless(b"10000\r\n" + b" " * 65536 + b"\r\n")))
way("small chunks without end", and_then(chunked(end=b""), endless(b"1\r\n \r\n" * 8192)))
way("a body without end", and_then(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n", endless(b" " * 65536)))
way("headers without end", and_then(b"HTTP/1.1 200 OK\r\n", endless(b"X-A: b\r\n" * 8192)))
way("one header without end", and_then(b"HTTP/1.1 200 OK\r\nX-A: ", endless(b"b" * 65536)))
way("a status line without end", and_then(b"HTTP/1.1 200 ", endless(b"O" * 65536)))
way("100 without end", and_then(b"", endless(b"HTTP/1.1 100 Continue\r\n\r\n" * 1024)))
way("trailers without end", and_then(chunked(end=b"0\r\n"), endless(b"X-A: b\r\n" * 8192)), reads=None)
way("a chunk extension without end", and_then(chunked(end=b"1;"), endless(b"a" * 65536)))
way("500 headers", reply(*(f"X-{number}: y" for number in range(500))))
way("a header of 1 MiB", reply("X-A: " + "b" * MIB))
way("a cookie of 60 KiB", reply("Set-Cookie: a=" + "b" * 60_000), **READ)

# -- wrong HTTP

for _name, _octets in {
    "a greeting": b"220 mail.example ESMTP\r\n",
    "no status line": lambda b, m: b,
    "zeros": b"\0" * 4096,
    "tls": b"\x15\x03\x03\x00\x02\x02\x28" * 20,
    "http 2": b"\0\0\x12\x04\0\0\0\0\0\0\3\0\0\0\x64\0\4\0\1\0\0",
    "icy": lambda b, m: head(b, m).replace(b"HTTP/1.1", b"ICY") + b,
    "status 000": lambda b, m: head(b, m).replace(b"200 OK", b"000 OK") + b,
    "status abc": lambda b, m: head(b, m).replace(b"200 OK", b"abc OK") + b,
    "a negative length": lambda b, m: head(b, m, length=-1) + b,
    "a length of 30 digits": lambda b, m: head(b, m, length="9" * 30) + b,
    "a length in words": lambda b, m: head(b, m, length="many") + b,
    "two lengths": lambda b, m: head(b, m, length=f"{len(b)}, 5") + b,
    "a length that is too short": lambda b, m: head(b, m, length=len(b) - 9) + b,
    "a negative chunk": chunked(end=b"-1\r\n"),
    "a chunk of 16 digits": chunked(end=b"FFFFFFFFFFFFFFFF\r\nx"),
    "chunks twice": lambda b, m: chunked()(b, m).replace(b": chunked", b": chunked, chunked"),
    "packed chunks": lambda b, m: chunked()(b, m).replace(b": chunked", b": gzip, chunked"),
    "a header without a colon": lambda b, m: head(b, m, "X-A") + b,
    "a header name with a space": lambda b, m: head(b, m, "X A: b") + b,
    "a header with NUL": lambda b, m: head(b, m, "X-A: \0") + b,
    "a header without a name": lambda b, m: head(b, m, ": b") + b,
}.items():
    way(_name, raw(_octets), reads=None if _name == "a header with NUL" else False)
way("switching protocols", raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"))

# -- packed

way("gzip", reply("Content-Encoding: gzip", change=gzip.compress))
way("gzip unannounced", reply(change=gzip.compress))
way("gzip that is none", reply("Content-Encoding: gzip"))
way("deflate", reply("Content-Encoding: deflate"))
way("br", reply("Content-Encoding: br"))
way("a gzip bomb", reply("Content-Encoding: gzip", body=gzip.compress(b" " * 50 * MIB)))

# -- statuses

for _status in (
    201,
    202,
    203,
    206,
    226,
    300,
    301,
    302,
    303,
    305,
    307,
    308,
    401,
    402,
    405,
    406,
    407,
    408,
    409,
    410,
    411,
    413,
    415,
    421,
    425,
):
    way(f"status {_status}", reply("Location: /elsewhere", status=f"{_status} Whatever"))
for _status in (426, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 511, 520, 599, 600, 999):
    way(f"status {_status}", reply("Retry-After: 0", status=f"{_status} Whatever"))
way("status 204", raw(b"HTTP/1.1 204 No Content\r\n\r\n"))
way("status 205", raw(b"HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n"))
way("status 304", raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"))
way("status 400", reply(status="400 Bad Request", body=fault()), filing="rejected")
way("status 403", reply(status="403 Forbidden", body=fault()), filing="queued")
way("status 404", reply(status="404 Not Found", body=fault()), filing="rejected")
way("status 400 of 3 MiB", reply(status="400 Bad Request", body=b"x" * 3 * MIB), filing=None)
way("status 500 of 64 MiB", and_then(b"HTTP/1.1 500 No\r\nContent-Length: 67108864\r\n\r\n", endless(b"x" * 65536)))
way("a redirect to another machine", reply("Location: http://192.0.2.1/", status="307 Temporary Redirect"))
way("a redirect to a file", reply("Location: file:///etc/passwd", status="302 Found"))
way("a redirect to nowhere", reply("Location: http://[::1", status="308 Permanent Redirect"))
way("a login asked for", reply('WWW-Authenticate: Basic realm="x"', status="401 Unauthorized"))

# -- echoes, and answers to other questions


def _echo(of_head):
    def script(peer, _body, media):
        body = peer.request()
        request = peer.server.requests[-1]
        peer.reply(request if of_head else body, f"Content-Type: {media}")

    return script


way("the request's body", _echo(False))
way("the whole request", _echo(True))
way("a listing's answer", reply(body=GOOD[LISTING][0]), targets=(FILING, JSON))
way("an application's answer", reply(body=GOOD[FILING][0]), targets=(LISTING, JSON))
way("json", reply(body=GOOD[JSON][0], media="application/json"), targets=SOAP)
way("json as xml", reply(body=GOOD[JSON][0]), targets=SOAP)
way("another application's answer", reply(body=message("applyMenuChangeResponse", STATUS + RECEIPT)), targets=SOAP)
way("a page", reply(body=b"<!DOCTYPE html><html><body>maintenance</body></html>", media="text/html"))
way("a page that is xml", reply(body=b"<html><body>maintenance</body></html>"))
way("nothing", reply(body=b""))
way("white space", reply(body=b" \r\n\t "))
way("a word", reply(body=b"ok"))


# -- SOAP: beginnings and encodings


def soap(name, change=None, *, body=None, media=None, status="200 OK", **expected):
    """One for both SOAP questions."""
    way(f"soap: {name}", reply(change=change or (lambda b: b), body=body, media=media, status=status), targets=SOAP, **expected)


soap("a byte order mark", lambda b: b"\xef\xbb\xbf" + b, **READ)
soap("white space first", lambda b: b"\r\n \t" + b, **READ)
soap("utf8", lambda b: b.replace(b"UTF-8", b"utf8"), **READ)
soap("no declaration", lambda b: b.partition(b"?>")[2], **READ)
soap("a comment first", lambda b: b.replace(b"?>", b"?><!-- a -->", 1), **READ)
soap("instructions", lambda b: b.replace(b"?>", b'?><?xml-stylesheet href="http://192.0.2.1/a.xsl"?>', 1), **READ)
soap("cdata", lambda b: b.replace(b"X-1", b"<![CDATA[X-1]]>"), **READ)
soap("character references", lambda b: b.replace(b"X-1", b"&#88;&#45;&#x31;"), **READ)
soap("other prefixes", lambda b: b.replace(b"<s:", b"<q:").replace(b"</s:", b"</q:").replace(b":s=", b":q="), **READ)
soap("an empty header", lambda b: b.replace(b"<s:Body>", b"<s:Header/><s:Body>"), **READ)
soap("a foreign header", lambda b: b.replace(b"<s:Body>", b'<s:Header><x xmlns="urn:x">y</x></s:Header><s:Body>'), **READ)
soap("application/soap+xml", media="application/soap+xml", **READ)
for _name in ("Shift_JIS", "EUC-JP", "ISO-8859-1", "UTF-16", "utf-7", "ebcdic-cp-us"):
    soap(f"said to be {_name}", lambda b, name=_name: b.replace(b"UTF-8", name.encode()))
soap("utf-16", lambda b: b.decode().encode("utf-16"))
soap("shift_jis", lambda b: b.decode().replace("UTF-8", "Shift_JIS").encode("cp932"))
soap("bad utf-8", lambda b: b.replace(b"X-1", b"X-\xff"))
soap("a NUL", lambda b: b.replace(b"X-1", b"X-\0"))
soap("a control character", lambda b: b.replace(b"X-1", b"X-\x01"))
soap("a reference to a control character", lambda b: b.replace(b"X-1", b"X-&#1;"))
soap("a reference to a surrogate", lambda b: b.replace(b"X-1", b"X-&#xD800;"))
soap("a reference beyond unicode", lambda b: b.replace(b"X-1", b"X-&#x110000;"))
for _media in (
    "text/html",
    "application/json",
    "application/octet-stream",
    "image/png",
    "text/plain",
    "multipart/mixed; boundary=B",
    "a/b/c; ;=",
):
    soap(f"said to be {_media}", media=_media)

# -- SOAP: documents that do harm

ANY = {"filing": None, "reads": None}
MANY = b"".join(b' b%05d=""' % n for n in range(40_000))  # 10 octets each

for _name, _type in {
    "a bare doctype": "<!DOCTYPE a>",
    "a doctype elsewhere": '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd">',
    "a doctype of a file": '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    "an entity of a file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "an entity elsewhere": '<!DOCTYPE a [<!ENTITY x SYSTEM "http://192.0.2.1/">]>',
    "a parameter entity": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://192.0.2.1/"> %x;]>',
    "a billion laughs": "<!DOCTYPE a [<!ENTITY x0 'ha'>"
    + "".join(f"<!ENTITY x{n} '{f'&x{n - 1};' * 10}'>" for n in range(1, 10))
    + "<!ENTITY x '&x9;'>]>",
    "a long entity": f"<!DOCTYPE a [<!ENTITY x '{'a' * 100_000}'>]>",
}.items():
    soap(_name, lambda b, type_=_type: b.replace(b"?>", b"?>" + type_.encode(), 1).replace(b"X-1", b"&x;"))
soap("an entity that nobody named", lambda b: b.replace(b"X-1", b"&x;"))
soap("300 deep", body=envelope("<a>" * 300 + "</a>" * 300))
soap("100,000 deep", body=envelope("<a>" * 100_000 + "</a>" * 100_000))
soap("a million deep and open", body=envelope("<a>" * 600_000))
soap("2 MiB of tags", body=envelope("<a/>" * 500_000))
soap("20 MiB of tags", body=envelope("<a/>" * 5_000_000))
soap("a listing of 20 MiB of tags", body=message("listApplicationsResponse", STATUS + "<m:applications>" + "<a/>" * 5_000_000))
soap("20 MiB of comments", lambda b: b.replace(b"?>", b"?>" + b"<!-- -->" * (20 * MIB // 8), 1), reads=None)
soap("a text of 9 MiB", lambda b: b.replace(b"X-1", b"X" * 9 * MIB), reads=None)
soap("100,000 attributes", body=envelope("<a " + " ".join(f'b{n}=""' for n in range(100_000)) + "/>"))
soap("190,000 elements of one name", lambda b: b.replace(b"X-1</m:receiptNumber>", b"X-1</m:receiptNumber>" + b"<m:a/>" * 190_000))
soap("45,000 elements of one name", lambda b: b.replace(b"X-1</m:receiptNumber>", b"X-1</m:receiptNumber>" + b"<m:a/>" * 45_000), **ANY)
soap(
    "20,000 elements of as many names",
    lambda b: b.replace(b"X-1</m:receiptNumber>", b"X-1</m:receiptNumber>" + b"".join(b"<m:a%d>b</m:a%d>" % (n, n) for n in range(20_000))),
    **ANY,
)
soap("20,000 receipts", lambda b: b.replace(RECEIPT.encode(), RECEIPT.encode() * 20_000), **ANY)
soap("40,000 attributes of a receipt", lambda b: b.replace(b"<m:receiptNumber", b"<m:receiptNumber" + MANY, 1), **ANY)
soap("40,000 attributes of a row", lambda b: b.replace(b"<m:application>", b"<m:application" + MANY + b">"), **ANY)
soap("40,000 attributes of the reply", lambda b: b.replace(b"Response xmlns", b"Response" + MANY + b" xmlns", 1), **ANY)
soap("40,000 attributes of the envelope", lambda b: b.replace(b"<s:Envelope", b"<s:Envelope" + MANY, 1), **ANY)
LONG = "".join(ROW.replace("X-1", f"X-{number}") for number in range(2, 800))
END = b"</m:applications>"
way("listing: many rows", reply(change=lambda b: b.replace(END, LONG.encode() + END)), targets=(LISTING,), reads=True)
way(
    "listing: 25,000 attributes of the reply, and many rows",
    reply(change=lambda b: b.replace(b"Response xmlns", b"Response" + MANY[:250_000] + b" xmlns", 1).replace(END, LONG.encode() + END)),
    targets=(LISTING,),
)
way(
    "listing: 20,000 attributes of a row, and many rows",
    reply(change=lambda b: b.replace(END, b"<m:application" + MANY[:200_000] + b"/>" + LONG.encode() + END)),
    targets=(LISTING,),
)
soap("20,000 namespaces", body=envelope("".join(f'<a xmlns:n{n}="urn:{n}"/>' for n in range(20_000))))
soap("a name of 1 MiB", body=envelope(f"<{'a' * MIB}/>"))
soap("an include", lambda b: b.replace(b"X-1", b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'))

# -- SOAP: envelopes that are none

soap("soap 1.2", lambda b: b.replace(ENVELOPE.encode(), b"http://www.w3.org/2003/05/soap-envelope"))
soap("no namespace", lambda b: b.replace(b' xmlns:s="' + ENVELOPE.encode() + b'"', b"").replace(b"s:", b""))
soap("no envelope", body=b'<?xml version="1.0"?><m:a xmlns:m="urn:x"/>')
soap("no body", lambda b: b.replace(b"s:Body", b"s:Header"))
soap("an empty body", body=envelope(""))
soap("two bodies", lambda b: b.replace(b"</s:Envelope>", b"<s:Body/></s:Envelope>"))
soap("two answers in the body", body=envelope("<a/><a/>"))
soap("a text in the body", body=envelope("accepted"))
soap("cut", lambda b: b[:-20])
soap("something behind", lambda b: b + b"<!-- -->x")
soap("two documents", lambda b: b + b)
soap("a fault in a 200", body=fault())
soap("a fault in a 500", body=fault(), status="500 Internal Server Error")
soap("a fault without words", body=envelope("<s:Fault/>"))
soap("a fault of 1 MiB", body=fault("x" * MIB))
soap("a fault full of tags", body=fault("<b><i>" * 300 + "</i></b>" * 300))
soap("a 503 with a fault", body=fault(), status="503 Service Unavailable")

# -- SOAP: what the answer says


def answer(name, inner, filing="unknown", **expected):
    """An answer to an application."""
    body = message("applyOutageResponse", inner) if isinstance(inner, str) else inner
    way(f"answer: {name}", reply(body=body), filing=filing, targets=(FILING,), **expected)


answer("declined", "<m:requestStatus>PR10</m:requestStatus><m:receptionMessage>だめです</m:receptionMessage>", "rejected")
answer("declined with a receipt", f"<m:requestStatus>PR10</m:requestStatus>{RECEIPT}")
answer("a status that nobody knows", "<m:requestStatus>???</m:requestStatus>", "rejected")
answer("no status", RECEIPT)
answer("an empty status", f"<m:requestStatus/>{RECEIPT}")
answer("no receipt", STATUS)
answer("an empty receipt", STATUS + "<m:receiptNumber/>")
answer("a blank receipt", STATUS + "<m:receiptNumber>   </m:receiptNumber>")
answer("nothing at all", "")
answer("a receipt in an attribute", STATUS + '<m:receiptNumber value="X-1"/>')
answer("a nil receipt", STATUS + '<m:receiptNumber xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>')
answer("a receipt in another namespace", STATUS + '<x:receiptNumber xmlns:x="urn:x">X-1</x:receiptNumber>', filing=None)
answer("a receipt of 1 MiB", f"{STATUS}<m:receiptNumber>{'X' * MIB}</m:receiptNumber>", filing=None)
answer("a receipt of two lines", f"{STATUS}<m:receiptNumber>X\n1</m:receiptNumber>", filing=None)
answer("two receipts", STATUS + RECEIPT + RECEIPT.replace("X-1", "X-2"), filing=None)
answer("an element more", f"{STATUS}{RECEIPT}<m:further>x</m:further>", filing=None)
answer("another order", RECEIPT + STATUS, filing=None)
answer("a message of 1 MiB", f"{STATUS}<m:receptionMessage>{'x' * MIB}</m:receptionMessage>{RECEIPT}", filing=None)
answer("letters of every kind", f"{STATUS}<m:receptionMessage>𠮷\u202e🙂&lt;b&gt;</m:receptionMessage>{RECEIPT}", "accepted")


# -- SOAP with attachments


def part(name, body, media, filing="unknown", reads=False):
    """A multipart body; a function of the good body makes it."""
    way(f"parts: {name}", reply(change=body, media=media), targets=SOAP, filing=filing, reads=reads)


def _parts(*parts, boundary="B", end=True):
    lines = b"".join(b"--%s\r\n%s\r\n\r\n%s\r\n" % (boundary.encode(), heading.encode(), body) for heading, body in parts)
    return lines + (b"--%s--\r\n" % boundary.encode() if end else b"")


_RELATED = 'multipart/related; type="text/xml"; boundary="B"'
_XML = "Content-Type: text/xml; charset=UTF-8"
part("one", lambda b: _parts((_XML, b)), _RELATED, **READ)
part("bare line ends", lambda b: _parts((_XML, b)).replace(b"\r\n", b"\n"), _RELATED, **READ)
part("a preamble", lambda b: b"hello\r\n" + _parts((_XML, b)), _RELATED, **READ)
part("an attachment behind", lambda b: _parts((_XML, b), ("Content-Type: image/png", b"\x89PNG")), _RELATED, **READ)
part(
    "the root behind",
    lambda b: _parts(("Content-Type: image/png\r\nContent-ID: <a>", b"x"), (f"{_XML}\r\nContent-ID: <b>", b)),
    _RELATED + '; start="<b>"',
    **READ,
)
part("base64", lambda b: _parts((_XML + "\r\nContent-Transfer-Encoding: base64", base64.b64encode(b))), _RELATED, **READ)
part("base64 that is none", lambda b: _parts((_XML + "\r\nContent-Transfer-Encoding: base64", b)), _RELATED)
part("uuencode", lambda b: _parts((_XML + "\r\nContent-Transfer-Encoding: uuencode", b)), _RELATED)
part("no start of that name", lambda b: _parts((_XML, b)), _RELATED + '; start="<c>"')
part("no boundary", lambda b: _parts((_XML, b)), "multipart/related")
part("another boundary", lambda b: _parts((_XML, b)), 'multipart/related; boundary="C"')
part("a boundary of 70,000 letters", lambda b: _parts((_XML, b)), f'multipart/related; boundary="{"B" * 7_000}"')
part("no end", lambda b: _parts((_XML, b), end=False), _RELATED)
part("10,000 parts", lambda _: _parts(*[("Content-Type: image/png", b"")] * 10_000), _RELATED + '; start="<c>"')
part("parts in parts", lambda b: _parts((_RELATED, _parts((_XML, b)))), _RELATED)
part("a head of 1 MiB", lambda b: _parts((_XML + "\r\nX: " + "y" * MIB, b)), _RELATED)
part("xop", lambda b: _parts(('Content-Type: application/xop+xml; type="text/xml"', b)), _RELATED)


# -- JSON


def js(name, body=None, change=None, reads=False, **how):
    """One for the quoting API."""
    way(f"json: {name}", reply(body=body, change=change or (lambda b: b), **how), targets=(JSON,), reads=reads)


def company(**changes):
    """The one company, otherwise."""
    return json.dumps([{k: v for k, v in {**COMPANY, **changes}.items() if v != "-"}]).encode()


js("a byte order mark", change=lambda b: b"\xef\xbb\xbf" + b, reads=True)
js("white space", change=lambda b: b" \r\n" + b + b"\n", reads=True)
js("an empty list", b"[]", reads=True)
js("codes as numbers", company(epcorp_cd=6, area_cd=6), reads=True)
js("further names", company(further={"a": [1, {}]}), reads=True)
js("said to be text", media="text/plain", reads=True)
js("another area", company(area_cd="04"))
js("one right, one of another area", json.dumps([COMPANY, {**COMPANY, "area_cd": "04"}]).encode())
for _name, _text in {
    "null": "null",
    "a number": "1",
    "a text": '"x"',
    "an object": "{}",
    "an error object": '{"message": "no"}',
    "numbers": "[1]",
    "lists": "[[]]",
    "nulls": "[null]",
    "NaN": "[NaN]",
    "Infinity": "[-Infinity]",
    "single quotes": "[{'a': 1}]",
    "a comment": "[] // no",
    "a comma more": "[1,]",
    "two documents": "[] []",
    "cut": '[{"epcorp_cd": "00',
    "half a letter": '["\\u12',
}.items():
    js(_name, _text.encode())
for _name, _value in {
    "a name twice": '"6", "epcorp_cd": "7"',
    "1e999": "1e999",
    "400 digits": "9" * 400,
    "5,000 digits": "9" * 5_000,
    "a lone surrogate": '"\\ud800"',
    "infinity in a number": "1e400",
    "a number in a list": "[6]",
    "an object": '{"a": 6}',
    "a truth": "true",
    "nothing": "null",
    "an empty text": '""',
}.items():
    js(f"code is {_name}", company().replace(b'"0006"', _value.encode()))
for _name in ("epcorp_cd", "epcorpName", "area_cd"):
    js(f"without {_name}", company(**{_name: "-"}))
js("an area that does not exist", company(area_cd="99"))
js("prices without number", company(fitprices=["x"]))
js("100,000 prices", company(fitprices=[1] * 100_000))
js("a name of 1 MiB", company(epcorpName="x" * MIB))
js("control characters", company(epcorpName="a\0\x1b[31mb\u202e"), reads=True)
js("utf-16", change=lambda b: b.decode().encode("utf-16"))
js("shift_jis", change=lambda b: b.decode().encode("cp932"))
js("bad utf-8", change=lambda b: b.replace("見".encode(), b"\xff"))
js("100 deep", b"[" * 100 + b"]" * 100)
js("100,000 deep", b"[" * 100_000 + b"]" * 100_000)
js("100,000 deep and open", b'{"a":' * 100_000)
js("20 MiB of numbers", b"[" + b"1," * (10 * MIB) + b"1]")
js("3 MiB of objects", b"[" + b"{}," * MIB + b"{}]")
js("3 MiB of lists", b"[" + b"[]," * MIB + b"[]]")
js("a text of 3 MiB", b'["' + b"x" * 3 * MIB + b'"]')
js("100,000 names", b"[{" + b",".join(b'"%d":1' % n for n in range(100_000)) + b"}]")
