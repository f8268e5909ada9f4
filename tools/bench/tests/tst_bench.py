# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks keep when a part of them fails."""
import contextlib
import io
import json
import pathlib
import sys
import tempfile
import types
import unittest

sys.dont_write_bytecode = True  # it leaves nothing in the sources
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import bench  # pylint: disable=wrong-import-position # it stands beside this folder


def good(_programs, _options, results):
    results.update({"own_mib": 9.5, "pss_mib": 36, "cpu_ms_a_minute": 30, "wakeups_a_minute": 60})


def half(_programs, _options, results):
    results["plain"] = {"devices": 7, "per_device_kib": 35, "server_idle_pss_mib": 59}
    raise bench.Failed("TLS did not come")


def broken(_programs, _options, _results):
    raise ValueError("nobody expected this")


def stopped(_programs, _options, _results):
    raise KeyboardInterrupt


class KeptFigures(unittest.TestCase):
    def measure(self, **parts):
        """Exit code, figures of the file, what was printed."""
        with tempfile.TemporaryDirectory() as folder:
            kept = pathlib.Path(folder) / "figures.json"
            was, bench.PARTS = bench.PARTS, parts
            printed, complained = io.StringIO(), io.StringIO()
            try:
                with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complained):
                    code = bench.run(list(parts), types.SimpleNamespace(bin=None, json=kept))
            finally:
                bench.PARTS = was
            return code, json.loads(kept.read_text()), printed.getvalue(), complained.getvalue()

    def test_all_is_well(self):
        code, kept, printed, _ = self.measure(agent=good)
        self.assertEqual(code, 0)
        self.assertEqual(list(kept), ["agent"])
        self.assertIn("9.5 / 36 MiB", printed)

    def test_a_part_that_fails_costs_no_other(self):
        code, kept, printed, complained = self.measure(logs=broken, memory=half, agent=good)
        self.assertEqual(code, 1)
        self.assertEqual(kept["agent"]["own_mib"], 9.5)
        self.assertEqual(kept["failures"]["memory"], "TLS did not come")
        self.assertIn("nobody expected this", kept["failures"]["logs"])
        # What it had measured before is kept too.
        self.assertEqual(kept["memory"]["plain"]["devices"], 7)
        self.assertIn("9.5 / 36 MiB", printed)
        self.assertIn("server memory a device, 7 devices", printed)
        self.assertIn("memory: TLS did not come", complained)

    def test_an_interrupted_run_keeps_what_came_before(self):
        code, kept, printed, _ = self.measure(agent=good, memory=stopped, logs=broken)
        self.assertEqual(code, 1)
        self.assertEqual(list(kept["failures"]), ["memory"])
        self.assertIn("9.5 / 36 MiB", printed)

    def test_every_part_takes_a_dict(self):
        for part in bench.PARTS.values():
            self.assertEqual(part.__code__.co_argcount, 3)


if __name__ == "__main__":
    unittest.main()
