#!/usr/bin/env python3
"""measure.py PROGRAM ARGUMENT…: runs it and prints one line of JSON: status, seconds on the wall, of
processor time, the most memory in KiB, and what report.json in the folder after --out tells."""
import json
import os
import subprocess
import sys
import time

start = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
told = {
    "status": os.waitstatus_to_exitcode(status),
    "wall": round(time.monotonic() - start, 3),
    "cpu": round(used.ru_utime + used.ru_stime, 3),
    "user": round(used.ru_utime, 3),
    "rss_kib": used.ru_maxrss,
}
if "--out" in sys.argv:
    report = os.path.join(sys.argv[sys.argv.index("--out") + 1], "report.json")
    if os.path.exists(report):
        with open(report, encoding="utf-8") as file:
            document = json.load(file)
        told.update({name: document.get(name) for name in ("requests", "created", "seconds")})
        told["inconclusive"] = document["totals"].get("inconclusive", 0)
        told["checks"] = len(document["checks"])
print(json.dumps(told))
