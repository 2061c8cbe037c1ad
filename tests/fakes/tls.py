"""Certificates, servers that speak TLS, and a proxy that leads to one."""

import datetime
import ssl

from fakes.hostile_server import echo


def make_certificate(directory, host):
    """A self-signed certificate for ``host``; the path of its PEM file with the key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = directory / f"{host}.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    return file


def server_context(file, newest=ssl.TLSVersion.TLSv1_3):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    context.maximum_version = newest
    return context


def tunnel_to(context, seen):
    """A proxy that notes what it is asked and plays the other end of the tunnel itself."""

    def serve(peer):
        peer.request()
        seen.extend(peer.server.requests)
        peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        peer.socket = context.wrap_socket(peer.socket, server_side=True)
        echo(peer)

    return serve
