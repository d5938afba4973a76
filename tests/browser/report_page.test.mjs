// The page that reports/html.h writes, in a real browser (pages.mjs).
import assert from 'node:assert/strict';
import {readFileSync, statSync} from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';
import {test} from 'node:test';
import {browser, check, chip, focused, on, pages, shown, verdictsShown} from './pages.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const deviation = 'param.FlowLogName.length/over-max';

test('a verdict chip leaves only the checks of that verdict', on('full', async (page) => {
  const everything = await shown(page);
  await chip(page, 'deviating').click();
  assert.deepEqual(await verdictsShown(page), ['deviating']);
  assert.equal(await page.locator('#shown').textContent(), `9 of ${everything.length} checks`);
  await chip(page, 'skipped').click();
  assert.deepEqual(await verdictsShown(page), ['deviating', 'skipped']);
  assert.ok(await check(page, 'error.OrderError/row-24').isVisible(), 'a pile with a match is open');
  await chip(page, 'deviating').click();
  await chip(page, 'skipped').click();
  assert.deepEqual(await shown(page), everything);
  assert.ok(!await check(page, 'error.OrderError/row-24').isVisible(), 'and folded again afterwards');
}));

test('searching wants every word and says when nothing matches', on('full', async (page) => {
  await page.fill('#search', 'flowlogname OVER-MAX');
  assert.deepEqual((await shown(page)).sort(), [deviation, 'param.FlowLogName.length/far-over-max'].sort());
  assert.ok(!await page.locator('#map').isVisible());
  await page.fill('#search', 'flowlogname no-such-word');
  assert.ok(await page.locator('#nothing').isVisible());
  await page.click('#clear');
  assert.ok(!await page.locator('#nothing').isVisible());
  assert.ok(await page.locator('#map').isVisible());
}));

test('a word that only an exchange holds is found too', on('full', async (page) => {
  await page.fill('#search', 'network +');
  assert.deepEqual(await shown(page), [deviation]);
}));

test('search and filter narrow together', on('full', async (page) => {
  await page.fill('#search', 'flowlogname');
  await chip(page, 'finding').click();
  assert.deepEqual(await shown(page), ['param.FlowLogName.required/empty']);
}));

test('the map has a cell for all 34 errors, every parameter and every class of input', on('full', async (page) => {
  for (let row = 1; row <= 34; row += 1) assert.equal(await page.locator(`[id="r-errors/${row}"]`).count(), 1);
  assert.equal(await page.locator('.parameters > li').count(), 14);
  const parameterChecks = (await shown(page)).filter((id) => id.startsWith('param.'));
  assert.equal(await page.locator('.rules .cell').count(), parameterChecks.length);
}));

test('every link leads to something on the page', on('full', async (page) => {
  const dead = await page.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))
      .filter((href) => !href.startsWith('#') || !document.getElementById(href.slice(1))));
  assert.deepEqual(dead, []);
}));

test('no two elements share an id', on('full', async (page) => {
  const ids = await page.locator('[id]').evaluateAll((all) => all.map((element) => element.id));
  assert.equal(new Set(ids).size, ids.length);
}));

test('a cell opens its check, a row with several shows them all', on('full', async (page) => {
  await page.locator('.cell[title^="param.Tags.N.Key.index/gap"]').click();
  assert.ok(await check(page, 'param.Tags.N.Key.index/gap').locator('.detail').isVisible());
  assert.equal(await focused(page), 'param.Tags.N.Key.index/gap');
  await page.locator('[id="r-errors/7"]').click();
  assert.deepEqual((await shown(page)).sort(), ['error.InvalidName.Malformed/row-7', deviation].sort());
  await page.keyboard.press('Escape');
  await page.locator('[id="r-errors/9"]').click();
  assert.equal(await focused(page), 'error.InvalidParameter.ClientTokenMalformed/row-9');
}));

test('verdicts differ in shape, not in colour alone', on('full', async (page) => {
  const shapes = await page.locator('.legend use').evaluateAll((all) => all.map((use) => use.getAttribute('href')));
  assert.equal(new Set(shapes).size, 6);
  assert.deepEqual(await page.locator('.tile.v-deviating use').evaluateAll(
      (all) => [...new Set(all.map((use) => use.getAttribute('href')))]), ['#i-deviating']);
}));

