#!/usr/bin/env python3
"""No parameter, member, error code or action of a service stands in C++ outside specs/ and tests/."""

import json
import os
import pathlib
import re
import unittest

SOURCE = pathlib.Path(os.environ["FLOWLOG_SOURCE"])
SERVICES = sorted((SOURCE / "specs").glob("*/*/*/service.json"))
FOLDERS = ["base", "client", "oracle", "engine", "resources", "suites", "generators", "profiles",
           "cli", "mutation", "mock", "reports", "probe"]

# The protocol: who signs and what answers are wrapped in, the same for every service.
PROTOCOL = {"Action", "Version", "Service", "Region", "Result", "ResponseMetadata", "RequestId",
            "ResponseMetadata.RequestId", "Result.RequestId", "Error", "Code", "CodeN", "Message", "MissingParameter", "InvalidTimestamp", "SignatureDoesNotMatch"}

COMMENT = re.compile(r"//[^\n]*")
TEXT = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def words():
    """Every name of every service's contracts, also as it is sent with the index 1."""
    found = set()
    for file in SERVICES:
        service = json.loads(file.read_text())
        common = file.parent / service["common_errors"]
        found |= {row["code"] for row in json.loads(common.read_text())["errors"]}
        for action in service["actions"]:
            found.add(action["name"])
            found |= {member["name"] for member in action.get("list", {}).get("members", [])}
            contract = json.loads((file.parent / (action["name"] + ".json")).read_text())
            found |= {row["code"] for row in contract["errors"]}
            for parameter in contract["parameters"]:
                found |= {parameter["name"], parameter["name"].replace(".N", ".1")}
            for field in contract["answer"]:
                found |= {field["path"], field["path"].rsplit(".", 1)[-1]}
    return found - PROTOCOL


def without_comments(text):
    return COMMENT.sub("", text)


def literals(text, known):
    return [literal for literal in TEXT.findall(without_comments(text)) if literal in known]


class Literals(unittest.TestCase):
    def setUp(self):
        self.known = words()

    def test_the_services_name_what_is_looked_for(self):
        self.assertIn("CreateFlowLog", self.known)
        self.assertIn("Tags.1.Key", self.known)
        self.assertIn("InvalidName.Malformed", self.known)

    def test_a_name_in_code_is_found_and_one_in_a_comment_is_not(self):
        self.assertEqual(literals('f("FlowLogId");  // "FlowLogName"', self.known), ["FlowLogId"])

    def test_cplusplus_outside_specs_names_nothing_of_a_service(self):
        for folder in FOLDERS:
            for file in sorted((SOURCE / folder).rglob("*")):
                if file.suffix not in (".cc", ".h"):
                    continue
                name = str(file.relative_to(SOURCE))
                found = literals(file.read_text(), self.known)
                with self.subTest(file=name):
                    self.assertEqual(found, [])


if __name__ == "__main__":
    unittest.main()
