// Test plan: what happens when what the service rests on fails. Each of these
// has its row in docs/operations.md, "When things go wrong".
// - the disk is full (a small tmpfs in a mount namespace of its own): writes and
//   jobs are refused with 503, the snapshot stays, all goes on when there is room
// - a file at its size limit, which a signal would end a program for
// - a folder that can only be read
// - a snapshot that is cut, changed or of another version: at the start, and when
//   it takes the place of a good one
// - a database that another program holds for long
// - the clock jumps: keys, quotas, limits, jobs, feeds (needs faketime)
// - kill -9 while it writes and builds: nothing that was answered is lost
// - SIGTERM under load: every answer that was begun is whole
// - snapshots swapped under load: no answer is wrong
// - TLS is asked for, which the library would crash on
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, truncateSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { database, run, scratch, snapshot, startService } from './service.mjs';

const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const SOURCE = { key: 'chaos', edition: '1', title: '测试来文', origin: '测试', licence: 'CC0-1.0' };

const has = (program, args = ['--version']) => spawnSync(program, args).status === 0;
const mounts = spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0;
const noMounts = mounts ? false : 'no mount namespaces here (unshare)';

// A folder with a database, a snapshot, and keys of two roles.
function world(t) {
  const folder = scratch(t);
  const db = join(folder, 'a.db');
  copyFileSync(database, db);
  copyFileSync(snapshot, join(folder, 'a.snap'));
  const key = (role, more = []) => run(['key', 'add', role, '--roles', role, '--db', db, ...more]).out.trim();
  return { folder, db, snap: join(folder, 'a.snap'), editor: key('editor'), admin: key('admin'), key };
}

async function serve(t, w, extra = [], launcher = []) {
  const service = await startService(['--db', w.db, '--snapshot', w.snap, ...extra], launcher);
  t.after(() => service.child.kill('SIGKILL'));
  return service;
}

// A server may close an idle connection just when a question is sent: ask again,
// as every client does.
async function persist(url, options) {
  for (let left = 3; ; left -= 1) {
    try {
      return await fetch(url, options);
    } catch (error) {
      if (left === 0 || error.cause?.code === 'ECONNREFUSED') throw error;
    }
  }
}

let number = 0;
async function put(service, w, more = {}) {
  number += 1;
  const answer = await persist(`${service.url}/v1/places`, {
    method: 'POST', headers: { authorization: `Bearer ${w.editor}`, 'content-type': 'application/json', 'idempotency-key': `chaos-${number}` },
    body: JSON.stringify({ why: 'chaos', source: SOURCE, place: { category: '23510', synthetic: true, names: [{ text: `混沌${[...String(number)].map((d) => '零一二三四五六七八九'[d]).join('')}测路`, kind: 'standard' }], ...more } }),
  });
  return { status: answer.status, retry: answer.headers.get('retry-after'), type: answer.headers.get('content-type'), body: await answer.json() };
}
const get = async (service, path, headers = {}) => {
  const answer = await persist(service.url + path, { headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) };
};
const answers = async (service) => assert.equal((await get(service, '/v1/geocode?q=%E4%B9%8D%E6%B5%A6')).status, 200, 'public questions go on');
async function until(what, look, ms = 20000) {
  for (const began = Date.now(); ; await sleep(50)) {
    if (await look()) return;
    assert.ok(Date.now() - began < ms, `${what}: never`);
  }
}
const ready = async (service) => (await get(service, '/readyz')).json();
const refused = (answer) => {
  assert.equal(answer.status, 503, JSON.stringify(answer.body));
  assert.match(answer.type, /problem\+json/);
};

// `commands` run in a mount namespace before the service does; its folder is
// then seen below /proc/PID/root.
const inside = (commands) => ['unshare', '--map-root-user', '--mount', 'sh', '-c', `${commands} && exec "$@"`, 'sh'];

function fill(folder, leave = 0) {
  const file = join(folder, 'fill');
  const handle = openSync(file, 'w');
  const block = Buffer.alloc(64 * 1024, 7);
  try {
    for (;;) writeSync(handle, block);
  } catch (error) {
    assert.equal(error.code, 'ENOSPC');
  }
  closeSync(handle);
  if (leave) truncateSync(file, Math.max(0, statSync(file).size - leave));
  return () => unlinkSync(file);
}

// Harm done to a snapshot, by name.
function harms() {
  const good = readFileSync(snapshot);
  const flipped = (at) => { const bytes = Buffer.from(good); bytes[at] ^= 0xff; return bytes; };
  return {
    empty: Buffer.alloc(0), 'a word': Buffer.from('damaged'), 'cut in the head': good.subarray(0, 60), 'cut in half': good.subarray(0, good.length >> 1),
    'one byte short': good.subarray(0, good.length - 1), 'another version': flipped(8), 'a byte changed at the start': flipped(0),
    'a byte changed inside': flipped(good.length >> 1), 'the last byte changed': flipped(good.length - 1), 'a tail': Buffer.concat([good, Buffer.alloc(16)]),
  };
}

