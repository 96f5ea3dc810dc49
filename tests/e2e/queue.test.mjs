// Test plan: findings of checks in the review queue, on the command line:
// - queued once; found no more they are gone, found again they are open
// - a waiver stands while the evidence does, and is counted apart everywhere
// - accept mends by the suggestion, edit by another value; the rules refuse
//   what would be an error or mends nothing; undo restores every table
// - many by rule: the dry run tells and changes nothing, one transaction, an
//   undo by batch restores every table; a refused one refuses all
// - killed at any moment a decision, and a check, is whole or not there
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { dump, makeDesk, SPOILED, sql } from './desk.mjs';
import { diming, run, scratch } from './service.mjs';

let base;
before(() => { base = makeDesk(); });
after(() => rmSync(base.folder, { recursive: true, force: true }));

function fresh(t) {
  const folder = scratch(t);
  const db = join(folder, 'test.db');
  copyFileSync(base.db, db);
  const review = (...args) => run(['review', ...args, '--db', db]);
  const check = (...args) => run(['check', '--in', '330482', '--format', 'json', '--db', db, ...args]);
  const idOf = (name, rule) => sql(db, `SELECT id FROM review WHERE rule = '${rule}' AND about IN (SELECT place FROM name WHERE text = '${name}')`);
  const stateOf = (id) => sql(db, `SELECT state || version FROM review WHERE id = ${id}`);
  const roman = (name) => sql(db, `SELECT roman FROM name WHERE text = '${name}'`);
  return { folder, db, review, check, idOf, stateOf, roman };
}

test('queued once, gone when mended elsewhere, open when found again', (t) => {
  const { db, check, idOf, stateOf, roman } = fresh(t);
  const id = idOf('新华路', 'R10');
  assert.match(check('--queue').err, /queued: 0 new, \d+ known, 0 gone/);
  const spoiled = roman('新华路');
  sql(db, "UPDATE name SET roman = 'Xīnhuá Lù' WHERE text = '新华路'");
  assert.match(check('--queue').err, /queued: 0 new, \d+ known, 1 gone/);
  assert.equal(stateOf(id), 'gone2');
  sql(db, `UPDATE name SET roman = '${spoiled}' WHERE text = '新华路'`);
  assert.match(check('--queue').err, /queued: 0 new, \d+ known, 0 gone/);
  assert.equal(stateOf(id), 'open3');
  assert.equal(sql(db, `SELECT group_concat(action || who) FROM review_event WHERE review = ${id}`), 'gonecheck,reopencheck');
});

test('a check of one division or one source leaves the others alone', (t) => {
  const { db, idOf, stateOf } = fresh(t);
  sql(db, "UPDATE name SET roman = 'Xīnhuá Lù' WHERE text = '新华路'");
  for (const part of [['--in', '330482102'], ['--source', 'e2e']])
    assert.match(run(['check', '--queue', ...part, '--db', db]).err, /, 0 gone/);
  assert.equal(stateOf(idOf('新华路', 'R10')), 'open1');
});

test('a waiver stands while the evidence does, and is counted apart', (t) => {
  const { folder, db, review, check, idOf } = fresh(t);
  const id = idOf('新华路', 'R10');
  const before = JSON.parse(check().out);
  assert.match(review('waive', id, '--who', '王芳').err, /needs a reason/);
  assert.equal(review('waive', id, '--who', '王芳', '--why', '路牌如此').code, 0);
  const report = join(folder, 'report.html');
  const waived = JSON.parse(check('--queue', '--keep', '--report', report).out);
  assert.equal(waived.summary.waived, 1);
  assert.equal(waived.summary.error + waived.summary.warning + waived.summary.info,
    before.summary.error + before.summary.warning + before.summary.info - 1);
  assert.deepEqual(waived.waived.map((f) => [f.rule, f.waiver]), [['R10', { state: 'waived', who: '王芳', why: '路牌如此' }]]);
  assert.equal(waived.findings.some((f) => f.rule === 'R10' && f.name === '新华路'), false);
  assert.match(run(['check', '--in', '330482', '--db', db]).out, /另有 1 项经审核豁免/);
  assert.match(readFileSync(report, 'utf8'), /已豁免[\s\S]*路牌如此/);
  assert.equal(sql(db, 'SELECT waived FROM quality_run'), '1');
  sql(db, "UPDATE name SET roman = 'xínhuá Lù' WHERE text = '新华路'");
  const other = JSON.parse(check('--queue').out);
  assert.equal(other.summary.waived, undefined);
  assert.equal(review('undo', id, '--who', '王芳').code, 0);
});

