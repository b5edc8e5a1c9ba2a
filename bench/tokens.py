"""Calls with access tokens beside Envoy, which checks the same tokens and limits the same way, and
tokens issued beside Authlib behind gunicorn."""

import base64
import json
import os
import tempfile
import urllib.parse

from authlib_rival import AuthlibRival
from envoy import Envoy
from harness import DOMAIN, free_port
from measure import ratio_row, interleaved, wrk

CONNECTIONS = 64
# More than what is remembered of tokens: 8,192 on each loop of ours, 100 in Envoy's cache.
DISTINCT_TOKENS = 40_000
ALGORITHMS = ["ES256", "RS256"]
PATH = "/v1/currencies"


def measure(platform, tenant, rounds, seconds):
    issuer = Issuer(platform, tenant)
    rows = []
    for algorithm in ALGORITHMS:
        rows += calls(platform, issuer, algorithm, rounds, seconds)
    return rows + [issued(platform, issuer, rounds, seconds)]


class Issuer:
    """A sandbox of ours with a client for each algorithm."""

    def __init__(self, platform, tenant):
        self.platform, self.sandbox = platform, tenant.create_sandbox()
        self.host = f"auth.{DOMAIN}"
        self.clients = {algorithm: self.register(algorithm) for algorithm in ALGORITHMS}

    def register(self, algorithm):
        answer = self.platform.call("POST", "/register", host=self.host, key=self.sandbox.key, json_body={
            "grant_types": ["client_credentials"], "token_endpoint_auth_method": "client_secret_post",
            "access_token_signed_response_alg": algorithm})
        assert answer.status == 201, answer
        return answer.json

    def form(self, algorithm):
        client = self.clients[algorithm]
        return urllib.parse.urlencode({
            "grant_type": "client_credentials", "client_id": client["client_id"],
            "client_secret": client["client_secret"]})

    def tokens(self, algorithm, count):
        """So many different tokens; they differ in `jti` at least."""
        form, made = self.form(algorithm), []
        with self.platform.client() as client:
            for _ in range(count):
                answer = client.call(
                    "POST", "/token", host=self.host, body=form,
                    headers={"Content-Type": "application/x-www-form-urlencoded"})
                assert answer.status == 200, answer
                made.append(answer.json["access_token"])
        return made

    def keys(self):
        return self.platform.call("GET", "/jwks", host=self.host).body.decode()


def calls(platform, issuer, algorithm, rounds, seconds):
    """One token over and over, which both sides remember, and so many that neither does."""
    few = int(os.environ.get("SBX_BENCH_TOKENS", DISTINCT_TOKENS))
    made = issuer.tokens(algorithm, few)
    claims = json.loads(base64.urlsafe_b64decode(made[0].split(".")[1] + "=="))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(made))
        file.flush()
        plain, caching = (Envoy(free_port(), issuer.keys(), claims["iss"], claims["aud"], cache)
                          for cache in (0, 100))

        def load(port, host, script=None):
            environment = {"SBX_TOKENS": file.name, "SBX_HOST": f"{host}:{port}"}
            return lambda: wrk(port, PATH, host=host, connections=CONNECTIONS, seconds=seconds,
                               key=None if script else made[0], script=script,
                               environment=environment)

        ours = issuer.sandbox.host()
        try:
            found = interleaved(
                rounds,
                ours_cached=load(platform.port, ours), ours_uncached=load(platform.port, ours, "tokens.lua"),
                envoy=load(plain.port, "localhost"), envoy_cached=load(caching.port, "localhost"))
        finally:
            plain.close()
            caching.close()
    terms = (f"{CONNECTIONS} connections to each side, wrk with two threads; Envoy {plain.version} with "
             f"{plain.workers} workers checks the same {algorithm} tokens by our key set, limits by a local "
             "token bucket, answers directly and logs nothing; we record every call")
    return [
        ratio_row(f"GET with a cached {algorithm} token, beside Envoy without a token cache",
                  found["ours_cached"], found["envoy"], 2, terms),
        ratio_row(f"GET with a cached {algorithm} token, beside Envoy with one",
                  found["ours_cached"], found["envoy_cached"], 1, terms),
        # No bound of the design's: what a token costs that was never seen.
        unbounded(ratio_row(f"GET with one of {few:,} {algorithm} tokens, beside Envoy without a cache",
                            found["ours_uncached"], found["envoy"], 0, terms)),
    ]


def issued(platform, issuer, rounds, seconds):
    rival = AuthlibRival(free_port())

    def load(port, host, form):
        environment = {"SBX_FORM": form, "SBX_HOST": f"{host}:{port}"}
        return lambda: wrk(port, "/token", host=host, connections=16, seconds=seconds, script="form.lua",
                           environment=environment)

    try:
        found = interleaved(
            rounds, ours=load(platform.port, issuer.host, issuer.form("ES256")),
            authlib=load(rival.port, "localhost", rival.form))
    finally:
        rival.close()
    return ratio_row(
        "client_credentials token, ES256", found["ours"], found["authlib"], 5,
        f"16 connections to each side; Authlib {rival.version} on Flask behind gunicorn with {rival.workers} "
        "workers, one client in memory, the same signature and claims; ours authenticates, limits and records")


def unbounded(row):
    row.bound, row.met = "–", None
    return row
