"""Usage: holds.py SCHEMA FILE. Exits 1 with the first complaint when FILE breaks SCHEMA."""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as f:
    schema = json.load(f)
with open(sys.argv[2], encoding="utf-8") as f:
    document = json.load(f)
validator = jsonschema.Draft202012Validator
validator.check_schema(schema)
error = jsonschema.exceptions.best_match(validator(schema).iter_errors(document))
if error is not None:
    sys.exit(f"{error.json_path}: {error.message}")
