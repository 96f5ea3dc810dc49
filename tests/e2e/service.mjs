// service.mjs - starts the real binary for a test, and stops it.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const diming = process.env.DIMING ?? join(root, 'build', 'release', 'diming');
export const database = join(root, 'build', 'diming.db');
export const snapshot = join(root, 'build', 'diming.snap');

const START_MS = 20000;

// A database of the test's own has a snapshot of its own beside it: the service
// makes it anew when the database changes.
function snapshotFor(extra) {
  const at = extra.indexOf('--db');
  if (at < 0 || extra.includes('--snapshot')) return snapshot;
  copyFileSync(snapshot, `${extra[at + 1]}.snap`);
  return `${extra[at + 1]}.snap`;
}

// Starts `diming serve` on a free port, by a launcher if one is given; resolves
// to {url, child, output, stop}; output() is what it has printed.
export function startService(extra = [], launcher = []) {
  const [program, ...before] = [...launcher, diming];
  const child = spawn(program, [...before, 'serve', '--port', '0', '--db', database, '--snapshot', snapshotFor(extra), ...extra]);
  let output = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`no address printed:\n${output}`)); }, START_MS);
    const read = (chunk) => {
      output += chunk;
      const found = output.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (!found) return;
      clearTimeout(late);
      resolve({ url: found[0], child, output: () => output, stop: () => stop(child) });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
  });
}

function stop(child) {
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }));
    child.kill('SIGTERM');
  });
}

// Runs the command line; returns {code, out, err}.
export function run(args, options = {}) {
  const result = spawnSync(diming, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  return { code: result.status, signal: result.signal, out: result.stdout, err: result.stderr };
}

// A folder of its own for a test, removed at the end.
export function scratch(test) {
  const folder = mkdtempSync(join(tmpdir(), 'diming-e2e-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function ask(url, path, parameters = {}) {
  const target = new URL(path, url);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  const answer = await fetch(target);
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

export const labels = (body) => body.features.map((feature) => feature.properties.label);
export const names = (body) => body.features.map((feature) => feature.properties.name);
