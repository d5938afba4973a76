"""The steps of action.yml, carried out."""
import json
import os
import shutil
import subprocess
import unittest

from actions import Runner
from place import SOURCE, place


class Action(unittest.TestCase):
    def setUp(self):
        opened = place()
        self.here = opened.__enter__()
        self.addCleanup(opened.__exit__, None, None, None)
        self.runner = Runner(self.here)

    def report(self, folder='conformance-report'):
        return json.loads((self.here.work / folder / 'report.json').read_text())

    def test_runs_a_profile_and_tells_verdict_and_report(self):
        good, outputs = self.runner.action({'profile': 'profiles/staging.json', 'args': '--seed\n7\n'})
        self.assertTrue(good, self.runner.output)
        self.assertEqual(outputs, {'verdict': 'conformant', 'status': '0', 'report': 'conformance-report'})
        self.assertEqual(self.report()['seed'], '7')
        self.assertTrue((self.here.work / '.flowlog-state' / 'journal.db').exists())

    def test_a_deviation_fails_it_and_the_reports_are_kept_all_the_same(self):
        good, outputs = self.runner.action(
            {'args': '--deviation\nlength.FlowLogName.cut-silently', 'out': 'reports'})
        self.assertFalse(good)
        self.assertEqual((outputs['verdict'], outputs['status']), ('deviating', '1'))
        self.assertTrue((self.here.work / 'reports' / 'junit.xml').exists())
        self.assertEqual([use for use in self.runner.used if 'upload' in use], ['actions/upload-artifact@v4'])

    def test_a_known_deviation_does_not_fail_it(self):
        entries = []
        self.runner.action({'args': '--deviation\nlength.FlowLogName.cut-silently'})
        for check in self.report()['checks']:
            if check['verdict'] == 'deviating':
                entries.append({'check': check['id'], 'reason': 'r', 'ticket': 't', 'expires': '2999-12-31'})
        self.assertTrue(entries)
        (self.here.work / 'known.json').write_text(json.dumps({'known': entries}))
        good, outputs = self.runner.action(
            {'args': '--deviation\nlength.FlowLogName.cut-silently', 'known': 'known.json'})
        self.assertTrue(good, self.runner.output)
        self.assertEqual(outputs['verdict'], 'conformant')

    def test_strict_is_handed_on(self):
        _, before = self.runner.action({})
        findings = self.report()['totals'].get('finding', 0)
        self.assertGreater(findings, 0, 'this test wants a check with a finding')
        self.assertEqual(before['status'], '0')
        _, after = self.runner.action({'strict': 'true'})
        self.assertEqual(after['status'], '1')

    def test_what_must_be_judged_is_handed_on(self):
        good, outputs = self.runner.action({'args': '--only\nparam.TrafficType.*', 'require': '100%'})
        self.assertTrue(good, self.runner.output)
        good, outputs = self.runner.action({'args': '--only\nparam.TrafficType.*', 'require': '1000'})
        self.assertFalse(good)
        self.assertEqual((outputs['verdict'], outputs['status']), ('no-verdict', '3'))

    def test_arguments_are_taken_letter_for_letter(self):
        good, outputs = self.runner.action({'args': '--seed\n$(touch taken); `touch taken` *'})
        self.assertFalse(good)
        self.assertEqual(outputs['verdict'], 'error')
        self.assertFalse((self.here.work / 'taken').exists())
        self.assertIn('$(touch taken); `touch taken` *', self.runner.output)

    def test_installs_a_package_that_it_is_given(self):
        (self.here.work / 'given.deb').write_text('')
        self.here.command('sudo', '#!/bin/sh\nexec "$@"\n')
        good, _ = self.runner.action({'deb': 'given.deb', 'install-only': 'true'})
        self.assertTrue(good, self.runner.output)
        self.assertTrue(any(call.endswith(f'{self.here.work}/given.deb') for call in self.here.apt_calls()))
        self.assertNotIn('actions/cache@v4', self.runner.used)
        self.assertFalse((self.here.work / 'conformance-report').exists())

    def test_sweeps_after_a_run_that_failed(self):
        self.here.command('flowlog-conformance', '#!/bin/sh\necho "called: $1"\nmkdir -p .flowlog-state\n'
                                                 'test "$1" != run\n')
        good, outputs = self.runner.action({'profile': 'profiles/staging.json'})
        self.assertFalse(good)
        self.assertIn('called: sweep', self.runner.output)
        self.assertIn('actions/cache/save@v4', self.runner.used)

    def test_the_workflows_are_sound(self):
        linter = shutil.which('actionlint') or shutil.which('actionlint', path=SOURCE / '.cache' / 'bin')
        if linter is None:
            self.skipTest('actionlint is not installed')
        self.assertEqual(subprocess.run([linter], cwd=SOURCE, check=False).returncode, 0)


if __name__ == '__main__':
    unittest.main()
