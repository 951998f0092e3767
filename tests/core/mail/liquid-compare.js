// liquid-compare.js: holds the merge language against liquidjs, which gives what is expected.
//
//   node liquid-compare.js RENDERER CASES.json [--spoil]
//
// One line of TAP per case. --spoil changes one of our results, so that a test can see this one fail.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const { Liquid } = require('liquidjs');

const LEAST_CASES = 100;

const [renderer, file, spoil] = process.argv.slice(2);
const { now, data, cases } = JSON.parse(fs.readFileSync(file, 'utf8'));
const ours = JSON.parse(execFileSync(renderer, [file], { encoding: 'utf8' }));
const text = new Liquid({ strictFilters: true });
const html = new Liquid({ strictFilters: true, outputEscape: 'escape' });

Date.now = () => now;
if (spoil) ours[ours.length - 1] += '!';

function expected(one) {
  try {
    // a copy, because increment writes into the data that it is given
    return (one.output === 'html' ? html : text)
      .parseAndRenderSync(one.template, structuredClone(one.data ?? data));
  } catch (error) {
    return 'error: ' + error.message;
  }
}

console.log(`1..${cases.length + 1}`);
console.log(`${cases.length >= LEAST_CASES && ours.length === cases.length ? 'ok' : 'not ok'} 1 - all ${cases.length} cases are rendered`);
cases.forEach((one, i) => {
  const wanted = expected(one);
  const ok = wanted === ours[i] && !wanted.startsWith('error: ');
  console.log(`${ok ? 'ok' : 'not ok'} ${i + 2} - ${one.name}`);
  if (!ok) console.log(`# wanted ${JSON.stringify(wanted)}\n# got    ${JSON.stringify(ours[i])}`);
});