test('accept mends by the suggestion, undo restores every table', (t) => {
  const { db, review, idOf, stateOf, roman } = fresh(t);
  const tables = dump(db);
  const id = idOf('新华路', 'R10');
  assert.match(review('show', id).out, /\* 罗马字母拼写 \(roman\)\n {2}甲 {2}xīnhuá Lù\n {2}改 {2}Xīnhuá Lù/);
  const seq = sql(db, 'SELECT max(seq) FROM journal');
  assert.equal(review('accept', id, '--who', '王芳').code, 0);
  assert.equal(stateOf(id), 'fixed2');
  assert.equal(roman('新华路'), 'Xīnhuá Lù');
  assert.equal(sql(db, `SELECT group_concat(tab || op) FROM journal WHERE seq > ${seq}`), 'merge_decisionI,nameU');
  assert.equal(sql(db, `SELECT field || value FROM review_event WHERE review = ${id}`), 'romanXīnhuá Lù');
  assert.equal(review('undo', id, '--who', '李', '--why', '再看').code, 0);
  assert.equal(dump(db), tables);
});

test('edit takes another value; the rules judge it first', (t) => {
  const { db, review, idOf, stateOf, roman } = fresh(t);
  const tables = dump(db);
  const id = idOf('新华路', 'R10');
  for (const [word, why] of [['roman=Xinhuá Lù', /unless you insist: it would break rule R9/], ['roman=xīnhuá Lù', /nothing would change/], ['name=新华9路', /would break rule|still found/],
    ['colour=red', /no field 'colour' to edit: name, roman/], ['category=1', /five digits/], ['position=1,2,x', /lon,lat/], ['valid_from=yesterday', /YYYY/],
    ['parent=999999', /no place with code/], ['name=', /needs a name/], ['code=x', /digits/], ['status=lost', /current, planned/]]) {
    const refused = review('edit', id, word, '--who', '王芳');
    assert.equal(refused.code, 3, word);
    assert.match(refused.err, why, word);
  }
  assert.equal(dump(db), tables);
  assert.equal(stateOf(id), 'open1');
  assert.match(review('edit', id, 'roman=Xinhuá Lù', '--who', '王芳', '--insist').err, /must say why/);
  assert.equal(review('edit', id, 'roman=Xinhuá Lù', '--who', '王芳', '--insist', '--why', '照批文').code, 0);
  assert.equal(review('undo', id, '--who', '王芳').code, 0);
  assert.equal(review('edit', id, 'name=新月路', '--who', '王芳', '--why', '批文').code, 0);
  assert.equal(roman('新月路'), 'Xīnyuè Lù');
  assert.equal(stateOf(id), 'fixed4');
  assert.equal(review('undo', id, '--who', '王芳').code, 0);
  assert.equal(dump(db), tables);
  for (const word of ['parent=330482102', 'position=121.1,30.7', 'position=121.1,30.7,25', 'address=镇南', 'valid_from=2001-05'])
    assert.match(review('edit', id, word, '--who', '王芳').err, /still found by rule R10/, word);
});

