"""Starts `sbx serve` as a user would and talks to it over sockets; the standard library only.

Names below `.localhost` are never looked up: every connection goes to 127.0.0.1 and the name
travels in the Host field, so the tests run where the resolver does not know `*.localhost`.
"""

import glob
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import uuid

REPOSITORY = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
# Packages beside the standard library, see ops/install-python.sh; before those that the machine
# happens to have, whose versions nobody chose.
sys.path[1:1] = glob.glob(os.path.join(REPOSITORY, ".build", "python", "lib", "*", "site-packages"))
DOMAIN = "sbx.localhost"
ADMIN_KEY = "test_admin_for_the_system_tests_0123456789"
START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 30


def executable():
    """The executable under test: SBX_BINARY, else the newest that was built."""
    named = os.environ.get("SBX_BINARY")
    if named:
        return os.path.abspath(named)
    built = [os.path.join(REPOSITORY, ".build", kind, "sbx") for kind in ("debug", "release")]
    built = [path for path in built if os.path.exists(path)]
    if not built:
        raise SystemExit("no sbx executable: run `make build`, or set SBX_BINARY")
    return max(built, key=os.path.getmtime)


def is_soak():
    return os.environ.get("SBX_SOAK") == "1"


def size(full, part=20):
    """A count that soak takes at full size and the test run divided by `part`."""
    return full if is_soak() else max(1, full // part)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def reference():
    """A mark made by the client, to find again what one call stored."""
    return uuid.uuid4().hex


def temporary_folder():
    """A folder that the database's own user may pass through, also when the tests run as root."""
    folder = tempfile.mkdtemp(prefix="sbx-system-")
    os.chmod(folder, 0o755)
    return folder


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The `code` of a problem document; None if this is none."""
        if self.headers.get_content_type() != "application/problem+json":
            return None
        return self.json.get("code")

    def __repr__(self):
        return f"{self.status} {self.body[:600]!r}"


class Client:
    """One keep-alive connection. A failure to send or to read raises OSError or HTTPException."""

    def __init__(self, port, timeout=15, address="127.0.0.1"):
        self.port = port
        self.connection = http.client.HTTPConnection(address, port, timeout=timeout)

    def call(self, method, path, *, host="localhost", key=None, json_body=None, body=None,
             headers=None):
        sent = {"Host": f"{host}:{self.port}"}
        if key is not None:
            sent["Authorization"] = f"Bearer {key}"
        if json_body is not None:
            body = json.dumps(json_body)
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        if isinstance(body, str):
            body = body.encode()
        self.connection.request(method, path, body=body, headers=sent)
        answer = self.connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())

    def close(self):
        self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Platform:
    """One `sbx serve` with a port and a data folder of its own."""

    def __init__(self, *arguments):
        self.folder = temporary_folder()
        self.data = os.path.join(self.folder, "data")
        self.log_path = os.path.join(self.folder, "server.log")
        self.address, self.port = "127.0.0.1", free_port()
        self.arguments = list(arguments)
        self.process = None

    # Life

    def start(self):
        """Starts the server, waits until it is ready, and answers how many seconds that took."""
        began = time.monotonic()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [executable(), "serve", "--listen", f"{self.address}:{self.port}",
                 "--domain", DOMAIN, "--data", self.data, "--admin-key", ADMIN_KEY,
                 *self.arguments],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        while not self.is_ready():
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}\n{self.log()}")
            if time.monotonic() - began > START_SECONDS_MAX:
                raise AssertionError(f"not ready after {START_SECONDS_MAX} s\n{self.log()}")
            time.sleep(0.02)
        return time.monotonic() - began

    def is_ready(self):
        try:
            return self.call("GET", "/readyz", timeout=2).status == 200
        except (OSError, http.client.HTTPException):
            return False

    def stop(self):
        """Ends the server as systemd would; answers its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS_MAX)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        """Ends whatever still runs and removes the folder."""
        if self.process is not None and self.process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.kill()
        self.kill_database()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        with open(self.log_path, errors="replace") as log:
            return log.read()[-6000:]

    # The private database

    def postmaster(self):
        """Process id of this platform's postmaster while it runs, else None."""
        for path in glob.glob(os.path.join(self.data, "**", "postmaster.pid"), recursive=True):
            with open(path) as file:
                first = file.readline().strip()
            if first.isdigit() and is_postgres_of(int(first), os.path.dirname(path)):
                return int(first)
        return None

    def kill_database(self):
        """kill -9 of the postmaster and of all its children, as if the machine had lost them."""
        postmaster = self.postmaster()
        if postmaster is None:
            return False
        for process in [postmaster, *children(postmaster)]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return True

    def database_url(self):
        """Address of the platform's database, as the administrator of the private cluster."""
        done = subprocess.run([executable(), "db", "url", "--data", self.data],
                              capture_output=True, text=True, timeout=30)
        if done.returncode != 0:
            raise AssertionError(f"sbx db url: {done.stderr}")
        return with_database(done.stdout.strip(), "sbx")

    def sql(self, statement):
        """Rows of a statement run past row-level security, as lists of text."""
        done = subprocess.run(
            [postgres_tool("psql"), "-X", "-q", "-A", "-t", "-F", "\t", "-d", self.database_url(),
             "-v", "ON_ERROR_STOP=1", "-c", statement],
            capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise AssertionError(f"psql: {done.stderr}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    # Calls

    def client(self, timeout=15):
        return Client(self.port, timeout, self.address)

    def call(self, method, path, *, timeout=15, **rest):
        with self.client(timeout) as client:
            return client.call(method, path, **rest)

    def sign_up(self):
        email = f"{reference()}@example.com"
        answer = self.call("POST", "/v1/signup", json_body={
            "email": email, "password": "a long enough password", "organization": "System tests"})
        assert answer.status == 201, answer
        return Tenant(self, answer.json)

    def raise_limits(self, tenant_id):
        """Takes the platform's limits out of the way of a test that is not about them."""
        answer = self.call("PATCH", f"/admin/v1/tenants/{tenant_id}/limits", key=ADMIN_KEY,
                           json_body={"rate_per_second": 1_000_000, "burst": 1_000_000,
                                      "in_flight": 10_000, "sandboxes": 100_000,
                                      "calls_per_day": 10**12, "calls_per_month": 10**12})
        assert answer.status == 200, answer


class OnePlatform(unittest.TestCase):
    """Tests that share one server, `platform`."""

    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()


class Tenant:
    def __init__(self, platform, signup):
        self.platform = platform
        self.id = signup["tenant"]["id"]
        self.key = signup["management_key"]["secret"]
        self.signup = signup

    def call(self, method, path, **rest):
        return self.platform.call(method, path, key=self.key, **rest)

    def create_sandbox(self, **members):
        answer = self.call("POST", "/v1/sandboxes", json_body=members)
        assert answer.status == 201, answer
        return Sandbox(self.platform, answer.json)


class Sandbox:
    def __init__(self, platform, created):
        self.platform = platform
        self.created = created
        self.id, self.slug = created["id"], created["slug"]
        self.key = created["credentials"]["api_key"]

    def host(self, contract="payments"):
        return f"{contract}--{self.slug}.{DOMAIN}"

    def call(self, method, path, *, key=None, **rest):
        return self.platform.call(method, path, host=self.host(), key=key or self.key, **rest)

    def payments(self):
        """Every payment of this sandbox that a client of the API can list."""
        found, cursor = [], None
        with self.platform.client() as client:
            while True:
                query = "?limit=100" + (f"&cursor={urllib.parse.quote(cursor)}" if cursor else "")
                answer = client.call("GET", "/v1/payments" + query, host=self.host(), key=self.key)
                if answer.status in (429, 503):
                    # A loop that has not reached its restarted database yet says when to come again.
                    time.sleep(int(answer.headers["retry-after"]))
                    continue
                assert answer.status == 200, answer
                found += answer.json["data"]
                cursor = answer.json.get("next")
                if cursor is None:
                    return found


def payment(**members):
    """A valid body for POST /v1/payments."""
    body = {"amount": 1250, "currency": "eur", "payment_method": "pm_card_visa"}
    body.update(members)
    return body


def is_postgres_of(process, folder):
    """Whether the process runs there now; a number left in a file may belong to a stranger."""
    try:
        return os.path.samefile(f"/proc/{process}/cwd", folder)
    except OSError:
        return False


def children(parent):
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as file:
                # The name in parentheses may hold spaces; the parent is the second field after it.
                if int(file.read().rpartition(")")[2].split()[1]) == parent:
                    found.append(int(entry))
        except (OSError, ValueError):
            continue
    return found


def postgres_tool(name):
    """The newest installed version of one of Postgres's programs."""
    found = glob.glob(f"/usr/lib/postgresql/*/bin/{name}")
    if not found:
        return name
    return max(found, key=lambda path: int(path.split("/")[4]) if path.split("/")[4].isdigit() else 0)


def with_database(url, name):
    """The same server and role, another database."""
    head, mark, query = url.partition("?")
    return head.rpartition("/")[0] + "/" + name + mark + query


def resident_kilobytes(process):
    with open(f"/proc/{process}/status") as file:
        for line in file:
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    raise AssertionError(f"process {process} has no memory")


class LogLock:
    """Keeps COPY waiting on the request log, as a stuck disk or an operator's statement would."""

    def __init__(self, platform):
        self.psql = subprocess.Popen(
            [postgres_tool("psql"), "-X", "-q", "-A", "-t", "-d", platform.database_url()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.say("BEGIN; LOCK TABLE sbx.request_log IN ACCESS EXCLUSIVE MODE; SELECT 'held';")
        assert self.psql.stdout.readline() == "held\n"

    def say(self, statement):
        self.psql.stdin.write(statement + "\n")
        self.psql.stdin.flush()

    def release(self):
        if self.psql.poll() is None:
            self.say("COMMIT;")
            self.psql.stdin.close()
            self.psql.wait(timeout=30)
            self.psql.stdout.close()
