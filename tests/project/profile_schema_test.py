"""profiles/profile.schema.json and the program's loader take and refuse the same profiles."""
import copy
import json
import os
import pathlib
import subprocess
import unittest

import jsonschema

SOURCE = pathlib.Path(os.environ['FLOWLOG_SOURCE'])
LOADER = os.environ['LOAD_PROFILES']
SCHEMA = json.loads((SOURCE / 'profiles' / 'profile.schema.json').read_text())
ENDPOINT = 'https://open.example.test'
KEYS = {'access_key': 'AK', 'secret_key': 'SK'}
# Every variable that a profile of this test names.
ENVIRONMENT = {'PATH': os.environ['PATH'], 'HOME': '/nonexistent', 'A': 'a', 'B': 'b', 'C': 'c',
               'VOLCENGINE_ACCESS_KEY': 'a', 'VOLCENGINE_SECRET_KEY': 'b', 'VOLCENGINE_SESSION_TOKEN': 'c',
               'OTHER_ACCESS_KEY': 'a', 'OTHER_SECRET_KEY': 'b', 'ARREARS_ACCESS_KEY': 'a',
               'ARREARS_SECRET_KEY': 'b', 'two words': 'a', 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '')}

# Holds every member that there is.
FULL = {
    '$schema': 'profile.schema.json', 'name': 'staging', 'endpoint': ENDPOINT, 'region': 'cn-beijing',
    'service': 'vpc',
    'accounts': {
        'default': {'access_key_env': 'A', 'secret_key_env': 'B', 'session_token_env': 'C'},
        'other': {**KEYS, 'session_token': 'ST', 'resources': {'vpc': ['vpc-o']}},
        'arrears': {'access_key': 'AK', 'secret_key_env': 'B'},
    },
    'resources': {
        'vpc': ['vpc-1', 'vpc-2'], 'subnet': ['subnet-1'], 'eni': [], 'vpc_invalid_status': 'vpc-3',
        'subnet_invalid_status': 'subnet-3', 'eni_invalid_status': 'eni-3', 'eni_shared': 'eni-4',
        'unsupported': {'type': 'eni', 'id': 'eni-5'}, 'busy': {'type': 'vpc', 'id': 'vpc-6'},
        'conflicting_topic': {'project': 'p', 'topic': 't'},
    },
    'projects': ['default', 'team-a'], 'quota': {'flow_logs': 10},
    'limits': {'concurrency': 8, 'requests_per_second': 20.5, 'max_requests': 5000, 'max_creates': 100},
    'active_timeout_s': 60, 'may_create': True,
}


def accounts(**given):
    return {'endpoint': ENDPOINT, 'accounts': given}


