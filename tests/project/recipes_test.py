"""The shell of every recipe in docs/ci.md, carried out against a mock."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import yaml

from actions import Context, Runner
from place import SOURCE, place

PAGE = (SOURCE / 'docs' / 'ci.md').read_text()


def blocks(heading, language):
    """The fenced blocks of a section, subsections included."""
    level = len(heading) - len(heading.lstrip('#'))
    start = PAGE.index('\n' + heading + '\n') + 1
    end = re.compile(rf'^#{{1,{level}}} ', re.M).search(PAGE, start + len(heading))
    section = PAGE[start:end.start() if end else len(PAGE)]
    return re.findall(rf'^```{language}\n(.*?)^```', section, re.M | re.S)


class Recipe(unittest.TestCase):
    def setUp(self):
        opened = place()
        self.here = opened.__enter__()
        self.addCleanup(opened.__exit__, None, None, None)

    def passes(self, script, **environment):
        status, printed = self.here.shell(script, **environment)
        self.assertEqual(status, 0, f'{script}\n{printed}')
        return printed

    def stands(self, *names):
        for name in names:
            self.assertTrue((self.here.work / name).exists(), name)

    def test_the_installation_installs_the_package_that_lies_there(self):
        script = blocks('## Installation', 'sh')[0]
        status, _ = self.here.shell(script)
        self.assertNotEqual(status, 0, 'there is no package yet')
        (self.here.work / re.search(r'\S+\.deb', script).group(0)).write_text('')
        self.passes(script)
        self.assertEqual(self.here.apt_calls()[-1].split()[0], 'install')

    def test_github_with_one_job(self):
        flow = yaml.safe_load(blocks('## GitHub Actions', 'yaml')[0])
        runner = Runner(self.here)
        for job in flow['jobs'].values():
            self.assertFalse(runner.steps(job['steps'], Context()), runner.output)
        self.stands('conformance-report/junit.xml')

    def test_github_with_shards_and_a_merge(self):
        flow = yaml.safe_load(blocks('### Shards', 'yaml')[0])
        runner = Runner(self.here)
        shard = flow['jobs']['shard']
        for index in shard['strategy']['matrix']['shard']:
            context = Context({'matrix.shard': index, 'github.run_id': 4711})
            self.assertFalse(runner.steps(shard['steps'], context), runner.output)
            self.stands(f'shard-{index}/report.json')
        self.assertFalse(runner.steps(flow['jobs']['merge']['steps'], Context()), runner.output)
        self.stands('conformance-report/junit.xml')
        # A shard that never came must not go unnoticed.
        shutil.rmtree(self.here.work / 'shard-2')
        self.assertTrue(runner.steps(flow['jobs']['merge']['steps'], Context()))

    def test_github_workflows_pass_actionlint(self):
        linter = shutil.which('actionlint') or shutil.which('actionlint', path=SOURCE / '.cache' / 'bin')
        if linter is None:
            self.skipTest('actionlint is not installed')
        with tempfile.TemporaryDirectory() as folder:
            for index, text in enumerate(blocks('## GitHub Actions', 'yaml')):
                path = pathlib.Path(folder) / f'{index}.yml'
                path.write_text(text)
                done = subprocess.run([linter, path], capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 0, done.stdout)

    def test_gitlab(self):
        flow = yaml.safe_load(blocks('## GitLab CI', 'yaml')[0])
        self.assertEqual(flow['stages'], [flow['shard']['stage'], flow['verdict']['stage']])
        total = flow['shard']['parallel']
        for index in range(1, total + 1):
            ci = {'CI_NODE_INDEX': index, 'CI_NODE_TOTAL': total, 'CI_PIPELINE_ID': 815,
                  'CI_PROJECT_DIR': self.here.work}
            own = {k: v.replace('$CI_PROJECT_DIR', str(self.here.work))
                   for k, v in flow['shard']['variables'].items()}
            self.passes('\n'.join(flow['shard']['script']), **ci, **own)
            self.passes('\n'.join(flow['shard']['after_script']), **ci, **own)
        self.passes('\n'.join(flow['verdict']['script']))
        self.stands(flow['verdict']['artifacts']['reports']['junit'])

    def test_jenkins(self):
        text = blocks('## Jenkins', 'groovy')[0]
        self.assertEqual(text.count('{'), text.count('}'))
        scripts = re.findall(r"sh '''(.*?)'''", text, re.S)
        self.assertEqual(len(scripts), 2)
        for script in scripts:
            self.passes(script)
        self.stands(re.search(r"junit '([^']*)'", text).group(1))

    def test_azure(self):
        flow = yaml.safe_load(blocks('## Azure Pipelines', 'yaml')[0])
        scripts = [step for step in flow['steps'] if 'script' in step]
        self.assertEqual([step['displayName'] for step in scripts], ['Install', 'Run', 'Sweep'])
        self.assertEqual(scripts[-1]['condition'], 'always()')
        for step in scripts:
            self.passes(step['script'].replace('$(PackageUrl)', 'https://packages.invalid'))
        self.assertTrue(self.here.apt_calls()[-1].endswith('.deb'))
        published = [step['inputs']['testResultsFiles'] for step in flow['steps']
                     if step.get('task', '').startswith('PublishTestResults')]
        self.stands(*published)

    def test_kubernetes(self):
        shards, verdict = yaml.safe_load_all(blocks('## Kubernetes', 'yaml')[0])
        self.assertEqual(shards['spec']['completionMode'], 'Indexed')
        there = {'PROFILES': self.here.work / 'profiles', 'REPORTS': self.here.work}
        for index in range(shards['spec']['completions']):
            self.container(shards, JOB_COMPLETION_INDEX=index, **there)
        self.container(verdict, **there)
        self.stands('whole/junit.xml')

    def container(self, job, **environment):
        one = job['spec']['template']['spec']['containers'][0]
        given = {item['name']: item['value'] for item in one['env']}
        mounts = {mount['mountPath'] for mount in one['volumeMounts']}
        self.assertLessEqual({v for v in given.values() if v.startswith('/')}, mounts)
        status, printed = self.here.shell(one['args'][0], shell=['sh', '-e'], **(given | environment))
        self.assertEqual(status, 0, printed)


if __name__ == '__main__':
    unittest.main()
