"""Secrets and card numbers, sent in every place of a request, in a dump of the whole database."""

import base64
import json
import subprocess
import time
import unittest
import urllib.parse

from harness import ADMIN_KEY, DOMAIN, Platform, payment, postgres_tool, reference


def luhn(digits):
    """The digits with their check digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


class Secrets:
    """A card number and keys that nothing else has, a new one for each place."""

    def __init__(self):
        self.made = {}

    def new(self, kind, place):
        text = getattr(self, kind)(len(self.made))
        self.made[f"{kind} in {place}"] = text
        return text

    def card(self, number):
        return luhn(f"55000{number:03d}{int(reference()[:8], 16) % 10**7:07d}")

    def live_key(self, number):
        return f"sk_live_{reference()}{number}"

    def jwt(self, number):
        def part(document):
            return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")
        return f"{part({'alg': 'none'})}.{part({'sub': reference(), 'n': number})}.{reference()}"

    def password(self, number):
        return f"correct-horse-{reference()}-{number}"


class Dump(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        cls.secrets = Secrets()
        cls.tenant = cls.platform.sign_up()
        cls.sandbox = cls.tenant.create_sandbox()
        cls.platform.raise_limits(cls.tenant.id)
        cls.statuses = []
        cls.send_everywhere()
        cls.send_to_the_platform()
        cls.send_to_the_doors()
        # An orderly stop stores the last rows; a start brings the database back for the dump.
        assert cls.platform.stop() == 0
        cls.platform.start()
        cls.dump = subprocess.run(
            [postgres_tool("pg_dump"), "--dbname", cls.platform.database_url()],
            check=True, capture_output=True, timeout=120).stdout

    @classmethod
    def call(cls, method, path, **rest):
        answer = cls.sandbox.call(method, path, **rest)
        cls.statuses.append(answer.status)
        return answer

    @classmethod
    def send_everywhere(cls):
        """Calls to a sandbox's API, each with something secret at one place."""
        new = cls.secrets.new
        for kind in ("card", "live_key", "jwt"):
            quoted = urllib.parse.quote
            cls.call("GET", f"/v1/payments/{new(kind, 'path')}")
            cls.call("GET", f"/{new(kind, 'first segment')}/x")
            hidden = "".join(f"%{ord(c):02X}" for c in new(kind, "escaped path"))
            cls.call("GET", f"/v1/payments/{hidden}")
            cls.call("GET", f"/v1/payments?customer={quoted(new(kind, 'query value'))}")
            cls.call("GET", f"/v1/payments?{quoted(new(kind, 'query name'))}=1")
            cls.call("GET", f"/v1/payments?sbx_scenario={quoted(new(kind, 'query scenario'))}")
            for field in ("X-Anything", "User-Agent", "Cookie", "Referer", "X-Sandbox-Scenario",
                          "X-Chaos", "Prefer", "Accept", "tracestate", "traceparent",
                          "Idempotency-Key", "X-Dry-Run-Session", "X-Sbx-Contract", "X-Env"):
                headers = {field: f"a={new(kind, field)}" if field == "Cookie" else new(kind, field)}
                if field == "X-Dry-Run-Session":
                    headers["X-Dry-Run"] = "true"
                cls.call("POST", "/v1/payments", json_body=payment(), headers=headers)
            for place in ("user name", "password"):
                pair = [new(kind, f"Basic {place}"), "x"]
                code = base64.b64encode(
                    ":".join(pair if place == "user name" else pair[::-1]).encode()).decode()
                cls.call("GET", "/v1/balance", headers={"Authorization": f"Basic {code}"})
            cls.call("GET", "/v1/balance", key=new(kind, "Bearer"))
            if kind != "jwt":
                cls.call("POST", "/v1/payments",
                         json_body=payment(metadata={"note": new(kind, "metadata")}))
                cls.call("POST", "/v1/payments", json_body=payment(description=new(kind, "text")))
                cls.call("POST", "/v1/customers", json_body={"name": new(kind, "name")})
                form = urllib.parse.urlencode({"amount": 1, "description": new(kind, "form")})
                cls.call("POST", "/v1/payments", body=form, headers={
                    "Content-Type": "application/x-www-form-urlencoded"})
                cls.call("POST", "/v1/payments", body=f'{{"note": "{new(kind, "broken body")}',
                         headers={"Content-Type": "application/json"})
            cls.call("POST", "/v1/payments", json_body=payment(**{new(kind, "member name"): 1}))
        # The sandbox's own key, where it opens the door and where it does not.
        cls.secrets.made["own key as Bearer"] = cls.sandbox.key
        code = base64.b64encode(f"{cls.sandbox.key}:".encode()).decode()
        cls.call("GET", "/v1/balance", headers={"Authorization": f"Basic {code}"})
        cls.call("GET", f"/v1/payments/{cls.sandbox.key}")
        cls.call("POST", "/v1/payments", json_body=payment(metadata={"key": cls.sandbox.key}))

    @classmethod
    def send_to_the_platform(cls):
        new, slug = cls.secrets.new, cls.sandbox.slug
        for kind in ("card", "live_key"):
            calls = [
                ("POST", "/v1/sandboxes", {"name": new(kind, "sandbox name")}),
                ("POST", "/v1/sandboxes", {"labels": {"run": new(kind, "label")}}),
                ("POST", f"/v1/sandboxes/{slug}/checkpoints", {"name": new(kind, "checkpoint")}),
                ("POST", f"/v1/sandboxes/{slug}/assistant/plan", {
                    "text": f"refund {new(kind, 'plan')}"}),
                ("GET", f"/v1/sandboxes/{new(kind, 'platform path')}", None),
                ("GET", f"/v1/sandboxes/{slug}/requests?operation={new(kind, 'filter')}", None),
            ]
            for method, path, body in calls:
                cls.statuses.append(cls.tenant.call(method, path, json_body=body).status)
        for secret in (cls.tenant.key, ADMIN_KEY):
            cls.secrets.made[f"key {secret[:8]}"] = secret
        cls.platform.call("POST", "/v1/signup", json_body={
            "email": f"{reference()}@example.com", "password": new("password", "sign-up"),
            "organization": "Dump"})

    @classmethod
    def send_to_the_doors(cls):
        """The inbox, spans, and the issuer."""
        new, host = cls.secrets.new, f"{cls.sandbox.slug}.{DOMAIN}"
        for kind in ("card", "live_key"):
            for place, rest in {
                "inbox path": {"path": f"/_inbox/{new(kind, 'inbox path')}"},
                "inbox body": {"path": "/_inbox", "body": json.dumps({"a": new(kind, "inbox body")})},
                "inbox field": {"path": "/_inbox", "body": "{}", "headers": {
                    "X-Anything": new(kind, "inbox field")}},
            }.items():
                cls.statuses.append(cls.platform.call("POST", rest.pop("path"), host=host, **rest).status)
            span = {"traceId": "5" * 32, "spanId": "6" * 16, "name": new(kind, "span name"),
                    "startTimeUnixNano": "1", "endTimeUnixNano": "2",
                    "status": {"message": new(kind, "span status"), "code": 2},
                    "attributes": [{"key": "note", "value": {"stringValue": new(kind, "attribute")}},
                                   {"key": new(kind, "attribute name"), "value": {"boolValue": True}}],
                    "events": [{"timeUnixNano": "1", "name": new(kind, "event")}]}
            body = {"resourceSpans": [{
                "resource": {"attributes": [
                    {"key": "service.name", "value": {"stringValue": new(kind, "service")}}]},
                "scopeSpans": [{"scope": {"name": new(kind, "scope")}, "spans": [span]}]}]}
            answer = cls.platform.call("POST", "/_otlp/v1/traces", host=host, key=cls.sandbox.key,
                                       json_body=body)
            assert answer.status == 200, answer
        issuer = cls.sandbox.created["credentials"]
        cls.secrets.made["client secret"] = issuer["client_secret"]
        form = urllib.parse.urlencode({
            "grant_type": "client_credentials", "client_id": issuer["client_id"],
            "client_secret": issuer["client_secret"]})
        token = cls.platform.call("POST", "/token", host=f"auth.{DOMAIN}", body=form, headers={
            "Content-Type": "application/x-www-form-urlencoded"})
        cls.secrets.made["access token"] = token.json["access_token"]
        cls.sandbox.call("GET", "/v1/balance", key=token.json["access_token"])

    def test_none_of_them_is_in_the_dump(self):
        self.assertGreater(len(self.secrets.made), 100)
        self.assertIn(self.sandbox.slug.encode(), self.dump)
        found = [place for place, secret in self.secrets.made.items()
                 if any(form in self.dump for form in self.forms(secret))]
        self.assertEqual(found, [])

    def test_the_calls_themselves_are_there(self):
        """The check above would be empty if nothing had been stored."""
        log = self.platform.sql("SELECT count(*) FROM sbx.request_log")
        # Calls that are refused before their sandbox is known belong to nobody.
        self.assertGreater(int(log[0][0]), len(self.statuses) * 3 // 4)
        self.assertEqual(self.platform.sql("SELECT count(*) FROM sbx.spans"), [["2"]])
        self.assertIn(422, self.statuses)
        self.assertIn(401, self.statuses)
        self.assertNotIn(500, self.statuses)

    def forms(self, secret):
        """As text, as bytea shows it, in base64 at every offset, and with escapes."""
        raw = secret.encode()
        yield raw
        yield raw.hex().encode()
        for offset in range(3):
            code = base64.b64encode(b"\0" * offset + raw)
            # The ends depend on what stands around.
            yield code[4 if offset else 0:-4]
        yield "".join(f"%{byte:02X}" for byte in raw).encode()
        if raw.isdigit():
            # As people write cards.
            yield b" ".join(raw[i:i + 4] for i in range(0, 16, 4))


if __name__ == "__main__":
    unittest.main()
