// warm.mjs - requests a second for a tile that is in memory: the real service
// with the shipped data, asked by wrk on the same cores; beside it, in turn, what
// civetweb gives at all: a constant of the same size (tests/bench/http/floor.c).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { has, run, start } from './town.mjs';

const TILE = '/tiles/base/13/6852/3353.png';
const ROUNDS = 3;

// A program that prints its address.
async function serve(program, args) {
  let said = '';
  let url;
  const { child, stop } = await start(program, args, { stdio: ['pipe', 'pipe', 'pipe'] }, (child) => {
    for (const stream of [child.stdout, child.stderr])
      if (stream.listenerCount('data') === 0) stream.on('data', (chunk) => { said += chunk; });
    url = said.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
    return url;
  });
  if (!url) {
    await stop();
    throw new Error(`${program} told no address: ${said}`);
  }
  return { child, url, stop };
}

function ask(url, connections) {
  const said = run('wrk', ['-t1', `-c${connections}`, '-d4s', '--latency', url]);
  const [rate, p50, p99] = [/Requests\/sec:\s+(\S+)/, /50%\s+(\S+)/, /99%\s+(\S+)/].map((what) => said.match(what)?.[1]);
  return { rate: Number(rate), p50, p99 };
}

const median = (runs) => [...runs].sort((a, b) => a.rate - b.rate)[Math.floor(runs.length / 2)];

async function measure(tile, constant) {
  for (const connections of [16, 64]) {
    const [ours, floor] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      floor.push(ask(constant, connections));
      ours.push(ask(tile, connections));
    }
    const [{ rate, p50, p99 }, most] = [median(ours), median(floor)];
    console.log(`| ${connections} connections | ${rate.toFixed(0)} | ${p50} | ${p99} | ${most.rate.toFixed(0)} | ${(100 * rate / most.rate).toFixed(0)} % |`);
  }
}

export async function warm(build) {
  const data = join(build, '..');
  const snapshot = join(data, 'diming.snap');
  if (!has('wrk')) return console.log('warm tile: skipped, wrk is not installed');
  if (!existsSync(snapshot)) return console.log('warm tile: skipped, there is no build/diming.snap (./dev load)');
  const ours = await serve(join(build, 'diming'), ['serve', '--port', '0', '--db', join(data, 'diming.db'), '--snapshot', snapshot]);
  try {
    const size = (await (await fetch(ours.url + TILE)).arrayBuffer()).byteLength;
    const floor = await serve(join(build, 'http_floor'), [`${size}`]);
    try {
      console.log(`\n| warm tile (${size} bytes), wanted 25000 | requests/s | p50 | p99 | civetweb with a constant | of it |\n|---|---|---|---|---|---|`);
      await measure(ours.url + TILE, floor.url);
    } finally {
      await floor.stop();
    }
  } finally {
    await ours.stop();
  }
}
