// The pages that reports/html.h writes, in a real browser, for a test. SAMPLE_REPORT names the program
// that makes them, CHROMIUM the browser.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {after, before} from 'node:test';
import {chromium} from 'playwright-core';

const folder = mkdtempSync(join(tmpdir(), 'flowlog-page-'));
export const pages = {};  // their files, by kind
export let browser;

before(async () => {
  for (const [kind, lang] of [['full', 'en'], ['full', 'zh'], ['clean', 'en'], ['hostile', 'en'], ['large', 'en']]) {
    const file = join(folder, `${kind}.${lang}.html`);
    writeFileSync(file, execFileSync(process.env.SAMPLE_REPORT, [kind, lang], {maxBuffer: 1 << 28}));
    pages[lang === 'en' ? kind : lang] = file;
  }
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});

after(async () => {
  await browser?.close();
  rmSync(folder, {recursive: true, force: true});
});

// Runs `steps` on a page and fails when the page complained or asked for anything but itself.
export const on = (kind, steps, options = {}) => async () => {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  context.setDefaultTimeout(120_000);  // on a busy machine
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(dialog.message());
    dialog.dismiss();
  });
  const address = pathToFileURL(pages[kind]).href;
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address && !request.url().startsWith('data:')) complaints.push(request.url());
  });
  try {
    await page.goto(address);
    await steps(page, address);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
};

export const shown = (page) => page.locator('.check').evaluateAll(
    (all) => all.filter((check) => !check.hidden).map((check) => check.dataset.id));
export const verdictsShown = (page) => page.locator('.check').evaluateAll(
    (all) => [...new Set(all.filter((check) => !check.hidden).map((check) => check.dataset.verdict))].sort());
export const chip = (page, verdict) => page.locator(`.chip[data-verdict="${verdict}"]`);
export const check = (page, id) => page.locator(`.check[data-id="${id}"]`);
export const focused = (page) => page.evaluate(() => document.activeElement.parentElement?.dataset.id ?? document.activeElement.id);