// One request; how it ended: its status, 'none' (no byte came), or 'cut'.
function once(agent, url, path, body) {
  return new Promise((resolve) => {
    const asked = request(new URL(path, url), { agent, method: body ? 'POST' : 'GET', headers: body ? { 'content-type': 'text/csv', 'content-length': Buffer.byteLength(body) } : {} }, (answer) => {
      let size = 0;
      answer.on('data', (chunk) => { size += chunk.length; });
      answer.on('end', () => resolve(answer.complete && size === Number(answer.headers['content-length']) ? answer.statusCode : 'cut'));
      answer.on('error', () => resolve('cut'));
    });
    asked.on('error', () => resolve('none'));
    asked.end(body);
  });
}

async function load(url, paths, clients, isOver) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients, timeout: 3000 });
  const ends = {};
  await Promise.all(Array.from({ length: clients }, async (_, i) => {
    for (let at = i; !isOver(); at += 1) {
      const end = await once(agent, url, paths[at % paths.length]);
      ends[end] = (ends[end] ?? 0) + 1;
      if (end === 'none') return;
    }
  }));
  agent.destroy();
  return ends;
}
const PATHS = ['/v1/geocode?q=%E4%B9%8D%E6%B5%A6', '/v1/reverse?lon=121.08&lat=30.6', '/v1/suggest?q=zp', '/tiles/base/12/3424/1678.png', '/collections/places/items?limit=200'];

describe('when what the service rests on fails', { concurrency: 2 }, () => {
test('a full disk: refused, nothing lost, well again when there is room', { skip: noMounts }, async (t) => {
  const w = world(t);
  const disk = join(w.folder, 'disk');
  mkdirSync(disk);
  const service = await startService(['--db', join(disk, 'a.db'), '--snapshot', join(disk, 'a.snap')],
    inside(`mount -t tmpfs -o size=40m none ${disk} && cp ${w.db} ${w.snap} ${disk}`));
  t.after(() => service.child.kill('SIGKILL'));
  const there = `/proc/${service.child.pid}/root${disk}`;
  assert.equal((await put(service, w)).status, 201);
  await until('built', async () => (await ready(service)).rebuild === 'idle');

  let free = fill(there);
  for (let i = 0, full = false; !full; i += 1) { // what is left of the last page of the log
    const answer = await put(service, w);
    full = answer.status !== 201;
    if (full) refused(answer);
    assert.ok(i < 50, 'it is never full');
  }
  await answers(service);
  const job = await fetch(`${service.url}/v1/batch?mode=job`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: '地址\n乍浦镇\n' });
  assert.equal(job.status, 503, 'a job needs room');
  free();
  await until('writes again', async () => (await put(service, w)).status === 201);

  await until('built', async () => (await ready(service)).rebuild === 'idle');
  free = fill(there, 1024 * 1024); // for the log, not for a snapshot
  const made = await put(service, w);
  assert.equal(made.status, 201);
  const name = encodeURIComponent(made.body.place.names[0].text);
  await until('the build fails', async () => (await ready(service)).rebuild === 'failing');
  assert.equal((await get(service, '/readyz')).status, 200, 'the old snapshot answers');
  await answers(service);
  free();
  await until('built again', async () => (await get(service, `/v1/search?q=${name}`)).json().features.length > 0);
  assert.deepEqual(readdirSync(there).filter((f) => !/^a\.(db|snap|jobs)/.test(f)), [], 'nothing is left behind');
  assert.equal((await service.stop()).code, 0);
});

test('a file at its size limit does not end the service', { skip: has('prlimit') ? false : 'no prlimit' }, async (t) => {
  const w = world(t);
  const service = await serve(t, w, ['--no-rebuild'], ['prlimit', '--fsize=60000']);
  const answer = await put(service, w);
  refused(answer);
  await answers(service);
  assert.equal((await service.stop()).code, 0);
});

test('a folder that can only be read: answers, and says that it cannot write', { skip: noMounts }, async (t) => {
  const w = world(t);
  const service = await serve(t, w, [], inside(`mount --bind ${w.folder} ${w.folder} && mount -o remount,bind,ro ${w.folder}`));
  await answers(service);
  refused(await put(service, w));
  const job = await fetch(`${service.url}/v1/batch?mode=job`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: '地址\n乍浦镇\n' });
  assert.equal(job.status, 503);
  assert.equal((await service.stop()).code, 0);
});

test('TLS is refused with the reason, and what to do', () => {
  const { code, err } = run(['serve', '--tls', '--db', database, '--snapshot', snapshot]);
  assert.equal(code, 2);
  assert.match(err, /OpenSSL/);
  assert.match(err, /proxy/);
});

