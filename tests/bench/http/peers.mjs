// peers.mjs - the same questions to Groonga and to PostgreSQL, on the same city.
//
//     node tests/bench/http/bench.mjs BUILD --peers [--addresses N] [--seconds S]
//
// What is compared: Diming and Groonga answer over HTTP to wrk; PostgreSQL has no
// HTTP, so pgbench asks it by its own protocol on a Unix socket, with prepared
// statements (which spares it a head to parse and JSON to write). Each has the
// index that its manual advises. Rates only mean something within one run. Whether
// an answer is right is judged apart, on the first questions of each list.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const KINDS = ['exact', 'fuzzy', 'prefix', 'nearest'];
const JUDGED = 200;
const CONNECTIONS = 64;
const BIN = '/usr/lib/postgresql/15/bin';
const GROONGA_PORT = 10000 + (process.pid % 20000);

const lines = (folder, name) => readFileSync(join(folder, `${name}.tsv`), 'utf8').trim().split('\n').map((line) => line.split('\t'));
const near = (a, b) => Math.abs(a[0] - b[0]) < 1e-6 && Math.abs(a[1] - b[1]) < 1e-6;

// Whether what came back answers the question: rows of {id, name, position}.
const RIGHT = {
  exact: ([, id], rows) => rows[0]?.id === id,
  fuzzy: ([, id], rows) => rows[0]?.id === id,
  prefix: ([text], rows) => rows.length > 0 && rows.every((row) => row.name.startsWith(text)),
  nearest: (question, rows) => rows.some((row) => near(row.position, question.slice(2).map(Number))),
};

// `askAll` answers the questions of one kind, in order.
async function judge(questions, askAll) {
  const right = {};
  for (const kind of KINDS) {
    const some = questions[kind].slice(0, JUDGED);
    const answers = await askAll(kind, some);
    right[kind] = (100 * some.filter((question, i) => RIGHT[kind](question, answers[i])).length) / some.length;
  }
  return right;
}

// One question after another over HTTP.
const inTurn = (askOne) => async (kind, some) => {
  const answers = [];
  for (const question of some) answers.push(await askOne(kind, question));
  return answers;
};

// Paths to wrk; the caller brings `ask` of bench.mjs.
function byHttp(folder, name, url, pathOf, questions, ask) {
  const runs = {};
  for (const kind of KINDS) {
    const list = join(folder, `${name}-${kind}.txt`);
    writeFileSync(list, `${questions[kind].map((question) => pathOf(kind, question)).join('\n')}\n`);
    runs[kind] = ask(url, list);
  }
  return runs;
}

// ---- ours ----

const OUR_PATHS = {
  exact: ([text]) => `/v1/geocode?q=${encodeURIComponent(text)}&limit=1`,
  fuzzy: ([text]) => `/v1/geocode?q=${encodeURIComponent(text)}&limit=1`,
  prefix: ([text]) => `/v1/suggest?q=${encodeURIComponent(text)}&limit=5`,
  nearest: ([lon, lat]) => `/v1/reverse?lon=${lon}&lat=${lat}&limit=2`,
};

async function ours(folder, url, questions, ask) {
  const right = await judge(questions, inTurn(async (kind, question) => {
    const answer = await fetch(new URL(OUR_PATHS[kind](question), url));
    const { features } = await answer.json();
    return features.map((f) => ({ id: f.id, name: f.properties.name, position: f.geometry?.coordinates ?? [0, 0] }));
  }));
  return { name: 'Diming, HTTP', right, runs: byHttp(folder, 'diming', url, (kind, q) => OUR_PATHS[kind](q), questions, ask) };
}

// ---- Groonga ----

const GROONGA_SCHEMA = `table_create Addresses TABLE_HASH_KEY ShortText
column_create Addresses text COLUMN_SCALAR ShortText
column_create Addresses place COLUMN_SCALAR WGS84GeoPoint
table_create Names TABLE_PAT_KEY ShortText
table_create Texts TABLE_PAT_KEY ShortText
column_create Texts addresses COLUMN_INDEX Addresses text
table_create Grams TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram
column_create Grams addresses COLUMN_INDEX|WITH_POSITION Addresses text
table_create Points TABLE_PAT_KEY WGS84GeoPoint
column_create Points addresses COLUMN_INDEX Addresses place
`;

