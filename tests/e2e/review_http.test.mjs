// Test plan: the review queue over HTTP, with the real binary and real keys:
// - roles: the public 401, a reader 403, a clerk and an admin 200, every route
// - the list: filters, pages by their links, the shapes of problems
// - one item: both records side by side, a map that is a picture, the trail
// - decisions: 428 without a version, 412 with an old one and the state by now,
//   409 twice, 400 and 422 with a reason; each changes nothing
// - a request that is sent twice is carried out once
// - two clerks on one item, and ten at once: one wins, the others get 412
// - many by rule: the dry run's ETag is the If-Match; a changed set is 412
// - the sheet goes out and comes back
// - the answers follow: a merge here, an undo by `diming review` in another
//   process; the tables are as they were
// - the server killed in the middle of decisions: whole or not there
// - without a database a key is unknown: 401, and no crash
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { dump, makeDesk, SPOILED, sql } from './desk.mjs';
import { root, run, scratch, startService } from './service.mjs';

let base;
const keys = {};
before(() => {
  base = makeDesk();
  const { db } = base;
  for (const role of ['reader', 'clerk', 'admin', 'surveyor'])
    keys[role] = run(['key', 'add', `${role}处`, '--roles', role, '--db', db]).out.trim();
  keys.second = run(['key', 'add', '第二处', '--roles', 'clerk', '--db', db]).out.trim();
  assert.equal(run(['build', '--db', db]).code, 0);
});
after(() => rmSync(base.folder, { recursive: true, force: true }));

