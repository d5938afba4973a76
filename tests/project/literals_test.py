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

# Files that still name something, and how many times at most. Numbers only become smaller, and a
# file that names nothing any more leaves the list: tables of deviations name what they lie about,
# and the resources read members that have no role yet.
NOT_YET = {
    "client/client.h": 2,
    "oracle/expectation.h": 1,
    "oracle/response.cc": 1,
    "resources/deleter.cc": 2,
    "resources/lister.cc": 2,
    "resources/ownership.cc": 22,
    "resources/tracker.cc": 5,
    "suites/idempotency.cc": 1,
    "suites/lifecycle.cc": 11,
    "generators/placeholders.cc": 1,
    "mock/answer_deviations.cc": 4,
    "mock/parameter_deviations.cc": 52,
    "mock/row_deviations.cc": 7,
    "mock/state_deviations.cc": 13,
    "mock/store_deviations.cc": 37,
    "mock/variants.cc": 10,
}

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
                    self.assertLessEqual(len(found), NOT_YET.get(name, 0), found)

    def test_a_file_that_names_nothing_any_more_is_not_on_the_list(self):
        for name in NOT_YET:
            with self.subTest(file=name):
                file = SOURCE / name
                self.assertTrue(file.exists(), "is no more: strike it out")
                found = literals(file.read_text(), self.known)
                self.assertTrue(found, "strike it out")


if __name__ == "__main__":
    unittest.main()
