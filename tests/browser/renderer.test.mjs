// The page's scripts as functions: data in, trees out. Needs neither a browser nor a package.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {classed, model, named, nodes, page, run, textOf, words} from './scripts.mjs';

// What crosses from the scripts' own realm has other prototypes.
const same = (actual, expected, message) => assert.deepEqual(JSON.parse(JSON.stringify(actual)), expected, message);

const exchange = (more = {}) => ({method: 'GET', path: '/', params: [], headers: [], status: 200, seconds: 0.01,
  answer_headers: [], body: '{}', body_shown: 2, body_size: 2, ...more});
const hostile = '</script><img src=x onerror=alert(1)>{{script}}';

test('every label stands in both languages, and with the same holes', () => {
  const holes = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, {en, zh}] of Object.entries(words)) {
    assert.ok(en && zh, key);
    assert.deepEqual(holes(en), holes(zh), key);
  }
});

test('every label that the scripts ask for is in the table', () => {
  const files = ['view.js', 'map.js', 'page.js'].map((file) => readFileSync(new URL(`../../reports/html/${file}`, import.meta.url), 'utf8'));
  const asked = files.flatMap((text) => [...text.matchAll(/\bsay\('([^']+)'/g)].map(([, key]) => key));
  assert.ok(asked.length > 30);
  assert.deepEqual(asked.filter((key) => !(key in words)), []);
});

test('Chinese labels hold no English word but names of the API and of files', () => {
  for (const [key, {zh}] of Object.entries(words)) {
    const rest = zh.replace(/\{\w+\}|ID|curl|flowlog-conformance sweep|report\.json|junit\.xml|exchanges\.har/g, '');
    assert.ok(!/[a-z]{2,}/i.test(rest), `${key}: ${zh}`);
  }
});

test('an id is taken apart, of other actions too', () => {
  same(page.parseId('param.Tags.N.Key.length/over-max'),
      {action: '', theme: 'param', variety: 'over-max', parameter: 'Tags.N.Key', rule: 'length'});
  same(page.parseId('ModifyX:param.Name.first/dot'),
      {action: 'ModifyX', theme: 'param', variety: 'dot', parameter: 'Name', rule: 'first'});
  same(page.parseId('error.A.B/row-7'), {action: '', theme: 'error', variety: 'row-7', parameter: '', rule: ''});
});

test('no two ids share an anchor', () => {
  const ids = ['a_b', 'a b', 'a.b', 'a/b', 'a%b', 'a_20b', "a'b", 'a:b', '流', 'a(b', 'A_b'];
  assert.equal(new Set(ids.map((id) => page.anchor('c-', id))).size, ids.length);
  assert.equal(page.anchor('c-', 'param.A.length/over-max'), 'c-param.A.length/over-max');
  assert.match(page.anchor('c-', ids.join('')), /^[A-Za-z0-9._/-]+$/);
});

test('numbers, times and names read as people write them', () => {
  assert.equal(page.grouped(1234567), '1,234,567');
  assert.equal(page.grouped(12), '12');
  assert.deepEqual([0.00042, 0.42, 4.2, 125, 7325, NaN].map(page.duration),
      ['0.42 ms', '420 ms', '4.2 s', '2 min 5 s', '2 h 2 min', '0 ms']);
  assert.equal(page.clockTime('2026-01-02T03:04:05Z'), '2026-01-02 03:04:05 UTC');
  assert.equal(page.contractName('Tags.12.Key'), 'Tags.N.Key');
});

test('a repeated name is compared in order, and only other bytes are a change', () => {
  const [a1, a2, a3, b] = [['A', '"1"'], ['A', '"2"'], ['A', '"2"'], ['B', '"x"']];
  same(page.compare([a1, a3], [a1, a2, b]).map(({pair, change}) => [pair[0], change]),
      [['A', ''], ['A', 'changed'], ['B', 'removed']]);
  same(page.compare([b], [a1]).map(({change}) => change), ['added', 'removed']);
});

test('of many parameters the changed ones are kept', () => {
  const first = Array.from({length: 100}, (_, i) => [`P${i}`, '"old"']);
  const now = [...first.slice(0, 99), ['P99', '"new"']];
  const lines = page.bounded(page.compare(now, first), 64);
  assert.equal(lines.length, 64);
  assert.equal(lines[0].pair[1], '"new"');
});

test('a body is laid out over lines and nothing of it is lost', () => {
  const body = '{"a":{"Code":"X","n":[1,2],"e":{}},"b":"\\"{"}';
  const parts = page.bodyParts(body, '400 Y');
  const text = parts.map((part) => part.key ?? part.mark ?? part).join('');
  assert.equal(text.replace(/\s/g, ''), body);
  assert.equal(text.split('\n').length, 11);
  same(parts.filter((part) => part.mark), [{mark: '"X"'}]);
  same(page.bodyParts(body, '400 X').filter((part) => part.mark), []);
});

test('a broken body keeps every byte but blanks', () => {
  for (const body of ['{"a', ']}{', '"\\', '<html>x</html>', '{"a":1,,}', 'plain text']) {
    const text = page.bodyParts(body, '').map((part) => part.key ?? part.mark ?? part).join('');
    assert.equal(text.replace(/\s/g, ''), body.replace(/\s/g, ''), body);
  }
});

test('text of a server becomes text and no attribute that runs', () => {
  const data = run([{id: 'param.A.length/x', verdict: 'deviating', title: hostile, rows: ['errors/1'], expected: hostile,
    observed: hostile, message: hostile, remarks: [hostile], command: hostile,
    example: exchange({method: hostile, path: hostile, params: [0], headers: [0], answer_headers: [0], body: hostile})}],
  {pairs: [[hostile, hostile]], rows: [{id: 'errors/1', group: 'errors', title: hostile, verdict: 'deviating'}],
    more: {endpoint: hostile, notices: [hostile], trouble: hostile, leftover: [{flow_log_id: hostile, resource_id: hostile}]}});
  const known = model(data);
  const tree = [page.headView(known), page.toolsView(known), page.mainView(known), page.footerView(known)];
  assert.ok(textOf(tree).includes(hostile));
  for (const node of nodes(tree, () => true)) {
    assert.match(node.name, /^[a-z0-9]+$/i);
    assert.ok(!['script', 'img', 'iframe', 'style'].includes(node.name));
    for (const name of Object.keys(node.props)) assert.ok(!/^(on|src|style)/.test(name), name);
    if (node.props.href) assert.ok(node.props.href.startsWith('#'));
  }
});

test('a cause is said once, with its number, and three of its checks', () => {
  const checks = Array.from({length: 126}, (_, i) => ({id: `request.x/${i}`, verdict: 'deviating', message: 'No id.'}));
  const data = run(checks, {causes: {deviating: [{text: 'No id.', checks: checks.map((_, i) => i)}]}});
  const [section] = nodes(page.mainView(model(data)), ({props}) => props.id === 'deviating');
  assert.equal(textOf(classed(section, 'cause').flatMap((cause) => named(cause, 'h3'))), 'No id. the same in 126 checks');
  const [rest] = classed(section, 'pile');
  assert.equal(textOf(named(rest, 'summary')[0]), 'and 123 more');
  assert.equal(classed(section, 'check').length, 126);
  assert.equal(nodes(section, ({props}) => props.open === true).length, 1);
});

test('the order is deviations, findings, then the map', () => {
  const data = run([{id: 'a/1', verdict: 'conformant', rows: ['notes/n']}, {id: 'a/2', verdict: 'finding'},
    {id: 'a/3', verdict: 'deviating'}], {rows: [{id: 'notes/n', group: 'notes', title: 't', verdict: 'conformant'}]});
  const ids = nodes(page.mainView(model(data)), ({props}) => ['deviating', 'finding', 'map', 'conformant'].includes(props.id));
  same(ids.map(({props}) => props.id), ['deviating', 'finding', 'map', 'conformant']);
});

test('every request of a script is shown in order, and the one that tells is marked', () => {
  const step = (body, more) => exchange({body, body_shown: 9, body_size: 9, curl: `curl ${body}`, ...more});
  const data = run([{id: 'idempotency.x/y', verdict: 'deviating', example: step('"two"'),
    steps: [step('"one"'), step('"two"', {telling: true}), step('"three"')]}]);
  const known = model(data);
  const detail = page.detailView(known, known.checks[0]);
  const [list] = classed(detail, 'steps');
  same(list.children.map((item) => textOf(named(item, 'pre')[0])), ['"one"', '"two"', '"three"']);
  same(list.children.map(({props}) => props.class), ['', 'telling', '']);
  assert.equal(classed(detail, 'command').length, 3);
  assert.ok(textOf(detail).includes('3 requests show it'));
});

test('a parameter’s name has the worst verdict of its cells and no other', () => {
  const rows = [{id: 'parameters/Name', group: 'parameters', title: 'Name', verdict: 'deviating'},
    {id: 'parameters/Other', group: 'parameters', title: 'Other', verdict: 'deviating'}];
  const data = run([{id: 'param.Name.length/a', rows: ['parameters/Name']},
    {id: 'param.Other.length/a', verdict: 'finding', rows: ['parameters/Other']},
    {id: 'request.b/c', verdict: 'deviating', rows: ['parameters/Other']},
    {id: 'ModifyX:param.Name.length/a', verdict: 'deviating', rows: ['ModifyX:parameters/Name']}], {rows: [{...rows[0], verdict: 'conformant'}, rows[1],
      {id: 'ModifyX:parameters/Name', group: 'parameters', title: 'Name', verdict: 'deviating'}]});
  const [group] = page.mapGroups(model(data));
  same(group.rows.map(({verdict}) => verdict), ['conformant', 'deviating', 'deviating']);
  for (const {verdict, rules} of group.rows) {
    assert.ok(rules.some(({checks}) => checks.some((check) => check.verdict === verdict)), 'a cell shows it');
  }
});

test('the map speaks Chinese, names of the API aside', () => {
  const rows = [{id: 'parameters/Name', group: 'parameters', title: 'Name', verdict: 'conformant'},
    {id: 'notes/asynchronous', group: 'notes', title: '创建是异步的', verdict: 'conformant'}];
  const known = model(run([{id: 'param.Name.length/a', title: '长度', rows: ['parameters/Name']},
    {id: 'lifecycle.a/b', title: '异步', rows: ['notes/asynchronous']}], {rows}), 'zh');
  assert.doesNotMatch(textOf(page.mapView(known)).replace('Name', ''), /[a-z]{2,}/i);
});

test('a row that nothing looked at is told from a skipped one', () => {
  const known = model(run([{id: 'a/b', verdict: 'skipped', rows: ['notes/seen']}], {rows: ['seen', 'alone'].map((name) => (
    {id: `notes/${name}`, group: 'notes', title: name, verdict: 'skipped'}))}));
  const map = page.mapView(known);
  same(classed(map, 'tile').map(({name, props}) => [name, props.class]), [['a', 'tile v-skipped'], ['span', 'tile none']]);
});

test('RequestIds stand in full, however long', () => {
  const id = '2026112513523' + '0'.repeat(300) + '15';
  const data = run([{id: 'a/b', verdict: 'deviating', observed: `HTTP 200, RequestId "${id}"`,
    example: exchange({body: `{"RequestId":"${id}"}`})}]);
  const known = model(data);
  assert.equal(textOf(page.detailView(known, known.checks[0])).split(id).length, 3);
});

test('a command that is too long is counted, not cut', () => {
  const known = model(run([{id: 'a/b', verdict: 'deviating', command_size: 70000}]));
  assert.ok(textOf(page.detailView(known, known.checks[0])).includes('70,000 bytes long'));
});

test('only a status that was not documented is marked', () => {
  const marks = (status) => {
    const known = model(run([{id: 'a/b', verdict: 'deviating', expected: '400 Some.Code', example: exchange({status})}]));
    return named(page.detailView(known, known.checks[0]), 'mark').map(textOf);
  };
  same(marks(500), ['500']);
  same(marks(400), []);
});

test('counts agree in number', () => {
  const cost = (more) => {
    const known = model(run([{id: 'a/b', ...more}]));
    return textOf(classed(page.detailView(known, known.checks[0]), 'cost'));
  };
  assert.equal(cost({cases: 1, requests: 1, seconds: 2}), 'documented · 1 case, 1 request, 2.0 s');
  assert.equal(cost({cases: 3, requests: 0, seconds: 2}), 'documented · 3 cases, 0 requests, 2.0 s');
});

test('a search wants every word, and looks into exchanges only when nothing else says it', () => {
  const known = model(run([{id: 'a.first/x', title: 'Alpha', rows: ['errors/7'], example: exchange({body: 'needle alpha'})},
    {id: 'a.second/x', title: 'Beta', rows: ['errors/70'], example: exchange({body: 'other'})}]));
  const find = page.makeSearch(known);
  const ids = (words, chosen = []) => [...find(words, new Set(chosen))].map(({id}) => id);
  same(ids(['alpha']), ['a.first/x']);
  same(ids(['alpha', 'beta']), []);
  same(ids(['needle']), ['a.first/x']);
  same(ids(['row:errors/7']), ['a.first/x']);
  same(ids([], ['deviating']), []);
});
