"""The database stops taking the log's rows: serving goes on, memory stays bounded, and what is lost
is counted to the row. A minute with SBX_SOAK=1, else three seconds."""

import re
import threading
import time
import unittest

from harness import ADMIN_KEY, LogLock, Platform, is_soak, resident_kilobytes, size

STALL_SECONDS = size(60)
CLIENTS = 8
# Limits.rowsHeld of Observability, for each of two loops, and the batch that each has under way.
ROWS_HELD = 2 * (40_000 + 40_000)
GROWTH_KILOBYTES_MAX = 120_000


class StalledLog(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        tenant = cls.platform.sign_up()
        cls.platform.raise_limits(tenant.id)
        cls.sandbox = tenant.create_sandbox()

    def rows(self):
        """Rows of the request log by the metrics: stored, dropped, waiting."""
        text = self.platform.call("GET", "/metrics", key=ADMIN_KEY).body.decode()
        return {word: int(count) for word, count in re.findall(
            r'^sbx_request_log_rows_(?:total{result=")?(\w+)(?:"})? (\d+)$', text, re.M)}

    def settled(self):
        """The same once no row waits and none is on its way."""
        before, deadline = self.rows(), time.monotonic() + 60
        while time.monotonic() < deadline:
            time.sleep(0.2)
            now = self.rows()
            if now == before and now["waiting"] == 0:
                return now
            before = now
        self.fail(f"rows still move: {before}")

    def accounted(self, before, made):
        """What is told once every call of these is stored or dropped: a batch on its way, which
        may be large after a stall, is neither yet."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            now = self.rows()
            if sum(now[word] - before[word] for word in ("stored", "dropped")) >= made:
                break
            time.sleep(0.2)
        return self.settled()

    def stored_calls(self):
        return int(self.platform.sql("SELECT count(*) FROM sbx.request_log "
                                     "WHERE operation = 'list_currencies'")[0][0])

    def call_until(self, deadline):
        """Calls from all clients until then: how many were answered, and the slowest in seconds."""
        made, slowest, faults = [0] * CLIENTS, [0.0] * CLIENTS, []

        def work(number):
            with self.platform.client() as client:
                while time.monotonic() < deadline:
                    began = time.monotonic()
                    answer = client.call("GET", "/v1/currencies", host=self.sandbox.host(),
                                         key=self.sandbox.key)
                    if answer.status != 200:
                        return faults.append(answer)
                    made[number] += 1
                    slowest[number] = max(slowest[number], time.monotonic() - began)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(faults, [])
        return sum(made), max(slowest)

    def test_serving_goes_on_and_losses_are_counted(self):
        before, memory = self.settled(), resident_kilobytes(self.platform.process.pid)
        lock = LogLock(self.platform)
        self.addCleanup(lock.release)
        made, slowest = self.call_until(time.monotonic() + STALL_SECONDS)
        during, grown = self.rows(), resident_kilobytes(self.platform.process.pid) - memory
        lock.release()
        after = self.accounted(before, made)

        self.assertGreater(made, 100)
        self.assertLess(slowest, 5)
        # A call of theirs may end just before the lock is there, none behind it.
        self.assertLessEqual(during["stored"] - before["stored"], CLIENTS)
        self.assertLessEqual(during["waiting"], ROWS_HELD)
        self.assertLess(grown, GROWTH_KILOBYTES_MAX)
        stored, dropped = (after[word] - before[word] for word in ("stored", "dropped"))
        self.assertEqual(stored + dropped, made)
        self.assertEqual(self.stored_calls(), stored)
        if is_soak():
            self.assertGreater(dropped, 0, "the stall was too short to show the bound")
        print(f"{made} calls in {STALL_SECONDS} s of stall, slowest {slowest:.2f} s; {stored} stored, "
              f"{dropped} dropped and counted, {grown} kB more memory", flush=True)


if __name__ == "__main__":
    unittest.main()
