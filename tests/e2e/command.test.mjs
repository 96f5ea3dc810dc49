// Test plan: the command line as a department's script uses it: exit codes,
// parse line for line without a snapshot, batch through a pipe, from file to
// file in other formats and after kill -9, a missing or damaged snapshot refused with what to do.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { database, diming, run, scratch, snapshot } from './service.mjs';

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

test('batch from file to file: GB18030 in, a spreadsheet out, rejects apart', (t) => {
  const folder = scratch(t);
  const [table, sheet, back, rejects] = ['in.csv', 'out.xlsx', 'back.csv', 'rejects.csv'].map((name) => join(folder, name));
  // 编号,地址 / 007,乍浦镇 / 8, as Excel saves them on a Chinese computer
  writeFileSync(table, Buffer.from('b1e0bac52cb5d8d6b70a3030372cd5a7c6d6d5f20a382c0a', 'hex'));
  const { code, err } = run(['batch', table, '-o', sheet, '--rejects', rejects, '--id', '编号', ...FILES]);
  assert.equal(code, 0);
  assert.match(err, /2 rows: 1 matched, 0 to review, 0 not found, 1 invalid/);
  assert.match(err, /gb18030/);
  assert.match(readFileSync(rejects, 'utf8'), /^\uFEFFline,id,reason_zh,raw\r\n3,8,/);
  assert.equal(run(['batch', sheet, '-o', back, ...FILES]).code, 0);
  assert.match(readFileSync(back, 'utf8'), /007,乍浦镇,matched,town,/);
});

test('batch killed in the middle goes on with --resume and loses no row', async (t) => {
  const folder = scratch(t);
  const [table, whole, half] = ['in.csv', 'whole.csv', 'half.csv'].map((name) => join(folder, name));
  const names = ['乍浦镇', '山塘村', '平湖市新仓镇朝阳路158号', '独山港镇黄菇村'];
  const rows = Array.from({ length: 150000 }, (_, i) => `${i},${names[i % names.length]}`);
  writeFileSync(table, `编号,地址\n${rows.join('\n')}\n`);
  assert.equal(run(['batch', table, '-o', whole, ...FILES]).code, 0);
  const args = ['batch', table, '-o', half, '--threads', '1', ...FILES];
  const child = spawn(diming, args, { stdio: 'ignore' });
  while (!existsSync(`${half}.progress`) && child.exitCode === null) await sleep(20);
  child.kill('SIGKILL');
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  assert.equal(existsSync(half), false);
  assert.equal(run([...args, '--resume']).code, 0);
  assert.equal(readFileSync(half).equals(readFileSync(whole)), true);
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

test('match --pairs judges the lines of one address against each other', (t) => {
  const cwd = scratch(t);
  const asked = '平湖市乍浦镇天妃路1号';
  const candidates = ['乍浦镇天妃路', '乍浦镇天妃路1号', '平湖市乍浦镇', ' , ', '平湖市乍浦镇天妃路2号'];
  const list = candidates.map((b) => `${asked}\t${b}`);
  const judge = (lines, ...more) => {
    const { out, err } = run(['match', '--pairs', '-', '--format', 'json', ...more], { cwd, input: lines.join('\n') });
    return { answers: out.trimEnd().split('\n').map((line) => JSON.parse(line)), err };
  };
  const { answers, err } = judge(list);
  assert.deepEqual(answers.map((j) => j && j.b), candidates.map((b) => (b === ' , ' ? null : b)));
  assert.match(err, /standard input:4: an address without words/);
  const back = judge([...list].reverse()).answers.reverse();
  assert.deepEqual(back, answers);
  const alone = judge(list, '--alone').answers;
  const one = (b) => JSON.parse(run(['match', asked, b, '--format', 'json'], { cwd }).out);
  assert.deepEqual(alone[0], one(candidates[0]));
  assert.notDeepEqual(alone, answers);
  // another address, or a line that cannot be read, ends the list
  const cut = judge([list[0], '天妃路\t天妃路', list[1], 'x', list[2]]).answers;
  assert.deepEqual(cut[0], alone[0]);
  assert.deepEqual(cut[2], alone[1]);
  assert.equal(cut[3], null);
  assert.deepEqual(cut[4], alone[2]);
  // a run longer than 64 is cut: line 65 stands alone
  const long = judge([...Array(64).fill(list[1]), list[0], 'x']).answers;
  assert.equal(long.length, 66);
  assert.deepEqual(long[64], alone[0]);
  assert.equal(run(['match', asked, asked, '--alone'], { cwd }).code, 2);
});

test('match tells two addresses apart, alone and line by line', (t) => {
  const cwd = scratch(t);
  const one = run(['match', '平湖市乍浦镇天妃路1号', '平湖市乍浦鎮天妃路１号', '--format', 'json'], { cwd });
  assert.equal(one.code, 0);
  const answer = JSON.parse(one.out);
  assert.equal(answer.label, 2);
  assert.ok(answer.evidence.some(({ element, state }) => element === 'road' && state === 'agrees'));
  const lines = ['平湖市乍浦镇天妃路1号\t平湖市乍浦镇天妃路1号\t2\tx', '没有制表符', '', '金山区朱泾镇五龙村\t平湖市钟埭街道钟埭社区', '乍浦镇\t'];
  const many = run(['match', '--pairs', '-'], { cwd, input: lines.join('\n') });
  assert.equal(many.code, 3);
  const labels = many.out.trimEnd().split('\n');
  assert.equal(labels.length, lines.length);
  assert.deepEqual([labels[0], labels[1], labels[2], labels[3]], ['2', '0', '0', '0']);
  assert.match(many.err, /standard input:2: no TAB/);
  assert.match(many.err, /standard input:5: the second address is empty/);
  assert.equal(run(['match', '乍浦镇'], { cwd }).code, 2);
  assert.equal(run(['match', '--pairs', 'nowhere.tsv'], { cwd }).code, 4);
  assert.equal(run(['match', '乍浦镇', ''], { cwd }).code, 3);
});