test('the title holds the verdict', on('clean', async (page) => {
  assert.match(await page.title(), /^CONFORMANT: 1[0-9][0-9] of 154 checks judged/);
}));

test('a cause that several checks show is said once, before single ones', on('full', async (page) => {
  const cause = page.locator('#deviating .cause').first();
  assert.equal(await cause.locator('h3').innerText(), 'The answer does not have the documented shape. the same in 5 checks');
  assert.equal(await cause.locator('.check:visible').count(), 3);
  await cause.locator('.pile > summary').click();
  assert.equal(await cause.locator('.check:visible').count(), 5);
}));

test('deviations come right after the head, then findings, then the map', on('full', async (page) => {
  const top = (selector) => page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);
  assert.ok(await top('#deviating') < 700);
  assert.ok(await top('#deviating') < await top('#finding'));
  assert.ok(await top('#finding') < await top('#map'));
}));

test('on a phone, too, deviations are on the first screen', on('full', async (page) => {
  assert.ok(await page.locator('#deviating').evaluate((element) => element.getBoundingClientRect().top) < 700);
}, {viewport: {width: 390, height: 844}}));

test('the first check of the first causes stands open', on('full', async (page) => {
  assert.equal(await page.locator('#deviating .check[open]').count(), 3);
  const detail = check(page, deviation).locator('.detail');
  assert.ok(await detail.isVisible());
  for (const text of ['400 InvalidName.Malformed', 'errors/7', '"a" × 129', '--seed 20261125', 'curl -g']) {
    assert.ok((await detail.textContent()).includes(text), text);
  }
}));

test('every request of a script stands there in order', on('full', async (page) => {
  const script = check(page, 'idempotency.same-token/other-order');
  await script.locator('summary').first().click();
  assert.deepEqual(await script.locator('.steps .answer .line').allTextContents().then((all) => all.map((text) => text.slice(0, 8))),
      ['HTTP 200', 'HTTP 412', 'HTTP 200']);
  assert.equal(await script.locator('.steps .telling').count(), 1);
  assert.equal(await script.locator('.steps .copy').count(), 3);
}));

test('the differences are marked', on('full', async (page) => {
  await openAll(page);
  const marks = (id) => check(page, id).locator('mark').allTextContents();
  assert.deepEqual(await marks(deviation), ['"a" × 129', '200']);
  assert.deepEqual(await marks('param.AggregationInterval.values/decimal'), ['500', '"InternalError"']);
  assert.deepEqual(await marks('param.Action.values/exact'), []);
  assert.deepEqual(await check(page, deviation).locator('del').allTextContents(),
      ['"random text, 17 = 17"', '"team"', '"network + edge"']);
  assert.deepEqual(await check(page, 'param.AggregationInterval.values/decimal').locator('tr.subject th').allTextContents(),
      ['AggregationInterval']);
}));

test('the keyboard searches, moves, opens and leaves', on('full', async (page) => {
  await page.keyboard.press('/');
  assert.equal(await focused(page), 'search');
  await page.keyboard.type('description');
  await page.keyboard.press('Enter');
  const found = await shown(page);
  await page.keyboard.press('j');
  const first = await focused(page);
  assert.ok(found.includes(first), first);
  await page.keyboard.press('j');
  assert.notEqual(await focused(page), first);
  await page.keyboard.press('k');
  assert.equal(await focused(page), first);
  assert.ok(!await check(page, first).locator('.detail').isVisible());
  await page.keyboard.press('Enter');
  assert.ok(await check(page, first).locator('.detail').isVisible());
  await page.keyboard.press('Escape');
  assert.equal(await page.inputValue('#search'), '');
  assert.ok((await shown(page)).length > found.length);
}));

test('letters typed into the search move nothing', on('full', async (page) => {
  await page.click('#search');
  await page.keyboard.type('jk/');
  assert.equal(await page.inputValue('#search'), 'jk/');
}));