// A server on a copy of its own.
async function fresh(t) {
  const folder = scratch(t);
  const db = join(folder, 'test.db');
  const snapshot = join(folder, 'test.snap');
  copyFileSync(base.db, db);
  copyFileSync(join(base.folder, 'test.snap'), snapshot);
  const service = await startService(['--db', db, '--snapshot', snapshot]);
  t.after(() => service.child.exitCode === null && service.child.signalCode === null && service.stop());
  const ask = async (path, { role = 'clerk', method, body, etag, again, type = 'application/json' } = {}) => {
    const headers = {};
    if (role) headers.authorization = `Bearer ${keys[role]}`;
    if (etag) headers['if-match'] = etag;
    if (again) headers['idempotency-key'] = again;
    if (body !== undefined) headers['content-type'] = type;
    const answer = await fetch(new URL(path, service.url), { method: method ?? (body === undefined ? 'GET' : 'POST'), headers,
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, etag: answer.headers.get('etag'), text,
      json: answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null };
  };
  const find = async (name, rule) => (await ask(`/v1/review?status=all&rule=${rule}&limit=500`)).json.items
    .find((item) => item.about?.name === name || item.other?.name === name);
  const decide = (id, body, options = {}) => ask(`/v1/review/${id}`, { body, ...options });
  const states = () => sql(db, 'SELECT id, state, version FROM review ORDER BY id');
  return { service, db, folder, ask, find, decide, states };
}

// The answer is that of tests/golden; DIMING_UPDATE=1 writes it anew.
function golden(name, service, text) {
  const file = join(root, 'tests', 'golden', `${name}.json`);
  const got = JSON.parse(text.replaceAll(service.url, 'http://example.org'));
  if (process.env.DIMING_UPDATE) writeFileSync(file, `${JSON.stringify(got, null, 2)}\n`);
  assert.deepEqual(got, JSON.parse(readFileSync(file, 'utf8')));
}

// Waits until the running server answers so.
async function until(service, path, wanted) {
  for (let i = 0; i < 100; i += 1) {
    const text = await (await fetch(new URL(path, service.url))).text();
    if (wanted(text)) return text;
    await sleep(100);
  }
  throw new Error(`${path} did not follow`);
}

test('only clerks and admins come in', async (t) => {
  const { ask } = await fresh(t);
  const walks = [['/v1/review'], ['/v1/review/summary'], ['/v1/review/1'], ['/v1/review/decisions'],
    ['/v1/review/1', { action: 'accept' }], ['/v1/review/bulk', { action: 'accept', rule: 'R10' }], ['/v1/review/decisions', 'id,version,action,who,why\n']];
  for (const [path, body] of walks)
    for (const [role, refused] of [[null, 401], ['reader', 403], ['surveyor', 403], ['clerk', 0], ['admin', 0]]) {
      const answer = await ask(path, { role, body });
      assert.equal(refused ? answer.status : [401, 403].includes(answer.status), refused || false, `${path} as ${role}: ${answer.status}`);
      if (refused) assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    }
  assert.equal((await ask('/review', { role: null })).status, 200);
  const description = (await ask('/openapi.json', { role: 'admin' })).text;
  assert.ok(!description.includes('东方红路'), 'the description asks nothing of the queue');
});

test('the list is filtered and paged', async (t) => {
  const { ask } = await fresh(t);
  const seen = [];
  let path = '/v1/review?limit=3&status=open';
  while (path) {
    const page = (await ask(path)).json;
    assert.ok(page.items.length <= 3);
    seen.push(...page.items.map((item) => item.id));
    path = page.links.find((link) => link.rel === 'next')?.href;
  }
  const all = (await ask('/v1/review?limit=500&status=open')).json;
  assert.deepEqual(seen, all.items.map((item) => item.id));
  assert.equal(all.total, seen.length);
  const ranks = all.items.map((item) => item.severity === 'error' ? 3.5 : item.kind === 'merge' ? 2 + item.score : item.severity === 'warning' ? 1 : 0);
  assert.deepEqual(ranks, [...ranks].sort((a, b) => b - a));
  const counted = async (query) => (await ask(`/v1/review?${query}`)).json.total;
  assert.equal(await counted('kind=merge'), 2);
  assert.equal(await counted('kind=merge&band=duplicate') + await counted('kind=merge&band=review'), 2);
  assert.equal(await counted('kind=finding&band=duplicate'), 0);
  assert.equal(await counted('rule=R10'), SPOILED.length);
  assert.equal(await counted('rule=R10&in=330482101'), SPOILED.length);
  assert.equal(await counted('rule=R10&in=330482102'), 0);
  assert.equal(await counted('rule=R10&severity=error'), 0);
  const twin = all.items.find((item) => item.kind === 'merge');
  for (const { id } of [twin.about, twin.other]) assert.ok((await ask(`/v1/review?about=${id}`)).json.items.some((item) => item.id === twin.id));
  assert.equal(await counted('rule=R10&status=waived'), 0);
  for (const query of ['status=lost', 'severity=grave', 'kind=x', 'band=x', 'in=平湖', 'limit=0', 'after=x', 'about=x', 'colour=red']) {
    const refused = await ask(`/v1/review?${query}`);
    assert.equal(refused.status, 400, query);
    assert.equal(refused.json.parameter, query.split('=')[0]);
  }
  const summary = (await ask('/v1/review/summary')).json;
  assert.equal(summary.rules.find((rule) => rule.rule === 'R10').open, SPOILED.length);
  assert.equal(summary.status.open, all.total);
  assert.equal((await ask('/v1/review/999999')).status, 404);
  assert.equal((await ask('/v1/review/x')).status, 404);
});

test('one item: side by side, a map, the trail', async (t) => {
  const { service, ask, find, decide } = await fresh(t);
  const { id } = await find('甲测路', 'dedupe');
  const item = await ask(`/v1/review/${id}`);
  golden('review_item', service, item.text);
  golden('review_list', service, (await ask('/v1/review?rule=R10&limit=2')).text);
  golden('review_stale', service, (await decide(id, { action: 'accept' }, { etag: '"1.9"' })).text);
  assert.equal(item.etag, `"${id}.1"`);
  assert.equal(item.json.records.length, 2);
  const differs = item.json.fields.filter((field) => field.differs).map((field) => field.name);
  assert.deepEqual(differs, ['id', 'category', 'position']);
  assert.deepEqual(item.json.actions, ['accept', 'reject', 'waive']);
  assert.match(item.json.records[0].geo, /^geo:30\.6/);
  const map = await fetch(item.json.map);
  assert.equal(map.status, 200);
  assert.equal(map.headers.get('content-type'), 'image/png');
  assert.equal((await decide(id, { action: 'reject', why: '平行的两条路' }, { etag: item.etag })).status, 200);
  const trail = (await ask(`/v1/review/${id}`)).json;
  assert.deepEqual(trail.history.map((e) => [e.action, e.who, e.key, e.why]), [['reject', 'clerk处', keys.clerk.slice(3, 11), '平行的两条路']]);
  assert.deepEqual(trail.actions, ['undo']);
  assert.equal(trail.decided.who, 'clerk处');
});

test('a refused decision changes nothing and says why', async (t) => {
  const { db, find, decide, states } = await fresh(t);
  const { id, etag } = await find('新华路', 'R10');
  const merge = await find('甲测路', 'dedupe');
  const before = dump(db) + states();
  const rows = [
    [id, { action: 'accept' }, null, 428, /If-Match/], [id, { action: 'accept' }, '*', 428, /If-Match/],
    [id, { action: 'accept' }, `W/${etag}`, 412, /by now/], [id, { action: 'accept' }, '"7.7"', 412, /by now/],
    [id, { action: 'waive' }, etag, 400, /needs a reason/], [id, { action: 'reject' }, etag, 400, /needs a reason/],
    [id, { action: 'edit' }, etag, 400, /needs a field/], [id, { action: 'edit', field: 'colour', value: 'x' }, etag, 400, /no field 'colour'/],
    [id, { action: 'edit', field: 'roman', value: 'Xinhuá Lù' }, etag, 422, /unless you insist/],
    [id, { action: 'edit', field: 'name', value: '新华9路' }, etag, 422, /would break rule|still found/],
    [id, { action: 'undo' }, etag, 409, /nothing to undo/], [id, { action: 'dance' }, etag, 400, /must be one of/],
    [id, { action: 'accept', reason: 'x' }, etag, 400, /unknown member 'reason'/], [id, { action: 7 }, etag, 400, /action/],
    [merge.id, { action: 'edit', field: 'name', value: 'x' }, merge.etag, 400, /not edited/], [id, '[]', etag, 400, /JSON object/], [id, '{', etag, 400, /./],
    [999999, { action: 'accept' }, '"1.1"', 404, /no review/],
  ];
  for (const [number, body, match, status, why] of rows) {
    const refused = await decide(number, body, { etag: match });
    assert.equal(refused.status, status, JSON.stringify(body) + refused.text);
    assert.match(refused.json.detail, why, JSON.stringify(body));
    assert.ok(refused.json.detail_zh && refused.json.type.startsWith('urn:diming:problem:'));
    if ([409, 412, 428].includes(status)) assert.equal(refused.json.current.id, number);
  }
  assert.equal(dump(db) + states(), before);
});

test('a request that is sent twice is carried out once', async (t) => {
  const { db, find, decide } = await fresh(t);
  const { id, etag } = await find('新华路', 'R10');
  const first = await decide(id, { action: 'accept' }, { etag, again: 'one' });
  assert.equal(first.status, 200);
  const second = await decide(id, { action: 'accept' }, { etag, again: 'one' });
  assert.deepEqual([second.status, second.etag, second.json], [200, first.etag, first.json]);
  assert.equal(sql(db, `SELECT count(*) FROM review_event WHERE review = ${id}`), '1');
  assert.equal((await decide(id, { action: 'undo' }, { etag: first.etag, again: 'one' })).status, 422);
  assert.equal((await decide(id, { action: 'undo' }, { etag: first.etag, again: 'one', role: 'second' })).status, 200, 'keys are of one client');
  assert.equal((await decide(id, { action: 'accept' }, { etag, again: 'x'.repeat(201) })).status, 400);
});

test('two clerks on one item: one wins, the other sees what it is now', async (t) => {
  const { db, find, decide } = await fresh(t);
  const { id, etag } = await find('甲测路', 'dedupe');
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) =>
    decide(id, i % 2 ? { action: 'accept' } : { action: 'reject', why: '两条路' }, { etag, role: i % 2 ? 'clerk' : 'second' })));
  const won = answers.filter((answer) => answer.status === 200);
  const lost = answers.filter((answer) => answer.status === 412);
  assert.deepEqual([won.length, lost.length], [1, 9]);
  for (const answer of lost) {
    assert.equal(answer.json.current.status, won[0].json.status);
    assert.equal(answer.json.current.decided.who, won[0].json.decided.who);
  }
  assert.equal(sql(db, `SELECT count(*) FROM review_event WHERE review = ${id}`), '1');
});

