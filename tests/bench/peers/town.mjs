// town.mjs - what the peers are asked for: layers, looks and tiles of the town.
//
// The looks are those of the style `base` at each zoom (data/styles/base.json),
// put by hand into the words of each peer: areas, buildings from z14, roads with
// casing from z12, town and village names, other names and road names from z14.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export const ROUNDS = 5; // best of so many, as ours
export const ZOOMS = [12, 13, 14, 15, 16];
export const FONT_FOLDER = '/usr/share/fonts/opentype/noto';
export const TINTS = ['#fbf3db', '#edf3e1', '#fae9e2', '#efebf3', '#e6f1ee'];

// Runs a program to its end; a failure carries what it said.
export function run(program, args, options = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (done.error || done.status !== 0)
    throw new Error(`${program} ${args.slice(0, 3).join(' ')}: ${done.error?.message ?? done.stderr.slice(0, 800)}`);
  return done.stdout;
}

// Programs that run beside us. None outlives this process, whatever ends it.
const running = new Set();
process.on('exit', () => { for (const child of running) kill(child); });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

// A child leads a group of its own: spawn-fcgi and runuser start others.
function kill(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

// Starts a program; resolves when `isReady()` holds, asked ten times a second.
export async function start(program, args, options, isReady) {
  const child = spawn(program, args, { ...options, detached: true });
  const gone = once(child, 'exit');
  gone.catch(() => {}); // it was never there
  running.add(child);
  child.on('exit', () => running.delete(child));
  for (let i = 0; i < 100 && !isReady(child); i++) {
    await Promise.race([wait(100), gone]);
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
  }
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      kill(child);
      await gone;
    }
  };
  return { child, stop };
}

export function has(program) {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0;
}

// Between two zooms of MapLibre; a tile of 256 pixels shows one less.
function between(zoom, from, low, to, high) {
  const at = Math.min(Math.max(zoom - 1, from), to);
  return low + ((high - low) * (at - from)) / (to - from);
}

export function looks(zoom) {
  return {
    casing: between(zoom, 11, 1.6, 15, 8),
    road: between(zoom, 11, 0.6, 15, 6),
    hasBuildings: zoom >= 14,
    hasPlaces: zoom >= 14,
    place: Math.round(between(zoom, 13, 11, 15, 14)),
    village: Math.round(between(zoom, 12, 11, 15, 15)),
    town: Math.round(between(zoom, 9, 11, 15, 19)),
    roadName: Math.round(between(zoom, 13, 11, 15, 13)),
  };
}

export function readTiles(folder) {
  return readFileSync(join(folder, 'tiles.csv'), 'utf8').trim().split('\n').map((line) => {
    const [z, x, y] = line.split(',').map(Number);
    return { z, x, y };
  });
}

const HALF = 20037508.342789244;
// The box of a tile in EPSG:3857.
export function boxOf({ z, x, y }) {
  const side = (2 * HALF) / 2 ** z;
  return [-HALF + x * side, HALF - (y + 1) * side, -HALF + (x + 1) * side, HALF - y * side];
}

// Times `make(tile)` (resolves to a size in bytes) for every tile: best of the
// rounds, mean over a zoom.
export async function timeTiles(peer, what, tiles, make) {
  const rows = [];
  for (const z of ZOOMS) {
    let ms = 0;
    let bytes = 0;
    const mine = tiles.filter((tile) => tile.z === z);
    for (const tile of mine) {
      let best = Infinity;
      for (let round = 0; round < ROUNDS; round++) {
        const begun = process.hrtime.bigint();
        const size = await make(tile);
        best = Math.min(best, Number(process.hrtime.bigint() - begun) / 1e6);
        if (round === 0) bytes += size;
      }
      ms += best;
    }
    rows.push({ peer, what, z, ms: ms / mine.length, kb: bytes / mine.length / 1024 });
  }
  return rows;
}
