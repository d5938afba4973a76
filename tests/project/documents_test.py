"""The documents against what they tell of: version, rules and triggers, the profile."""
import json
import os
import pathlib
import re
import subprocess
import unittest

SOURCE = pathlib.Path(os.environ['FLOWLOG_SOURCE'])
VERSION = re.search(r'project\(.* VERSION ([\d.]+) ', (SOURCE / 'CMakeLists.txt').read_text()).group(1)


class Versions(unittest.TestCase):
    def test_the_program_tells_it(self):
        done = subprocess.run([os.environ['FLOWLOG_PROGRAM'], '--version'], capture_output=True,
                              text=True, check=True)
        self.assertEqual(done.stdout.strip(), VERSION)

    def test_the_changelog_has_a_dated_section_and_one_for_what_comes(self):
        headings = re.findall(r'^## (.*)$', (SOURCE / 'CHANGELOG.md').read_text(), re.M)
        self.assertEqual(headings[0], 'Unreleased')
        for heading in headings[1:]:
            self.assertRegex(heading, r'^\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d$')
        self.assertEqual(headings[1].split()[0], VERSION)

    def test_the_documents_name_no_other(self):
        for path in [SOURCE / 'README.md', *sorted((SOURCE / 'docs').glob('*.md'))]:
            for named in re.findall(r'flowlog-conformance(?:@v|_|:)(\d+\.\d+\.\d+)', path.read_text()):
                self.assertEqual(named, VERSION, path)


class Documents(unittest.TestCase):
    def test_the_contract_page_names_every_rule_and_trigger(self):
        page = (SOURCE / 'docs' / 'contract.md').read_text()
        schema = json.loads((SOURCE / 'specs' / 'contract.schema.json').read_text())['$defs']
        words = [*schema['rule']['properties']['kind']['enum'], *schema['trigger']['properties']]
        self.assertEqual([word for word in words if f'`{word}`' not in page], [])

    def test_the_architecture_page_names_what_is_there(self):
        page = (SOURCE / 'docs' / 'architecture.md').read_text()
        for path in re.findall(r'`([a-z_]+/[a-z_/]*(?:\.\w+)?)`', page):
            self.assertTrue((SOURCE / path).exists(), path)
        walked = re.findall(r'`(\w+)`\s+(?:in\s+|\()`([a-z_/]+\.cc)`', page)
        self.assertGreaterEqual(len(walked), 8)
        for name, path in walked:
            self.assertRegex((SOURCE / path).read_text(), rf'\b{name}\(', path)

    def test_the_profile_page_names_every_member(self):
        page = (SOURCE / 'docs' / 'profile.md').read_text()
        schema = json.loads((SOURCE / 'profiles' / 'profile.schema.json').read_text())
        words = {*schema['properties'], *schema['properties']['accounts']['properties'],
                 *schema['properties']['limits']['properties'],
                 *schema['$defs']['resources']['properties'], *schema['$defs']['keys']['properties']}
        self.assertEqual([word for word in sorted(words - {'limits'}) if word not in page], [])

    def test_the_score_page_is_short(self):
        self.assertLessEqual(len((SOURCE / 'docs' / 'score.md').read_text().splitlines()), 60)


if __name__ == '__main__':
    unittest.main()