test('many by rule: the dry run tells, its tag is the lock', async (t) => {
  const { db, ask, find, decide, states } = await fresh(t);
  const before = dump(db);
  const open = states();
  const bulk = (body, options) => ask('/v1/review/bulk', { body, ...options });
  const dry = await bulk({ action: 'accept', rule: 'R10', dry_run: true });
  assert.equal(dry.status, 200, dry.text);
  assert.deepEqual([dry.json.count, dry.json.items.map((item) => item.about.name).sort()], [SPOILED.length, [...SPOILED].sort()]);
  assert.equal(dump(db) + states(), before + open);
  assert.equal((await bulk({ action: 'accept', rule: 'R10' })).status, 428);
  assert.equal((await bulk({ action: 'accept' })).json.parameter, 'rule');
  assert.equal((await bulk({ action: 'waive', rule: 'R10', dry_run: true })).status, 400);
  const one = await find('新华路', 'R10');
  const waived = await decide(one.id, { action: 'waive', why: '路牌如此' }, { etag: one.etag });
  const late = await bulk({ action: 'accept', rule: 'R10' }, { etag: dry.etag });
  assert.equal(late.status, 412);
  assert.equal(dump(db), before);
  assert.equal((await decide(one.id, { action: 'undo' }, { etag: waived.etag })).status, 200);
  const again = await bulk({ action: 'accept', rule: 'R10', why: '统一', dry_run: true });
  const done = await bulk({ action: 'accept', rule: 'R10', why: '统一' }, { etag: again.etag, again: 'bulk' });
  assert.equal(done.status, 200, done.text);
  assert.equal(done.json.count, SPOILED.length);
  assert.deepEqual((await bulk({ action: 'accept', rule: 'R10', why: '统一' }, { etag: again.etag, again: 'bulk' })).json, done.json);
  assert.equal((await ask(`/v1/review?batch=${done.json.batch}`)).json.total, SPOILED.length);
  const back = await bulk({ action: 'undo', batch: done.json.batch, dry_run: true });
  assert.equal(back.json.count, SPOILED.length);
  assert.equal((await bulk({ action: 'undo', batch: done.json.batch }, { etag: back.etag })).status, 200);
  assert.equal(dump(db), before);
});