GOOD = {
    'everything': FULL,
    'an endpoint alone': {'endpoint': ENDPOINT},
    'a schema named': {'$schema': 'https://example.test/profile.schema.json', 'endpoint': ENDPOINT},
    'a port and a path': {'endpoint': 'http://127.0.0.1:8080/api'},
    'an address of IPv6': {'endpoint': 'http://[::1]:8080'},
    'a scheme in capitals': {'endpoint': 'HTTPS://open.example.test/'},
    'no keys of the default account': accounts(default={}),
    'a session token beside keys of the environment': accounts(default={'session_token': 'ST'}),
    'a key of each kind': accounts(default={'access_key': 'AK', 'secret_key_env': 'B'}),
    'limits of nothing': {'endpoint': ENDPOINT, 'limits': {}},
    'no limits': {'endpoint': ENDPOINT, 'limits': {'concurrency': 0, 'max_requests': 0}},
    'half a second': {'endpoint': ENDPOINT, 'active_timeout_s': 0.5},
    'resources of nothing': {'endpoint': ENDPOINT, 'resources': {}},
    'the first of the files to start from': json.loads((SOURCE / 'profiles' / 'staging.json').read_text()),
    'the second of them': json.loads((SOURCE / 'profiles' / 'two-accounts.json').read_text()),
}
BAD = {
    'no endpoint': {'name': 'x'},
    'a list': [],
    'an endpoint of another scheme': {'endpoint': 'ftp://open.example.test'},
    'an endpoint without a host': {'endpoint': 'https://'},
    'an endpoint with a blank': {'endpoint': 'https://open example.test'},
    'a port that is none': {'endpoint': 'https://open.example.test:port'},
    'a port too high': {'endpoint': 'https://open.example.test:65536'},
    'a port of nothing': {'endpoint': 'https://open.example.test:0'},
    'a query in the endpoint': {'endpoint': 'https://open.example.test/?a=b'},
    'a user in the endpoint': {'endpoint': 'https://me@open.example.test'},
    'a schema that is no text': {'$schema': 1, 'endpoint': ENDPOINT},
    'a key with a blank': accounts(default={'access_key': 'A K', 'secret_key': 'SK'}),
    'a key beyond ASCII': accounts(default={'access_key': 'AK', 'secret_key': 'SK', 'session_token': 'ü'}),
    'an unknown member': {'endpoint': ENDPOINT, 'endpiont': ENDPOINT},
    'an unknown account': accounts(rich=KEYS),
    'an unknown member of an account': accounts(other={**KEYS, 'password': 'x'}),
    'an access key alone': accounts(default={'access_key': 'AK'}),
    'a secret key alone': accounts(other={'secret_key': 'SK'}),
    'a key twice': accounts(default={**KEYS, 'access_key_env': 'A'}),
    'a second account without keys': accounts(other={}),
    'a second account with a token alone': accounts(other={'session_token': 'ST'}),
    'a region of two words': {'endpoint': ENDPOINT, 'region': 'cn beijing'},
    'a type that is none': {'endpoint': ENDPOINT, 'resources': {'busy': {'type': 'nat', 'id': 'nat-1'}}},
    'a resource without an id': {'endpoint': ENDPOINT, 'resources': {'busy': {'type': 'vpc'}}},
    'a topic without a project': {'endpoint': ENDPOINT, 'resources': {'conflicting_topic': {'topic': 't'}}},
    'an empty id': {'endpoint': ENDPOINT, 'resources': {'vpc': ['']}},
    'an id that is no list': {'endpoint': ENDPOINT, 'resources': {'vpc': 'vpc-1'}},
    'too many at once': {'endpoint': ENDPOINT, 'limits': {'concurrency': 1025}},
    'half a request': {'endpoint': ENDPOINT, 'limits': {'max_requests': 1.5}},
    'less than no time': {'endpoint': ENDPOINT, 'active_timeout_s': -1},
    'a word for a yes': {'endpoint': ENDPOINT, 'may_create': 'yes'},
}
# What every place is filled with in turn.
INSTEAD = [None, True, 0, -1, 1.5, 5000000000, '', 'two words', [''], {}]


def places(value, path=()):
    """The path of every member and item, the whole aside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*path, key)
        yield from places(item, (*path, key))


def changed(path, change):
    """FULL with `change` made to what holds the last step of the path."""
    whole = copy.deepcopy(FULL)
    holder = whole
    for step in path[:-1]:
        holder = holder[step]
    change(holder, path[-1])
    return whole


def variants():
    """FULL with one place left out, filled with something else, or with a member too many."""
    for path in places(FULL):
        name = '/'.join(map(str, path))
        yield f'{name} left out', changed(path, lambda holder, step: holder.pop(step))
        for instead in INSTEAD:
            yield (f'{name} = {json.dumps(instead)}',
                   changed(path, lambda holder, step, value=instead: holder.__setitem__(step, value)))
    for path in {path[:-1]: path for path in places(FULL) if isinstance(path[-1], str)}.values():
        yield f'a member beside {"/".join(path)}', changed(path, lambda holder, _: holder.update(unheard_of=1))


class ProfileSchema(unittest.TestCase):
    def complaints(self, profiles):
        """Of each, what the schema says and what the loader says; "" from one that takes it."""
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        validator = jsonschema.Draft202012Validator(SCHEMA)
        done = subprocess.run([LOADER], input=json.dumps(profiles), env=ENVIRONMENT, capture_output=True, text=True,
                              check=True)
        return [(error.message if (error := jsonschema.exceptions.best_match(validator.iter_errors(one))) else '',
                 told) for one, told in zip(profiles, json.loads(done.stdout), strict=True)]

    def test_both_take_what_is_good(self):
        for name, (schema, loader) in zip(GOOD, self.complaints(list(GOOD.values()))):
            with self.subTest(name):
                self.assertEqual((schema, loader), ('', ''))

    def test_both_refuse_what_is_bad(self):
        for name, (schema, loader) in zip(BAD, self.complaints(list(BAD.values()))):
            with self.subTest(name):
                self.assertTrue(schema, f'the schema takes it; the loader says {loader}')
                self.assertTrue(loader, f'the loader takes it; the schema says {schema}')

    def test_they_agree_on_every_place_changed(self):
        names, profiles = zip(*variants())
        for name, (schema, loader) in zip(names, self.complaints(profiles)):
            with self.subTest(name):
                self.assertEqual(bool(schema), bool(loader), f'schema: {schema or "takes it"}; '
                                                             f'loader: {loader or "takes it"}')


if __name__ == '__main__':
    unittest.main()
