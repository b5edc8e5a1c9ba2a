"""The rival of calls with tokens: Envoy that checks them, limits, and answers by itself."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from harness import REPOSITORY

PROGRAM = os.path.join(REPOSITORY, ".build", "bench-python", "bin", "envoy")


class Envoy:
    """One worker a core. `cache` is how many tokens are remembered; none with 0."""

    def __init__(self, port, key_set, issuer, audience, cache):
        if not os.path.exists(PROGRAM):
            raise AssertionError("Envoy is absent: make setup-bench")
        self.port, self.workers = port, os.cpu_count()
        self.version = re.search(r"/(\d+\.\d+\.\d+)/", subprocess.run(
            [PROGRAM, "--version"], capture_output=True, text=True).stdout)[1]
        self.folder = tempfile.mkdtemp(prefix="sbx-envoy-")
        path = os.path.join(self.folder, "envoy.json")
        with open(path, "w") as file:
            json.dump(configuration(port, key_set, issuer, audience, cache), file)
        self.process = subprocess.Popen(
            [PROGRAM, "-c", path, "--concurrency", str(self.workers), "--disable-hot-restart",
             "--log-level", "error"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.wait()

    def wait(self):
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=1).close()
            except urllib.error.HTTPError:
                return  # 401: it answers, and asks for a token.
            except OSError:
                time.sleep(0.05)
        raise AssertionError("Envoy does not answer")

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def configuration(port, key_set, issuer, audience, cache):
    provider = {"issuer": issuer, "audiences": [audience], "local_jwks": {"inline_string": key_set}}
    if cache:
        provider["jwt_cache_config"] = {"jwt_cache_size": cache}
    bucket = {"max_tokens": 1_000_000, "tokens_per_fill": 1_000_000, "fill_interval": "1s"}
    all_of_them = {"default_value": {"numerator": 100, "denominator": "HUNDRED"}}
    filters = [
        extension("envoy.filters.http.jwt_authn", "jwt_authn.v3.JwtAuthentication", {
            "providers": {"sandbox": provider},
            "rules": [{"match": {"prefix": "/"}, "requires": {"provider_name": "sandbox"}}]}),
        extension("envoy.filters.http.local_ratelimit", "local_ratelimit.v3.LocalRateLimit", {
            "stat_prefix": "limit", "token_bucket": bucket, "filter_enabled": all_of_them,
            "filter_enforced": all_of_them}),
        extension("envoy.filters.http.router", "router.v3.Router", {}),
    ]
    answer = {"status": 200, "body": {"inline_string": '{"data":[],"next":null}'}}
    manager = {
        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3"
                 ".HttpConnectionManager",
        "stat_prefix": "calls", "http_filters": filters,
        "route_config": {"virtual_hosts": [{
            "name": "all", "domains": ["*"],
            "routes": [{"match": {"prefix": "/"}, "direct_response": answer}]}]}}
    address = {"socket_address": {"address": "127.0.0.1", "port_value": port}}
    return {"static_resources": {"listeners": [{
        "address": address, "enable_reuse_port": True,
        "filter_chains": [{"filters": [{
            "name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]}]}]}}


def extension(name, kind, members):
    return {"name": name, "typed_config": {
        "@type": f"type.googleapis.com/envoy.extensions.filters.http.{kind}", **members}}
