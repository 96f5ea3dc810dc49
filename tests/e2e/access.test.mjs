// Test plan: keys, limits, metrics and the change feed against the running
// service: a key made on the command line counts at once and no more when it is
// revoked; the limit of an address answers 429 with Retry-After; /metrics is
// for this machine; /v1/changes is read to its end page by page; systemd and
// nginx take the shipped files where those programs are there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { database, root, run, scratch, snapshot, startService } from './service.mjs';

const changes = (url, since, limit) => fetch(new URL(`/v1/changes?since=${since}&limit=${limit}`, url)).then((answer) => answer.json());

let service;
before(async () => { service = await startService(); });
after(() => service.stop());

test('a key counts within a second, and no more when it is revoked', async (t) => {
  const own = join(scratch(t), 'keys.db');
  copyFileSync(database, own);
  const server = await startService(['--db', own, '--snapshot', snapshot]);
  t.after(() => server.stop());
  const ask = (headers) => fetch(new URL('/v1/geocode?q=乍浦镇', server.url), { headers }).then((answer) => answer.status);
  assert.equal(await ask({}), 200);
  assert.equal(await ask({ authorization: 'Bearer dm-00000000-00000000000000000000000000000000' }), 401);
  const made = run(['key', 'add', '测试部门', '--per-day', '3', '--db', own]);
  assert.equal(made.code, 0);
  const key = made.out.trim();
  assert.match(key, /^dm-[0-9A-Z]{8}-[0-9A-Z]{32}$/);
  await sleep(1100);
  assert.equal(await ask({ authorization: `Bearer ${key}` }), 200);
  assert.equal(await ask({ 'x-api-key': key }), 200);
  assert.equal(await ask({ 'x-api-key': key }), 200);
  const spent = await fetch(new URL('/v1/geocode?q=乍浦镇', server.url), { headers: { 'x-api-key': key } });
  assert.equal(spent.status, 429);
  assert.ok(Number(spent.headers.get('retry-after')) > 0);
  const second = run(['key', 'rotate', key.slice(3, 11), '--db', own]).out.trim();
  await sleep(1100);
  const refused = await fetch(new URL('/v1/geocode?q=乍浦镇', server.url), { headers: { 'x-api-key': key } });
  assert.equal(refused.status, 401);
  assert.match(refused.headers.get('www-authenticate'), /^Bearer/);
  assert.equal((await refused.json()).type, 'urn:diming:problem:key-needed');
  assert.equal(await ask({ 'x-api-key': second }), 200);
  assert.match(run(['key', 'list', '--db', own]).out, /测试部门/);
  assert.equal(run(['key', 'add', 'x', '--roles', 'king', '--db', own]).code, 2);
});

test('one address may not ask without end', async (t) => {
  const server = await startService(['--rate', '5']);
  t.after(() => server.stop());
  const statuses = await Promise.all(Array.from({ length: 60 }, () => fetch(new URL('/healthz', server.url)).then((answer) => answer.status)));
  assert.ok(statuses.includes(200));
  assert.ok(statuses.includes(429));
});

test('metrics count answers, by route and class', async () => {
  await fetch(new URL('/v1/geocode?q=乍浦镇', service.url));
  await fetch(new URL('/nowhere', service.url));
  // A request is counted after its last byte, which its asker may have already.
  const counted = /^diming_http_requests_total\{route="none",code="4xx"\} [1-9]/m;
  let text = '';
  for (let tries = 0; tries < 100 && !counted.test(text); tries += 1) text = await (await fetch(new URL('/metrics', service.url))).text();
  assert.match(text, counted);
  assert.match(text, /^diming_http_requests_total\{route="geocode",code="2xx"\} [1-9]/m);
  assert.match(text, /^diming_http_request_duration_seconds_bucket\{route="geocode",le="\+Inf"\} [1-9]/m);
  assert.match(text, /^diming_snapshot_places [1-9]/m);
  for (const line of text.trim().split('\n')) assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? -?[0-9.e+]+)$/);
});

test('readyz and healthz are well', async () => {
  assert.equal((await fetch(new URL('/readyz', service.url))).status, 200);
  assert.equal((await fetch(new URL('/healthz', service.url))).status, 200);
});

test('the change feed is read to its end, each entry once, nothing of surveys', async () => {
  let since = 0;
  let last = 0;
  const tables = new Set();
  for (let page = 0; page < 200; page += 1) {
    const feed = await changes(service.url, since, 1000);
    for (const change of feed.changes) {
      assert.ok(change.seq > last);
      last = change.seq;
      tables.add(change.table);
      assert.equal(change.op === 'insert', change.before === null);
    }
    since = feed.last;
    if (!feed.has_more) break;
  }
  assert.ok(tables.has('place') && tables.has('name'));
  assert.deepEqual([...tables].filter((table) => table.startsWith('boundary_')), []);
  assert.equal((await changes(service.url, since, 10)).changes.length, 0);
  const atom = await (await fetch(new URL('/v1/changes.atom?limit=2', service.url))).text();
  assert.match(atom, /<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/);
  assert.equal(atom.match(/<entry>/g).length, 2);
});

test('systemd finds nothing wrong with the unit', (t) => {
  const unit = join(root, 'docs', 'operations', 'diming.service');
  const answer = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
  if (answer.error) return t.skip('no systemd-analyze here');
  const wrong = answer.stderr.split('\n').filter((line) => line.includes('diming.service') && !line.includes('is not executable'));
  assert.deepEqual(wrong, []);
});
