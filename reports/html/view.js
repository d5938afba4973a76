// The page as trees of {name, props, children}: text is text, and nothing here makes markup of it.
// page.js turns a tree into elements.

const h = (name, props, ...children) => ({name, props: props ?? {}, children: children.flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== '' && child !== false)});

const limits = {openCauses: 3, listed: 3, params: 64, headers: 40, remarks: 20, noticed: 40, bars: 10, slowest: 5};

// Text with places to break the line after . / , = & and within WordsWrittenLikeThis.
const breakable = (text) => text.split(/(?<=[./,=&])|(?<=[a-z])(?=[A-Z])/).flatMap(
    (part, i) => (i === 0 ? [part] : [h('wbr'), part]));

const colour = (verdict) => `v-${verdict}`;
const icon = (name) => h('svg', {class: 'icon', 'aria-hidden': 'true'}, h('use', {href: `#i-${name}`}));
const hint = (text) => h('p', {class: 'hint'}, text);
const count = (n) => h('span', {class: 'count'}, n);

// ---- Head

const factsView = (model) => {
  const {run, say} = model;
  const seed = [run.seed, run.shard && ` ${say('shard')} ${run.shard}`, run.strict && ` ${say('strict')}`];
  const facts = [
    ['endpoint', [breakable(run.endpoint), run.embedded && ` (${say('embedded')})`]],
    ['contract', run.contract], ['started', clockTime(run.started)], ['duration', duration(run.seconds)],
    ['requests', grouped(run.requests)], ['creations', grouped(run.created)],
    ['throttled', run.throttled > 0 && grouped(run.throttled)], ['seed', run.seed && seed],
    ['profile', run.profile], ['region', run.region],
  ];
  return h('dl', {class: 'facts'}, facts.filter(([, value]) => value && value.length > 0).map(
      ([key, value]) => h('div', null, h('dt', null, say(key)), h('dd', null, value))));
};

// One line, its parts as long as the verdicts are many; a verdict that occurs is always seen.
const totalsView = (model) => {
  const all = model.checks.length;
  const parts = verdicts.map((verdict) => [verdict, model.run.totals[verdict]]).filter(([, n]) => n > 0)
      .map(([verdict, n]) => ({verdict, n, width: Math.max(16, 1000 * n / all)}));
  const sum = parts.reduce((total, part) => total + part.width, 0);
  let x = 0;
  const rects = parts.map(({verdict, n, width}) => {
    const share = 1004 * width / sum;
    const rect = h('rect', {class: colour(verdict), x: x.toFixed(2), width: (share - 4).toFixed(2), height: 8},
        h('title', null, `${grouped(n)} ${model.say(verdict)}`));
    x += share;
    return rect;
  });
  return parts.length > 0 && h('svg', {class: 'totals', viewBox: '0 0 1000 8', preserveAspectRatio: 'none',
    role: 'img', 'aria-label': model.say('totals')}, rects);
};

const bannersView = ({run, data, say}) => [
  run.trouble && data.ending !== 'no_verdict' && h('p', {class: 'banner v-inconclusive'}, run.trouble),
  run.stale.map(({check, sentence}) => h('p', {class: 'banner v-deviating'}, h('code', null, breakable(check)), ' ', sentence)),
  !run.complete && h('p', {class: 'banner v-inconclusive'}, say('interrupted')),
  run.leftover.length > 0 && h('p', {class: 'banner v-deviating'}, say('left-behind', {n: run.leftover.length}), ' ',
      h('a', {href: '#leftovers'}, say('see-left-behind'))),
];

const endingColour = {conformant: 'v-conformant', no_verdict: 'v-inconclusive', interrupted: 'v-inconclusive'};

const headView = (model) => [
  h('p', {class: 'eyebrow'}, h('strong', {class: endingColour[model.data.ending] ?? 'v-deviating'}, model.data.word),
      ' flowlog-conformance ', model.run.program_version),
  h('h1', null, model.data.sentence),
  bannersView(model), totalsView(model), factsView(model),
];

