// Test plan: `diming import URL` stores what a host of this machine gives, under
// the URL's name; a URL without mapping is wrong usage; a host that does not have
// it, cuts it short or redirects to a file changes nothing and leaves nothing.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { diming, root, run, scratch } from './service.mjs';

const FILE = join(root, 'data/divisions/divisions.csv');
const MAPPING = `${FILE}.map.json`;

// Not run() of service.mjs: it stops this process, and the host with it.
function start(args, options) {
  return new Promise((resolve) => {
    const child = spawn(diming, args, options);
    const text = { out: '', err: '' };
    child.stdout.on('data', (chunk) => { text.out += chunk; });
    child.stderr.on('data', (chunk) => { text.err += chunk; });
    child.on('close', (code) => resolve({ code, ...text }));
  });
}

const ANSWERS = {
  '/divisions.csv': (answer) => answer.end(readFileSync(FILE)),
  '/short.csv': (answer) => {
    answer.writeHead(200, { 'Content-Length': 1000 });
    answer.write('code,name\n', () => answer.destroy());
  },
  '/moved.csv': (answer) => answer.writeHead(302, { Location: 'file:///etc/passwd' }).end(),
};

async function host(t) {
  const server = createServer((request, answer) => {
    const give = ANSWERS[request.url];
    if (give) give(answer);
    else answer.writeHead(404).end('no');
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

function query(db, sql) {
  return spawnSync('sqlite3', [db, sql], { encoding: 'utf8' }).stdout.trim();
}

test('import from a URL', async (t) => {
  const url = await host(t);
  const folder = scratch(t);
  const db = join(folder, 'test.db');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const options = { cwd: folder, env: { ...process.env, TMPDIR: temporary } };
  assert.equal(run(['init', '--db', db]).code, 0);

  const bad = [
    ['/nowhere.csv', 4, /nowhere\.csv': not there \(404\)/],
    ['/short.csv', 4, /short\.csv': cut short: .*\(3 tries\)/],
    ['/moved.csv', 3, /redirects to 'file:\/\/\/etc\/passwd': only https and http/],
  ];
  for (const [path, code, says] of bad) {
    const result = await start(['import', url + path, '--mapping', MAPPING, '--db', db], options);
    assert.equal(result.code, code, result.err);
    assert.match(result.err, says);
  }
  assert.equal((await start(['import', `${url}/divisions.csv`, '--db', db], options)).code, 2);
  assert.equal(query(db, 'SELECT count(*) FROM record'), '0');

  const good = await start(['import', `${url}/divisions.csv`, '--mapping', MAPPING, '--db', db], options);
  assert.equal(good.code, 0, good.err);
  assert.match(good.out, /divisions\.csv: read \d+, stored \d+/);
  assert.equal(query(db, 'SELECT DISTINCT file FROM record'), `${url}/divisions.csv`);
  assert.match(readFileSync(join(folder, 'divisions.csv.rejects.csv'), 'utf8'), new RegExp(`"${url}/divisions\\.csv",187,`));
  assert.deepEqual(readdirSync(temporary), []);
});