test('the sheet goes out and comes back', async (t) => {
  const { db, ask } = await fresh(t);
  const sheet = await ask('/v1/review/decisions?rule=R10');
  assert.equal(sheet.headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.match(sheet.headers.get('content-disposition'), /decisions\.csv/);
  const lines = sheet.text.trim().split('\n');
  assert.equal(lines.length, 1 + SPOILED.length);
  const filled = [lines[0], lines[1].replace(/open,,,,,$/, 'open,accept,,,王芳,同意'), lines[2].replace(/open,,,,,$/, 'open,waive,,,王芳,'), ...lines.slice(3)].join('\n');
  const back = (await ask('/v1/review/decisions', { body: `${filled}\n`, type: 'text/csv' })).json;
  assert.deepEqual([back.done, back.empty, back.refused], [1, SPOILED.length - 2, 1]);
  assert.deepEqual([back.rows[0].line, /needs a reason/.test(back.rows[0].why)], [3, true]);
  assert.equal(sql(db, 'SELECT who FROM review_event WHERE action = \'accept\''), '王芳（clerk处）');
  const twice = (await ask('/v1/review/decisions', { body: `${filled}\n`, type: 'text/csv' })).json;
  assert.deepEqual([twice.done, twice.refused], [0, 2]);
  assert.equal((await ask('/v1/review/decisions', { body: 'a,b\n1,2\n', type: 'text/csv' })).status, 400);
});

test('the answers follow, there and back, and from another process', async (t) => {
  const { service, db, find, decide } = await fresh(t);
  const before = dump(db);
  const path = '/v1/search?q=甲测路';
  const first = await (await fetch(new URL(path, service.url))).text();
  assert.equal(JSON.parse(first).features.length, 2);
  const { id, etag } = await find('甲测路', 'dedupe');
  assert.equal((await decide(id, { action: 'accept' }, { etag })).status, 200);
  await until(service, path, (text) => JSON.parse(text).features.length === 1);
  assert.equal(run(['review', 'undo', String(id), '--who', '李明', '--db', db]).code, 0);
  assert.equal(await until(service, path, (text) => JSON.parse(text).features.length === 2), first);
  assert.equal(dump(db), before);
  const fix = await find('新华路', 'R10');
  assert.equal(run(['review', 'accept', String(fix.id), '--who', '李明', '--db', db]).code, 0);
  await until(service, '/v1/search?q=新华路', (text) => text.includes('Xīnhuá Lù'));
});

test('killed in the middle of decisions: whole or not there', async (t) => {
  const { service, db, ask, find, decide } = await fresh(t);
  const items = await Promise.all(SPOILED.map((name) => find(name, 'R10')));
  const sent = items.map(({ id, etag }) => decide(id, { action: 'accept' }, { etag }).then((answer) => [id, answer.status], () => [id, 0]));
  await sleep(350);
  service.child.kill('SIGKILL');
  const answers = await Promise.all(sent);
  for (const [id, status] of answers) {
    const row = sql(db, `SELECT r.state || r.version || (SELECT count(*) FROM review_event e WHERE e.review = r.id)
      || (SELECT n.roman = r.fix FROM name n WHERE n.place = r.about AND ordinal = 0) || (r.decision IS NOT NULL) FROM review r WHERE id = ${id}`);
    assert.ok(row === 'fixed2111' || (row === 'open1000' && status !== 200), `${id} ${status} ${row}`);
  }
  assert.equal(sql(db, 'PRAGMA integrity_check'), 'ok');
  assert.equal(sql(db, "SELECT count(*) FROM merge_decision WHERE kind = 'edit'"), sql(db, "SELECT count(*) FROM review WHERE state = 'fixed'"));
  await assert.rejects(ask('/v1/review'));
});

test('no database: no key, and no crash', async (t) => {
  const folder = scratch(t);
  const service = await startService(['--db', join(folder, 'none.db'), '--snapshot', join(base.folder, 'test.snap')]);
  t.after(() => service.stop());
  const answer = await fetch(new URL('/v1/review', service.url), { headers: { authorization: `Bearer ${keys.clerk}` } });
  assert.equal(answer.status, 401);
});
