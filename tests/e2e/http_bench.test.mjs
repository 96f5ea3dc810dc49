// Plan: the benchmark over HTTP runs on a small city: the constant and each
// route answer, nothing is wrong, and the row beside a thousand idle connections
// is there. No figure is judged here: the machine may be busy.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const BUILD = fileURLToPath(new URL('../../build/release', import.meta.url));
const skip = existsSync(join(BUILD, 'http_town')) ? false : 'the release build has no benchmarks';

test('the benchmark over HTTP: every route answers', { skip }, () => {
  const done = spawnSync(process.execPath, [fileURLToPath(new URL('../bench/http/bench.mjs', import.meta.url)), BUILD, '--addresses', '2000', '--seconds', '1', '--rounds', '1'], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  const rows = new Map(done.stdout.split('\n').map((line) => [line.slice(0, 34).trim(), line.slice(34).trim().split(/ +/)]));
  assert.ok([...rows.keys()].some((name) => /^geocode, \d+ idle connections$/.test(name)), done.stdout);
  for (const name of ['civetweb, a constant (500 bytes)', '/v1/geocode', '/v1/reverse', '/v1/suggest', 'geocode, alone']) {
    const row = rows.get(name);
    assert.ok(row, `no row '${name}' in\n${done.stdout}`);
    assert.ok(Number(row[0]) > 100, `${name}: ${row}`);
    assert.equal(row.at(-1), '0', `${name} has wrong answers: ${row}`);
  }
});
