"""A receiver of webhooks: keeps what it got and answers as it is told."""

import http.server
import threading


class Sink:
    """Listens on a port of its own. `answer(number, request)` gives the status for the request of
    that number (from 1); it may wait. `requests` are (headers, body, status) in order."""

    def __init__(self, answer=lambda number, request: 200):
        self.requests = []
        self.lock = threading.Lock()
        self.answer = answer
        sink = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with sink.lock:
                    sink.count += 1
                    number = sink.count
                status = sink.answer(number, self)
                with sink.lock:
                    sink.requests.append((dict(self.headers), body, status))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            request_queue_size = 128
            daemon_threads = True

            def handle_error(self, request, address):
                pass    # A sender that was killed leaves its connection broken.

        self.count = 0
        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def accepted(self):
        """Headers and body of what was answered with 2xx."""
        with self.lock:
            return [(headers, body) for headers, body, status in self.requests if status < 300]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
