// bench.mjs - requests a second over HTTP, against civetweb with a constant.
//
//     node tests/bench/http/bench.mjs BUILD [--addresses N] [--seconds S] [--rounds R] [--peers]
//
// Server and wrk share the machine's cores, so only ratios within one run mean
// anything: each round measures the constant and every route in turn, and the
// medians of the rounds are compared. Wrong answers are counted: any status but
// 200, and any error of a socket. Beside each route stands the constant once more
// with as many bytes as the route's answers have: what a route cannot pass through
// this web server whatever it does. --peers: the same city in Groonga and
// PostgreSQL (peers.mjs).
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareWithPeers } from './peers.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const build = process.argv[2];
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const SECONDS = option('seconds', 4);
const ROUNDS = option('rounds', 3);
const PEERS = process.argv.includes('--peers');
const CONNECTIONS = 64;
const IDLE = 1000;

function start(program, args) {
  const child = spawn(join(build, program), args, { stdio: ['pipe', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk) => {
      said += chunk;
      const url = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (url) resolve({ child, url: url[0] });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`${program} ended with ${code}: ${said}`)));
  });
}

function stop({ child }) {
  child.removeAllListeners('exit');
  child.stdin.end();
  child.kill();
  return new Promise((resolve) => child.on('exit', resolve));
}

// What wrk writes of a span; "-nan" when nothing was answered.
const milliseconds = (text) => {
  const found = text?.match(/([\d.]+)(us|ms|s|m)$/);
  return found ? found[1] * { us: 0.001, ms: 1, s: 1000, m: 60000 }[found[2]] : 0;
};

function ask(url, list, seconds = SECONDS) {
  const done = spawnSync('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--latency', '-s', join(here, 'list.lua'), url, '--', list], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`wrk: ${done.stderr}`);
  const number = (what) => Number(done.stdout.match(what)?.[1] ?? 0);
  const errors = done.stdout.match(/connect (\d+), read (\d+), write (\d+), timeout (\d+)/)?.slice(1).map(Number) ?? [0];
  return {
    rate: number(/Requests\/sec:\s+([\d.]+)/),
    p50: milliseconds(done.stdout.match(/^ +50%\s+(\S+)/m)?.[1]),
    p99: milliseconds(done.stdout.match(/^ +99%\s+(\S+)/m)?.[1]),
    wrong: number(/Non-2xx or 3xx responses: (\d+)/) + errors.reduce((a, b) => a + b),
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const medians = (runs) => ({ rate: median(runs.map((r) => r.rate)), p50: median(runs.map((r) => r.p50)), p99: median(runs.map((r) => r.p99)), wrong: runs.reduce((sum, r) => sum + r.wrong, 0) });

// Connections that say nothing, as browsers keep them.
async function idle(url, count) {
  const { port } = new URL(url);
  const sockets = [];
  for (let i = 0; i < count; i += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    sockets.push(socket);
    await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
  }
  return { count: () => sockets.filter((s) => !s.destroyed).length, end: () => sockets.forEach((s) => s.destroy()) };
}

function print(name, run, base) {
  const part = base ? `${((100 * run.rate) / base.rate).toFixed(0)} %` : '';
  console.log(`${name.padEnd(34)} ${run.rate.toFixed(0).padStart(9)} ${part.padStart(8)} ${run.p50.toFixed(2).padStart(8)} ${run.p99.toFixed(2).padStart(8)} ${String(run.wrong).padStart(6)}`);
}

const ROUTES = ['geocode', 'reverse', 'suggest'];

// Bytes of an answer's body, over the first questions of a list.
async function bytesOf(service, list) {
  const paths = readFileSync(list, 'utf8').split('\n', 200);
  let sum = 0;
  for (const path of paths) sum += (await (await fetch(new URL(path, service.url))).arrayBuffer()).byteLength;
  return Math.round(sum / paths.length);
}

async function compare(folder, service, constant) {
  const list = (name) => join(folder, `${name}.txt`);
  const runs = { constant: [] };
  const floors = {};
  for (const name of ROUTES) {
    const bytes = await bytesOf(service, list(name));
    floors[name] = { bytes, ...(await start('http_floor', [String(bytes)])), runs: [] };
    runs[name] = [];
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.constant.push(ask(constant.url, list('geocode')));
    for (const name of ROUTES) {
      runs[name].push(ask(service.url, list(name)));
      floors[name].runs.push(ask(floors[name].url, list(name)));
    }
  }
  console.log(`${'64 connections'.padEnd(34)} ${'requests/s'.padStart(9)} ${'of it'.padStart(8)} ${'p50 ms'.padStart(8)} ${'p99 ms'.padStart(8)} ${'wrong'.padStart(6)}`);
  const base = medians(runs.constant);
  print('civetweb, a constant (500 bytes)', base);
  for (const name of ROUTES) {
    print(`/v1/${name}`, medians(runs[name]), base);
    print(`  a constant of its ${floors[name].bytes} bytes`, medians(floors[name].runs), base);
    await stop(floors[name]);
  }
}

async function besideIdle(folder, service) {
  const list = join(folder, 'geocode.txt');
  const alone = [];
  const beside = [];
  let open = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    alone.push(ask(service.url, list));
    const quiet = await idle(service.url, IDLE);
    open = Math.max(open, quiet.count());
    beside.push(ask(service.url, list));
    quiet.end();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  print('geocode, alone', medians(alone));
  print(`geocode, ${open} idle connections`, medians(beside), medians(alone));
}

const folder = mkdtempSync(join(tmpdir(), 'diming-http-'));
try {
  const made = spawnSync(join(build, 'http_town'), [folder, String(option('addresses', 1000000))], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  console.log(`synthetic city: ${made.stdout.trim()}; ${cpus().length} cores (${cpus()[0].model}), load ${loadavg()[0].toFixed(1)}; median of ${ROUNDS} rounds of ${SECONDS} s`);
  spawnSync(join(build, 'diming'), ['init', '--db', join(folder, 'empty.db')]);
  const service = await start('diming', ['serve', '--port', '0', '--no-rebuild', '--db', join(folder, 'empty.db'), '--snapshot', join(folder, 'city.snap')]);
  const constant = await start('http_floor', []);
  try {
    if (PEERS) {
      const rows = spawnSync(join(build, 'http_rows'), [folder], { encoding: 'utf8' });
      if (rows.status !== 0) throw new Error(rows.stderr);
      await compareWithPeers(folder, service.url, ask, SECONDS);
    } else {
      await compare(folder, service, constant);
      await besideIdle(folder, service);
    }
  } finally {
    await stop(service);
    await stop(constant);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
