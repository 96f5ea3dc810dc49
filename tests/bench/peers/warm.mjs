// warm.mjs - requests a second for a tile that is in memory: the real service
// with the shipped data, asked by wrk on the same cores.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { has, run } from './town.mjs';

const TILE = '/tiles/base/13/6852/3353.png';

function start(build, snapshot) {
  const child = spawn(join(build, 'diming'), ['serve', '--port', '0', '--db', join(build, '..', 'diming.db'), '--snapshot', snapshot]);
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk) => {
      said += chunk;
      const url = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (url) resolve({ child, url: url[0] });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', () => reject(new Error(said)));
  });
}

export async function warm(build) {
  const snapshot = join(build, '..', 'diming.snap');
  if (!has('wrk')) return console.log('warm tile: skipped, wrk is not installed');
  if (!existsSync(snapshot)) return console.log('warm tile: skipped, there is no build/diming.snap (./dev load)');
  const { child, url } = await start(build, snapshot);
  try {
    const answer = await fetch(url + TILE);
    const size = (await answer.arrayBuffer()).byteLength;
    for (const connections of ['16', '64']) {
      const said = run('wrk', ['-t1', `-c${connections}`, '-d5s', '--latency', url + TILE]);
      const [rate, p50, p99] = [/Requests\/sec:\s+(\S+)/, /50%\s+(\S+)/, /99%\s+(\S+)/].map((what) => said.match(what)?.[1]);
      console.log(`warm tile (${size} bytes), ${connections} connections: ${rate} requests/s, p50 ${p50}, p99 ${p99}`);
    }
  } finally {
    child.removeAllListeners('exit');
    child.kill();
  }
}
