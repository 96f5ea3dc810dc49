// soak.mjs - the service under a bounded, mixed load for as long as one likes.
//
//     node tests/bench/http/soak.mjs BUILD --db DB --snapshot SNAP [--soak S] [--rate N] [--roads N] [--only KIND,KIND]
//
// The shipped data and a made-up quarter of `roads` roads with 50 doors each
// (one seed, marked synthetic) in a database of its own. Every kind of request
// is asked in turn at `rate` a second; every fifth second an editor adds a door
// or takes it back, so that the snapshot is built and swapped again and again;
// every minute a table is sent as a job. A line a minute: what memory the
// process holds, requests, wrong answers, p50 and p99 as the client sees them.
// At the end: memory after warm-up (a tenth of the time) beside the end's.
// Wrong is any other status than the one of the kind, and any socket error.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const DOORS = 50;
const TICK_MS = 20;
const CONNECTIONS = 32;

function options(argv) {
  const option = (name, otherwise) => { const at = argv.indexOf(`--${name}`); return at < 0 ? otherwise : argv[at + 1]; };
  return {
    build: argv[0], db: option('db', 'build/diming.db'), snapshot: option('snapshot', 'build/diming.snap'),
    seconds: Number(option('soak', 3600)), rate: Number(option('rate', 300)), roads: Number(option('roads', 400)), only: option('only')?.split(','),
  };
}

// SplitMix64, as tests/bench/city.c: one seed, one quarter.
function generator(seed) {
  let state = BigInt(seed);
  const mask = (1n << 64n) - 1n;
  return (limit) => {
    state = (state + 0x9E3779B97F4A7C15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xBF58476D1CE4E5B9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94D049BB133111EBn) & mask;
    return Number((z ^ (z >> 31n)) % BigInt(limit));
  };
}

const TOWNS = ['乍浦镇', '新埭镇', '新仓镇', '广陈镇', '林埭镇', '独山港镇'];
const SYLLABLES = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥乾坤震巽坎离艮兑'];

// Rows of made-up roads with their doors.
function quarter(below, roads) {
  const rows = [];
  for (let road = 0; road < roads; road += 1) {
    const name = `${SYLLABLES[below(SYLLABLES.length)]}${SYLLABLES[below(SYLLABLES.length)]}${SYLLABLES[road % SYLLABLES.length]}测路`;
    const town = TOWNS[road % TOWNS.length];
    const [lon, lat] = [120.98 + below(20000) / 1e5, 30.62 + below(15000) / 1e5];
    for (let door = 1; door <= DOORS; door += 1)
      rows.push({ town, name, door, lon: (lon + door * 1e-4).toFixed(6), lat: lat.toFixed(6), text: `平湖市${town}${name}${door}号` });
  }
  return rows;
}

function tool(build, args) {
  const done = spawnSync(join(build, 'diming'), args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`diming ${args.join(' ')}: ${done.stderr}`);
  return done.stdout.trim();
}

// The database of the soak; returns what is to be asked about.
function prepare(how, folder) {
  const db = join(folder, 'soak.db');
  const below = generator(330482);
  const rows = quarter(below, how.roads);
  copyFileSync(how.db, db);
  const csv = join(folder, 'doors.csv');
  writeFileSync(csv, ['门牌类型,门牌规格,市辖区,镇街,道路名称,门牌号,经度,纬度',
    ...rows.map((r) => `道路门牌,大门牌,平湖市,${r.town},${r.name},${r.door},${r.lon},${r.lat}`)].join('\n'));
  tool(how.build, ['import', csv, '--profile', 'doorplate', '--crs', 'EPSG:4490', '--rejects', join(folder, 'rejects.csv'), '--db', db,
    '--source', 'key=soak;origin=synthetic, seed 330482;edition=1', '--set', 'synthetic=1;method=synthetic']);
  const built = tool(how.build, ['build', '--db', db, '--snapshot', join(folder, 'soak.snap')]);
  const keys = Object.fromEntries(['editor', 'surveyor', 'clerk', 'admin'].map((role) =>
    [role, tool(how.build, ['key', 'add', role, '--roles', role, '--per-day', '100000000', '--db', db])]));
  return { db, snap: join(folder, 'soak.snap'), rows, below, keys, built };
}

