"""SIGTERM: what has begun is finished, nothing new is begun, and the database goes with us."""

import json
import signal
import socket
import time
import unittest

from harness import Platform, payment


class Shutdown(unittest.TestCase):
    def setUp(self):
        self.platform = Platform()
        self.addCleanup(self.platform.close)
        self.platform.start()
        self.sandbox = self.platform.sign_up().create_sandbox()

    def test_a_call_under_way_is_answered(self):
        body = json.dumps(payment()).encode()
        head = (f"POST /v1/payments HTTP/1.1\r\nHost: {self.sandbox.host()}:{self.platform.port}\r\n"
                f"Authorization: Bearer {self.sandbox.key}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n").encode()
        with socket.create_connection(("127.0.0.1", self.platform.port), timeout=10) as connection:
            connection.sendall(head)
            # The interim answer proves that the call has begun before the signal is sent.
            self.assertTrue(read_until(connection, b"\r\n\r\n").startswith(b"HTTP/1.1 100 "))
            self.platform.process.send_signal(signal.SIGTERM)
            self.wait_until_refused()
            connection.sendall(body)
            answer = read_until(connection, b"\r\n\r\n")
        self.assertTrue(answer.startswith(b"HTTP/1.1 201 "), answer)
        self.assertIn(b"connection: close", answer.lower())
        self.assertEqual(self.platform.process.wait(15), 0)
        self.assertIsNone(self.platform.postmaster(), "the private database outlived the server")

    def test_idle_connections_do_not_hold_it_up(self):
        with self.platform.client() as client:
            self.assertEqual(client.call("GET", "/healthz").status, 200)
            began = time.monotonic()
            self.assertEqual(self.platform.stop(), 0)
            self.assertLess(time.monotonic() - began, 10)

    def wait_until_refused(self):
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.platform.port), timeout=1).close()
            except ConnectionRefusedError:
                return
            time.sleep(0.01)
        self.fail("still accepts connections after SIGTERM")


def read_until(connection, end):
    received = b""
    while end not in received:
        piece = connection.recv(65536)
        if not piece:
            break
        received += piece
    return received


if __name__ == "__main__":
    unittest.main()
