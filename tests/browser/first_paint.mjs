// Milliseconds until a page is first painted in Chromium, the median of nine: first_paint.mjs REPORT…
// Measures, asserts nothing. CHROMIUM names the browser.
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

const times = 9;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
for (const file of process.argv.slice(2)) {
  const measured = [];
  for (let i = 0; i < times; ++i) {
    const context = await browser.newContext({viewport: {width: 1280, height: 900}});
    const page = await context.newPage();
    await page.goto(pathToFileURL(resolve(file)).href, {waitUntil: 'load'});
    measured.push(await page.evaluate(() => new Promise((done) => {
      new PerformanceObserver((list) => {
        const paint = list.getEntriesByName('first-contentful-paint')[0];
        if (paint) done(paint.startTime);
      }).observe({type: 'paint', buffered: true});
    })));
    await context.close();
  }
  measured.sort((a, b) => a - b);
  console.log(`${Math.round(measured[(times - 1) / 2])} ms  ${file}`);
}
await browser.close();
