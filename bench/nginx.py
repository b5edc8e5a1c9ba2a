"""The rival of the edge: nginx that returns a constant, in a folder of its own."""

import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

CONFIGURATION = """
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log error;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} reuseport;
        location / {{ default_type application/json; return 200 '{{"status":"ok"}}'; }}
    }}
}}
"""


class Nginx:
    """One worker a core, no access log, connections kept for ever."""

    def __init__(self, port):
        self.port = port
        self.workers = os.cpu_count()
        self.folder = tempfile.mkdtemp(prefix="sbx-nginx-")
        os.chmod(self.folder, 0o755)
        path = os.path.join(self.folder, "nginx.conf")
        with open(path, "w") as file:
            file.write(CONFIGURATION.format(folder=self.folder, port=port, workers=self.workers))
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen([program, "-c", path, "-p", self.folder],
                                        stderr=subprocess.DEVNULL)
        self.wait()

    def wait(self):
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=1).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise SystemExit("nginx does not answer")

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
