// Test plan: `diming dedupe` on the shipped data as a clerk runs it: it proposes
// no wrong merge, says of each known pair of namesakes why it is two, and
// every format says the same; wrong use is refused.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { database, root, run } from './service.mjs';

const golden = JSON.parse(readFileSync(join(root, 'tests', 'golden', 'dedupe.json'), 'utf8'));
let answer;

before(() => {
  const { code, out, err } = run(['dedupe', '--format', 'json', '--least', 'different', '--db', database]);
  assert.equal(code, 0, err);
  answer = JSON.parse(out);
});

const pairOf = (...codes) => answer.pairs.find((p) => codes.includes(p.a.code) && codes.includes(p.b.code));

test('nothing of the shipped data is merged', () => {
  assert.equal(answer.summary.duplicate, 0);
  assert.equal(answer.summary.review, 0);
  assert.equal(answer.summary.skipped, 0);
  assert.ok(answer.pairs.length > 100);
  for (const p of answer.pairs) assert.ok(p.why && p.why_en, JSON.stringify(p));
});

test('the namesakes across the line are two, and why', () => {
  for (const { name, codes, why } of golden.different) {
    const pair = pairOf(...codes);
    assert.ok(pair, name);
    assert.equal(pair.band, 'different');
    assert.match(pair.why, new RegExp(why));
  }
});

test('村 and 社区 of one name are two', () => {
  for (const name of golden.village_and_community) {
    const pair = answer.pairs.find((p) => p.a.code?.startsWith('330482') && p.b.code?.startsWith('330482')
      && [p.a, p.b].every((x) => x.name.startsWith(name)) && p.a.name !== p.b.name);
    assert.ok(pair, name);
    assert.equal(pair.band, 'different');
    assert.match(pair.why, /一个是村，一个是社区/, name);
  }
});

test('formats and wrong use', () => {
  const csv = run(['dedupe', '--format', 'csv', '--least', 'different', '--db', database]);
  assert.equal(csv.out.trim().split('\n').length, answer.pairs.length + 1);
  assert.match(run(['dedupe', '--db', database]).out, /重复 0，待审 0/);
  assert.equal(run(['dedupe', '--format', 'pdf', '--db', database]).code, 2);
  assert.equal(run(['dedupe', '--least', 'x', '--db', database]).code, 2);
  assert.equal(run(['dedupe', 'x', '--db', database]).code, 2);
  assert.equal(run(['dedupe', '--db', '/nonexistent.db']).code, 4);
});
