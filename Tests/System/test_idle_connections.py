"""Idle keep-alive connections are cheap and stay usable."""

import resource
import socket
import unittest

from harness import Platform, resident_kilobytes, size

KILOBYTES_MAX = 15


class IdleConnections(unittest.TestCase):
    def test_many_idle_connections_are_cheap(self):
        count = size(10_000)
        raise_descriptor_limit(count + 200)
        platform = Platform()
        self.addCleanup(platform.close)
        platform.start()
        host = f"localhost:{platform.port}"

        # A first round, closed again, fills what the process allocates once.
        for connection in open_connections(platform.port, host, 100):
            connection.close()
        before = resident_kilobytes(platform.process.pid)
        connections = open_connections(platform.port, host, count)
        self.addCleanup(lambda: [connection.close() for connection in connections])
        each = (resident_kilobytes(platform.process.pid) - before) / count
        print(f"{count} idle connections: {each:.1f} kB each")
        self.assertLessEqual(each, KILOBYTES_MAX)

        for connection in connections[:: max(1, count // 100)]:
            self.assertTrue(get_health(connection, host).startswith(b"HTTP/1.1 200 "))


def open_connections(port, host, count):
    connections = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        connections.append(connection)
        if not get_health(connection, host).startswith(b"HTTP/1.1 200 "):
            raise AssertionError("a connection was not served")
    return connections


def get_health(connection, host):
    connection.sendall(f"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return connection.recv(65536)


def raise_descriptor_limit(wanted):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise unittest.SkipTest(f"only {hard} descriptors allowed, {wanted} wanted")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    unittest.main()
