// Test plan: jobs against the running service, whose result must be that of
// `diming batch`, byte by byte.
// - submit, poll, result and rejects, list, remove; Prefer: respond-async
// - TSV, JSON lines, spreadsheets, GB18030
// - cancel a queued one and a running one, which stops within a second
// - the service stops, or is killed again and again, in the middle
// - the queue is full, the table too large, the disk full, the table no table
// - a job is seen by its key and an admin only; a damaged state hides one job
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { database, diming, run, scratch, snapshot, startService } from './service.mjs';

const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const NAMES = ['乍浦镇', '山塘村', '平湖市新仓镇朝阳路158号', '独山港镇黄菇村', '', '嘉兴市平湖市乍浦镇瓦山村'];

// Rows that keep a machine busy: each number is another question.
const table = (rows, separator = ',') =>
  `编号${separator}地址\n${Array.from({ length: rows }, (_, i) => `${i}${separator}${NAMES[i % NAMES.length]}${i % 7 ? '' : `${i}号`}`).join('\n')}\n`;

async function start(t, folder, extra = [], launcher = []) {
  const service = await startService(['--jobs', join(folder, 'jobs'), ...extra], launcher);
  t.after(() => service.child.kill('SIGKILL')); // its end is of no interest here
  return service;
}

async function submit(service, body, type = CSV, query = '', headers = {}) {
  const answer = await fetch(`${service.url}/v1/batch?mode=job${query}`, { method: 'POST', body, headers: { 'content-type': type, ...headers } });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

async function get(service, path, headers = {}) {
  const answer = await fetch(new URL(path, service.url), { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

const read = async (service, path, headers) => JSON.parse((await get(service, path, headers)).bytes);
const path = (job) => `/v1/batch/jobs/${job.id}`;
const remove = (service, job, headers = {}) => fetch(new URL(path(job), service.url), { method: 'DELETE', headers });

async function until(service, job, wanted, headers) {
  for (let i = 0; i < 600; i += 1) {
    const now = await read(service, path(job), headers);
    if (wanted(now)) return now;
    await sleep(50);
  }
  throw new Error(`${job.id} never came there`);
}

const over = (job) => !['queued', 'running'].includes(job.status);

// What the command gives for the same table.
function command(folder, body, { ending = 'csv', out = ending, options = [] } = {}) {
  const [input, output, rejects] = [`cli-in.${ending}`, `cli-out.${out}`, 'cli-rejects.csv'].map((name) => join(folder, name));
  writeFileSync(input, body);
  const { code, err } = run(['batch', input, '-o', output, '--rejects', rejects, '--snapshot', snapshot, ...options]);
  assert.equal(code, 0, err);
  return { result: readFileSync(output), rejects: existsSync(rejects) ? readFileSync(rejects) : null };
}

test('a job from beginning to end', async (t) => {
  const folder = scratch(t);
  const service = await start(t, folder);
  const body = table(5000);
  const made = await submit(service, body, CSV, `&id_column=${encodeURIComponent('编号')}`);
  assert.equal(made.status, 202);
  assert.match(made.body.id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assert.equal(made.headers.get('location'), service.url + path(made.body));
  assert.ok(['queued', 'running'].includes(made.body.status));
  const done = await until(service, made.body, over);
  assert.equal(done.status, 'done');
  assert.equal(done.rows_done, 5000);
  assert.equal(done.rows_total, 5000);
  assert.ok(done.rows_per_second > 0);
  assert.ok(Date.parse(done.created) <= Date.parse(done.finished) && Date.parse(done.expires) > Date.parse(done.finished));
  assert.equal(done.rows_done, Object.values(done.counts).reduce((sum, count) => sum + count));
  const { example } = (await read(service, '/openapi.json')).paths['/v1/batch/jobs/{id}'].get.responses['200'].content['application/json'];
  const shape = (one) => JSON.stringify(one, (key, value) => (typeof value === 'object' ? value : typeof value));
  assert.equal(shape(example), shape(done));
  const want = command(folder, body, { options: ['--id', '编号'] });
  const links = Object.fromEntries(done.links.map((link) => [link.rel, link]));
  const result = await get(service, links.result.href);
  assert.equal(result.headers.get('content-type'), 'text/csv; charset=utf-8; header=present');
  assert.match(result.headers.get('content-disposition'), /^attachment; filename="diming-batch-\w{8}\.csv"$/);
  assert.ok(result.bytes.equals(want.result));
  const rejects = await get(service, links.rejects.href);
  assert.match(rejects.headers.get('content-disposition'), /filename="diming-rejects-\w{8}\.csv"/);
  assert.ok(rejects.bytes.equals(want.rejects));
  const head = await fetch(links.result.href, { method: 'HEAD' });
  assert.equal(Number(head.headers.get('content-length')), want.result.length);
  // without a key one's jobs are found by their ids only
  assert.deepEqual((await read(service, '/v1/batch/jobs')).jobs, []);
  const metrics = (await get(service, '/metrics')).bytes.toString();
  assert.match(metrics, /^diming_jobs\{status="done"\} 1$/m);
  assert.match(metrics, /^diming_jobs_ended_total\{status="done"\} 1$/m);
  assert.match(metrics, /^diming_jobs_rows_total 5000$/m);
  const [own] = readdirSync(join(folder, 'jobs')).filter((name) => name !== 'lock');
  assert.deepEqual(readdirSync(join(folder, 'jobs', own)).sort(), ['job', 'rejects.csv', 'result.csv']); // the table itself is gone
  assert.equal((await remove(service, done)).status, 204);
  assert.equal((await get(service, path(done))).status, 404);
  assert.equal((await remove(service, done)).status, 404);
  assert.deepEqual(readdirSync(join(folder, 'jobs')), ['lock']);
});

test('a client may prefer a job; every format is that of the command', async (t) => {
  const folder = scratch(t);
  const service = await start(t, folder);
  const preferred = await fetch(`${service.url}/v1/batch`, { method: 'POST', body: table(10), headers: { 'content-type': CSV, prefer: 'handling=lenient, respond-async; foo' } });
  assert.equal(preferred.status, 202);
  assert.equal(preferred.headers.get('preference-applied'), 'respond-async');
  const gb = Buffer.from('b1e0bac52cb5d8d6b70a3030372cd5a7c6d6d5f20a382c0a', 'hex'); // GB18030, as Excel saves it
  const lines = '{"地址":"乍浦镇","n":[1]}\n[1]\n{"地址":"山塘村"}\n';
  const sheet = join(folder, 'sheet.xlsx');
  writeFileSync(join(folder, 'sheet.csv'), table(20));
  assert.equal(run(['batch', join(folder, 'sheet.csv'), '-o', sheet, '--snapshot', snapshot]).code, 0);
  const cases = [
    { type: 'text/tab-separated-values', body: table(50, '\t'), ending: 'tsv', media: /^text\/tab-separated-values; charset=utf-8/ },
    { type: 'application/x-ndjson', body: lines, ending: 'jsonl', media: /^application\/x-ndjson/ },
    { type: 'application/x-ndjson', body: lines, ending: 'jsonl', out: 'csv', query: '&format=csv', media: /^text\/csv/ },
    { type: CSV, body: gb, ending: 'csv', media: /^text\/csv; charset=utf-8/ },
    { type: CSV, body: gb, ending: 'csv', query: '&output_encoding=gb18030', options: ['--output-encoding', 'gb18030'], media: /^text\/csv; charset=gb18030/ },
    { type: CSV, body: table(30), ending: 'csv', query: '&at=2008-05-01&in=330482', options: ['--at', '2008-05-01', '--in', '330482'], media: /^text\/csv/ },
    { type: XLSX, body: readFileSync(sheet), ending: 'xlsx', out: 'csv', query: '&format=csv', media: /^text\/csv/ },
    { type: CSV, body: table(30), ending: 'csv', out: 'xlsx', query: '&format=xlsx', media: /spreadsheetml\.sheet$/, same: false },
  ];
  for (const one of cases) {
    const made = await submit(service, one.body, one.type, one.query);
    assert.equal(made.status, 202, JSON.stringify(made.body));
    const done = await until(service, made.body, over);
    assert.equal(done.status, 'done', JSON.stringify(done));
    const result = await get(service, `${path(done)}/result`);
    assert.match(result.headers.get('content-type'), one.media);
    assert.match(result.headers.get('content-disposition'), new RegExp(`\\.${one.out ?? one.ending}"$`));
    const want = command(folder, one.body, one).result;
    if (one.same === false) assert.equal(result.bytes.subarray(0, 2).toString(), 'PK'); // a sheet has the time of its making in it
    else assert.ok(result.bytes.equals(want), `${one.type} ${one.query}`);
  }
});

test('cancelling: one that waits, one that runs, one that is over', async (t) => {
  const folder = scratch(t);
  const service = await start(t, folder);
  const running = (await submit(service, table(400000))).body;
  const waiting = (await submit(service, table(10))).body;
  await until(service, running, (job) => job.rows_done > 0);
  assert.equal((await read(service, path(waiting))).position, 1);
  const early = await get(service, `${path(running)}/result`);
  assert.equal(early.status, 409);
  assert.equal(JSON.parse(early.bytes).type, 'urn:diming:problem:conflict');
  const second = await remove(service, waiting);
  assert.equal(second.status, 200);
  assert.equal((await second.json()).status, 'cancelled');
  const began = Date.now();
  const answer = await remove(service, running);
  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).status, 'cancelled');
  assert.ok(Date.now() - began < 1000, `${Date.now() - began} ms`);
  assert.deepEqual(readdirSync(join(folder, 'jobs', running.id)), ['job']);
  assert.equal((await get(service, `${path(running)}/result`)).status, 404);
  assert.equal((await remove(service, running)).status, 204);
  assert.equal((await remove(service, waiting)).status, 204);
  assert.deepEqual(readdirSync(join(folder, 'jobs')), ['lock']);
});

test('the service stops, then is killed, in the middle of a job', async (t) => {
  const folder = scratch(t);
  const body = table(60000);
  const slow = ['--jobs-threads', '1'];
  const id = `&id_column=${encodeURIComponent('编号')}`;
  let service = await start(t, folder, slow);
  const job = (await submit(service, body, CSV, id)).body;
  const next = (await submit(service, table(20), CSV, id)).body;
  const progress = join(folder, 'jobs', job.id, 'result.csv.progress');
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    const before = existsSync(progress) ? readFileSync(progress) : null;
    while (!existsSync(progress) || before?.equals(readFileSync(progress))) {
      if (over(await read(service, path(job)))) break;
      await sleep(20);
    }
    const began = Date.now();
    service.child.kill(signal);
    if (service.child.exitCode === null && service.child.signalCode === null) await once(service.child, 'exit');
    if (signal === 'SIGTERM') assert.ok(Date.now() - began < 3000);
    service = await start(t, folder, slow);
    assert.equal((await read(service, path(job))).id, job.id);
  }
  const done = await until(service, job, over);
  assert.equal(done.status, 'done');
  const want = command(folder, body, { options: ['--id', '编号'] });
  assert.ok((await get(service, `${path(job)}/result`)).bytes.equals(want.result));
  assert.ok((await get(service, `${path(job)}/rejects`)).bytes.equals(want.rejects));
  assert.equal((await until(service, next, over)).status, 'done');
});

test('what was being sent when the service was killed is gone, what is damaged is named', async (t) => {
  const folder = scratch(t);
  let service = await start(t, folder);
  const good = (await submit(service, table(10))).body;
  const bad = (await submit(service, table(10))).body;
  await until(service, bad, over);
  const half = send(`${service.url}/v1/batch?mode=job`, { method: 'POST', headers: { 'content-type': CSV, 'content-length': 100000 } });
  half.on('error', () => {});
  half.write('地址\n');
  while (readdirSync(join(folder, 'jobs')).length < 4) await sleep(20);
  service.child.kill('SIGKILL');
  await once(service.child, 'exit');
  const state = join(folder, 'jobs', bad.id, 'job');
  const text = readFileSync(state);
  text[text.length >> 1] ^= 1; // one bit
  writeFileSync(state, text);
  service = await start(t, folder);
  let log = '';
  service.child.stderr.on('data', (chunk) => { log += chunk; });
  assert.equal((await read(service, path(good))).status, 'done');
  assert.equal((await get(service, path(bad))).status, 404);
  assert.match((await get(service, '/metrics')).bytes.toString(), /^diming_jobs_damaged 1$/m);
  assert.ok(existsSync(state));
  assert.equal(readdirSync(join(folder, 'jobs')).length, 3);
});

// An upload that is refused early: the answer comes before the body is sent.
function early(service, query, length, headers = {}) {
  return new Promise((resolve, reject) => {
    const upload = send(`${service.url}/v1/batch?${query}`, { method: 'POST', headers: { 'content-type': CSV, 'content-length': length, ...headers } });
    upload.on('response', (answer) => {
      let text = '';
      answer.on('data', (chunk) => { text += chunk; });
      answer.on('end', () => { upload.destroy(); resolve({ status: answer.statusCode, headers: answer.headers, body: JSON.parse(text) }); });
    });
    upload.on('error', reject);
    upload.flushHeaders();
  });
}

test('limits: the queue, the size, the parameters', async (t) => {
  const folder = scratch(t);
  const service = await start(t, folder, ['--jobs-queue', '2', '--jobs-mib', '40']);
  const large = await early(service, 'mode=job', 41 * 1024 * 1024);
  assert.equal(large.status, 413);
  assert.match(large.body.detail, /at most 41943040 \(40 MiB\)/);
  const now = await early(service, 'mode=now', 33 * 1024 * 1024);
  assert.equal(now.status, 413);
  assert.match(now.body.detail, /mode=job/);
  for (const [query, parameter] of [['mode=later', 'mode'], ['mode=job&format=pdf', 'format'], ['mode=job&encoding=latin', 'encoding'],
    ['mode=job&output_encoding=utf-16', 'output_encoding'], ['mode=job&at=yesterday', 'at'], ['format=csv', 'format'], ['mode=job&colum=x', 'colum'],
    ['mode=job&format=jsonl&output_encoding=gb18030', 'output_encoding']]) {
    const answer = await early(service, query, 1000000);
    assert.equal(answer.status, 400, query);
    assert.equal(answer.body.parameter, parameter);
  }
  assert.equal((await early(service, 'mode=job', 10, { 'content-type': 'application/json' })).status, 415);
  const jobs = [];
  for (let i = 0; i < 3; i += 1) {
    jobs.push((await submit(service, table(200000))).body);
    if (i === 0) await until(service, jobs[0], (job) => job.status === 'running');
  }
  const full = await early(service, 'mode=job', 100);
  assert.equal(full.status, 503);
  assert.match(full.body.detail, /queue of jobs is full \(2 wait\)/);
  assert.ok(Number(full.headers['retry-after']) > 0);
  for (const job of jobs) await remove(service, job);
  const wrong = await until(service, (await submit(service, '姓名\n张三\n')).body, over);
  assert.equal(wrong.status, 'failed');
  assert.match(wrong.failure, /no column/);
  assert.ok(!wrong.failure.includes(folder));
  const broken = await until(service, (await submit(service, 'PK no sheet', XLSX)).body, over);
  assert.equal(broken.status, 'failed');
  assert.ok(!broken.failure.includes(folder));
  assert.equal((await get(service, '/v1/batch/jobs/..%2F..%2Fetc')).status, 404);
});

test('a disk that is full fails the job, not the service', async (t) => {
  const folder = scratch(t);
  // no file may grow over 1 MiB, as on a full disk
  const service = await start(t, folder, [], ['sh', '-c', 'trap "" XFSZ; ulimit -f 2048; exec "$0" "$@"']);
  const job = (await submit(service, table(20000))).body;
  const failed = await until(service, job, over);
  assert.equal(failed.status, 'failed');
  assert.match(failed.failure, /could not be read or written/);
  assert.deepEqual(readdirSync(join(folder, 'jobs', job.id)), ['job']);
  const large = await submit(service, table(60000));
  assert.equal(large.status, 503);
  assert.match(large.body.detail, /could not be written/);
  assert.equal(readdirSync(join(folder, 'jobs')).length, 2);
  const small = await until(service, (await submit(service, table(100))).body, over);
  assert.equal(small.status, 'done');
});

test('a job is seen by its key and by an admin', async (t) => {
  const folder = scratch(t);
  const own = join(folder, 'keys.db');
  copyFileSync(database, own);
  const keys = [['a', 'reader'], ['b', 'reader'], ['c', 'admin']].map(([name, roles]) => ({ 'x-api-key': run(['key', 'add', name, '--roles', roles, '--db', own]).out.trim() }));
  const [mine, other, admin] = keys;
  const service = await start(t, folder, ['--db', own, '--snapshot', snapshot]);
  const job = (await submit(service, table(10), CSV, '', mine)).body;
  const open = (await submit(service, table(10))).body;
  await until(service, job, over, mine);
  for (const headers of [other, {}]) {
    for (const tail of ['', '/result', '/rejects']) assert.equal((await get(service, path(job) + tail, headers)).status, 404);
    assert.equal((await remove(service, job, headers)).status, 404);
  }
  const ids = async (headers) => (await read(service, '/v1/batch/jobs', headers)).jobs.map((one) => one.id);
  assert.deepEqual(await ids(mine), [job.id]);
  assert.deepEqual(await ids(other), []);
  assert.deepEqual((await ids(admin)).sort(), [job.id, open.id].sort());
  assert.equal((await get(service, `${path(job)}/result`, mine)).status, 200);
  assert.equal((await get(service, `${path(job)}/result`, admin)).status, 200);
  assert.equal((await get(service, path(open))).status, 200); // who knows the id
  const many = await Promise.all(Array.from({ length: 9 }, () => submit(service, table(100000), CSV, '', mine)));
  const refused = many.filter((answer) => answer.status === 429);
  assert.ok(refused.length >= 1);
  assert.ok(Number(refused[0].headers.get('retry-after')) > 0);
  for (const id of await ids(mine)) assert.ok([200, 202, 204].includes((await remove(service, { id }, mine)).status));
  const theirs = (await submit(service, table(10), CSV, '', other)).body;
  let heir = other; // rotated twice: what was made before is the new key's
  for (let i = 0; i < 2; i += 1) heir = { 'x-api-key': run(['key', 'rotate', heir['x-api-key'].slice(3, 11), '--db', own]).out.trim() };
  await sleep(1100);
  assert.equal((await get(service, path(theirs), other)).status, 401);
  assert.deepEqual(await ids(heir), [theirs.id]);
  assert.equal((await get(service, path(theirs), heir)).status, 200);
  assert.equal((await get(service, path(theirs), mine)).status, 404);
});

test('a second service waits for the folder', async (t) => {
  const folder = scratch(t);
  const first = await start(t, folder);
  const job = (await submit(first, table(10))).body;
  await until(first, job, over);
  const second = await start(t, folder);
  assert.equal((await get(second, path(job))).status, 503);
  assert.equal((await submit(second, table(10))).status, 503);
  await first.stop();
  for (let i = 0; i < 60 && (await get(second, path(job))).status !== 200; i += 1) await sleep(50);
  assert.equal((await read(second, path(job))).status, 'done');
});