function serve(how, world, folder) {
  const child = spawn(join(how.build, 'diming'), ['serve', '--port', '0', '--db', world.db, '--snapshot', world.snap, '--jobs', join(folder, 'jobs')], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk) => {
      said = (said + chunk).slice(-4096);
      const url = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (url) resolve({ child, url: url[0], said: () => said });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code, signal) => reject(new Error(`serve ended with ${code ?? signal}: ${said}`)));
  });
}

// Latencies in hundredths of a millisecond, in buckets that grow by 2 %.
class Spans {
  counts = new Uint32Array(1024);
  add(ms) { this.counts[Math.max(0, Math.min(1023, Math.round(Math.log(Math.max(ms, 0.01) / 0.01) / Math.log(1.02))))] += 1; }
  merge(other) { other.counts.forEach((n, i) => { this.counts[i] += n; }); }
  get total() { return this.counts.reduce((a, b) => a + b); }
  at(share) {
    let left = this.total * share;
    for (let i = 0; i < 1024; i += 1) if ((left -= this.counts[i]) <= 0) return 0.01 * 1.02 ** i;
    return 0;
  }
}

// How many of each kind in a hundred requests, and what one is.
function kinds(world) {
  const { rows, below, keys } = world;
  const row = () => rows[below(rows.length)];
  const text = encodeURIComponent;
  const point = () => `lon=${(120.95 + below(30000) / 1e5).toFixed(5)}&lat=${(30.55 + below(25000) / 1e5).toFixed(5)}`;
  const key = (role) => ({ authorization: `Bearer ${keys[role]}` });
  const tile = () => { const z = 9 + below(6); const n = 2 ** z; return `${z}/${Math.floor(((121.0 + below(100) / 500 + 180) / 360) * n)}/${Math.floor((0.4095 + below(100) / 1e5) * n)}`; };
  const get = (path, headers = {}, statuses = [200]) => ({ method: 'GET', path, headers, statuses });
  return [
    ['geocode', 28, () => get(`/v1/geocode?q=${text(below(10) < 2 ? row().text.replace('测', '侧') : row().text)}`)],
    ['reverse', 22, () => get(`/v1/reverse?${point()}`)],
    ['suggest', 20, () => get(`/v1/suggest?q=${text(row().name.slice(0, 1 + below(3)))}`)],
    ['search', 6, () => get(`/v1/search?q=${text(row().name)}`)],
    ['parse, match', 4, () => get(below(2) ? `/v1/parse?q=${text(row().text)}` : `/v1/match?a=${text(row().text)}&b=${text(row().text)}`)],
    ['place', 4, () => get(`/v1/divisions/330482${100 + below(4)}`, {}, [200, 404])],
    ['features', 5, () => get(`/collections/${['places', 'addresses', 'divisions', 'heritage', 'changes'][below(5)]}/items?limit=20&bbox=121.0,30.6,121.1,30.7`)],
    ['features, survey', 1, () => get('/collections/boundary-markers/items?limit=5', key('surveyor'))],
    ['tiles', 4, () => get(`/tiles/${['base', 'dark', 'heritage'][below(3)]}/${tile()}${['.png', '.mvt', '@2x.png', '.webp'][below(4)]}`, {}, [200, 204])],
    ['dialects', 3, () => get([`/search?format=jsonv2&q=${text(row().name)}`, `/api/?q=${text(row().name)}`, `/reverse?format=jsonv2&${point()}`][below(3)])],
    ['review', 0.5, () => get('/v1/review?limit=5', key('clerk'))],
    ['changes', 0.5, () => get('/v1/changes?since=0&limit=50')],
    ['batch', 1, () => ({ method: 'POST', path: '/v1/batch', headers: { 'content-type': 'text/csv' }, body: `地址\n${Array.from({ length: 20 }, () => row().text).join('\n')}\n`, statuses: [200] })],
    ['refused', 1, () => get(['/v1/geocode', '/nothing/here', '/v1/review', '/v1/geocode?q=%00'][below(4)], {}, [400, 401, 404])],
  ];
}

function send(agent, url, one) {
  return new Promise((resolve) => {
    const began = performance.now();
    const done = (status, body, headers) => resolve({ status, body, headers, ms: performance.now() - began });
    const asked = request(new URL(one.path, url), { agent, method: one.method, headers: { ...one.headers, ...(one.body ? { 'content-length': Buffer.byteLength(one.body) } : {}) } }, (answer) => {
      const parts = [];
      answer.on('data', (chunk) => parts.push(chunk));
      answer.on('end', () => done(answer.statusCode, Buffer.concat(parts), answer.headers));
      answer.on('error', (error) => done(0, error.message));
    });
    asked.setTimeout(30000, () => asked.destroy(new Error('no answer in 30 s')));
    asked.on('error', (error) => done(0, error.message));
    asked.end(one.body);
  });
}