const toolsView = (model) => {
  const {say} = model;
  return [
    h('div', {class: 'row'},
        h('input', {id: 'search', type: 'search', placeholder: say('search'), 'aria-label': say('search'),
          autocomplete: 'off', spellcheck: 'false'}),
        h('output', {id: 'shown'}),
        h('button', {type: 'button', id: 'theme', 'aria-label': say('theme'), title: say('theme')}, icon('theme'))),
    h('div', {class: 'chips', role: 'group', 'aria-label': say('filter')}, verdicts.map((verdict) => {
      const n = model.run.totals[verdict];
      return h('button', {type: 'button', class: `chip ${colour(verdict)}`, 'data-verdict': verdict,
        'aria-pressed': 'false', disabled: n === 0}, icon(verdict), say(verdict), ' ', h('b', null, grouped(n)));
    })),
  ];
};

// ---- One check

const paramRow = (model, {pair: [name, value], was, change}, subject) => {
  const {say} = model;
  const value_ = change === 'removed' ? h('del', null, value) : change ? h('mark', null, value) : h('code', null, value);
  const note = {changed: () => [say('first-seen'), ' ', h('code', null, was[1])], added: () => say('added'),
    removed: () => say('left-out')}[change];
  return h('tr', {class: change === 'removed' ? 'removed' : change ? 'changed' : subject ? 'subject' : ''},
      h('th', {scope: 'row'}, breakable(name)), h('td', null, value_, note && h('small', null, note())));
};

const headersView = (model, pairs) => pairs.length > 0 && h('details', {class: 'headers'},
    h('summary', null, model.some('header', pairs.length)),
    h('table', null, pairs.slice(0, limits.headers).map(([name, value]) => h('tr', null,
        h('th', {scope: 'row'}, breakable(name)), h('td', null, breakable(value))))),
    pairs.length > limits.headers && hint(model.say('more-headers', {n: pairs.length - limits.headers})));

const requestView = (model, check, exchange, original) => {
  const {say} = model;
  const lines = compare(exchange.params, original?.params);
  const more = lines.length - limits.params + (exchange.more_params ?? 0);
  return h('section', {class: 'request'}, h('p', {class: 'label'}, say(original ? 'smallest' : 'request')),
      h('p', {class: 'line'}, h('b', null, exchange.method), ' ', breakable(exchange.path)),
      lines.length === 0 ? hint(say('no-parameters')) : h('table', {class: 'params'},
          bounded(lines, limits.params).map((line) => paramRow(model, line,
              check.name.parameter !== '' && contractName(line.pair[0]) === check.name.parameter))),
      more > 0 && hint(say('more-parameters', {n: more})),
      headersView(model, exchange.headers));
};

const tells = (check) => check.verdict !== 'conformant' && check.verdict !== 'skipped';

const bodyView = (model, exchange, expected) => {
  if (!exchange.body) return hint(model.say('empty-body'));
  const parts = bodyParts(exchange.body, expected).map((part) => (part.key ? h('span', {class: 'key'}, part.key)
    : part.mark ? h('mark', null, part.mark) : part));
  return [h('pre', {tabindex: 0}, parts), exchange.body_shown < exchange.body_size &&
    hint(model.say('cut', {n: grouped(exchange.body_shown), all: grouped(exchange.body_size)}))];
};

// `judged`: the check's expectation speaks of this answer.
const answerView = (model, check, exchange, judged) => {
  const {say} = model;
  if (!exchange.status) {
    return h('section', {class: 'answer'}, h('p', {class: 'label'}, say('answer')),
        h('p', {class: 'line'}, h('mark', null, exchange.failure || say('no-answer'))));
  }
  const marks = judged && tells(check);
  const differs = marks && !check.expected.includes(String(exchange.status));
  return h('section', {class: 'answer'}, h('p', {class: 'label'}, say('answer')),
      h('p', {class: 'line'}, 'HTTP ', h(differs ? 'mark' : 'b', null, String(exchange.status)),
          h('span', {class: 'took'}, duration(exchange.seconds))),
      bodyView(model, exchange, marks ? check.expected : exchange.body),
      headersView(model, exchange.answer_headers));
};

const exchangeView = (model, check, exchange, {original = null, judged = true} = {}) => h('div', {class: 'exchange'},
    requestView(model, check, exchange, original), answerView(model, check, exchange, judged));