test('an address with a fragment opens that check', on('full', async (page, address) => {
  await page.goto('about:blank');
  await page.goto(`${address}#c-param.Action.values/exact`);
  assert.ok(await check(page, 'param.Action.values/exact').locator('.detail').isVisible());
  assert.equal(await focused(page), 'param.Action.values/exact');
  // The browser's own work for a fragment comes later, and may take the focus away.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.equal(await focused(page), 'param.Action.values/exact');
  assert.ok(await check(page, 'param.Action.values/exact').evaluate((element) => {
    const {top} = element.getBoundingClientRect();
    return top >= document.querySelector('.tools').getBoundingClientRect().bottom && top < innerHeight;
  }));
}));

test('copying a command says so', on('full', async (page) => {
  const button = check(page, deviation).locator('.copy').first();
  // It says so for a moment only: watched from before, as a busy machine may look too late.
  await button.evaluate((element) => {
    window.said = new Promise((done) => {
      new MutationObserver(() => done(element.textContent)).observe(element, {childList: true, characterData: true, subtree: true});
    });
  });
  await button.click();
  assert.equal(await page.evaluate(() => window.said), 'Copied');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
      `flowlog-conformance run --only '${deviation}' --seed 20261125`);
}, {permissions: ['clipboard-read', 'clipboard-write']}));

// Details are made when they are opened.
const openAll = async (page) => {
  await page.evaluate(() => {
    for (const box of document.querySelectorAll('details')) box.open = true;
  });
  await page.waitForFunction(() => [...document.querySelectorAll('.check')].every((check) => check.querySelector('.detail')));
};

for (const kind of ['full', 'zh', 'hostile']) {
  test(`${kind}: nothing is wider than a phone`, on(kind, async (page) => {
    await openAll(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390);
  }, {viewport: {width: 390, height: 844}}));
}

const lightness = (page, selector, property) => page.locator(selector).first().evaluate((element, name) => {
  const [r, g, b] = getComputedStyle(element)[name].match(/[\d.]+/g).map(Number);
  return (r + g + b) / 3;
}, property);

test('dark when the system is dark, and as chosen from then on', on('full', async (page) => {
  assert.ok(await lightness(page, 'body', 'backgroundColor') < 60);
  await page.click('#theme');
  assert.ok(await lightness(page, 'body', 'backgroundColor') > 200);
  await page.reload();
  assert.ok(await lightness(page, 'body', 'backgroundColor') > 200);
  await page.click('#theme');
  assert.ok(await lightness(page, 'body', 'backgroundColor') < 60);
}, {colorScheme: 'dark'}));

test('light when the system is light', on('full', async (page) => {
  assert.ok(await lightness(page, 'body', 'backgroundColor') > 200);
}, {colorScheme: 'light'}));

// The least contrast between text and what lies behind it, over every element that holds text.
const faintest = (page) => page.evaluate(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const over = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let least = {ratio: 99, what: ''};
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || element.closest('script, style, svg, :disabled') || !element.checkVisibility()) continue;
    const behind = [];
    for (let box = element; box; box = box.parentElement) behind.unshift(getComputedStyle(box).backgroundColor);
    const back = over(behind);
    const front = over([`rgb(${back})`, getComputedStyle(element).color]);
    const [low, high] = [luminance(back), luminance(front)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < least.ratio) least = {ratio, what: `${element.outerHTML.slice(0, 120)} in ${element.parentElement.outerHTML.slice(0, 80)}`};
  }
  return least;
});

for (const [kind, options] of [['full', {colorScheme: 'light'}], ['full', {colorScheme: 'dark'}], ['zh', {}], ['clean', {}],
  ['full', {viewport: {width: 390, height: 844}}]]) {
  test(`axe finds no fault: ${kind} ${JSON.stringify(options)}`, on(kind, async (page) => {
    for (const pile of await page.locator('.pile > summary').all()) await pile.click();
    for (const id of [deviation, 'idempotency.same-token/other-order', 'param.Action.values/exact']) {
      if (await check(page, id).getAttribute('open') === null) await check(page, id).locator('summary').first().click();
      await check(page, id).locator('.headers summary').first().click();
    }
    await page.evaluate(axe);
    const {violations} = await page.evaluate(() => window.axe.run(document));
    assert.deepEqual(violations.map(({id, help, nodes}) => [id, help, nodes.slice(0, 3).map(({html}) => html.slice(0, 200))]), []);
  }, options));
}

