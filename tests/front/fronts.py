"""A server in front of a mock: nginx or haproxy as Debian has them, on loopback, in a folder of its
own. FLOWLOG_PROGRAM names the program."""
import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import time

PROGRAM = os.environ['FLOWLOG_PROGRAM']
SBIN = '/usr/sbin:/usr/local/sbin'

NGINX = '''
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  {http}
  server {{
    listen 127.0.0.1:{port} {tls};
    {server}
    location / {{ {location} proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $http_host; }}
  }}
}}
'''

HAPROXY = '''
global
  maxconn 512
  {everywhere}
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend front
  bind 127.0.0.1:{port} {tls}
  {frontend}
  default_backend mock
backend mock
  {backend}
  server mock 127.0.0.1:{behind}
'''


def find(name):
    return shutil.which(name) or shutil.which(name, path=SBIN)


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_until(ready, process, what):
    for _ in range(1200):
        if ready():
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f'{what} did not begin')


def listens(port):
    with contextlib.suppress(OSError), socket.create_connection(('127.0.0.1', port), 1):
        return True
    return False


@contextlib.contextmanager
def running(command, ready, log):
    with open(log, 'wb') as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        try:
            wait_until(ready, process, command[0])
            yield process
        except RuntimeError as error:
            raise RuntimeError(f'{error}: {pathlib.Path(log).read_text()}') from error
        finally:
            process.terminate()
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def mock(folder, *options):
    """A mock; yields the path of the profile that reaches it."""
    profile = folder / 'behind.json'
    command = [PROGRAM, 'mock', '--write-profile', profile, *options]
    with running(command, lambda: profile.exists() and profile.stat().st_size, folder / 'mock.log'):
        yield profile


def certificate(folder):
    """A key and a certificate of 127.0.0.1 that signs itself, and both in one file."""
    key, cert, both = folder / 'key.pem', folder / 'cert.pem', folder / 'both.pem'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                    '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1',
                    '-keyout', key, '-out', cert], check=True, capture_output=True)
    both.write_text(cert.read_text() + key.read_text())
    return key, cert, both


@contextlib.contextmanager
def nginx(folder, behind, tls=False, http='', server='', location=''):
    """nginx in front of the port `behind`; yields its own."""
    port = free_port()
    if tls:
        key, cert, _ = certificate(folder)
        server += f' ssl_certificate {cert}; ssl_certificate_key {key};'
    config = folder / 'nginx.conf'
    config.write_text(NGINX.format(folder=folder, port=port, behind=behind, tls='ssl' if tls else '',
                                   http=http, server=server, location=location))
    with running([find('nginx'), '-e', folder / 'error.log', '-c', config], lambda: listens(port), folder / 'nginx.log'):
        yield port


@contextlib.contextmanager
def haproxy(folder, behind, tls=False, everywhere='', frontend='', backend=''):
    """haproxy in front of the port `behind`; yields its own."""
    port = free_port()
    config = folder / 'haproxy.cfg'
    certified = f'ssl crt {certificate(folder)[2]}' if tls else ''
    config.write_text(HAPROXY.format(port=port, behind=behind, tls=certified, everywhere=everywhere,
                                     frontend=frontend, backend=backend))
    with running([find('haproxy'), '-db', '-f', config], lambda: listens(port), folder / 'haproxy.log'):
        yield port


def run_through(folder, profile, port, tls, *options):
    """`run` with the profile's endpoint moved to `port`: the process that ended, and its report."""
    told = json.loads(profile.read_text())
    told['endpoint'] = f'{"https" if tls else "http"}://127.0.0.1:{port}'
    moved = folder / 'profile.json'
    moved.write_text(json.dumps(told))
    command = [PROGRAM, 'run', '--profile', moved, '--out', folder / 'report', '--state', folder / 'state',
               '--seed', '1', '--no-history', *options]
    if tls:
        command += ['--ca', folder / 'cert.pem']
    done = subprocess.run(command, capture_output=True, text=True, timeout=1000, check=False)
    report = folder / 'report' / 'report.json'
    return done, json.loads(report.read_text()) if report.exists() else {}
