"""The rival of the token endpoint: Authlib's authorization server on Flask, behind gunicorn. Started by
the benchmark as a process of its own; the part below `application` runs there."""

import os
import subprocess
import time
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = os.path.join(HERE, "..", ".build", "bench-python", "bin", "python")
CLIENT, SECRET = "bench-client", "bench-secret-of-thirty-characters"


class AuthlibRival:
    """gunicorn with two workers a core and one more, as its manual advises."""

    def __init__(self, port):
        if not os.path.exists(PYTHON):
            raise AssertionError("Authlib and gunicorn are absent: make setup-bench")
        self.port, self.workers = port, 2 * os.cpu_count() + 1
        self.version = subprocess.run(
            [PYTHON, "-c", "import importlib.metadata as m; print(m.version('authlib'))"],
            capture_output=True, text=True).stdout.strip()
        self.form = urllib.parse.urlencode({
            "grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET})
        self.process = subprocess.Popen(
            [PYTHON, "-m", "gunicorn", "--chdir", HERE, "--bind", f"127.0.0.1:{port}",
             "--workers", str(self.workers), "--log-level", "error", "authlib_rival:application()"],
            env={**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}, stderr=subprocess.DEVNULL)
        self.wait()

    def wait(self):
        for _ in range(200):
            try:
                urllib.request.urlopen(
                    f"http://127.0.0.1:{self.port}/token", self.form.encode(), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        self.close()
        raise AssertionError("Authlib behind gunicorn does not answer")

    def close(self):
        self.process.terminate()
        self.process.wait()


def application():
    """One confidential client in memory, tokens as ours: ES256 over the same claims."""
    from authlib.integrations.flask_oauth2 import AuthorizationServer
    from authlib.jose import JsonWebKey, jwt
    from authlib.oauth2.rfc6749 import ClientMixin, grants
    from flask import Flask

    key = JsonWebKey.generate_key("EC", "P-256", is_private=True)

    class Client(ClientMixin):
        client_id = CLIENT

        def get_client_id(self):
            return CLIENT

        def get_allowed_scope(self, scope):
            return scope or ""

        def check_client_secret(self, secret):
            return secret == SECRET

        def check_endpoint_auth_method(self, method, endpoint):
            return method == "client_secret_post"

        def check_grant_type(self, grant_type):
            return grant_type == "client_credentials"

    class ClientCredentials(grants.ClientCredentialsGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post"]

    def bearer_token(grant_type, client, user=None, scope=None, expires_in=None, **_):
        now = int(time.time())
        claims = {"iss": "http://localhost", "sub": CLIENT, "aud": "http://localhost", "iat": now,
                  "exp": now + 3600, "client_id": CLIENT, "scope": scope or "", "jti": os.urandom(16).hex()}
        return {"token_type": "Bearer", "expires_in": 3600, "scope": scope or "",
                "access_token": jwt.encode({"alg": "ES256", "typ": "at+jwt"}, claims, key).decode()}

    app = Flask(__name__)
    server = AuthorizationServer(app, query_client=lambda _: Client(), save_token=lambda *_: None)
    server.register_token_generator("default", bearer_token)
    server.register_grant(ClientCredentials)
    app.add_url_rule("/token", view_func=server.create_token_response, methods=["POST"])
    return app
