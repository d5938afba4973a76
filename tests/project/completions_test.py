"""What the shells complete, from the program's own definitions."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ['FLOWLOG_PROGRAM']


def tell(*words):
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=True).stdout


def options_of(command):
    return set(re.findall(r'^\s+(?:-\w,\s*)?(--[\w-]+)', tell(command, '--help'), re.M))


def commands():
    listed = tell('--help').split('Subcommands:\n', 1)[-1].split('SUBCOMMANDS:\n', 1)[-1]
    return set(re.findall(r'^  ([a-z]+) ', listed, re.M))


class Bash(unittest.TestCase):
    def complete(self, *words):
        """What stands in COMPREPLY where the last of the words is being written."""
        script = '\n'.join([
            self.definitions,
            'COMP_WORDS=("$@")', 'COMP_CWORD=$(($# - 1))',
            'compopt() { :; }  # needs a completion that is under way',
            '_flowlog_conformance', 'printf "%s\\n" "${COMPREPLY[@]}"'])
        done = subprocess.run(['bash', '-euc', script, 'bash', 'flowlog-conformance', *words],
                              capture_output=True, text=True, check=True, cwd=self.folder)
        self.assertEqual(done.stderr, '')
        return set(done.stdout.split())

    @classmethod
    def setUpClass(cls):
        cls.definitions = tell('completion', 'bash')

    def setUp(self):
        kept = tempfile.TemporaryDirectory()
        self.addCleanup(kept.cleanup)
        self.folder = kept.name
        os.mkdir(os.path.join(self.folder, 'folder'))
        with open(os.path.join(self.folder, 'file.json'), 'w', encoding='utf-8') as file:
            file.write('{}')

    def test_every_command_stands_first(self):
        self.assertGreater(len(commands()), 10)
        self.assertEqual(self.complete(''), commands() | {'--help', '--version'})
        self.assertEqual(self.complete('swe'), {'sweep'})

    def test_every_option_of_every_command(self):
        for command in commands():
            self.assertEqual(self.complete(command, '--'), options_of(command), command)

    def test_values_by_their_kind(self):
        self.assertEqual(self.complete('run', '--lang', ''), {'en', 'zh'})
        self.assertEqual(self.complete('run', '--profile', ''), {'file.json', 'folder'})
        self.assertEqual(self.complete('run', '--out', ''), {'folder'})
        self.assertEqual(self.complete('run', '--seed', ''), set())
        self.assertEqual(self.complete('completion', ''), {'bash', 'zsh', 'fish'})
        self.assertEqual(self.complete('merge', 'f'), {'file.json', 'folder'})


class OtherShells(unittest.TestCase):
    def test_they_name_the_same_options(self):
        zsh, fish = tell('completion', 'zsh'), tell('completion', 'fish')
        for command in commands():
            for option in options_of(command):
                self.assertIn(f"'{option}[", zsh)
                self.assertIn(f" -l {option[2:]} ", fish)

    def test_they_are_read_without_complaint(self):
        read = 0
        for shell in ('zsh', 'fish'):
            if shutil.which(shell):
                subprocess.run([shell, '-n'], input=tell('completion', shell), text=True, check=True)
                read += 1
        if not read:
            self.skipTest('neither zsh nor fish is installed')

    def test_another_shell_is_refused(self):
        done = subprocess.run([PROGRAM, 'completion', 'tcsh'], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn('tcsh', done.stderr)


if __name__ == '__main__':
    unittest.main()
