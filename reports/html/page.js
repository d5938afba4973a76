// The page in the browser: trees become elements, and the reader searches, filters, moves.

const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const json = (id) => JSON.parse(document.getElementById(id).textContent);

// The only place that makes elements. Text goes through text nodes; no attribute that runs or loads
// anything is ever set, whatever a tree holds.
const mount = (tree, drawing = false) => {
  if (typeof tree !== 'object') return document.createTextNode(String(tree));
  const svg = drawing || tree.name === 'svg';
  const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', tree.name)
    : document.createElement(tree.name);
  for (const [name, value] of Object.entries(tree.props)) {
    if (value === false || value === null || value === undefined || value === '') continue;
    if (/^(on|style|src)/i.test(name) || (name === 'href' && !String(value).startsWith('#'))) {
      throw new Error(`${name} has no place on this page`);
    }
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...tree.children.map((child) => mount(child, svg)));
  return element;
};
const fill = (selector, trees) => one(selector).append(...h('', null, trees).children.map((tree) => mount(tree)));

const root = document.documentElement;
const model = makeModel(json('run'), json('words'), root.lang.startsWith('zh') ? 'zh' : 'en');
one('.skip').textContent = model.say('skip-link');
fill('.masthead', headView(model));
fill('.tools', toolsView(model));
fill('main', mainView(model));
fill('footer', footerView(model));

const checkOf = new Map(model.checks.map((check) => [check.id, check]));
const elements = new Map(all('.check').map((element) => [checkOf.get(element.dataset.id), element]));

const open = (element) => {
  if (element.matches('.check') && !one('.detail', element)) {
    element.append(mount(detailView(model, checkOf.get(element.dataset.id))));
  }
  element.open = true;
};
document.addEventListener('toggle', ({target}) => {
  if (target.open && target.matches('.check')) open(target);
}, true);

// ---- Search and filter

const search = one('#search');
const chips = all('.chip');
const piles = all('.pile');
const find = makeSearch(model);
let filtering = false;
let placeBefore = 0;

const enter = () => {
  if (filtering) return;
  placeBefore = scrollY;
  for (const pile of piles) pile.dataset.open = pile.open ? '1' : '';
};
const leave = () => {
  for (const pile of piles) pile.open = pile.dataset.open === '1';
};

const apply = () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = new Set(chips.filter((c) => c.ariaPressed === 'true').map((c) => c.dataset.verdict));
  const active = words.length > 0 || chosen.size > 0;
  if (active) enter();
  const found = active ? find(words, chosen) : new Set(model.checks);
  for (const [check, element] of elements) element.hidden = !found.has(check);
  for (const box of all('.pile, .cause, .list')) box.hidden = active && !one('.check:not([hidden])', box);
  for (const note of all('.noticed')) note.hidden = active;
  if (active) for (const pile of piles) if (!pile.hidden) pile.open = true;
  if (!active && filtering) leave();
  root.classList.toggle('filtering', active);
  one('#nothing').hidden = found.size > 0 || !active;
  one('#shown').textContent = model.say('shown', {shown: grouped(found.size), all: grouped(model.checks.length)});
  if (active && !filtering) scrollTo(0, Math.min(scrollY, one('.masthead').offsetHeight));
  if (!active && filtering) scrollTo(0, placeBefore);
  filtering = active;
};

const clear = () => {
  search.value = '';
  for (const chip of chips) chip.ariaPressed = 'false';
  apply();
};

search.addEventListener('input', apply);
one('#clear').addEventListener('click', clear);
for (const chip of chips) {
  chip.addEventListener('click', () => {
    chip.ariaPressed = chip.ariaPressed === 'true' ? 'false' : 'true';
    apply();
  });
}

// ---- Links within the page open what they lead to

const reveal = (id) => {
  const target = id && document.getElementById(id);
  if (!target) return;
  if (filtering && !target.checkVisibility()) clear();
  for (let box = target; box; box = box.parentElement) {
    if (box.localName === 'details') open(box);
  }
  target.scrollIntoView({block: 'start'});
  target.focus({preventScroll: true});
};

const copyText = async (button) => {
  const source = one('pre', button.parentElement);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    getSelection().selectAllChildren(source);
    document.execCommand('copy');
  }
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = model.say('copy'); }, 1500);
};

document.addEventListener('click', (event) => {
  const copy = event.target.closest('.copy');
  if (copy) copyText(copy);
  const link = event.target.closest('a');
  const href = link?.getAttribute('href') ?? '';
  if (!href.startsWith('#') || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const {row} = link.dataset;
  if (row && model.rowOf.get(row).checks.length > 1) {
    search.value = `row:${row}`;
    apply();
    return;
  }
  history.pushState(null, '', href);
  reveal(href.slice(1));
});
addEventListener('hashchange', () => reveal(location.hash.slice(1)));

// ---- Keyboard

const move = (step) => {
  const stops = all(filtering ? '.check > summary' : '.check > summary, .pile > summary').filter((s) => s.checkVisibility());
  if (stops.length === 0) return;
  const focus = document.activeElement;
  const here = stops.findIndex((s) => s === focus || (s.parentElement.matches('.check') && s.parentElement.contains(focus)));
  const top = one('.tools').getBoundingClientRect().bottom;
  let next = here + step;
  if (here < 0) next = Math.max(0, stops.findIndex((s) => s.getBoundingClientRect().top >= top));
  const stop = stops[Math.min(Math.max(next, 0), stops.length - 1)];
  stop.focus({preventScroll: true});
  stop.scrollIntoView({block: 'nearest'});
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = document.activeElement === search;
  if (event.key === 'Escape') {
    if (filtering) clear();
    else document.activeElement.closest('.check')?.removeAttribute('open');
    if (typing) search.blur();
  } else if (typing) {
    if (event.key === 'Enter') move(1);
    return;
  } else if (event.key === '/') {
    search.focus();
    search.select();
  } else if (event.key === 'j' || event.key === 'k') {
    move(event.key === 'j' ? 1 : -1);
  } else {
    return;
  }
  event.preventDefault();
});

// ---- Dark or light: as the system has it until chosen here

const stored = (value) => {
  try {
    if (value) localStorage.setItem('flowlog-theme', value);
    return localStorage.getItem('flowlog-theme');
  } catch {
    return value ?? null;
  }
};
const theme = stored();
if (theme === 'dark' || theme === 'light') root.dataset.theme = theme;
one('#theme').addEventListener('click', () => {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  stored(root.dataset.theme);
});

apply();
reveal(location.hash.slice(1));