for (const colorScheme of ['light', 'dark']) {
  test(`all text stands out when ${colorScheme}`, on('full', async (page) => {
    await openAll(page);
    await chip(page, 'conformant').click();
    await chip(page, 'finding').click();
    await chip(page, 'deviating').click();
    const {ratio, what} = await faintest(page);
    assert.ok(ratio >= 4.5, `${ratio.toFixed(2)}: ${what}`);
    await page.keyboard.press('Escape');
    const whole = await faintest(page);
    assert.ok(whole.ratio >= 4.5, `${whole.ratio.toFixed(2)}: ${whole.what}`);
  }, {colorScheme}));
}

test('what a server sends stays text', on('hostile', async (page) => {
  await openAll(page);
  await page.fill('#search', 'hacked');
  await page.hover('.check >> nth=0');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  const foreign = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) =>
    ['img', 'iframe', 'object', 'embed', 'form', 'base'].includes(element.localName) ||
    [...element.attributes].some((a) => a.name.startsWith('on') || a.name === 'style' || /^\s*javascript:/i.test(a.value)))
      .map((element) => element.outerHTML.slice(0, 200)));
  assert.deepEqual(foreign, []);
  assert.deepEqual(await page.locator('script').evaluateAll((all) => all.map((script) => script.type)),
      ['application/json', 'application/json', '']);
  assert.equal(await page.locator('style').count(), 1);
  const title = await page.locator('.check .title').first().textContent();
  assert.ok(title.startsWith('</script></pre></title><script>window.hacked=1</script>'), title);
}));

test('the policy refuses a script that is not the page’s own', async () => {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(pages.full).href);
  const refused = page.waitForEvent('console', (message) => message.text().includes('Content Security Policy'));
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.hacked = 1';
    document.body.append(script);
  });
  await refused;
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await page.close();
});

test('without script the summary is there', on('full', async (page) => {
  const text = await page.locator('.summary').innerText();
  for (const part of ['LEFT BEHIND: 1 flow log', '5 × The answer does not have the documented shape.', deviation]) {
    assert.ok(text.includes(part), part);
  }
}, {javaScriptEnabled: false}));

test('Chinese for those who wrote the documentation', on('zh', async (page) => {
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  assert.equal(await page.locator('#deviating h2').innerText(), '偏离 9');
  assert.equal(await page.locator('#map h3').first().innerText(), '请求参数 已检查 14 / 14');
  assert.doesNotMatch((await page.locator('.rule i').allTextContents()).join(' '), /[a-z]/i);
  assert.ok((await check(page, deviation).locator('.detail').textContent()).includes('名称长度不能超过128个字符'));
  // What happened, and beneath it what was asked for.
  assert.equal(await check(page, deviation).locator('.title').textContent(), '请求被接受，但它违反了 FlowLogName/length');
  assert.ok((await check(page, deviation).locator('.detail').textContent()).includes('超过 128 个字符的名称应被拒绝'));
}));

test('left-overs and skipped checks say what they want', on('full', async (page) => {
  assert.ok((await page.locator('#leftovers').innerText()).includes('fl-7c31a0e5f2b84d96'));
  const piles = await page.locator('#skipped .pile > summary .title').allTextContents();
  assert.equal(piles.length, 8);
  assert.ok(piles[0].includes('resource.eni_invalid_status'));
}));

test('a clean run says so and has no deviations to open', on('clean', async (page) => {
  assert.equal(await page.locator('.eyebrow strong').textContent(), 'CONFORMANT');
  assert.ok(await chip(page, 'deviating').isDisabled());
  assert.equal(await page.locator('#deviating .check').count(), 0);
}));

test('1,000 checks with bodies of 1 MB stay usable', on('large', async (page) => {
  assert.ok(statSync(pages.large).size < 20e6);
  assert.equal(await page.locator('.check').count(), 1000);
  await page.fill('#search', 'model.sequence/999');
  assert.deepEqual(await shown(page), ['model.sequence/999']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  assert.ok((await focused(page)).length > 0);
}));
