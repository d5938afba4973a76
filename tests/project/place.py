"""A folder as CI's jobs see it: the program on the PATH, profiles that reach a mock, and commands in
place of those that would install something."""
import contextlib
import os
import pathlib
import shutil
import stat
import subprocess
import tempfile
import time

SOURCE = pathlib.Path(os.environ['FLOWLOG_SOURCE'])
PROGRAM = os.environ['FLOWLOG_PROGRAM']

# The recipes run everything; here, one parameter's checks tell as much.
PROGRAM_HERE = f'''#!/bin/sh
case "$1" in
  run) shift; exec {PROGRAM} run --only 'param.FlowLogName.length*' "$@" ;;
  *) exec {PROGRAM} "$@" ;;
esac
'''
# Downloads nothing: the file that would come, empty.
CURL_HERE = '''#!/bin/sh
for word; do address=$word; done
: >"$(basename "$address")"
'''
APT_HERE = '''#!/bin/sh
echo "$@" >>"$APT_LOG"
for word; do
  case "$word" in ./*) test -e "$word" || exit 100 ;; esac
done
'''


class Place:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.work = self.folder / 'work'
        self.bin = self.folder / 'bin'
        for made in (self.work / 'profiles', self.bin, self.folder / 'home'):
            made.mkdir(parents=True)
        self.command('flowlog-conformance', PROGRAM_HERE)
        self.command('curl', CURL_HERE)
        self.command('apt-get', APT_HERE)
        (self.work / 'known-deviations.json').write_text('{"known": []}\n')

    def command(self, name, text):
        path = self.bin / name
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def environment(self, **more):
        base = {'PATH': f'{self.bin}:/usr/bin:/bin', 'HOME': str(self.folder / 'home'),
                'APT_LOG': str(self.folder / 'apt.log'), 'LANG': 'C.UTF-8',
                'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '')}
        return base | {name: str(value) for name, value in more.items()}

    def shell(self, text, shell=('bash', '-e'), **environment):
        """Runs a step's script in the work folder: status and everything that was printed."""
        done = subprocess.run([*shell, '-c', text], cwd=self.work, env=self.environment(**environment),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=300, check=False)
        return done.returncode, done.stdout.decode(errors='replace')

    def apt_calls(self):
        log = self.folder / 'apt.log'
        return log.read_text().splitlines() if log.exists() else []

    def clear_reports(self):
        for made in [*self.work.glob('shard-*'), *self.work.glob('conformance-report')]:
            shutil.rmtree(made)


def wait_for(path, process):
    for _ in range(600):
        if path.exists() and path.stat().st_size:
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError('the mock did not begin')


@contextlib.contextmanager
def place():
    """A Place with profiles/staging.json, staging-1.json and staging-2.json of a mock that runs."""
    with tempfile.TemporaryDirectory() as folder:
        here = Place(folder)
        profile = here.work / 'profiles' / 'staging.json'
        mock = subprocess.Popen([PROGRAM, 'mock', '--write-profile', str(profile)],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(profile, mock)
            for shard in (1, 2):
                shutil.copy(profile, profile.with_name(f'staging-{shard}.json'))
            yield here
        finally:
            mock.terminate()
            mock.wait(timeout=60)
