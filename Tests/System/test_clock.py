"""kill -9 while a virtual clock is moved: it stands at a whole instant, and somebody goes on."""

import http.client
import threading
import time
import unittest

from clock_load import fill
from harness import Platform, size

RESUME_SECONDS_MAX = 120
# Two jobs on each business day: enough firings to be killed among them.
YEARS = size(80, part=2)
# A year over these is what bench measures; enough of them to be killed among.
TIMERS = size(10_000, part=4)
JOBS = size(100, part=4)
# The daily jobs' times in UTC, in winter and in summer.
JOB_TIMES = ("13:30", "12:30", "01:00", "00:00")


class ClockKill(unittest.TestCase):
    def setUp(self):
        self.platform = Platform()
        self.addCleanup(self.platform.close)
        self.platform.start()
        self.tenant = self.platform.sign_up()
        self.platform.raise_limits(self.tenant.id)

    def test_a_killed_move_ends_as_if_it_had_not_been(self):
        years = {"by": f"P{YEARS}Y"}
        for instant in self.kill_and_resume(self.sandbox(), self.sandbox(), years):
            self.assertIn(instant[11:16], JOB_TIMES, instant)
            self.assertLess(instant, str(2026 + YEARS), "killed too late to show anything")

    def test_a_killed_year_over_many_timers_and_jobs_fires_each_of_them_once(self):
        sandboxes = [self.sandbox() for _ in range(2)]
        for sandbox in sandboxes:
            # The first move brings the sandbox its own jobs.
            self.assertEqual(self.advance(sandbox, {"by": "PT0S"}).json["fired_count"], 0)
            fill(sandbox, TIMERS, JOBS)
        preview = self.advance(sandboxes[1], {"by": "P1Y", "preview": True}).json
        self.assertGreater(preview["fired_count"], TIMERS + JOBS * 240)
        seen = self.kill_and_resume(*sandboxes, {"by": "P1Y"}, preview)
        self.assertLess(seen[-1], "2027", "killed too late to show anything")
        # Nothing that was due is left.
        left = self.platform.sql(
            "SELECT count(*) FROM sbx.timers t JOIN sbx.sandbox_heads h USING (tenant_id, layer_id) "
            "WHERE t.due_at <= h.clock_frozen_at")
        self.assertEqual(left, [["0"]])

    def kill_and_resume(self, killed, whole, request, preview=None):
        """Moves both clocks alike, one of them through a kill. Answers where the killed one was
        seen on its way, last after the kill. What fires is what the preview has told."""
        mover = threading.Thread(target=self.move, args=(killed, request))
        mover.start()
        seen = self.wait_until_it_moves(killed)
        self.platform.kill()
        mover.join()
        self.platform.start()
        seen.append(self.clock(killed))

        answer = self.move(whole, request)
        self.assertEqual(answer.status, 200, answer)
        self.assertFalse(answer.json["partial"])
        for member in ("fired", "fired_count", "next") if preview else ():
            self.assertEqual(answer.json[member], preview[member], member)
        order = [(firing["at"], firing["id"].encode()) for firing in answer.json["fired"]]
        self.assertEqual(order, sorted(order))
        deadline = time.monotonic() + RESUME_SECONDS_MAX
        while self.clock(killed) != answer.json["now"]:
            self.assertLess(time.monotonic(), deadline, self.platform.log())
            time.sleep(0.2)

        # Ids are drawn from the tick, which counts the instants: each was fired once.
        self.assertEqual(self.customer(killed), self.customer(whole))
        ahead = [self.advance(sandbox, {"by": "P4D", "preview": True}).json
                 for sandbox in (killed, whole)]
        self.assertEqual(ahead[0], ahead[1])
        self.assertGreater(ahead[0]["fired_count"], 0)
        return seen

    def sandbox(self):
        return self.tenant.create_sandbox(
            seed=42, clock={"mode": "frozen", "now": "2026-01-01T00:00:00Z"})

    def move(self, sandbox, request):
        """None when the server was killed meanwhile."""
        try:
            return self.advance(sandbox, request)
        except (OSError, http.client.HTTPException):
            return None

    def wait_until_it_moves(self, sandbox):
        """Two different instants at which the clock was seen on its way."""
        seen = []
        deadline = time.monotonic() + 60
        while len(seen) < 2:
            self.assertLess(time.monotonic(), deadline, "the clock does not move")
            now = self.clock(sandbox)
            if not now.startswith("2026-01-01") and now not in seen:
                seen.append(now)
        return seen

    def advance(self, sandbox, body):
        return self.tenant.call("POST", f"/v1/sandboxes/{sandbox.id}/clock/advance",
                                json_body=body, timeout=300)

    def clock(self, sandbox):
        answer = self.tenant.call("GET", f"/v1/sandboxes/{sandbox.id}/clock")
        self.assertEqual(answer.status, 200, answer)
        return answer.json["now"]

    def customer(self, sandbox):
        answer = sandbox.call("POST", "/v1/customers", json_body={"email": "a@example.com"})
        self.assertEqual(answer.status, 201, answer)
        return answer.json["id"]


if __name__ == "__main__":
    unittest.main()
