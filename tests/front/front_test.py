"""A whole run against the mock behind nginx and haproxy: whatever stands in front, an endpoint that
keeps the contract is not said to deviate."""
import json
import os
import pathlib
import tempfile
import unittest
import urllib.parse

import fronts

ONLY = os.environ.get('FLOWLOG_FRONT', '')  # nginx or haproxy
# Enough to come up against a limit of 40 a second.
SOME = ('--only', 'param.FlowLogName.*,idempotency.*,auth.*')


class Front(unittest.TestCase):
    front = None

    def through(self, *options, tls=False, **settings):
        """The report of a run through the front with these settings."""
        with tempfile.TemporaryDirectory() as kept:
            folder = pathlib.Path(kept)
            with fronts.mock(folder) as profile:
                behind = urllib.parse.urlsplit(json.loads(profile.read_text())['endpoint']).port
                with type(self).front(folder, behind, tls=tls, **settings) as port:
                    done, report = fronts.run_through(folder, profile, port, tls, *options)
        accused = [(check['id'], check['verdict'], check['message'])
                   for check in report.get('checks', []) if check['verdict'] in ('deviating', 'inconclusive')]
        self.assertEqual(accused, [], done.stderr)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertGreater(report['totals']['conformant'], 20 if options else 400)
        self.assertEqual(report['leftover'], [])
        return report

    @unittest.skipUnless(os.environ.get('FLOWLOG_FRONT_LIMITS'), 'FLOWLOG_FRONT_LIMITS is not set')
    def limited(self, **settings):
        """A run through a front that refuses some requests because they are too many."""
        self.assertGreater(self.through(*SOME, **settings)['throttled'], 0)

    def told_once(self, report):
        """That long requests do not arrive is a finding of one check."""
        told = [check['id'] for check in report['checks']
                if check['verdict'] == 'finding' and 'not arrive' in check['message']]
        self.assertEqual(told, ['request.longest/arrives'])


@unittest.skipIf(ONLY == 'haproxy', 'the other front')
class Nginx(Front):
    front = staticmethod(fronts.nginx)

    def test_default_settings(self):
        self.told_once(self.through())

    def test_tls(self):
        self.through(tls=True)

    def test_a_limit_of_requests_that_delays(self):
        self.through(*SOME, http='limit_req_zone $binary_remote_addr zone=all:1m rate=40r/s;',
                     location='limit_req zone=all burst=50;')

    def test_a_limit_of_requests_that_answers_503_in_html(self):
        self.limited(http='limit_req_zone $binary_remote_addr zone=all:1m rate=40r/s;',
                     location='limit_req zone=all burst=5 nodelay;')

    def test_a_limit_of_requests_that_answers_429_in_html(self):
        self.limited(http='limit_req_zone $binary_remote_addr zone=all:1m rate=40r/s; limit_req_status 429;',
                     location='limit_req zone=all burst=5 nodelay;')

    def test_no_connection_is_kept(self):
        self.through(server='keepalive_timeout 0;')

    def test_heads_of_4_kb_at_most(self):
        self.told_once(self.through(server='client_header_buffer_size 1k; large_client_header_buffers 4 4k;'))

    def test_heads_of_16_kb_at_most(self):
        self.told_once(self.through(server='large_client_header_buffers 4 16k;'))


@unittest.skipIf(ONLY == 'nginx', 'the other front')
class Haproxy(Front):
    front = staticmethod(fronts.haproxy)

    def test_default_settings(self):
        self.told_once(self.through())

    def test_tls(self):
        self.through(tls=True)

    def test_a_limit_of_requests_that_answers_429(self):
        self.limited(frontend='stick-table type ip size 1k expire 30s store http_req_rate(1s)\n'
                              '  http-request track-sc0 src\n'
                              '  http-request deny deny_status 429 if { sc_http_req_rate(0) gt 40 }')

    def test_no_connection_is_kept(self):
        self.through(frontend='option httpclose')

    def test_heads_of_4_kb_at_most(self):
        self.told_once(self.through(everywhere='tune.bufsize 5120'))

    def test_heads_of_16_kb_at_most(self):
        self.told_once(self.through(everywhere='tune.bufsize 17408'))


if __name__ == '__main__':
    unittest.main()
