"""Certificates of clients: self-signed ones, and those of an authority that the server trusts."""

import base64
import datetime
import os
import uuid

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc.jwk import ECKey


class ClientCertificate:
    """A key on P-256 with its certificate, in files of `folder` as TLS libraries want them."""

    def __init__(self, folder, key, certificate):
        self.key = key
        stem = os.path.join(folder, uuid.uuid4().hex)
        self.files = (stem + ".pem", stem + ".key")
        with open(self.files[0], "wb") as file:
            file.write(certificate.public_bytes(serialization.Encoding.PEM))
        with open(self.files[1], "wb") as file:
            file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                         serialization.NoEncryption()))

    def jwk(self):
        return ECKey.import_key(self.key.public_key()).as_dict(private=False)


class ClientAuthority:
    """Issues certificates to clients; `file` is its own."""

    def __init__(self, folder):
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        self.name = subject("an authority")
        certificate = builder(self.name, self.name, self.key).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(self.key, hashes.SHA256())
        self.file = os.path.join(folder, "clients.pem")
        with open(self.file, "wb") as file:
            file.write(certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, dns="client.example"):
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = builder(subject("a client"), self.name, key).add_extension(
            x509.SubjectAlternativeName([x509.DNSName(dns)]), critical=False)
        return ClientCertificate(self.folder, key, certificate.sign(self.key, hashes.SHA256()))

    def self_signed(self):
        """One that it has not issued."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = builder(subject("a client"), subject("a client"), key)
        return ClientCertificate(self.folder, key, certificate.sign(key, hashes.SHA256()))


def thumbprint(certificate):
    """`x5t#S256` of RFC 8705 § 3.1."""
    return base64.urlsafe_b64encode(certificate.fingerprint(hashes.SHA256())).rstrip(b"=").decode()


def seconds(text):
    """Of an RFC 3339 time, since 1970."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def subject(name):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def builder(owner, issuer, key):
    now = datetime.datetime.now(datetime.timezone.utc)
    return (
        x509.CertificateBuilder().subject_name(owner).issuer_name(issuer).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1)))