test('many by rule: a dry run, one transaction, one undo', (t) => {
  const { db, review, idOf, stateOf, roman } = fresh(t);
  const tables = dump(db);
  const all = ['accept', '--rule', 'R10', '--all', '--who', '王芳', '--why', '统一'];
  const dry = review(...all, '--dry-run');
  assert.equal(dry.code, 0, dry.err);
  assert.match(dry.out, /将办理 6 条/);
  for (const name of SPOILED) assert.match(dry.out, new RegExp(name));
  assert.equal(dump(db), tables);
  assert.equal(stateOf(idOf('新华路', 'R10')), 'open1');
  const done = review(...all);
  assert.match(done.out, /已办理 6 条，略过 0 条，批次 (\d+)/);
  assert.equal(roman('乙安路'), "Yǐ'ān Lù");
  assert.notEqual(dump(db), tables);
  const batch = done.out.match(/批次 (\d+)/)[1];
  assert.match(review('undo', '--batch', batch, '--all', '--who', '王芳').out, /已办理 6 条/);
  assert.equal(dump(db), tables);
  assert.match(review('accept', '--automatic', '--all', '--who', '王芳').out, /已办理 6 条/);
});

test('one that cannot be done refuses all', (t) => {
  const { db, review } = fresh(t);
  const tables = dump(db);
  const refused = review('edit', '--rule', 'R10', '--all', 'name=同名路', '--who', '王芳');
  assert.equal(refused.code, 3);
  assert.match(refused.err, /would break rule/);
  assert.equal(dump(db), tables);
  assert.equal(sql(db, "SELECT count(*) FROM review WHERE state NOT IN ('open', 'gone')"), '0');
});

// Runs a command on copies of the database and kills it ever later; each must
// look as it did before, or as after a run that was let be.
async function killAlong(folder, db, args, look) {
  const copy = (name) => { const file = join(folder, name); copyFileSync(db, file); return file; };
  const whole = copy('whole.db');
  const began = Date.now();
  run([...args, '--db', whole]);
  const took = Date.now() - began;
  const [before, after] = [look(db), look(whole)];
  assert.notEqual(before, after);
  let untouched = 0;
  for (let i = 0; i < 6; i += 1) {
    const file = copy(`k${i}.db`);
    const child = spawn(diming, [...args, '--db', file]);
    const ended = new Promise((resolve) => { child.on('exit', resolve); });
    await sleep(took * (0.3 + i * 0.12));
    child.kill('SIGKILL');
    await ended;
    const now = look(file);
    assert.ok(now === before || now === after, `killed after step ${i}: ${args.join(' ')}`);
    assert.equal(sql(file, 'PRAGMA integrity_check'), 'ok');
    untouched += now === before;
  }
  assert.ok(untouched > 0, 'none was killed in time');
}

test('decisions killed at any moment: whole or not there', async (t) => {
  const { folder, db } = fresh(t);
  await killAlong(folder, db, ['review', 'accept', '--rule', 'R10', '--all', '--who', '王芳'],
    (file) => `${dump(file)}${sql(file, 'SELECT id, state, version FROM review ORDER BY id')}${sql(file, 'SELECT count(*) FROM review_event')}`);
});

test('a check killed at any moment queues all or nothing', async (t) => {
  const { folder, db } = fresh(t);
  sql(db, "DELETE FROM review_event; DELETE FROM review WHERE rule IN ('R10', 'X03')");
  await killAlong(folder, db, ['check', '--queue', '--in', '330482'],
    (file) => sql(file, 'SELECT id, rule, state, version FROM review ORDER BY id'));
});

test('filters and wrong use', (t) => {
  const { db, review } = fresh(t);
  assert.equal(run(['check', 'name', '甲路', '--category', 'road', '--in', '330482101', '--queue', '--db', db]).code, 2);
  assert.match(review('list', '--rule', 'R10').out, /共 6 条/);
  assert.match(review('list', '--rule', 'R10', '--limit', '2').out, /共 6 条，列出 2 条/);
  assert.match(review('list', '--rule', 'R10', '--in', '330482102').out, /共 0 条/);
  assert.match(review('list', '--kind', 'finding', '--severity', 'warning', '--rule', 'R10').out, /共 6 条/);
  for (const args of [['accept', '--all', '--who', 'x'], ['accept', '1', '--dry-run', '--who', 'x'], ['edit', '1', 'name', '--who', 'x'],
    ['list', '--severity', 'grave'], ['list', '--kind', 'x'], ['list', '--band', 'x'], ['export', '--all', '--rule', 'R10']])
    assert.equal(review(...args).code, 2, args.join(' '));
});