const quote = (text) => `"${text.replace(/["\\]/g, '\\$&')}"`;
// Similar texts by pairs of characters, the most alike first: what Groonga has
// for a whole text with a wrong character (fuzzy_search is for single words).
const GROONGA_ASKS = {
  exact: ([text]) => ({ table: 'Addresses', filter: `text == ${quote(text)}`, output_columns: '_key', limit: 1 }),
  fuzzy: ([text]) => ({ table: 'Addresses', filter: `text *S ${quote(text)}`, sort_keys: '-_score', output_columns: '_key', limit: 1 }),
  prefix: ([text]) => ({ table: 'Names', filter: `_key @^ ${quote(text)}`, output_columns: '_key', limit: 5 }),
  nearest: ([lon, lat]) => ({
    table: 'Addresses', filter: `geo_in_circle(place, "${lat}x${lon}", 100)`, scorer: `_score = geo_distance(place, "${lat}x${lon}")`,
    sort_keys: '_score', output_columns: '_key,place', limit: 1,
  }),
};
const groongaPath = (kind, question) => `/d/select?${new URLSearchParams(GROONGA_ASKS[kind](question))}`;
const fromMs = (point) => point.split('x').reverse().map((ms) => ms / 3600000);

async function groonga(folder, questions, ask) {
  if (spawnSync('groonga', ['--version']).status !== 0) return { name: 'Groonga, HTTP', skipped: 'groonga-bin is not installed' };
  const base = join(folder, 'groonga.db');
  const addresses = lines(folder, 'addresses').map(([id, text, lon, lat]) => `[${quote(id)},${quote(text)},"${lat}x${lon}"]`);
  const names = [...new Set(lines(folder, 'names').map(([name]) => name))].map((name) => `[${quote(name)}]`);
  const commands = `${GROONGA_SCHEMA}load --table Addresses\n[["_key","text","place"],\n${addresses.join(',\n')}\n]\nload --table Names\n[["_key"],\n${names.join(',\n')}\n]\n`;
  const file = join(folder, 'groonga.grn');
  writeFileSync(file, commands);
  execFileSync('groonga', ['--file', file, '-n', base], { stdio: 'ignore' });
  const child = spawn('groonga', ['-s', '--protocol', 'http', '--port', GROONGA_PORT, '--bind-address', '127.0.0.1', '-t', '2', base], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${GROONGA_PORT}`;
  try {
    for (let i = 0; i < 100; i += 1) {
      if (await fetch(`${url}/d/status`).then((answer) => answer.ok, () => false)) break;
      await wait(100);
    }
    const right = await judge(questions, inTurn(async (kind, question) => {
      const answer = await (await fetch(new URL(groongaPath(kind, question), url))).json();
      const rows = answer[1]?.[0]?.slice(2) ?? [];
      return rows.map(([key, place]) => ({ id: key, name: key, position: place ? fromMs(place) : [0, 0] }));
    }));
    return { name: 'Groonga, HTTP', right, runs: byHttp(folder, 'groonga', url, groongaPath, questions, ask) };
  } finally {
    child.kill();
    if (child.exitCode === null) await new Promise((done) => child.once('exit', done));
  }
}

// ---- PostgreSQL ----

// PostgreSQL refuses to be root.
const as = (program, args) => (process.getuid() === 0 ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args]);
const SETTINGS = ['jit=off', 'max_parallel_workers_per_gather=0', 'shared_buffers=512MB', 'work_mem=64MB', 'maintenance_work_mem=512MB',
  'fsync=off', 'autovacuum=off', `max_connections=${CONNECTIONS + 10}`];
const SQL = {
  exact: 'SELECT a.id FROM addresses a WHERE a.text = (SELECT text FROM ask_exact WHERE i = :i) LIMIT 1;',
  fuzzy: 'SELECT a.id FROM addresses a ORDER BY a.text <-> (SELECT text FROM ask_fuzzy WHERE i = :i) LIMIT 1;',
  prefix: "SELECT n.name FROM names n WHERE n.name ^@ (SELECT text FROM ask_prefix WHERE i = :i) LIMIT 5;",
  nearest: 'SELECT a.id, ST_X(a.place), ST_Y(a.place) FROM addresses a ORDER BY a.place <-> (SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4490) FROM ask_nearest WHERE i = :i) LIMIT 1;',
};
const TABLES = (folder) => `
CREATE EXTENSION pg_trgm; CREATE EXTENSION postgis;
CREATE TABLE rows (id text, text text, lon float8, lat float8);
\\copy rows FROM '${join(folder, 'addresses.tsv')}'
CREATE TABLE addresses AS SELECT id, text, ST_SetSRID(ST_MakePoint(lon, lat), 4490) AS place FROM rows;
DROP TABLE rows;
CREATE TABLE names (name text);
\\copy names FROM '${join(folder, 'names.tsv')}'
${['exact', 'fuzzy'].map((kind) => `CREATE TABLE ask_${kind} (i serial PRIMARY KEY, text text, id text);
\\copy ask_${kind} (text, id) FROM '${join(folder, `${kind}.tsv`)}'`).join('\n')}
CREATE TABLE ask_prefix (i serial PRIMARY KEY, text text);
\\copy ask_prefix (text) FROM '${join(folder, 'prefix.tsv')}'
CREATE TABLE ask_nearest (i serial PRIMARY KEY, lon float8, lat float8, at_lon float8, at_lat float8);
\\copy ask_nearest (lon, lat, at_lon, at_lat) FROM '${join(folder, 'nearest.tsv')}'
CREATE INDEX ON addresses USING hash (text);
CREATE INDEX ON addresses USING gist (text gist_trgm_ops(siglen=64));
CREATE INDEX ON addresses USING gist (place);
CREATE INDEX ON names USING spgist (name);
VACUUM ANALYZE;`;

function sql(socket, text) {
  const done = spawnSync('psql', ['-h', socket, '-U', 'postgres', '-X', '-q', '-t', '-A', '-F', '\t', '-v', 'ON_ERROR_STOP=1', '-d', 'postgres'],
    { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`psql: ${done.stderr}`);
  return done.stdout;
}

async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'diming-pg-'));
  if (process.getuid() === 0) execFileSync('chown', ['postgres', folder]);
  const data = join(folder, 'data');
  const made = spawnSync(...as(join(BIN, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']), { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const child = spawn(...as(join(BIN, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses=', ...SETTINGS.flatMap((setting) => ['-c', setting])]),
    { stdio: ['ignore', 'ignore', 'ignore'] });
  for (let i = 0; i < 100 && !existsSync(join(folder, '.s.PGSQL.5432')); i += 1) await wait(100);
  const stop = async () => {
    spawnSync(...as(join(BIN, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-s', 'stop']));
    if (child.exitCode === null) await new Promise((done) => child.once('exit', done));
    rmSync(folder, { recursive: true, force: true });
  };
  return { socket: folder, stop };
}

// pgbench's log has a line a transaction: client, number, microseconds ...
function pgbench(folder, socket, kind, count, seconds) {
  const script = join(folder, `pg-${kind}.sql`);
  const logs = mkdtempSync(join(folder, 'pg-log-'));
  writeFileSync(script, `\\set i random(1, ${count})\n${SQL[kind]}\n`);
  const done = spawnSync('pgbench', ['-h', socket, '-U', 'postgres', '-n', '-M', 'prepared', '-c', String(CONNECTIONS), '-j', '1', '-T', String(seconds),
    '-f', script, '-l', '--log-prefix', join(logs, 'log'), 'postgres'], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`pgbench: ${done.stderr}`);
  const spans = readdirSync(logs).flatMap((name) => readFileSync(join(logs, name), 'utf8').trim().split('\n'))
    .map((line) => Number(line.split(' ')[2]) / 1000).sort((a, b) => a - b);
  const at = (share) => spans[Math.min(spans.length - 1, Math.floor(spans.length * share))] ?? 0;
  return { rate: Number(done.stdout.match(/tps = ([\d.]+)/)[1]), p50: at(0.5), p99: at(0.99), wrong: 0 };
}

async function postgresql(folder, questions, seconds) {
  const name = 'PostgreSQL, its own protocol';
  if (!existsSync(join(BIN, 'postgres')) || !existsSync('/usr/share/postgresql/15/extension/postgis.control'))
    return { name, skipped: 'postgresql-15-postgis-3 is not installed' };
  const { socket, stop } = await startPostgres();
  try {
    sql(socket, TABLES(folder));
    const right = await judge(questions, async (kind, some) => {
      const said = sql(socket, some.map((_, i) => `${SQL[kind].replace(':i', i + 1)}\n\\echo =`).join('\n'));
      return said.split('=\n').map((rows) => rows.split('\n').filter(Boolean).map((row) => row.split('\t'))
        .map(([key, lon, lat]) => ({ id: key, name: key, position: [Number(lon), Number(lat)] })));
    });
    const runs = {};
    for (const kind of KINDS) runs[kind] = pgbench(folder, socket, kind, questions[kind].length, seconds);
    return { name, right, runs };
  } finally {
    await stop();
  }
}

// ---- the table ----

const figure = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));

export async function compareWithPeers(folder, url, ask, seconds) {
  const questions = Object.fromEntries(KINDS.map((kind) => [kind, lines(folder, kind)]));
  const all = [await ours(folder, url, questions, ask), await groonga(folder, questions, ask), await postgresql(folder, questions, seconds)];
  console.log(`\n| requests/s (p50, p99 ms; right %), ${CONNECTIONS} connections | ${KINDS.join(' | ')} |\n|---|${'---|'.repeat(KINDS.length)}`);
  for (const { name, skipped, right, runs } of all)
    if (skipped) console.log(`| ${name} | skipped: ${skipped} |`);
    else console.log(`| ${name} | ${KINDS.map((kind) => `${runs[kind].rate.toFixed(0)} (${figure(runs[kind].p50)}, ${figure(runs[kind].p99)}; ${right[kind].toFixed(0)})`).join(' | ')} |`);
}