// A command that is cut would be another command: one that is too long is counted instead.
const commandView = (model, key, text, size) => {
  const {say} = model;
  if (size > 0) return h('div', {class: 'command'}, h('p', {class: 'label'}, say(key)), hint(say('too-long', {n: grouped(size)})));
  return text && h('div', {class: 'command'}, h('p', {class: 'label'}, say(key)),
      h('button', {type: 'button', class: 'copy', 'data-done': say('copied')}, say('copy')),
      h('pre', {tabindex: 0}, text));
};

const curlView = (model, exchange) => commandView(model, 'curl', exchange.curl, exchange.curl_size);

// Every request that it takes, in order; or the one that shows it.
const evidenceView = (model, check) => {
  if (check.steps.length === 0) {
    return [check.example && exchangeView(model, check, check.example, {original: check.original}),
      commandView(model, 'repeat', check.command, check.command_size),
      check.example && curlView(model, check.example)];
  }
  return [commandView(model, 'repeat', check.command, check.command_size),
    h('p', {class: 'hint steps-hint'}, model.say('steps', {n: check.steps.length})),
    h('ol', {class: 'steps'}, check.steps.map((step) => h('li', {class: step.telling ? 'telling' : ''},
        exchangeView(model, check, step, {judged: step.telling === true}), curlView(model, step))))];
};

// A deviation is called by what happened, anything else by what is asked for.
const tellsWhatHappened = (check) => check.verdict === 'deviating' && Boolean(check.message);

const judgementView = (model, check) => {
  const {say} = model;
  const cited = check.rows.map((id) => {
    const row = model.rowOf.get(id);
    return h('span', {class: 'cited'}, row ? [h('a', {href: `#${row.anchor}`}, h('code', null, breakable(id))), ' ', row.title]
      : h('code', null, breakable(id)));
  });
  const remarks = check.remarks ?? [];
  const notes = remarks.length > 0 && h('ul', null, remarks.slice(0, limits.remarks).map((remark) => h('li', null, remark)),
      remarks.length > limits.remarks && h('li', null, say('others', {n: remarks.length - limits.remarks})));
  const told = tellsWhatHappened(check);
  const lines = [told ? ['required', check.title] : ['meaning', check.message], ['documented', check.expected],
    ['observed', check.observed],
    ['known-as', check.known], ['row', cited], ['remarks', notes]];
  return h('dl', {class: 'judgement'}, lines.filter(([, value]) => value && value.length !== 0).map(([key, value]) => h('div',
      {class: key === 'observed' ? 'observed' : ''}, h('dt', null, say(key)), h('dd', null, value))));
};

const detailView = (model, check) => {
  const standing = model.named(`standing.${check.standing}`, check.standing);
  const cost = model.say('cost', {cases: model.some('case', check.cases),
    requests: model.some('request', check.requests), time: duration(check.seconds)});
  return h('div', {class: 'detail'}, judgementView(model, check), evidenceView(model, check),
      h('p', {class: 'cost'}, standing && `${standing} · `, cost));
};

// The detail is made when it is first opened. The anchor is the summary's, as a browser that follows a
// fragment takes the focus from whatever has it unless the element of that id can have it.
const checkView = (model, check, open = false) => h('details', {class: `check ${colour(check.verdict)}`,
  'data-id': check.id, 'data-verdict': check.verdict, open},
h('summary', {id: check.anchor}, icon(check.verdict),
    h('span', {class: 'title'}, tellsWhatHappened(check) ? check.message : check.title),
    h('code', null, breakable(check.id)),
    h('span', {class: 'sr'}, ` ${model.say(check.verdict)}`)),
open && detailView(model, check));

// ---- Sections

const section = (id, title, n, explanation, ...inside) => h('section', {class: 'list', id},
    h('h2', null, title, ' ', count(grouped(n))), explanation && hint(explanation), inside);

const pile = (title, n, checks) => h('details', {class: 'pile'},
    h('summary', null, h('span', {class: 'title'}, title), n === null ? '' : count(grouped(n))), checks);

// One cause: said once, then the checks that show it.
const causeView = (model, {text, checks}, open) => {
  const views = checks.map((check, i) => checkView(model, check, open && i === 0));
  if (checks.length === 1) return h('div', {class: 'cause'}, views);
  const cut = checks.length > limits.listed + 1 ? limits.listed : checks.length;
  return h('div', {class: 'cause'},
      h('h3', null, text, ' ', count(model.say('same-in', {n: grouped(checks.length)}))),
      views.slice(0, cut),
      cut < checks.length && pile(model.say('others', {n: grouped(checks.length - cut)}), null, views.slice(cut)));
};

