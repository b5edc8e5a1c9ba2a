"""`schema.sql` is the sum of all migrations, for whoever wants to read the schema in one piece."""

import os
import subprocess
import unittest

from harness import REPOSITORY, executable


class Schema(unittest.TestCase):
    def test_is_the_sum_of_all_migrations(self):
        with open(os.path.join(REPOSITORY, "schema.sql")) as file:
            kept = file.read()
        done = subprocess.run([os.path.join(REPOSITORY, "ops/dump-schema.sh"), executable()],
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        if done.stdout.splitlines()[0] != kept.splitlines()[0]:
            self.skipTest("another major version of PostgreSQL writes the schema another way")
        self.assertMultiLineEqual(kept, done.stdout, "run `make schema` and commit schema.sql")


if __name__ == "__main__":
    unittest.main()