test('a damaged snapshot: refused at the start, with the reason', async (t) => {
  const w = world(t);
  for (const [name, bytes] of Object.entries(harms())) {
    writeFileSync(w.snap, bytes);
    const { code, err } = run(['serve', '--port', '0', '--db', w.db, '--snapshot', w.snap, '--no-rebuild'], { timeout: 10000 });
    assert.equal(code, 3, `${name}: ${code} ${err}`);
    assert.match(err, /a\.snap/, name);
  }
});

test('a damaged snapshot that takes the place of a good one: the good one answers on', async (t) => {
  const w = world(t);
  const service = await serve(t, w, ['--no-rebuild']);
  let said = '';
  service.child.stderr.on('data', (chunk) => { said += chunk; });
  const before = (await get(service, '/healthz')).json();
  for (const [name, bytes] of Object.entries(harms()).filter((_, i) => i % 4 === 1)) {
    const had = said.length;
    writeFileSync(`${w.snap}.new`, bytes);
    renameSync(`${w.snap}.new`, w.snap);
    await until(`${name} is reported`, () => said.length > had);
    assert.deepEqual((await get(service, '/healthz')).json().snapshot, before.snapshot, name);
    await answers(service);
  }
  copyFileSync(snapshot, `${w.snap}.new`);
  renameSync(`${w.snap}.new`, w.snap);
  await until('the good one is taken', () => /loaded/.test(said.slice(-200)));
  assert.equal((await service.stop()).code, 0);
});

test('a database that another program holds: 503 with Retry-After, then as before', { skip: has('sqlite3') ? false : 'no sqlite3' }, async (t) => {
  const w = world(t);
  const service = await serve(t, w);
  assert.equal((await put(service, w)).status, 201);
  const other = spawn('sqlite3', [w.db]);
  t.after(() => other.kill('SIGKILL'));
  other.stdin.write(".timeout 5000\nBEGIN IMMEDIATE;\nSELECT 'held';\n");
  await new Promise((resolve) => other.stdout.once('data', resolve));
  const waiting = put(service, w);
  for (let i = 0; i < 5; i += 1) {
    await answers(service);
    assert.equal((await get(service, '/v1/changes?limit=1', { authorization: `Bearer ${w.admin}` })).status, 200, 'keys and reading go on');
  }
  const answer = await waiting;
  refused(answer);
  assert.ok(Number(answer.retry) > 0, 'Retry-After');
  other.stdin.end('ROLLBACK;\n');
  await new Promise((resolve) => other.on('exit', resolve));
  assert.equal((await put(service, w)).status, 201);
  assert.equal((await service.stop()).code, 0);
});

test('the clock jumps', { skip: existsSync(FAKETIME) ? false : 'no libfaketime' }, async (t) => {
  const w = world(t);
  const day = 86400e3;
  const short = w.key('editor', ['--expires', new Date(Date.now() + 3 * day).toISOString().slice(0, 10)]);
  const counted = w.key('reader', ['--per-day', '3']);
  const file = join(w.folder, 'clock');
  const shift = (seconds) => { writeFileSync(`${file}.new`, `${seconds >= 0 ? '+' : ''}${seconds}s\n`); renameSync(`${file}.new`, file); };
  shift(0);
  const service = await serve(t, w, ['--rate', '5', '--jobs-hours', '48'], ['env', `LD_PRELOAD=${FAKETIME}`, `FAKETIME_TIMESTAMP_FILE=${file}`, 'FAKETIME_NO_CACHE=1', 'FAKETIME_DONT_FAKE_MONOTONIC=1']);
  const asked = async (key, path = '/v1/changes?limit=1') => (await get(service, path, key ? { authorization: `Bearer ${key}` } : {})).status;
  const job = await fetch(`${service.url}/v1/batch?mode=job`, { method: 'POST', headers: { 'content-type': 'text/csv', authorization: `Bearer ${w.admin}` }, body: '地址\n乍浦镇\n' });
  assert.equal(job.status, 202);
  const path = new URL(job.headers.get('location'), service.url).pathname;
  await until('the job ends', async () => (await get(service, path, { authorization: `Bearer ${w.admin}` })).json().status === 'done');
  assert.equal(await asked(short), 200);
  for (const status of [200, 200, 200, 429]) assert.equal(await asked(counted), status, 'the quota of a day');

  shift(-2 * 86400); // back by two days
  assert.equal(await asked(short), 200);
  assert.equal(await asked(counted), 200, 'another day: another quota');
  const made = await put(service, w);
  assert.equal(made.status, 201);
  const feed = (await get(service, '/v1/changes.atom?since=' + (made.body.change.first - 2))).text;
  const times = [...feed.matchAll(/<updated>([^<]+)</g)].map((m) => Date.parse(m[1]));
  assert.ok(times.length > 1 && times.every(Number.isFinite), 'Atom times are times');
  const seqs = (await get(service, '/v1/changes?since=0&limit=1000')).json();
  assert.ok(seqs.changes.length > 0, 'the feed goes by numbers, not by times');
  assert.equal(await asked(w.admin, path), 200, 'the job is there');

  shift(0); // and forwards again: the day's quota is still used up
  await until('the quota is known again', async () => (await asked(counted)) === 429, 5000);
  shift(4 * 86400); // past the key's end
  assert.equal(await asked(short), 401, 'the key has ended');
  assert.equal(await asked(w.admin), 200);
  await until('results are kept by the clock', async () => (await asked(w.admin, path)) === 404, 90000);
  let limited = 0; // the limiter goes by a clock that does not jump
  for (let i = 0; i < 8 && !limited; i += 1)
    limited = (await Promise.all(Array.from({ length: 120 }, () => asked(null, '/v1/divisions/330482')))).filter((status) => status === 429).length;
  assert.ok(limited, 'limits count on');
  shift(-30 * 86400);
  await until('a jump back does not shut the door', async () => (await asked(null, '/v1/divisions/330482')) === 200, 5000);
  assert.equal((await service.stop()).code, 0);
});