const causesSection = (model, verdict, key, {open = 0, explanation = '', more = null} = {}) => {
  const causes = model.causes(verdict);
  const n = causes.reduce((sum, {checks}) => sum + checks.length, 0);
  if (n === 0 && !more) return null;
  return section(verdict, model.say(key), n, explanation, causes.map((cause, i) => causeView(model, cause, i < open)), more);
};

// What was remarked of checks that are no findings themselves.
const noticedView = (model) => {
  const said = new Map();
  for (const check of model.checks) {
    if (check.verdict === 'finding') continue;
    for (const remark of check.remarks ?? []) said.set(remark, [...(said.get(remark) ?? []), check]);
  }
  if (said.size === 0) return null;
  const items = [...said].slice(0, limits.noticed).map(([remark, [check, ...others]]) => h('li', null, remark, ' ',
      h('a', {href: `#${check.anchor}`}, h('code', null, breakable(check.id))),
      others.length > 0 && ` ${model.say('others', {n: others.length})}`));
  return h('div', {class: 'noticed'}, h('h3', null, model.say('also-noticed')), h('ul', null, items,
      said.size > limits.noticed && h('li', null, model.say('others', {n: said.size - limits.noticed}))));
};

// Checks under headings that they share, folded away.
const pilesSection = (model, verdict, key, heading) => {
  const found = model.with(verdict);
  if (found.length === 0) return null;
  const piles = new Map();
  for (const check of found) piles.set(heading(check), [...(piles.get(heading(check)) ?? []), check]);
  return section(verdict, model.say(key), found.length, '', [...piles].map(([title, checks]) => pile(
      breakable(title), checks.length, checks.map((check) => checkView(model, check)))));
};

const leftoversView = (model) => {
  const {say, run} = model;
  if (run.leftover.length === 0) return null;
  const fact = (key, value) => value && h('div', null, h('dt', null, say(key)), h('dd', null, breakable(value)));
  return h('section', {id: 'leftovers'}, h('h2', null, say('leftovers'), ' ', count(run.leftover.length)),
      hint(say('leftovers-hint')), h('ul', {class: 'leftovers'}, run.leftover.map((left) => h('li', null,
          h('p', null, left.flow_log_id ? h('code', null, breakable(left.flow_log_id)) : say('unknown-id')),
          h('dl', null, fact('resource', left.resource_id), fact('name', left.name), fact('account', left.account),
              fact('reason', left.reason))))));
};

const noticesView = (model) => model.run.notices.length > 0 && h('section', {id: 'notices'},
    h('h2', null, model.say('notices')), h('ul', {class: 'notices'}, model.run.notices.map((notice) => h('li', null, notice))));

const footerView = (model) => {
  const {say} = model;
  const keys = [['/', 'key-search'], ['j', null], ['k', 'key-move'], ['Enter', 'key-open'], ['Esc', 'key-clear']];
  return [h('p', null, say(model.run.complete ? 'complete' : 'incomplete')), h('p', null, say('beside')),
    h('p', {class: 'keys'}, keys.map(([key, what]) => [h('kbd', null, key), what && ` ${say(what)} `]))];
};

const mainView = (model) => {
  const {say} = model;
  const deviations = causesSection(model, 'deviating', 'deviations', {open: limits.openCauses}) ??
    section('deviating', say('deviations'), 0, say('no-deviation'));
  const theme = ({name}) => name.parameter || model.named(`theme.${name.theme}`, name.theme);
  return [
    h('div', {id: 'checks'}, deviations, causesSection(model, 'inconclusive', 'inconclusives'),
        causesSection(model, 'finding', 'findings', {explanation: say('findings-hint'), more: noticedView(model)})),
    leftoversView(model), mapView(model),
    h('div', {class: 'rest'}, causesSection(model, 'known', 'knowns'),
        pilesSection(model, 'skipped', 'skips', (check) => check.message || say('no-reason')),
        pilesSection(model, 'conformant', 'conformants', theme),
        h('p', {id: 'nothing', hidden: true}, say('nothing-matches'), ' ',
            h('button', {type: 'button', id: 'clear'}, say('clear')))),
    noticesView(model), picturesView(model),
  ];
};
