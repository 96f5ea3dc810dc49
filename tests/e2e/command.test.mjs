// Test plan: the command line as a department's script uses it: exit codes,
// parse line for line without a snapshot, batch through a pipe, a missing or
// damaged snapshot refused with what to do.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { database, run, scratch, snapshot } from './service.mjs';

const FILES = ['--db', database, '--snapshot', snapshot];

test('parse lists every rewrite', (t) => {
  const { code, out } = run(['parse', '平湖市新倉鎮朝陽路一百五十八号之二 电联'], { cwd: scratch(t) });
  assert.equal(code, 0);
  const answer = JSON.parse(out);
  assert.equal(answer.standardised, '平湖市新仓镇朝阳路158号-2');
  assert.deepEqual(answer.rewrites.map((one) => one.kind), ['traditional', 'traditional', 'annex', 'blank', 'noise']);
  assert.deepEqual(answer.rewrites[2], { kind: 'annex', from: '一百五十八号之二', to: '158号-2', offset: 9 });
});

test('parse needs no snapshot and gives a line for each line', (t) => {
  const lines = ['浙江省嘉兴市平湖市新仓镇朝阳路158号', '', '𠀀平湖市'];
  const { code, out } = run(['parse', '--format', 'elements'], { cwd: scratch(t), input: `${lines.join('\n')}\n` });
  assert.equal(code, 0);
  const answers = out.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(answers.map((answer) => answer.text), lines);
  assert.deepEqual(answers[1].elements, []);
  for (const { text, elements } of answers) {
    const points = [...text];
    for (const { start, end, text: part } of elements) assert.equal(points.slice(start, end).join(''), part);
  }
});

test('exit codes tell an answer, no answer, wrong usage and bad input apart', () => {
  assert.equal(run(['geocode', '乍浦镇', ...FILES]).code, 0);
  assert.equal(run(['geocode', '完全不存在的地方xyz', ...FILES]).code, 1);
  assert.equal(run(['geocode', ...FILES]).code, 2);
  assert.equal(run(['geocode', '乍浦镇', '--at', '2017-02-30', ...FILES]).code !== 0, true);
  assert.equal(run(['geocode', '乍浦镇', '--snapshot', '/nonexistent.snap']).code, 4);
});

test('batch through a pipe keeps rows and columns', () => {
  const input = 'id,地址\n1,黄姑镇\n2,\n3,平湖市新仓镇朝阳路158号\n';
  const { code, out } = run(['batch', '-', '--format', 'csv', ...FILES], { input });
  assert.equal(code, 0);
  const lines = out.trim().split(/\r?\n/);
  assert.equal(lines.length, 4);
  assert.match(lines[1], /^1,黄姑镇,.*独山港镇/);
  assert.match(lines[3], /朝阳路158号/);
});

test('a damaged snapshot is refused with the reason', (t) => {
  const copy = join(scratch(t), 'damaged.snap');
  copyFileSync(snapshot, copy);
  const bytes = readFileSync(copy);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(copy, bytes);
  const { code, err } = run(['geocode', '乍浦镇', '--snapshot', copy]);
  assert.notEqual(code, 0);
  assert.match(err, /damaged|checksum/);
  assert.match(err, /diming build/);
});