test('kill -9 while it writes and builds: what was answered is there', async (t) => {
  const w = world(t);
  const kept = [];
  for (let round = 0; round < 3; round += 1) {
    const service = await serve(t, w);
    const ended = new Promise((resolve) => service.child.on('exit', resolve));
    try {
      for (let left = 2 + 2 * round; ; left -= 1) {
        if (left === 0) setTimeout(() => service.child.kill('SIGKILL'), 7 + 23 * round);
        const answer = await put(service, w);
        assert.equal(answer.status, 201);
        kept.push([answer.body.id, answer.body.place.names[0].text]);
      }
    } catch (error) {
      if (error.code === 'ERR_ASSERTION') throw error;
    }
    await ended;
  }
  assert.ok(kept.length >= 9, `${kept.length} writes`);
  const service = await serve(t, w);
  for (const [id] of kept) assert.equal((await get(service, `/v1/places/${id}/record`, { authorization: `Bearer ${w.editor}` })).status, 200);
  const last = encodeURIComponent(kept.at(-1)[1]);
  await until('the snapshot follows', async () => (await get(service, `/v1/search?q=${last}`)).json().features.length > 0);
  assert.equal((await service.stop()).code, 0);
  assert.deepEqual(readdirSync(w.folder).filter((f) => !/^a\.(db|snap)(-wal|-shm|\.hooks|\.lock)?$/.test(f) && f !== 'a.jobs'), [], 'nothing is left behind');
  if (has('sqlite3')) assert.equal(spawnSync('sqlite3', [w.db, 'PRAGMA quick_check'], { encoding: 'utf8' }).stdout.trim(), 'ok');
});


test('SIGTERM under load: every answer that was begun is whole', async (t) => {
  const w = world(t);
  const service = await serve(t, w);
  let isOver = false;
  const loaded = load(service.url, PATHS, 24, () => isOver);
  const table = `地址\n${'平湖市新仓镇朝阳路158号\n'.repeat(4000)}`;
  await sleep(300);
  const batches = [1, 2, 3].map(() => once(undefined, service.url, '/v1/batch', table));
  await sleep(100); // they are being answered
  const { code } = await service.stop();
  isOver = true;
  const ends = await loaded;
  assert.equal(code, 0);
  assert.deepEqual(await Promise.all(batches), [200, 200, 200]);
  assert.equal(ends.cut ?? 0, 0, JSON.stringify(ends));
  assert.deepEqual(Object.keys(ends).filter((end) => !['200', '503', 'none'].includes(end)), [], JSON.stringify(ends));
  assert.ok(ends[200] > 5, JSON.stringify(ends));
});

test('snapshots swapped under load: every answer is right', async (t) => {
  const w = world(t);
  const service = await serve(t, w, ['--no-rebuild']);
  let isOver = false;
  const loaded = load(service.url, PATHS, 16, () => isOver);
  const seen = new Set();
  for (let i = 0; i < 2; i += 1) {
    const { body } = await put(service, w);
    assert.ok(body.id);
    assert.equal(run(['build', '--db', w.db, '--snapshot', w.snap]).code, 0);
    await until('taken up', async () => {
      const { checksum } = (await get(service, '/healthz')).json().snapshot ?? {};
      const isNew = !seen.has(checksum);
      seen.add(checksum);
      return isNew;
    });
  }
  isOver = true;
  const ends = await loaded;
  assert.deepEqual(Object.keys(ends), ['200'], JSON.stringify(ends));
  assert.equal((await service.stop()).code, 0);
});
});
