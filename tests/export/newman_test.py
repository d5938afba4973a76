"""Holds newman's report against what the collection must have done: every request was sent, signed
and judged, none was refused for its signature.

python3 newman_test.py REPORT
"""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    run = json.load(file)["run"]
seen = {}
for execution in run["executions"]:
    body = bytes(execution["response"]["stream"]["data"])
    seen[execution["item"]["name"]] = (execution["response"]["code"], json.loads(body))
    assert execution.get("assertions"), execution["item"]["name"] + " was not judged"
assert not run["failures"], [one["error"]["message"] for one in run["failures"]]
for name in ("CreateFlowLog", "DescribeFlowLogs", "DeleteFlowLog"):
    assert seen[name][0] == 200, (name, seen[name])
codes = {name: body["ResponseMetadata"]["Error"]["Code"] for name, (code, body) in seen.items() if code >= 400}
assert "CreateFlowLog without ResourceId" in codes, sorted(seen)
signature = {"SignatureDoesNotMatch", "InvalidAuthorization", "MissingAuthenticationToken"}
assert not signature & set(codes.values()), codes
print(f"{len(seen)} requests, {len(codes)} of them refused as they must be")
