// Test plan: webhooks of the running service against receivers of our own.
// - the entries of the change feed, in order, signed (Standard Webhooks 1.0)
// - a receiver that fails and recovers misses nothing and gets nothing twice
//   out of order; one that never answers keeps nobody else waiting
// - given up after the last attempt: listed as dead, sent again by replay
// - kill -9 between the write and the delivery: delivered by the next server
// - redirects are not followed; URLs that may not be are refused with the reason
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { database, run, snapshot, startService } from './service.mjs';

const QUICK = ['--hook-backoff-ms', '50', '--hook-attempts', '4', '--hook-timeout-ms', '400', '--no-rebuild'];
const SOURCE = { key: 'e2e-hooks', edition: '1', title: '测试', origin: '测试', licence: 'facts restated' };
let folder, db, service, keys, town, made = 0;

const serve = () => startService(['--db', db, '--snapshot', join(folder, 'a.snap'), ...QUICK]);
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diming-e2e-'));
  db = join(folder, 'a.db');
  copyFileSync(database, db);
  copyFileSync(snapshot, join(folder, 'a.snap'));
  keys = Object.fromEntries(['editor', 'admin'].map((role) => [role, run(['key', 'add', role, '--roles', role, '--db', db]).out.trim()]));
  service = await serve();
  town = (await (await fetch(`${service.url}/v1/divisions/330482101`)).json()).id;
});
after(async () => { await service.stop(); rmSync(folder, { recursive: true, force: true }); });

// A receiver; `answer` says what each request gets: a status, or null for never.
function receiver(t, answer = () => 200) {
  const got = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      const one = { headers: request.headers, text: body, body: JSON.parse(body) };
      const status = answer(got.length, one);
      one.status = status;
      got.push(one);
      if (status !== null) response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:9/' } : {}).end('ok');
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    t.after(() => { server.closeAllConnections(); server.close(); });
    resolve({ got, url: `http://127.0.0.1:${server.address().port}/in`, taken: () => got.filter((one) => one.status === 200).flatMap((one) => one.body.changes) });
  }));
}

async function admin(method, path, body) {
  const answer = await fetch(service.url + path, { method, headers: { authorization: `Bearer ${keys.admin}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}
async function subscribe(t, url, roles = 'reader') {
  const { status, body } = await admin('POST', '/v1/webhooks', { name: '测试', url, roles });
  assert.equal(status, 201, JSON.stringify(body));
  t.after(() => admin('DELETE', `/v1/webhooks/${body.id}`));
  return body;
}
async function write() {
  const place = { category: '23510', parent: town, synthetic: true, names: [{ text: `${['东', '南', '西', '北', '中', '上', '下', '前', '后', '内'][made % 10]}${['钟', '鼓', '琴', '瑟', '笙', '箫'][Math.floor(made / 10)]}演示路`, kind: 'standard' }] };
  made++;
  const answer = await fetch(`${service.url}/v1/places`, { method: 'POST', headers: { authorization: `Bearer ${keys.editor}`, 'content-type': 'application/json' }, body: JSON.stringify({ why: '测试', source: SOURCE, place }) });
  const body = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(body));
  return body.change;
}
async function until(what, look, ms = 10000) {
  for (const began = Date.now(); !(await look());) {
    assert.ok(Date.now() - began < ms, `${what}: never`);
    await sleep(20);
  }
}
const seqs = (entries) => entries.map((entry) => entry.seq);
const between = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

test('the feed is brought in order, signed, and is that of /v1/changes', async (t) => {
  const inbox = await receiver(t);
  const { id, secret } = await subscribe(t, inbox.url);
  const first = await write();
  const second = await write();
  await until('both', () => seqs(inbox.taken()).includes(second.last));
  assert.deepEqual(seqs(inbox.taken()), between(first.first, second.last));
  const feed = await (await fetch(`${service.url}/v1/changes?since=${first.first - 1}&limit=1000`)).json();
  assert.deepEqual(inbox.taken(), feed.changes);
  for (const { headers, text, body } of inbox.got) {
    assert.equal(headers['content-type'], 'application/json');
    assert.ok(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000) < 60);
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const signature = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`).digest('base64');
    assert.equal(headers['webhook-signature'], `v1,${signature}`);
    assert.equal(body.webhook, id);
  }
  let shown;
  await until('noted', async () => {
    [shown] = (await admin('GET', '/v1/webhooks')).body.webhooks.filter((hook) => hook.id === id);
    return shown.since === second.last;
  });
  assert.ok(!JSON.stringify(shown).includes(secret), 'the secret is shown once');
});

test('a receiver that fails and recovers misses nothing', async (t) => {
  const inbox = await receiver(t, (count) => (count < 3 ? [500, 404, 302][count] : 200));
  await subscribe(t, inbox.url);
  const first = await write();
  const last = await write();
  await until('all', () => seqs(inbox.taken()).includes(last.last));
  assert.deepEqual(seqs(inbox.taken()), between(first.first, last.last));
  assert.ok(inbox.got.length >= 4);
  assert.equal(new Set(inbox.got.slice(0, 4).map((one) => one.body.since)).size, 1, 'the same delivery is tried again');
});

