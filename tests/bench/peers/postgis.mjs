// postgis.mjs - ST_AsMVT in a cluster of its own, on a Unix socket in a folder
// of its own; both are gone afterwards. Times are taken inside the database:
// neither client nor protocol counts.
//
// A tile holds what ours holds: the same layers and attributes, and of names and
// buildings as many as fitted into ours, the most important first.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VectorTile } from '@mapbox/vector-tile';
import Pbf from 'pbf';
import { ROUNDS, ZOOMS, looks, run, start } from './town.mjs';

const BIN = '/usr/lib/postgresql/15/bin';
const SETTINGS = ['jit=off', 'max_parallel_workers_per_gather=0', 'shared_buffers=256MB', 'work_mem=64MB', 'fsync=off',
  'autovacuum=off'];

// PostgreSQL refuses to be root.
function as(program, args) {
  return process.getuid() === 0 ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args];
}

async function serve() {
  const folder = mkdtempSync(join(tmpdir(), 'diming-pg-'));
  if (process.getuid() === 0) execFileSync('chown', ['postgres', folder]);
  const data = join(folder, 'data');
  run(...as(join(BIN, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']));
  const options = SETTINGS.flatMap((setting) => ['-c', setting]);
  const { stop: end } = await start(...as(join(BIN, 'postgres'), ['-D', data, '-k', folder, '-c', 'listen_addresses=', ...options]),
    { stdio: ['ignore', 'ignore', 'ignore'] }, () => existsSync(join(folder, '.s.PGSQL.5432')));
  const stop = async () => {
    try {
      run(...as(join(BIN, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-s', 'stop']));
    } finally {
      await end();
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return { folder, stop };
}

function sql(folder, text) {
  return run('psql', ['-h', folder, '-U', 'postgres', '-X', '-q', '-t', '-A', '-v', 'ON_ERROR_STOP=1', '-d', 'postgres'],
    { input: text });
}

function load(folder, geopackage) {
  sql(folder, 'CREATE EXTENSION postgis;');
  for (const layer of ['places', 'buildings', 'roads', 'divisions'])
    run('ogr2ogr', ['-f', 'PostgreSQL', `PG:host=${folder} user=postgres dbname=postgres`, geopackage, layer,
      '-t_srs', 'EPSG:3857', '-lco', 'GEOMETRY_NAME=geom', '-lco', 'FID=id', '--config', 'PG_USE_COPY', 'YES']);
  sql(folder, 'VACUUM ANALYZE;');
}

const LAYER = (name, columns, box, where, order) => `
    (SELECT coalesce(ST_AsMVT(q, '${name}', 4096, 'geom', 'id'), ''::bytea) FROM (
      SELECT ${columns}, ST_AsMVTGeom(geom, edge, 4096, 64, true) AS geom FROM ${name}
      WHERE geom && wide ${where} ${order}) AS q)`;

function functionOf(zoom) {
  const layers = [
    LAYER('divisions', 'id, name, tint', 'wide', '', ''),
    looks(zoom).hasBuildings ? LAYER('buildings', 'id, name', 'wide', '', 'LIMIT buildings_max') : "''::bytea",
    LAYER('roads', 'id, name', 'wide', '', ''),
    LAYER('places', 'id, name, kind, rank', 'wide', '',
      "ORDER BY CASE kind WHEN 'town' THEN 0 WHEN 'village' THEN 1 ELSE 2 END, rank, id LIMIT places_max"),
  ];
  return `CREATE FUNCTION tile_${zoom}(x int, y int, places_max int, buildings_max int) RETURNS bytea LANGUAGE plpgsql STABLE AS $$
  DECLARE edge geometry := ST_TileEnvelope(${zoom}, x, y);
          wide geometry := ST_TileEnvelope(${zoom}, x, y, margin => 64.0 / 4096);
  BEGIN RETURN ${layers.join(' ||')}; END $$;`;
}

function counts(folder, { z, x, y }) {
  const tile = new VectorTile(new Pbf(readFileSync(join(folder, 'mvt', `${z}-${x}-${y}.mvt`))));
  return [tile.layers.names?.length ?? 0, tile.layers.buildings?.length ?? 0];
}

const TIMING = (zoom) => `
DO $$ DECLARE t record; begun timestamptz; best float8; spent float8; tile bytea;
BEGIN
  FOR t IN SELECT * FROM tiles WHERE z = ${zoom} LOOP
    best := 1e9;
    FOR round IN 1..${ROUNDS} LOOP
      begun := clock_timestamp();
      tile := tile_${zoom}(t.x, t.y, t.places, t.buildings);
      spent := extract(epoch FROM clock_timestamp() - begun) * 1000;
      best := least(best, spent);
    END LOOP;
    INSERT INTO times VALUES (${zoom}, best, length(tile));
  END LOOP;
END $$;`;

export async function postgis(folder, tiles) {
  if (!existsSync(join(BIN, 'postgres')) || !existsSync('/usr/share/postgresql/15/extension/postgis.control'))
    return { skipped: 'postgresql-15-postgis-3 is not installed' };
  const { folder: socket, stop } = await serve();
  try {
    load(socket, join(folder, 'town.gpkg'));
    const rows = tiles.map((tile) => [tile.z, tile.x, tile.y, ...counts(folder, tile)].join('\t')).join('\n');
    writeFileSync(join(folder, 'tiles.tsv'), `${rows}\n`);
    sql(socket, `CREATE TABLE tiles (z int, x int, y int, places int, buildings int);
CREATE TABLE times (z int, ms float8, bytes int);
COPY tiles FROM STDIN;
${rows}
\\.
${ZOOMS.map(functionOf).join('\n')}`);
    const out = sql(socket, `${ZOOMS.map(TIMING).join('\n')}
SELECT z, avg(ms), avg(bytes) / 1024 FROM times GROUP BY z ORDER BY z;`);
    return {
      rows: out.trim().split('\n').map((line) => {
        const [z, ms, kb] = line.split('|').map(Number);
        return { peer: 'PostGIS', what: 'mvt', z, ms, kb };
      }),
    };
  } finally {
    await stop();
  }
}
