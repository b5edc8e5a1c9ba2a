"""What the README tells a newcomer to type, typed as it stands there."""

import json
import os
import re
import signal
import subprocess
import time
import unittest
import urllib.error
import urllib.request

from harness import Platform, free_port, is_soak, temporary_folder

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
# Set-up and an optimised build from nothing, on a slow machine.
BUILD_SECONDS_MAX = 3600


def first_call():
    """The README's lines for a second terminal."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        block = re.search(r"## First call\n.*?```sh\n(.*?)```", file.read(), re.S)[1]
    return block.split("# in a second terminal\n")[1]


def documents(text):
    """JSON documents that stand one behind the other."""
    decoder, found = json.JSONDecoder(), []
    while text := text.strip():
        value, end = decoder.raw_decode(text)
        found.append(value)
        text = text[end:]
    return found


class Readme(unittest.TestCase):
    def first_call_at(self, port):
        """Types the lines, and holds both answers against what the README says of them."""
        lines = first_call().replace("localhost:8080", f"localhost:{port}")
        typed = subprocess.run(["bash", "-eu"], input=lines, capture_output=True, text=True, timeout=60)
        self.assertEqual((typed.returncode, typed.stderr), (0, ""), typed.stdout)
        paid, declined = documents(typed.stdout)
        self.assertEqual((paid["amount"], paid["currency"], paid["status"]),
                         (2450, "eur", "succeeded"))
        self.assertEqual(declined["error"]["decline_code"], "insufficient_funds")
        return paid

    def test_the_first_call_as_it_is_written(self):
        platform = Platform()
        self.addCleanup(platform.close)
        platform.start()
        self.first_call_at(platform.port)

    @unittest.skipUnless(is_soak(), "builds everything: in soak")
    def test_one_command_takes_a_fresh_clone_to_the_first_call(self):
        folder, port = temporary_folder(), free_port()
        clone = os.path.join(folder, "clone")
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        began = time.monotonic()
        with open(os.path.join(folder, "run.log"), "wb") as log:
            run = subprocess.Popen(
                ["make", "run", f"LISTEN=127.0.0.1:{port}", f"DATA={folder}/data"],
                cwd=clone, stdout=log, stderr=log, start_new_session=True)
        self.addCleanup(self.end, run)
        while not self.answers(port):
            self.assertIsNone(run.poll(), f"make run ended: {log.name}")
            self.assertLess(time.monotonic() - began, BUILD_SECONDS_MAX, log.name)
            time.sleep(1)
        self.first_call_at(port)
        print(f"measured fresh clone: {time.monotonic() - began:.0f} s from `make run` to the first calls")

    def answers(self, port):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def end(self, run):
        """As Ctrl-C does in a terminal: all of the command's processes are told."""
        os.killpg(run.pid, signal.SIGINT)
        run.wait(timeout=60)


if __name__ == "__main__":
    unittest.main()