test('one that never answers keeps nobody else waiting', async (t) => {
  const silent = await receiver(t, () => null);
  const inbox = await receiver(t);
  await subscribe(t, silent.url);
  await subscribe(t, inbox.url);
  const change = await write();
  const began = Date.now();
  await until('the other', () => seqs(inbox.taken()).includes(change.last));
  assert.ok(Date.now() - began < 2000, `${Date.now() - began} ms`);
  await until('tried again after its time', () => silent.got.length >= 2);
});

test('given up, listed, and sent again', async (t) => {
  let works = false;
  const inbox = await receiver(t, () => (works ? 200 : 503));
  const { id } = await subscribe(t, inbox.url);
  const change = await write();
  await until('dead', async () => (await admin('GET', `/v1/webhooks/${id}/dead`)).body.dead.length === 1);
  const [letter] = (await admin('GET', `/v1/webhooks/${id}/dead`)).body.dead;
  assert.deepEqual([letter.since, letter.last, letter.attempts, letter.failure], [change.first - 1, change.last, 4, 'answer 503']);
  assert.match(run(['webhook', 'dead', id, '--db', db]).out, /answer 503/);
  works = true;
  const next = await write();
  await until('the next', () => seqs(inbox.taken()).includes(next.last));
  assert.ok(!seqs(inbox.taken()).includes(change.first), 'the dead one is not in the way');
  assert.equal((await admin('POST', `/v1/webhooks/${id}/dead/${letter.id}/replay`)).status, 204);
  await until('the dead one', () => seqs(inbox.taken()).includes(change.last));
  await until('no longer listed', async () => (await admin('GET', `/v1/webhooks/${id}/dead`)).body.dead.length === 0);
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  assert.match(metrics, /diming_webhook_deliveries_total\{outcome="buried"\} [1-9]/);
});

test('kill -9 between the write and the delivery: nothing is lost', async (t) => {
  let works = false;
  const inbox = await receiver(t, () => (works ? 200 : 500));
  const { id } = await subscribe(t, inbox.url);
  const change = await write();
  const gone = new Promise((resolve) => service.child.on('exit', resolve));
  service.child.kill('SIGKILL');
  await gone;
  assert.ok(!seqs(inbox.taken()).includes(change.first));
  works = true;
  service = await serve();
  await until('after the restart', () => seqs(inbox.taken()).includes(change.last));
  assert.deepEqual(seqs(inbox.taken()).filter((seq) => seq >= change.first), between(change.first, change.last));
  assert.equal((await admin('PATCH', `/v1/webhooks/${id}`, { paused: true })).status, 204);
  const held = await write();
  await sleep(500);
  assert.ok(!seqs(inbox.taken()).includes(held.first), 'a pause holds');
  assert.equal(run(['webhook', 'resume', id, '--db', db]).code, 0);
  await until('after the pause', () => seqs(inbox.taken()).includes(held.last));
});

test('URLs that may not be are refused with the reason', async () => {
  for (const url of ['http://example.org/x', 'ftp://127.0.0.1/', 'https://user:word@example.org/', 'nonsense', 'file:///etc/passwd', 'http://127.0.0.1.example.org/', `https://example.org/${'x'.repeat(1000)}`]) {
    const { status, body } = await admin('POST', '/v1/webhooks', { name: 'x', url });
    assert.equal(status, 422, url);
    assert.match(body.detail, /https|URL/, url);
  }
  assert.equal(run(['webhook', 'add', 'x', 'http://example.org/', '--db', db]).code, 3);
  assert.equal((await admin('POST', '/v1/webhooks', { name: 'x', url: 'https://example.org/', colour: 1 })).status, 422);
  const answer = await fetch(`${service.url}/v1/webhooks`, { headers: { authorization: `Bearer ${keys.editor}` } });
  assert.equal(answer.status, 403);
});

test('the audit log has who, what, when and from where', async () => {
  await sleep(800);
  const lines = JSON.parse(run(['audit', '--format', 'json', '--limit', '10000', '--db', db]).out);
  const writes = lines.filter((line) => line.what === 'write');
  assert.equal(writes.length, made);
  assert.deepEqual([writes[0].who, writes[0].address, writes[0].method, writes[0].path, writes[0].status], ['editor', '127.0.0.1', 'POST', '/v1/places', 201]);
  assert.match(writes[0].request, /^[0-9a-f]{16}$/);
  assert.ok(lines.some((line) => line.what === 'denied' && line.status === 403 && line.path === '/v1/webhooks' && line.who === 'editor'));
  assert.ok(lines.some((line) => line.what === 'admin' && line.path.startsWith('/v1/webhooks') && line.who === 'admin'));
  assert.ok(lines.some((line) => line.what === 'admin' && line.method === 'CLI' && line.path.startsWith('key add')));
  assert.ok(lines.some((line) => line.what === 'use' && line.path === '/v1/webhooks' && line.who === 'admin'));
  assert.match(run(['audit', '--format', 'csv', '--what', 'denied', '--db', db]).out, /^id,at,what,who,key,address,request,method,path,status,times,detail\n/);
});
