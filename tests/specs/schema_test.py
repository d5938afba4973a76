"""Holds contract.schema.json against the contract files and against broken ones.

usage: schema_test.py ROOT MUTANTS

MUTANTS has a line of JSON for each change of a file that the loader has judged:
{"file", "op", "pointer", "value", "refusal"}, where an empty refusal means that it loads.
"""

import copy
import json
import pathlib
import sys

import jsonschema

LANTERN = "tests/specs/data/CreateLantern.json"
# What the loader refuses and no JSON Schema can see: names that stand twice or that nothing bears,
# and limits of one member by another.
BEYOND_SCHEMA = (
    " stands twice",
    " of this contract",
    ", expected a rule of that kind",
    'has a rule of the kind "required"',
    'expected an integer not above "max"',
    "expected another parameter",
    "indexed parameter only",
    "stands at a String",
    "/grey_lengths/",
    'that "allowed" holds too',
    "expected a canonical decimal number",
    "expected one character or a set in brackets",
    '"any-400" stands for no row',
)

root = pathlib.Path(sys.argv[1])
FILES = sorted(
    str(path.relative_to(root))
    for folder in ("specs/volcengine", "tests/specs/data/parking")
    for path in (root / folder).rglob("*.json")
)
faults = []


def load(path):
    return json.loads((root / path).read_text(encoding="utf-8"))


def step(node, token):
    return node[int(token)] if isinstance(node, list) else node[token]


def tokens(pointer):
    return [t.replace("~1", "/").replace("~0", "~") for t in pointer.split("/")[1:]]


def take(document, pointer):
    *path, last = tokens(pointer)
    for token in path:
        document = step(document, token)
    value = step(document, last)
    del document[int(last) if isinstance(document, list) else last]
    return value


def put(document, pointer, value, op):
    *path, last = tokens(pointer)
    for token in path:
        document = step(document, token)
    if not isinstance(document, list):
        document[last] = value
    elif last == "-":
        document.append(value)
    elif op == "replace":
        document[int(last)] = value
    else:
        document.insert(int(last), value)


def patched(document, patch):
    document = copy.deepcopy(document)
    for change in patch:
        op, path = change["op"], change["path"]
        if op == "remove":
            take(document, path)
        elif op == "move":
            put(document, path, take(document, change["from"]), "add")
        else:
            put(document, path, change["value"], op)
    return document


def check(claim, true):
    if not true:
        faults.append(claim)


schema = load("specs/contract.schema.json")
jsonschema.Draft202012Validator.check_schema(schema)
valid = jsonschema.Draft202012Validator(schema).is_valid

# The schema of services refers to that of contracts beside it.
service_schema = load("specs/service.schema.json")
jsonschema.Draft202012Validator.check_schema(service_schema)
base = "https://schemas.invalid/"
resolver = jsonschema.RefResolver(
    base + "service.schema.json", service_schema, {base + "contract.schema.json": schema}
)
valid_service = jsonschema.Draft202012Validator(service_schema, resolver=resolver).is_valid

documents = {path: load(path) for path in FILES + [LANTERN]}
for path, document in documents.items():
    is_service = path.endswith("/service.json")
    check(f"{path} is valid", (valid_service if is_service else valid)(document))
check("every action and two services were read", len(documents) == 11 + 6 + 1)

service = documents["tests/specs/data/parking/service.json"]
for pointer, value in (
    ("/actions/0/effect", "creates"),
    ("/actions/2/answer_id", "Result.Permit.Number"),
    ("/actions/0/list", {"path": "Result.Page.Permits[]", "members": []}),
    ("/actions/1/list/path", "Result.Page.Permits"),
    ("/actions/1/list/members/0/parameter", "Holder"),
    ("/actions/0/roles/tokn", "Holder"),
    ("/conditions/0/name", "resource.unpaid_fines"),
    ("/kind/quota", {"max": 0, "per": ["account"], "profile": "permits"}),
    ("/kind/states/0/meaning", "done"),
    ("/vocabularies/0/words", []),
):
    change = {"op": "add", "path": pointer, "value": value}
    check(f"{pointer} {value}: the schema sees it", not valid_service(patched(service, [change])))

broken = load("tests/specs/data/broken.json")["cases"]
for case in broken:
    seen = not valid(patched(documents[LANTERN], case["patch"]))
    check(f"{case['name']}: the schema sees it: {case['schema']}", seen == case["schema"])

judged = refused = 0
with open(sys.argv[2], encoding="utf-8") as mutants:
    for line in mutants:
        mutant = json.loads(line)
        change = {"op": mutant["op"], "path": mutant["pointer"], "value": mutant["value"]}
        seen = not valid(patched(documents[mutant["file"]], [change]))
        refusal = mutant["refusal"]
        beyond = any(reason in refusal for reason in BEYOND_SCHEMA)
        judged += 1
        refused += bool(refusal)
        check(
            f"{mutant['file']} {change}: schema {'refuses' if seen else 'takes'} it, "
            f"loader: {refusal or 'loads'}",
            seen == bool(refusal) or (beyond and not seen),
        )

check("hundreds of files were judged, many of them refused", judged > 500 and refused > 400)
print(f"{len(documents)} files, {len(broken)} broken ones, {judged} changes ({refused} refused)")
for fault in faults[:20]:
    print("FAULT", fault)
sys.exit(1 if faults else 0)
