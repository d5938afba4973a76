#!/usr/bin/env python3
"""Every sentence that a run can say stands in reports/sentences.json, in English and in Chinese."""

import json
import os
import pathlib
import re
import unittest

SOURCE = pathlib.Path(os.environ["FLOWLOG_SOURCE"])
CATALOGUE = SOURCE / "reports" / "sentences.json"

# Whose sentences reach a report or the console of `run`.
FOLDERS = ["oracle", "suites", "engine", "resources", "client", "profiles"]
FILES = ["reports/merge.cc", "reports/events.cc", "reports/known.cc"]
# Where further sentences, or words of them, come from.
FURTHER = ["base/text.cc", "base/verdict.cc", "cli/run_command.cc"]
TYPES = {"array", "boolean", "number", "object", "string"}  # of JSON, as its library calls them

# Files that say nothing in a report.
NOT_SAID = {
    "client/proxy.cc": "complaints about HTTPS_PROXY",
    "client/signing.cc": "what is signed",
    "client/transport.cc": "complaints about --endpoint",
    "client/wire_style.cc": "what is signed",
    "oracle/message_check.cc": "what internal errors of servers hold",
    "profiles/credentials.cc": "complaints about keys",
    "profiles/placeholder.cc": "complaints about a profile",
    "resources/journal.cc": "SQL and complaints about --state, but for one notice",
    "resources/state_dir.cc": "complaints about --state",
}
# Texts that are no sentences of a report.
NOT_SENTENCES = {
    # what is sent, looked for or compared
    "<!doctype html", "HMAC-SHA256 Credential=", "another body", "no id", "another id",
    "aaa, 00 aaa 0000 00:00:00 GMT",
    # of titles, whose Chinese stands beside
    "POST, JSON", "POST, form", "GET, signed in the query",
    # a command, and lines of `plan`
    "flowlog-conformance run", "{} --only '{}' --seed {}", "{0}  a script of about {1}\n",
    "{0}  约 {2} 个请求的脚本\n", "{}  skipped: {}\n", "{}  跳过：{}\n",
    # complaints about a profile, about reports to be merged and about files
    "expected text", "expected an object", "stands beside {}_env: give one of them",
    "the {} of account {} {}", "the program's version", "the contract", "the seed",
    "cannot write {}: {}",
    # followed by the sentence that it is about
    "Not repeatable: it came 1 of 2 times.",
}

# What is thrown is told on stderr, in place of a report.
THROWN = re.compile(r"throw |\b(refuse|fail|reject|only)\(")
COMMENT = re.compile(r"(^\s*|  )//.*$", re.M)
ADJACENT = re.compile(r'((?:"(?:[^"\\\n]|\\.)*"\s*)+)')
ONE = re.compile(r'"((?:[^"\\]|\\.)*)"')
HAN = re.compile("[\u3400-\u9fff]")
HALF_WIDTH = re.compile("[\u3400-\u9fff] ?[,:;()]|[,:;()] ?[\u3400-\u9fff]")
LATIN = re.compile("[A-Za-z][A-Za-z_]*")
# What Chinese calls a thing that English has a word for, and names that are in lower case.
NAMES = {"BOM", "ClientToken", "FlowLogId", "ID", "Key", "Secret", "TLS", "Token"}
LOWER_CASE = {
    "accounts", "chmod", "concurrency", "core", "default", "eni", "failures", "flow_logs", "gzip",
    "max", "may_create", "n", "null", "openapi", "other", "projects", "quota", "resources", "s",
    "sdk", "subnet", "true", "ulimit", "volcengine", "vpc", "xx"}
ARGUMENT = re.compile(r"\{[^{}]*\}")
HOLE = re.compile(r"[*+~^]")


def all_literals(text):
    """(literal, what stands before it in its statement, what after); adjacent ones are one."""
    text = COMMENT.sub("", text.replace("'\"'", "' '"))
    for found in ADJACENT.finditer(text):
        literal = "".join(ONE.findall(found.group(1)))
        before = re.split("[;{}]", text[:found.start()])[-1]
        after = text[found.end():].split(";", 1)[0]
        yield literal.replace('\\"', '"').replace("\\n", "\n"), before, after


def literals(text):
    """English ones that may be said, without those that a Chinese one stands beside."""
    for literal, before, after in all_literals(text):
        if "#include" in before or THROWN.search(before) or HAN.search(literal + after):
            continue
        yield literal


def is_sentence(literal):
    words = re.findall("[A-Za-z]{2,}", ARGUMENT.sub(" ", literal))
    return len(words) > 1 and " " in literal.strip() and literal not in NOT_SENTENCES


def files():
    for folder in FOLDERS:
        for file in sorted((SOURCE / folder).rglob("*")):
            if file.suffix in (".cc", ".h"):
                yield file
    for name in FILES:
        yield SOURCE / name


def sentences():
    """(file, literal) of whatever has to stand in the catalogue."""
    for file in files():
        name = str(file.relative_to(SOURCE))
        if name not in NOT_SAID:
            yield from ((name, one) for one in literals(file.read_text()) if is_sentence(one))


