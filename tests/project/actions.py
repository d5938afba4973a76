"""As much of GitHub's runner as action.yml and the workflows of docs/ci.md use: expressions of
inputs, outputs, secrets and the matrix, conditions, and steps that run a script."""
import re

import yaml

from place import SOURCE

TOKEN = re.compile(r"secrets\[format\('([^']*)', ([\w.-]+)\)\]|([a-z]+)\.([\w.-]+)")


class Context(dict):
    """Values by their dotted names: inputs.profile, steps.run.outputs.verdict, matrix.shard."""

    def value(self, name):
        if name.startswith('secrets.'):
            return 'made-up-' + name[len('secrets.'):]
        return str(self.get(name, ''))

    def fill(self, text):
        def one(match):
            pattern, argument, *_ = match.groups()
            if pattern:
                return self.value('secrets.' + pattern.replace('{0}', self.value(argument)))
            return self.value(match.group(0))

        return re.sub(r'\$\{\{(.*?)\}\}', lambda m: TOKEN.sub(one, m.group(1)).strip(), str(text))

    def holds(self, condition, failed):
        """Whether a step with this `if:` is carried out."""
        text = re.sub(r'^\$\{\{|\}\}$', '', str(condition)).strip()
        parts = [part.strip() for part in text.split('&&') if part.strip()]
        if not any(part in ('always()', 'failure()') for part in parts) and failed:
            return False
        return all(self.part_holds(part, failed) for part in parts)

    def part_holds(self, part, failed):
        if part == 'always()':
            return True
        if part == 'failure()':
            return failed
        name, sign, value = re.fullmatch(r"([\w.-]+) (==|!=) '([^']*)'", part).groups()
        return (self.value(name) == value) == (sign == '==')


class Runner:
    """Carries out steps in a place; what they `uses:` of others is noted in `used`."""

    def __init__(self, place):
        self.place = place
        self.used = []
        self.output = ''

    def script(self, step, context, outer):
        outputs = self.place.folder / 'outputs'
        outputs.write_text('')
        (self.place.folder / 'runner').mkdir(exist_ok=True)
        environment = {k: context.fill(v) for k, v in (step.get('env') or {}).items()}
        status, printed = self.place.shell(
            context.fill(step['run']),
            **outer, **environment, GITHUB_OUTPUT=outputs, GITHUB_ACTION_PATH=SOURCE,
            RUNNER_TEMP=self.place.folder / 'runner')
        self.output += printed
        values = dict(line.split('=', 1) for line in outputs.read_text().splitlines())
        return status, values

    def action(self, given, outer=None):
        """action.yml with these inputs: whether it succeeded, and its outputs."""
        action = yaml.safe_load((SOURCE / 'action.yml').read_text())
        unknown = set(given) - set(action['inputs'])
        if unknown:
            raise ValueError(f'no input of action.yml: {unknown}')
        context = Context({f'inputs.{name}': given.get(name, one['default'])
                           for name, one in action['inputs'].items()})
        failed = self.steps(action['runs']['steps'], context, outer or {})
        return not failed, {name: context.fill(one['value'])
                            for name, one in action['outputs'].items()}

    def steps(self, steps, context, outer=None):
        failed = False
        for step in steps:
            if not context.holds(step.get('if', ''), failed):
                continue
            values = {}
            if 'run' in step:
                status, values = self.script(step, context, outer or {})
                bad = status != 0
            elif 'flowlog-conformance@' in step['uses']:
                given = {k: context.fill(v) for k, v in (step.get('with') or {}).items()}
                environment = {k: context.fill(v) for k, v in (step.get('env') or {}).items()}
                good, values = self.action(given, environment)
                bad = not good
            else:
                self.used.append(step['uses'])
                bad = False
            for name, value in values.items():
                context[f"steps.{step.get('id')}.outputs.{name}"] = value
            failed = failed or (bad and not step.get('continue-on-error'))
        return failed
