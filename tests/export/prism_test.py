"""Asks Prism, which serves an exported document, for what the document promises.

python3 prism_test.py URL DOCUMENT
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

url, path = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    document = json.load(file)
operation = document["paths"]["/"]["get"]
faults = []


def ask(parameters, signed=True):
    request = urllib.request.Request(f"{url}/?{urllib.parse.urlencode(parameters)}")
    if signed:
        request.add_header("Authorization", "HMAC-SHA256 Credential=made-up")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def check(claim, true):
    print("ok  " if true else "FAIL", claim)
    if not true:
        faults.append(claim)


def schema(parameter):
    return document["components"]["schemas"][parameter["schema"]["$ref"].rsplit("/", 1)[1]]


required = [one for one in operation["parameters"] if one["required"]]
valid = {one["name"]: one["example"] for one in required}
status, body = ask(valid)
check("the required parameters with the page's examples succeed", status == 200)
check("the answer carries the page's id", body["Result"]["FlowLogId"].startswith("fl-"))
check("the answer names the action", body["ResponseMetadata"]["Action"] == "CreateFlowLog")
for one in required:
    rest = {name: value for name, value in valid.items() if name != one["name"]}
    check(f"without {one['name']} nothing succeeds", ask(rest)[0] >= 400)
for one in required:
    if schema(one).get("maxLength"):
        long = dict(valid, **{one["name"]: "a" * (schema(one)["maxLength"] + 1)})
        check(f"{one['name']} one character too long is refused", ask(long)[0] >= 400)
    if schema(one).get("enum"):
        check(f"{one['name']} of another value is refused", ask(dict(valid, **{one["name"]: "x"}))[0] >= 400)
check("a Chinese name fits the pattern", ask(dict(valid, FlowLogName="流日志.a_1-"))[0] == 200)
check("a sign that no rule allows does not", ask(dict(valid, FlowLogName="a#b"))[0] >= 400)
check("a tag fits", ask(valid | {"Tags.1.Key": "键 a/b", "Tags.1.Value": ""})[0] == 200)
check("a reserved tag key does not, in any case", ask(valid | {"Tags.1.Key": "VoLc:a"})[0] >= 400)
check("a request without a signature is refused", ask(valid, signed=False)[0] == 401)
sys.exit(1 if faults else 0)