// What the process holds, in MB; the mapped snapshot is clean and not counted.
function memory(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const of = (name) => Number(rollup.match(new RegExp(`^${name}:\\s+(\\d+)`, 'm'))[1]) / 1024;
  return { rss: of('Rss'), own: of('Private_Dirty'), threads: readdirSync(`/proc/${pid}/task`).length, handles: readdirSync(`/proc/${pid}/fd`).length };
}

class Soak {
  constructor(how, world, service) {
    Object.assign(this, { how, world, service });
    this.agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, timeout: 3000 }); // before the service lets them go
    this.kinds = kinds(world).filter(([name]) => this.wants(name));
    this.weights = this.kinds.reduce((sum, kind) => sum + kind[1], 0);
    this.all = Object.fromEntries([...this.kinds.map((k) => k[0]), 'write', 'job'].map((name) => [name, { spans: new Spans(), wrong: 0 }]));
    this.minute = new Spans();
    this.wrong = [];
    this.open = 0;
    this.writes = 0;
  }

  note(name, one, answer) {
    this.all[name].spans.add(answer.ms);
    this.minute.add(answer.ms);
    if (one.statuses.includes(answer.status)) return;
    this.all[name].wrong += 1;
    this.wrong.push(`${name} ${one.path}: ${answer.status} ${String(answer.body).slice(0, 200)}`);
  }

  async ask(name, one) {
    this.open += 1;
    const answer = await send(this.agent, this.service.url, one);
    this.open -= 1;
    this.note(name, one, answer);
    return answer;
  }

  // To find out which kind it is that grows: --only geocode,write
  wants(name) { return !this.how.only || this.how.only.includes(name); }

  pick() {
    let at = this.world.below(1e6) / 1e6 * this.weights;
    return this.kinds.find((kind) => (at -= kind[1]) < 0) ?? this.kinds[0];
  }

  // An editor's door, and its undoing the next time.
  async write() {
    const headers = { authorization: `Bearer ${this.world.keys.editor}`, 'content-type': 'application/json' };
    const why = 'soak';
    if (this.undo) {
      const path = this.undo;
      this.undo = null;
      return this.ask('write', { method: 'POST', path, headers, body: JSON.stringify({ why }), statuses: [200] });
    }
    this.writes += 1;
    const source = { key: 'soak-letters', edition: '1', title: 'soak', origin: 'synthetic', licence: 'CC0-1.0' };
    const body = JSON.stringify({ why, source, address: { parent: this.world.road, number: `${1000 + this.writes}号`, synthetic: true } });
    const answer = await this.ask('write', { method: 'POST', path: '/v1/addresses', headers, body, statuses: [201] });
    if (answer.status === 201) this.undo = JSON.parse(answer.body).change.undo;
    return answer;
  }

  // A table of 500 rows as a job, removed when it is over.
  async job() {
    const { rows, below } = this.world;
    const body = `地址\n${Array.from({ length: 500 }, () => rows[below(rows.length)].text).join('\n')}\n`;
    const answer = await this.ask('job', { method: 'POST', path: '/v1/batch?mode=job', headers: { 'content-type': 'text/csv' }, body, statuses: [202] });
    if (answer.status !== 202) return;
    const path = new URL(answer.headers.location, this.service.url).pathname;
    for (let i = 0; i < 100; i += 1) {
      await sleep(200);
      const state = await this.ask('job', { method: 'GET', path, headers: {}, statuses: [200] });
      if (state.status === 200 && JSON.parse(state.body).status === 'done') break;
    }
    await this.ask('job', { method: 'GET', path: `${path}/result`, headers: {}, statuses: [200] });
    await this.ask('job', { method: 'DELETE', path, headers: {}, statuses: [204] });
  }

  async road() {
    const name = this.world.rows[0].name;
    const found = await send(this.agent, this.service.url, { method: 'GET', path: `/v1/search?q=${encodeURIComponent(name)}`, headers: {} });
    this.world.road = JSON.parse(found.body).features[0].properties.place_id;
  }

  say(second) {
    const now = { second, ...memory(this.service.child.pid), requests: this.minute.total, p50: this.minute.at(0.5), p99: this.minute.at(0.99), wrong: this.wrong.length };
    this.minute = new Spans();
    this.seen.push(now);
    console.log(`${String(Math.round(second)).padStart(5)} s ${now.rss.toFixed(1).padStart(8)} ${now.own.toFixed(1).padStart(8)} ${String(now.threads).padStart(7)} ${String(now.handles).padStart(7)} ${String(now.requests).padStart(8)} ${now.p50.toFixed(2).padStart(8)} ${now.p99.toFixed(2).padStart(8)} ${String(now.wrong).padStart(6)}`);
  }

  async run() {
    const { seconds, rate } = this.how;
    const step = Math.min(60, Math.max(1, seconds / 10));
    this.seen = [];
    await this.road();
    console.log('   time  rss MB   own MB threads handles requests   p50 ms   p99 ms  wrong');
    const began = performance.now();
    const passed = () => (performance.now() - began) / 1000;
    let [sent, said, wrote, jobs, left] = [0, 0, 0, 0, 0];
    while (passed() < seconds) {
      for (; this.kinds.length > 0 && sent < passed() * rate; sent += 1) {
        if (this.open >= 4 * CONNECTIONS) { left += 1; continue; }
        const [name, , make] = this.pick();
        void this.ask(name, make());
      }
      if (this.wants('write') && passed() >= (wrote + 1) * 5) { wrote += 1; void this.write(); }
      if (this.wants('job') && passed() >= (jobs + 0.5) * 60) { jobs += 1; void this.job(); }
      if (passed() >= (said + 1) * step) { said += 1; this.say(passed()); }
      await sleep(TICK_MS);
    }
    while (this.open > 0) await sleep(TICK_MS);
    return { left };
  }

  conclude({ left }) {
    const warm = this.seen.slice(Math.ceil(this.seen.length / 10));
    const part = (list, of) => list.reduce((sum, s) => sum + s[of], 0) / list.length;
    const tenth = Math.max(1, Math.floor(warm.length / 6));
    const [first, last] = [warm.slice(0, tenth), warm.slice(-tenth)];
    const all = new Spans();
    console.log(`\n${'kind'.padEnd(18)} requests   p50 ms   p99 ms   max ms  wrong`);
    for (const [name, { spans, wrong }] of Object.entries(this.all)) {
      if (spans.total === 0) continue;
      all.merge(spans);
      console.log(`${name.padEnd(18)} ${String(spans.total).padStart(8)} ${spans.at(0.5).toFixed(2).padStart(8)} ${spans.at(0.99).toFixed(2).padStart(8)} ${spans.at(1).toFixed(1).padStart(8)} ${String(wrong).padStart(6)}`);
    }
    console.log(`${'all'.padEnd(18)} ${String(all.total).padStart(8)} ${all.at(0.5).toFixed(2).padStart(8)} ${all.at(0.99).toFixed(2).padStart(8)} ${all.at(1).toFixed(1).padStart(8)} ${String(this.wrong.length).padStart(6)}`);
    for (const line of this.wrong.slice(0, 20)) console.log(`wrong: ${line}`);
    console.log(`soak of ${this.how.seconds} s: own memory ${part(first, 'own').toFixed(1)} MB after warm-up, ${part(last, 'own').toFixed(1)} MB at the end, highest ${Math.max(...this.seen.map((s) => s.own)).toFixed(1)}; ${this.writes} doors written; ${left} requests left out; wrong answers ${this.wrong.length}`);
  }
}

export async function soak(argv) {
  const how = options(argv);
  const folder = mkdtempSync(join(tmpdir(), 'diming-soak-'));
  try {
    const world = prepare(how, folder);
    console.log(`${world.built.split('\n').at(-1).replace(/.*soak\.snap/, 'snapshot')}; ${how.rate} requests a second for ${how.seconds} s`);
    const service = await serve(how, world, folder);
    const run = new Soak(how, world, service);
    try {
      run.conclude(await run.run());
    } finally {
      service.child.removeAllListeners('exit');
      service.child.kill();
      await new Promise((resolve) => service.child.on('exit', resolve));
      run.agent.destroy();
      console.log(`database at the end: ${(statSync(world.db).size / 1e6).toFixed(1)} MB`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1]?.endsWith('soak.mjs')) await soak(process.argv.slice(2));
