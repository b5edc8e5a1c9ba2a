"""Client certificates of a sandbox: issued from a request, judged by OpenSSL's own command and by
Python's cryptography, shown in a handshake, listed, revoked; and requests that ask for too much."""

import os
import subprocess
import unittest

from oauth import TLSIssuerTest, needs_clients

try:
    import certificates
    import httpx
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
except ImportError:
    pass


def name(*parts):
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])


@needs_clients
class ClientCertificates(TLSIssuerTest):
    def path(self, rest="", sandbox=None):
        return f"/v1/sandboxes/{(sandbox or self.sandbox).id}/client-certificates{rest}"

    def request(self, key=None, subject="nightly build", digest=None, extensions=()):
        """A signing request in PEM."""
        builder = x509.CertificateSigningRequestBuilder().subject_name(
            name((x509.NameOID.COMMON_NAME, subject)))
        for extension, is_critical in extensions:
            builder = builder.add_extension(extension, critical=is_critical)
        key = key or ec.generate_private_key(ec.SECP256R1())
        needs_none = isinstance(key, ed25519.Ed25519PrivateKey)
        request = builder.sign(key, None if needs_none else digest or hashes.SHA256())
        return request.public_bytes(serialization.Encoding.PEM).decode()

    def post(self, request, sandbox=None, **members):
        return self.tenant.call("POST", self.path(sandbox=sandbox),
                                json_body={"csr": request, **members})

    def issue(self, key, sandbox=None, **members):
        """The certificate as a client uses it, and what the platform said of it."""
        answer = self.post(self.request(key), sandbox, **members)
        self.assertEqual(answer.status, 201, answer)
        certificate = x509.load_pem_x509_certificate(answer.json["certificate"].encode())
        return certificates.ClientCertificate(self.platform.folder, key, certificate), answer.json

    def balance(self, certificate=None, sandbox=None, **fields):
        return self.connection(certificate).get(self.balance_url(sandbox), headers=fields)

    def file(self, pem):
        path = os.path.join(self.platform.folder, f"{os.urandom(6).hex()}.pem")
        with open(path, "w") as file:
            file.write(pem)
        return path

    def test_keys_of_every_kind_open_the_sandbox_and_no_other(self):
        keys = [ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP384R1()),
                rsa.generate_private_key(65537, 2048), ed25519.Ed25519PrivateKey.generate()]
        for key in keys:
            with self.subTest(type(key).__name__):
                certificate, _ = self.issue(key)
                answer = self.balance(certificate)
                self.assertEqual(answer.status_code, 200, answer.text)
                elsewhere = self.balance(certificate, self.other)
                self.assertEqual((elsewhere.status_code, elsewhere.json()["code"]), (403, "wrong_sandbox"))

    def test_openssl_accepts_the_chain_for_a_client_and_for_nothing_else(self):
        _, issued = self.issue(ec.generate_private_key(ec.SECP256R1()))
        authority = self.tenant.call("GET", f"/v1/sandboxes/{self.sandbox.id}/certificate-authority").json
        self.assertEqual(authority["certificate"], issued["authority"])
        files = ["-CAfile", self.file(issued["authority"]), self.file(issued["certificate"])]

        def verify(*arguments):
            return subprocess.run(["openssl", "verify", "-x509_strict", *arguments, *files],
                                  capture_output=True, text=True)

        accepted = verify("-purpose", "sslclient")
        self.assertEqual(accepted.returncode, 0, accepted.stderr)
        self.assertNotEqual(verify("-purpose", "sslserver").returncode, 0)
        other = self.tenant.call("GET", f"/v1/sandboxes/{self.other.id}/certificate-authority").json
        files[1] = self.file(other["certificate"])
        self.assertNotEqual(verify("-purpose", "sslclient").returncode, 0)

    def test_cryptography_reads_what_was_issued(self):
        key = ec.generate_private_key(ec.SECP256R1())
        certificate, issued = self.issue(key, ttl="P30D")
        read = x509.load_pem_x509_certificate(issued["certificate"].encode())
        authority = x509.load_pem_x509_certificate(issued["authority"].encode())
        read.verify_directly_issued_by(authority)
        self.assertEqual(read.public_key(), key.public_key())
        self.assertEqual(read.subject.rfc4514_string(), issued["subject"])
        self.assertEqual(certificates.thumbprint(read), issued["thumbprint"])
        lifetime = read.not_valid_after_utc.timestamp() - certificates.seconds(issued["created_at"])
        self.assertAlmostEqual(lifetime, 30 * 86_400, delta=2)
        extensions = read.extensions
        self.assertFalse(extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
        self.assertEqual(list(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value),
                         [x509.ExtendedKeyUsageOID.CLIENT_AUTH])
        uri = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        self.assertIn(issued["id"], uri.get_values_for_type(x509.UniformResourceIdentifier)[0])

    def test_a_revoked_one_is_refused_by_name_and_the_list_says_when(self):
        certificate, issued = self.issue(ec.generate_private_key(ec.SECP256R1()))
        self.assertEqual(self.balance(certificate).status_code, 200)
        revoked = self.tenant.call("DELETE", self.path(f"/{issued['id']}"))
        self.assertEqual((revoked.status, revoked.json), (200, {"id": issued["id"], "revoked": True}))
        refused = self.balance(certificate)
        self.assertEqual((refused.status_code, refused.json()["code"]), (401, "credential_revoked"))
        listed = self.tenant.call("GET", self.path()).json["data"]
        found = next(row for row in listed if row["id"] == issued["id"])
        self.assertEqual(found["certificate"], issued["certificate"])
        self.assertIsNotNone(found["revoked_at"])
        self.assertEqual(self.tenant.call("DELETE", self.path(f"/{issued['id']}", self.other)).status, 404)

    def test_one_of_another_authority_is_named_and_a_key_beside_it_counts(self):
        stranger = self.platform.clients.self_signed()
        refused = self.balance(stranger)
        self.assertEqual((refused.status_code, refused.json()["code"]), (401, "certificate_unknown"))
        self.assertEqual(self.balance(stranger, Authorization=f"Bearer {self.sandbox.key}").status_code, 200)

    def test_its_bytes_are_no_key(self):
        """A certificate is public: only who has its private key may use it."""
        certificate, issued = self.issue(ec.generate_private_key(ec.SECP256R1()))
        self.assertEqual(self.balance(certificate).status_code, 200)
        der = x509.load_pem_x509_certificate(issued["certificate"].encode()).public_bytes(
            serialization.Encoding.DER)
        for shown in [httpx.BasicAuth(der, b""), None]:
            fields = {} if shown else {"Authorization": f"Bearer {issued['thumbprint']}"}
            answer = self.connection().get(self.balance_url(), headers=fields, auth=shown)
            self.assertEqual(answer.status_code, 401, answer.text)

    def test_requests_that_ask_for_too_much_or_are_not_sound(self):
        usage = dict(digital_signature=True, content_commitment=False, key_encipherment=False,
                     data_encipherment=False, key_agreement=False, key_cert_sign=True, crl_sign=False,
                     encipher_only=False, decipher_only=False)
        good = self.request()
        key = ec.generate_private_key(ec.SECP256R1())
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                    serialization.NoEncryption()).decode()
        refused = {
            "form": ["", "no request", good + good, good.replace("M", "?"),
                     good.replace("REQUEST-----\n", "REQUEST-----\nProc-Type: 4,ENCRYPTED\n"
                                  "DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF\n\n", 1)],
            "private_key": [good + private],
            "key": [self.request(rsa.generate_private_key(65537, 1024)),
                    self.request(ec.generate_private_key(ec.SECP256K1())),
                    self.request(dsa.generate_private_key(2048))],
            "signature": [self.tampered(good)],
            "usage": [self.request(extensions=[(x509.BasicConstraints(ca=True, path_length=None), True)]),
                      self.request(extensions=[(x509.KeyUsage(**usage), True)]),
                      self.request(extensions=[(x509.ExtendedKeyUsage(
                          [x509.ExtendedKeyUsageOID.SERVER_AUTH]), False)])],
            "subject": [self.request(subject="line\nbreak"), self.request(subject="nul\0byte")],
        }
        for rule, requests in refused.items():
            for request in requests:
                with self.subTest(rule, request=request[:200]):
                    answer = self.post(request)
                    self.assertEqual((answer.status, answer.code), (422, "signing_request_refused"), answer)
                    self.assertEqual(answer.json["errors"][0]["rule"], rule, answer)
        self.assertNotIn(private.split("\n")[1], self.platform.log())

    def test_names_that_were_asked_for_are_told_as_ignored(self):
        asked = [(x509.SubjectAlternativeName([x509.DNSName("bank.example")]), False)]
        answer = self.post(self.request(extensions=asked))
        self.assertEqual((answer.status, answer.json["ignored"]), (201, ["subjectAltName"]), answer)
        self.assertNotIn(b"bank.example", x509.load_pem_x509_certificate(
            answer.json["certificate"].encode()).public_bytes(serialization.Encoding.DER))

    def tampered(self, pem):
        """The same request for another name under the old signature."""
        der = x509.load_pem_x509_csr(pem.encode()).public_bytes(serialization.Encoding.DER)
        changed = der.replace(b"nightly build", b"nightly guild")
        self.assertNotEqual(changed, der)
        done = subprocess.run(["openssl", "req", "-inform", "DER"], input=changed, capture_output=True)
        return done.stdout.decode()


if __name__ == "__main__":
    unittest.main()
