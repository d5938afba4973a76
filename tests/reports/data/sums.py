"""Usage: sums.py JUNIT. Reads it as strictly as XML 1.0 asks; exits 1 when its totals do not add up
at both levels, or one test stands twice."""
import sys
import xml.etree.ElementTree as ElementTree
from decimal import Decimal

root = ElementTree.parse(sys.argv[1]).getroot()


def count(cases, tag):
    return sum(1 for case in cases if case.find(tag) is not None)


def demand(node, name, value):
    if node.get(name) != str(value):
        sys.exit(f"{node.tag} {node.get('name')}: {name} is {node.get(name)}, not {value}")


suites = root.findall("testsuite")
seen = set()
for suite in suites:
    cases = suite.findall("testcase")
    demand(suite, "tests", len(cases))
    demand(suite, "failures", count(cases, "failure"))
    demand(suite, "errors", count(cases, "error"))
    demand(suite, "skipped", count(cases, "skipped"))
    demand(suite, "time", sum((Decimal(case.get("time")) for case in cases), Decimal("0.000")))
    for case in cases:
        key = case.get("classname"), case.get("name")
        if key in seen:
            sys.exit(f"twice: {key}")
        seen.add(key)
for name in "tests", "failures", "errors", "skipped":
    demand(root, name, sum(int(suite.get(name)) for suite in suites))
demand(root, "time", sum((Decimal(suite.get("time")) for suite in suites), Decimal("0.000")))
