// The page's scripts without a browser: what model.js, view.js and map.js define.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import vm from 'node:vm';

const folder = fileURLToPath(new URL('../../reports/html/', import.meta.url));
const read = (file) => readFileSync(folder + file, 'utf8');

export const words = JSON.parse(read('words.json'));

const names = ['anchor', 'parseId', 'contractName', 'grouped', 'duration', 'clockTime', 'compare', 'bounded', 'bodyParts',
  'rowLabel', 'makeModel', 'mapGroups', 'makeSearch', 'headView', 'toolsView', 'mainView', 'detailView', 'checkView',
  'breakable', 'h', 'causeView', 'mapView', 'footerView', 'leftoversView'];
export const page = new vm.Script(
    `${['model.js', 'view.js', 'map.js'].map(read).join('\n')}\n({${names.join(', ')}})`).runInNewContext();

// Everything a tree says, in order.
export const textOf = (tree) => (tree === null || tree === false ? ''
  : typeof tree !== 'object' ? String(tree)
    : Array.isArray(tree) ? tree.map(textOf).join('') : textOf(tree.children));

// Every node of a tree for which `wanted` holds.
export const nodes = (tree, wanted) => {
  if (tree === null || typeof tree !== 'object') return [];
  if (Array.isArray(tree)) return tree.flatMap((child) => nodes(child, wanted));
  return [...(wanted(tree) ? [tree] : []), ...nodes(tree.children, wanted)];
};
export const classed = (tree, name) => nodes(tree, ({props}) => String(props.class ?? '').split(' ').includes(name));
export const named = (tree, name) => nodes(tree, (node) => node.name === name);

// A run's data as the program writes it, of checks given shortly.
export const run = (checks, {rows = [], more = {}, pairs = [], causes = null} = {}) => {
  const totals = Object.fromEntries(['conformant', 'deviating', 'finding', 'known', 'skipped', 'inconclusive'].map(
      (verdict) => [verdict, checks.filter((check) => (check.verdict ?? 'conformant') === verdict).length]));
  const all = checks.map((check) => ({title: '', rows: [], verdict: 'conformant', standing: 'documented', cases: 1,
    requests: 1, seconds: 0.01, expected: '', observed: '', message: '', ...check}));
  const alone = (verdict) => all.flatMap((check, i) => (check.verdict === verdict ? [{text: check.message, checks: [i]}] : []));
  return {
    run: {program_version: '1', endpoint: 'http://127.0.0.1:1', embedded: false, profile: '', region: '', contract: 'C',
      seed: '7', shard: '', started: '2026-01-02T03:04:05Z', seconds: 1, complete: true, strict: false, requests: 1,
      created: 0, throttled: 0, trouble: '', notices: [], leftover: [], stale: [], totals, ...more},
    ending: totals.deviating > 0 ? 'deviating' : 'conformant', word: 'WORD', sentence: 'A sentence', rows, checks: all, pairs,
    causes: causes ?? Object.fromEntries(['deviating', 'inconclusive', 'finding', 'known'].map((v) => [v, alone(v)])),
  };
};
export const model = (data, lang = 'en') => page.makeModel(data, words, lang);
