// The documentation as a map, and the pictures of time and requests.

const rowCell = (model, {row, label, verdict}) => {
  const inside = [row.group === 'errors' && h('small', null, row.id.slice(row.id.indexOf('/') + 1)),
    h('span', null, breakable(label))];
  const check = row.checks.find((one) => one.verdict === verdict) ?? tellingCheck(row);
  const title = `${row.id} — ${row.title} — ${model.say(check ? verdict : 'not-looked-at')}`;
  if (!check) return h('span', {class: 'tile none', id: row.anchor, title}, inside);
  return h('a', {class: `tile ${colour(verdict)}`, id: row.anchor, href: `#${check.anchor}`, 'data-row': row.id, title},
      icon(verdict), inside, h('span', {class: 'sr'}, ` ${model.say(verdict)}`));
};

const checkCell = (model, check) => {
  const title = `${check.id} — ${check.title} — ${model.say(check.verdict)}`;
  return h('a', {class: `cell ${colour(check.verdict)}`, href: `#${check.anchor}`, title, 'aria-label': title},
      icon(check.verdict));
};

const groupView = (model, group) => {
  const rules = (list) => h('div', {class: 'rules'}, list.map(({rule, checks}) => h('span', {class: 'rule'},
      h('i', null, model.named(`rule.${rule}`, rule)), checks.map((check) => checkCell(model, check)))));
  const parameters = group.name === 'parameters';
  return h('div', {class: 'group'},
      h('h3', null, group.title, ' ', count(model.say('covered', {n: group.looked_at, all: group.rows.length}))),
      h('ul', {class: parameters ? 'parameters' : 'tiles'}, group.rows.map((entry) => h('li', null,
          rowCell(model, entry), parameters && rules(entry.rules)))));
};

const mapView = (model) => {
  const {say} = model;
  const groups = mapGroups(model);
  if (groups.length === 0) return null;
  return h('section', {id: 'map'}, h('h2', null, say('map')), hint(say('map-hint')),
      h('ul', {class: 'legend'}, verdicts.map((verdict) => h('li', {class: colour(verdict)},
          h('span', {class: `cell ${colour(verdict)}`}, icon(verdict)), say(verdict))),
      h('li', null, h('span', {class: 'cell none'}), say('not-looked-at'))),
      groups.map((group) => groupView(model, group)));
};

// ---- Pictures, drawn 360 wide so that their letters stay readable on a phone

const chart = (height, label, inside, role = 'img') => h('svg', {class: 'chart', viewBox: `0 0 360 ${height}`, role,
  'aria-label': label}, inside);
const figure = (title, note, drawing) => h('figure', null,
    h('figcaption', null, h('h3', null, title), note && hint(note)), drawing);

// Buckets are 1, 2, 5, 10, … of a second's parts; below the first is the first.
const bucketFloor = (index) => 1e-4 * 10 ** Math.floor(index / 3) * [1, 2, 5][index % 3];
const bucketOf = (seconds) => {
  let index = 0;
  while (index < 23 && seconds >= bucketFloor(index + 1)) index += 1;
  return index;
};

const latencyView = (model) => {
  const seconds = model.checks.flatMap((check) => (check.steps.length > 0 ? check.steps : [check.example, check.original]))
      .filter((exchange) => exchange?.status).map((exchange) => exchange.seconds).sort((a, b) => a - b);
  if (seconds.length === 0) return null;
  const quantile = (share) => seconds[Math.max(0, Math.ceil(share * seconds.length) - 1)];
  const first = bucketOf(seconds[0]);
  const last = Math.max(bucketOf(seconds.at(-1)), first + 3);
  const counts = Array(last - first + 1).fill(0);
  for (const value of seconds) counts[bucketOf(value) - first] += 1;
  const most = Math.max(...counts);
  const slot = 360 / counts.length;
  const bars = counts.map((n, i) => {
    const x = slot * i;
    const height = 118 * n / most;
    const from = duration(bucketFloor(first + i));
    return [
      h('rect', {x: (x + slot * 0.08).toFixed(1), y: (140 - height).toFixed(1), width: (slot * 0.84).toFixed(1),
        height: height.toFixed(1)}, h('title', null, `${from} – ${duration(bucketFloor(first + i + 1))}: ${grouped(n)}`)),
      n > 0 && h('text', {class: 'value', x: (x + slot / 2).toFixed(1), y: (134 - height).toFixed(1)}, grouped(n)),
      (counts.length <= 8 || (first + i) % 3 === 0) && h('text', {x: (x + slot * 0.08).toFixed(1), y: 157}, from),
    ];
  });
  const note = model.say('latency-note', {n: grouped(seconds.length), median: duration(quantile(0.5)),
    most: duration(quantile(0.95))});
  return figure(model.say('latency'), note, chart(164, model.say('latency'),
      [h('line', {x1: 0, x2: 360, y1: 140.5, y2: 140.5}), bars]));
};

// Horizontal bars of {label, link, value, shown}. What an image holds cannot be reached: with links it is a group.
const barsView = (label, all) => {
  const most = Math.max(...all.map(({value}) => value));
  return chart(30 * all.length, label, all.map(({label: name, link, value, shown}, i) => {
    const y = 30 * i;
    return [
      h('text', {class: 'name', x: 0, y: y + 12}, link ? h('a', {href: link}, name) : name),
      h('text', {class: 'end', x: 360, y: y + 12}, shown),
      h('rect', {class: 'rail', x: 0, y: y + 17, width: 360, height: 4}),
      h('rect', {x: 0, y: y + 17, width: Math.max(1, 360 * value / most).toFixed(1), height: 4}),
    ];
  }), all.some(({link}) => link) ? 'group' : 'img');
};

const byThemeView = (model) => {
  const requests = new Map();
  for (const {name, requests: n} of model.checks) requests.set(name.theme, (requests.get(name.theme) ?? 0) + n);
  const sorted = [...requests].filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
  if (sorted.length === 0) return null;
  const sum = (list) => list.reduce((total, [, n]) => total + n, 0);
  const bars = sorted.slice(0, limits.bars).map(([theme, n]) => [model.named(`theme.${theme}`, theme), n]);
  const rest = sum(sorted.slice(limits.bars));
  if (rest > 0) bars.push([model.say('other'), rest]);
  return figure(model.say('by-theme'),
      model.say('by-theme-note', {requests: grouped(sum(sorted)), checks: grouped(model.checks.length)}),
      barsView(model.say('by-theme'), bars.map(([label, value]) => ({label, value, shown: grouped(value)}))));
};

const slowestView = (model) => {
  const slow = model.checks.filter(({seconds}) => seconds > 0).sort((a, b) => b.seconds - a.seconds);
  if (slow.length === 0) return null;
  return figure(model.say('slowest'), '', barsView(model.say('slowest'), slow.slice(0, limits.slowest).map((check) => ({
    label: check.id.length > 42 ? `${check.id.slice(0, 41)}…` : check.id, link: `#${check.anchor}`,
    value: check.seconds, shown: duration(check.seconds)}))));
};

const picturesView = (model) => {
  const figures = [latencyView(model), byThemeView(model), slowestView(model)].filter(Boolean);
  return figures.length > 0 && h('section', {id: 'pictures'}, h('h2', null, model.say('pictures')),
      h('div', {class: 'figures'}, figures));
};
