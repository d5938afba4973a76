(() => {
  'use strict';
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.documentElement;
  const search = one('#search');
  const chips = all('.chip');
  const piles = all('.pile');
  const checks = all('.check').map((element) => ({
    element,
    verdict: element.dataset.verdict,
    rows: new Set(element.dataset.rows.split(' ')),
    told: '',
    everything: '',
  }));
  let filtering = false;
  let placeBefore = 0;

  // What a check says in its own words, and all of it with the exchange.
  const told = (check) => check.told ||= [
    check.element.dataset.rows, one('summary', check.element).textContent,
    one('.judgement', check.element).textContent,
  ].join(' ').toLowerCase();
  const everything = (check) => check.everything ||= told(check) + check.element.textContent.toLowerCase();

  // Every word must occur; row:ID asks for the checks that cite a row. Exchanges, in which most words
  // occur everywhere, are searched only when no check says the words itself.
  const filter = (words, verdicts) => {
    const candidates = checks.filter((check) => !verdicts.size || verdicts.has(check.verdict));
    const within = (text) => candidates.filter((check) => words.every((word) =>
      word.startsWith('row:') ? [...check.rows].some((id) => id.toLowerCase() === word.slice(4)) : text(check).includes(word)));
    const found = within(told);
    return new Set(found.length ? found : within(everything));
  };

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
    const verdicts = new Set(chips.filter((c) => c.ariaPressed === 'true').map((c) => c.dataset.verdict));
    const active = words.length > 0 || verdicts.size > 0;
    if (active) enter();
    const found = active ? filter(words, verdicts) : new Set(checks);
    for (const check of checks) check.element.hidden = !found.has(check);
    for (const box of all('.pile, .list')) {
      box.hidden = active && !one('.check:not([hidden])', box);
    }
    for (const note of all('.noticed')) note.hidden = active;
    if (active) for (const pile of piles) if (!pile.hidden) pile.open = true;
    if (!active && filtering) leave();
    root.classList.toggle('filtering', active);
    one('#nothing').hidden = found.size > 0 || !active;
    const form = one('#shown').dataset.form;
    one('#shown').textContent = form.replace('{shown}', found.size).replace('{all}', checks.length);
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

  // Links within the page open what they lead to.
  const reveal = (id) => {
    const target = id && document.getElementById(id);
    if (!target) return;
    if (filtering && !target.checkVisibility()) clear();
    for (let box = target; box; box = box.parentElement) {
      if (box.localName === 'details') box.open = true;
    }
    target.scrollIntoView({block: 'start'});
    const focus = target.matches('.check') ? one('summary', target) : target;
    focus.focus({preventScroll: true});
  };

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (link) {
      const href = link.getAttribute('href') || '';
      if (!href.startsWith('#') || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const row = link.dataset.row;
      if (row && checks.filter((check) => check.rows.has(row)).length > 1) {
        search.value = 'row:' + row;
        apply();
        return;
      }
      history.pushState(null, '', href);
      reveal(href.slice(1));
      return;
    }
    const copy = event.target.closest('.copy');
    if (copy) copyText(copy);
  });
  addEventListener('hashchange', () => reveal(location.hash.slice(1)));

  const copyText = async (button) => {
    const source = one('pre', button.parentElement);
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      getSelection().selectAllChildren(source);
      document.execCommand('copy');
    }
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 1500);
  };

  // Keyboard.
  const move = (step) => {
    const stops = all(filtering ? '.check > summary' : '.check > summary, .pile > summary').filter((s) => s.checkVisibility());
    if (stops.length === 0) return;
    const here = stops.findIndex((s) => s === document.activeElement || s.parentElement.contains(document.activeElement) && s.parentElement.matches('.check'));
    const top = one('.tools').getBoundingClientRect().bottom;
    let next = here + step;
    if (here < 0) next = Math.max(0, stops.findIndex((s) => s.getBoundingClientRect().top >= top));
    const stop = stops[Math.min(Math.max(next, 0), stops.length - 1)];
    stop.focus({preventScroll: true});
    stop.scrollIntoView({block: 'nearest'});
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') {
      if (filtering) clear();
      else document.activeElement.closest('.check')?.removeAttribute('open');
      if (document.activeElement === search) search.blur();
    } else if (document.activeElement === search) {
      if (event.key === 'Enter') move(1);
      return;
    } else if (event.key === '/') {
      search.focus();
      search.select();
    } else if (event.key === 'j') {
      move(1);
    } else if (event.key === 'k') {
      move(-1);
    } else {
      return;
    }
    event.preventDefault();
  });

  // Dark or light: as the system has it until chosen here.
  const stored = (value) => {
    try {
      if (value) localStorage.setItem('flowlog-theme', value);
      return localStorage.getItem('flowlog-theme');
    } catch {
      return value || null;
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
})();
