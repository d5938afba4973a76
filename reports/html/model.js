// The run's data with what the page looks up in it. Pure: neither a document nor a clock.

// From the verdict to act on to the one to forget.
const verdicts = ['deviating', 'inconclusive', 'finding', 'known', 'skipped', 'conformant'];
// The more telling of two, as the program has it: deviating first, skipped last.
const telling = ['deviating', 'inconclusive', 'known', 'finding', 'conformant', 'skipped'];
const worst = (list) => telling.find((verdict) => list.includes(verdict));

// An id as the value of an id attribute and, after '#', of a link to it: two ids never share one.
const anchor = (prefix, id) => prefix + encodeURIComponent(id)
    .replace(/[_!~*'()]/g, (c) => '%' + c.charCodeAt(0).toString(16))
    .replace(/%2F/g, '/').replace(/%(..)/g, (_, hex) => '_' + hex.toLowerCase());

// "Action:param.Tags.N.Key.length/over-max", taken apart.
const parseId = (id) => {
  const [, action = '', rest] = /^(?:([^.:/]*):)?(.*)$/s.exec(id);
  const slash = rest.indexOf('/');
  const clause = slash < 0 ? rest : rest.slice(0, slash);
  const variety = slash < 0 ? '' : rest.slice(slash + 1);
  const [theme, ...parts] = clause.split('.');
  const name = {action, theme, variety, parameter: '', rule: ''};
  if (theme !== 'param' || parts.length === 0) return name;
  if (parts.length > 1) name.rule = parts.pop();
  return {...name, parameter: parts.join('.')};
};

// "Tags.3.Key" as the documentation names it, "Tags.N.Key".
const contractName = (sent) => sent.replace(/(?<=^|\.)\d+(?=\.|$)/g, 'N');

const grouped = (value) => String(Math.max(0, Math.round(value))).replace(/\B(?=(\d{3})+$)/g, ',');

const duration = (seconds) => {
  const s = Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
  if (s < 0.0995) return `${Number((s * 1000).toPrecision(2))} ms`;
  if (s < 0.9995) return `${(s * 1000).toFixed(0)} ms`;
  if (s < 59.95) return `${s.toFixed(1)} s`;
  const whole = Math.round(Math.min(s, 1e9));
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min`;
};

// 2026-01-02T03:04:05Z as a person writes it; anything else as it is.
const clockTime = (iso) => iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z$/, '$1 $2 UTC');

// The smallest request against the first one: {pair, was, change} with change one of '', 'changed',
// 'added', 'removed'. A name that stands twice is met in order. Pairs are [name, value]; the same
// bytes are the same object.
const compare = (now, first) => {
  if (!first) return now.map((pair) => ({pair, change: ''}));
  const left = [...first];
  const lines = now.map((pair) => {
    const at = left.findIndex(([name]) => name === pair[0]);
    if (at < 0) return {pair, change: 'added'};
    const [was] = left.splice(at, 1);
    return {pair, was, change: was === pair ? '' : 'changed'};
  });
  return [...lines, ...left.map((pair) => ({pair, change: 'removed'}))];
};

// At most `limit` lines, changed ones first where some have to go.
const bounded = (lines, limit) => {
  if (lines.length <= limit) return lines;
  const weight = ({change}) => (change === 'changed' || change === 'added' ? 0 : 1);
  return [...lines].sort((a, b) => weight(a) - weight(b)).slice(0, limit);
};

// A body with JSON laid out over lines, however broken: only blanks outside strings change. Parts
// are text, {key} and {mark}: the value of a member Code that `expected` does not hold.
const bodyParts = (body, expected) => {
  const parts = [];
  const tokens = body.match(/"(?:\\[^]|[^"\\])*"?|[{}[\],:]|[^{}[\],:"\s]+/g) ?? [];
  let depth = 0;
  let key = '';
  const line = () => parts.push('\n' + '  '.repeat(Math.min(depth, 12)));
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (token === '{' || token === '[') {
      parts.push(token);
      depth += 1;
      key = '';
      if (next !== '}' && next !== ']') line();
    } else if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      if (!['{', '['].includes(tokens[i - 1])) line();
      parts.push(token);
    } else if (token === ',') {
      parts.push(token);
      key = '';
      line();
    } else if (token === ':') {
      parts.push(': ');
    } else if (token.startsWith('"') && next === ':') {
      key = token;
      parts.push({key: token});
    } else if (key === '"Code"' && !expected.includes(token.replace(/^"(.*)"$/s, '$1'))) {
      parts.push({mark: token});
    } else {
      parts.push(token);
    }
  });
  return parts;
};

// The code of an error row's title "400 Some.Code: message", or the last part of the row's id; what
// the page says of it where that is more than a name.
const rowLabel = (row, lang) => {
  const code = row.group === 'errors' && /^\S+ ([^:：]+)/.exec(row.title);
  if (code) return code[1];
  const name = row.id.slice(row.id.indexOf('/') + 1);
  const worded = ['notes', 'gaps', 'contradictions'].includes(row.group);
  return worded && lang === 'zh' && row.title ? row.title : name;
};

// `data` is what the program wrote, `words` the labels in both languages.
const makeModel = (data, words, lang) => {
  const say = (key, values = {}) => {
    const label = words[key]?.[lang] ?? words[key]?.en ?? key;
    return label.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
  };
  const some = (key, n) => say(`${key}-${n === 1 ? 1 : 'n'}`, {n: grouped(n)});
  const named = (key, otherwise) => (key in words ? say(key) : otherwise);
  const pairs = (list) => (list ?? []).map((index) => data.pairs[index]);
  const exchange = (e) => e && {...e, params: pairs(e.params), headers: pairs(e.headers),
    answer_headers: pairs(e.answer_headers)};

  const checks = data.checks.map((check) => ({
    ...check,
    name: parseId(check.id),
    anchor: anchor('c-', check.id),
    title: check.title || check.id,
    example: exchange(check.example),
    original: exchange(check.original),
    steps: (check.steps ?? []).map(exchange),
  }));
  const rows = data.rows.map((row) => ({...row, anchor: anchor('r-', row.id), checks: []}));
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  for (const check of checks) {
    for (const id of new Set(check.rows)) rowOf.get(id)?.checks.push(check);
  }
  const causes = (verdict) => (data.causes[verdict] ?? []).map(({text, checks: indexes}) => ({
    text, checks: indexes.map((index) => checks[index]),
  }));
  return {run: data.run, data, lang, say, some, named, checks, rows, rowOf, causes,
    with: (verdict) => checks.filter((check) => check.verdict === verdict)};
};

// The check that gave the row its verdict.
const tellingCheck = (row) => row.checks.find((check) => check.verdict === row.verdict) ?? row.checks[0];

// The checks of one parameter, by rule in the plan's order. What is told of it by checks of
// something else stands under a rule of its own, so that its worst verdict is that of its cells.
const rulesOf = (model, row) => {
  const action = /^([^./]*):/.exec(row.id)?.[1] ?? '';
  const label = row.id.slice(row.id.indexOf('/') + 1);
  const rules = new Map();
  const put = (rule, check) => rules.set(rule, [...(rules.get(rule) ?? []), check]);
  const own = model.checks.filter(({name}) => name.parameter === label && name.action === action);
  for (const check of own) put(check.name.rule, check);
  const known = worst(own.map((check) => check.verdict));
  for (const check of row.checks) {
    if (own.includes(check)) continue;
    const verdict = check.verdict;
    if (verdict !== 'conformant' && verdict !== 'skipped' && worst([verdict, known]) === verdict && verdict !== known) {
      put('elsewhere', check);
    }
  }
  return [...rules].map(([rule, found]) => ({rule, checks: found}));
};

// The rows by group: parameters and errors first, the others in the documentation's order.
const mapGroups = (model) => {
  const groups = new Map([['parameters', []], ['errors', []]]);
  for (const row of model.rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return [...groups].filter(([, rows]) => rows.length > 0).map(([name, rows]) => ({
    name,
    title: model.named(`group.${name}`, name),
    looked_at: rows.filter((row) => row.checks.length > 0).length,
    rows: rows.map((row) => {
      const rules = name === 'parameters' ? rulesOf(model, row) : [];
      const cells = rules.flatMap(({checks}) => checks.map((check) => check.verdict));
      return {row, rules, label: rowLabel(row, model.lang),
        verdict: cells.length > 0 ? worst(cells) : row.verdict};
    }),
  }));
};

// Which checks a search leaves: every word must occur; row:ID asks for the checks that cite a row.
// Exchanges, in which most words occur everywhere, are searched only when no check says the words.
const makeSearch = (model) => {
  const memo = (make) => {
    const made = new Map();
    return (check) => made.get(check) ?? made.set(check, make(check).toLowerCase()).get(check);
  };
  const said = memo((c) => [c.id, c.title, ...c.rows, ...c.rows.map((id) => model.rowOf.get(id)?.title ?? ''),
    c.expected, c.observed, c.message, c.known ?? '', ...(c.remarks ?? [])].join(' '));
  const all = memo((c) => said(c) + ' ' + JSON.stringify([c.example, c.original, c.steps, c.command]));
  return (words, chosen) => {
    const candidates = model.checks.filter((check) => chosen.size === 0 || chosen.has(check.verdict));
    const within = (text) => candidates.filter((check) => words.every((word) => (word.startsWith('row:')
      ? check.rows.some((id) => id.toLowerCase() === word.slice(4)) : text(check).includes(word))));
    const found = within(said);
    return new Set(found.length > 0 ? found : within(all));
  };
};