def words_of_services():
    """Things and conditions as they stand within a sentence: "an account in arrears"."""
    for file in sorted(SOURCE.glob("specs/*/*/*/service.json")):
        service = json.loads(file.read_text())
        for one in [service["kind"], *service["conditions"]]:
            text = one["text"]["en"].rstrip(".")
            yield text[0].lower() + text[1:]


def names_of_services():
    """Actions, parameters and members, which no source of the program names: "FlowLogId"."""
    for file in sorted(SOURCE.glob("specs/*/*/*/*.json")):
        yield from re.findall(r"\b(?:[A-Z][a-z]+){2,}s?\b", file.read_text())


class Part:
    """A literal as a part of sentences: its words in order, with anything between them."""

    def __init__(self, literal):
        self.literal = literal
        words = [re.escape(word) for word in ARGUMENT.split(literal) if word]
        self.found = re.compile(".*?".join(f"({word})" for word in words), re.S | re.I)
        self.filled = ARGUMENT.sub("X", literal)


class Entry:
    def __init__(self, entry):
        self.en = entry["en"]
        self.zh = entry["zh"]
        self.whole = re.compile(".*".join(map(re.escape, HOLE.split(self.en))), re.S)

    def tells(self, part):
        return bool(part.found.search(self.en) or self.whole.fullmatch(part.filled))

    def unsaid(self, parts):
        """The words of the English that no literal holds."""
        said = set()
        for part in parts:
            for found in part.found.finditer(self.en):
                for group in range(1, part.found.groups + 1):
                    said |= set(range(*found.span(group)))
        left = [" " if i in said else letter for i, letter in enumerate(self.en)]
        return re.findall("[A-Za-z]{2,}", "".join(left))


class Sentences(unittest.TestCase):
    def setUp(self):
        groups = json.loads(CATALOGUE.read_text())
        self.entries = [Entry(entry) for group in groups.values() for entry in group]

    def test_every_sentence_of_the_program_has_an_entry(self):
        for name, literal in sentences():
            with self.subTest(file=name, sentence=literal):
                part = Part(literal)
                self.assertTrue(any(entry.tells(part) for entry in self.entries))

    def test_every_entry_is_said_by_the_program(self):
        said = TYPES | set(words_of_services()) | set(names_of_services())
        for file in [*files(), *(SOURCE / name for name in FURTHER)]:
            said |= {literal for literal, _, _ in all_literals(file.read_text())}
        parts = [Part(literal) for literal in said if re.search("[A-Za-z]{2}", literal)]
        for entry in self.entries:
            with self.subTest(entry=entry.en):
                self.assertEqual(entry.unsaid(parts), [])

    def test_no_sentence_stands_twice(self):
        seen = [entry.en for entry in self.entries]
        self.assertEqual(sorted(set(seen)), sorted(seen))

    def test_no_sentence_tells_what_is_required_as_if_it_had_happened(self):
        for entry in self.entries:
            with self.subTest(entry=entry.en):
                self.assertNotRegex(entry.en, r"^A .* must succeed\.$")

    def test_both_languages_have_the_same_holes(self):
        for entry in self.entries:
            with self.subTest(entry=entry.en):
                self.assertEqual(HOLE.findall(entry.en), HOLE.findall(entry.zh))

    def test_chinese_holds_no_english_but_names(self):
        for entry in self.entries:
            names = set(LATIN.findall(entry.en)) | NAMES
            words = set(LATIN.findall(re.sub("`.*?`", "", entry.zh)))
            with self.subTest(entry=entry.zh):
                self.assertLessEqual(words, names)
                self.assertLessEqual({word for word in words if word.islower()}, LOWER_CASE)

    def test_texts_that_are_excepted_are_there(self):
        there = {one for file in files() for one, _, _ in all_literals(file.read_text())}
        self.assertLessEqual(NOT_SENTENCES, there)
        for name in NOT_SAID:
            self.assertTrue((SOURCE / name).exists(), name)


class Punctuation(unittest.TestCase):
    def check(self, texts):
        for text in texts:
            with self.subTest(text=text):
                self.assertIsNone(HALF_WIDTH.search(text))

    def test_a_half_width_mark_beside_chinese_is_found(self):
        for text in ("错误:", "（见 (1) 项", "无, 有"):
            self.assertTrue(HALF_WIDTH.search(text), text)
        self.assertFalse(HALF_WIDTH.search("见 A (errors/8)，无：有"))

    def test_the_catalogue_is_full_width(self):
        groups = json.loads(CATALOGUE.read_text())
        self.check(entry["zh"] for group in groups.values() for entry in group)

    def test_the_reports_are_full_width(self):
        for file in sorted((SOURCE / "reports").glob("*.cc")):
            self.check(one for one, _, _ in all_literals(file.read_text()) if HAN.search(one))

    def test_the_words_of_the_page_are_full_width(self):
        words = json.loads((SOURCE / "reports" / "html" / "words.json").read_text())

        def texts(node):
            if isinstance(node, str):
                yield node
            else:
                for inner in node.values() if isinstance(node, dict) else node:
                    yield from texts(inner)

        self.check(texts(words))


if __name__ == "__main__":
    unittest.main()
