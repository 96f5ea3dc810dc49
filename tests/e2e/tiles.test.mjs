// Test plan: the tiles as a file and by the standards' addresses. An export is
// read by SQLite, GDAL and npm pmtiles; each of its tiles is the one that the
// service gives; the bytes do not depend on threads nor on a kill -9 followed
// by --resume; wrong orders are refused. The file that a service keeps its tiles
// in: seeded, killed, served from.  OGC API - Tiles: every link leads
// somewhere, tiles are the served ones, errors have their status. WMTS: GDAL's
// driver and owslib draw what the tiles have, by KVP and REST; errors are reports. Pictures
// for reports: size, pin, words, bounds.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { PMTiles, TileType } from 'pmtiles';
import { database, diming, run, scratch, snapshot, startService } from './service.mjs';

const FILES = ['--db', database, '--snapshot', snapshot];
const PYTHON = '/usr/bin/python3'; // Debian's, which has Debian's packages
const AREA = ['--bbox', '120.95,30.55,121.35,30.85'];

let service;
before(async () => { service = await startService(['--rate', '100000']); });
after(() => service.stop());

const tool = (name, ...args) => {
  const { status, stdout, stderr } = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, GDAL_ENABLE_WMS_CACHE: 'NO' } });
  assert.equal(status, 0, `${name} ${args.join(' ')}: ${stderr}`);
  return stdout;
};

const exported = (file, ...options) => {
  const { code, err } = run(['tiles', 'export', file, ...FILES, ...AREA, ...options]);
  assert.equal(code, 0, err);
  return file;
};

const served = async (path) => {
  const answer = await fetch(service.url + path);
  return { status: answer.status, type: answer.headers.get('content-type'), body: Buffer.from(await answer.arrayBuffer()) };
};

// A file as the pmtiles reader wants it.
class FileSource {
  constructor(path) { this.path = path; this.file = openSync(path); }
  getKey() { return this.path; }
  close() { closeSync(this.file); }
  async getBytes(offset, length) {
    const bytes = Buffer.alloc(length);
    const count = readSync(this.file, bytes, 0, length, offset);
    return { data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + count) };
  }
}

// All x, y of a zoom that AREA meets.
function* tilesOf(z) {
  const column = (lon) => Math.floor(((lon + 180) / 360) * 2 ** z);
  const row = (lat) => Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
  for (let x = column(120.95); x <= column(121.35); x++)
    for (let y = row(30.85); y <= row(30.55); y++) yield { z, x, y };
}

test('MBTiles: GDAL reads it, each tile is the served one', async (t) => {
  const file = exported(join(scratch(t), 'base.mbtiles'), '--zooms', '8-11');
  const info = JSON.parse(tool('gdalinfo', '-json', file));
  assert.equal(info.driverShortName, 'MBTiles');
  assert.equal(info.metadata[''].name, 'diming-base');
  assert.match(info.metadata[''].description, /界线示意，不作为划界依据/);
  assert.ok(info.metadata[''].attribution.length > 10);
  const rows = JSON.parse(tool('sqlite3', '-json', file, 'SELECT zoom_level z, tile_column x, tile_row y, hex(tile_data) data FROM tiles'));
  const wanted = [8, 9, 10, 11].flatMap((z) => [...tilesOf(z)]);
  assert.equal(rows.length, wanted.length);
  for (const { z, x, y, data } of rows) {
    const { body } = await served(`/tiles/base/${z}/${x}/${2 ** z - 1 - y}.png`);
    assert.ok(body.equals(Buffer.from(data, 'hex')), `${z}/${x}/${y}`);
  }
});

test('MBTiles with vector tiles: GDAL finds the layers and their attributes', (t) => {
  const file = exported(join(scratch(t), 'vector.mbtiles'), '--zooms', '10-11', '--format', 'mvt');
  const { features } = JSON.parse(tool('ogr2ogr', '-f', 'GeoJSON', '-lco', 'RFC7946=YES', '/vsistdout/', file, 'names'));
  const town = features.find((feature) => feature.properties.name === '新埭镇') ?? features[0];
  assert.ok(features.length > 0);
  for (const field of ['id', 'name', 'name_roman', 'category', 'rank']) assert.ok(field in town.properties, field);
  const [lon, lat] = town.geometry.coordinates;
  assert.ok(lon > 120.5 && lon < 121.8 && lat > 30.3 && lat < 31.1, `${lon} ${lat}`);
});

test('PMTiles: npm pmtiles reads it, each tile is the served one', async (t) => {
  const folder = scratch(t);
  for (const [format, type, options] of [['png', TileType.Png, []], ['webp', TileType.Webp, ['--scale', '2']], ['mvt', TileType.Mvt, []]]) {
    const source = new FileSource(exported(join(folder, `${format}.pmtiles`), '--zooms', '9-11', '--format', format, ...options));
    const archive = new PMTiles(source);
    const header = await archive.getHeader();
    assert.equal(header.tileType, type);
    assert.deepEqual([header.specVersion, header.minZoom, header.maxZoom, header.clustered], [3, 9, 11, true]);
    assert.deepEqual([header.minLon, header.minLat, header.maxLon, header.maxLat], [120.95, 30.55, 121.35, 30.85]);
    const about = await archive.getMetadata();
    assert.equal(about.name, 'diming-base');
    assert.equal(about.vector_layers?.length, format === 'mvt' ? 6 : undefined);
    let count = 0;
    for (const z of [9, 10, 11])
      for (const { x, y } of tilesOf(z)) {
        const tile = await archive.getZxy(z, x, y);
        const answer = await served(`/tiles/base/${z}/${x}/${y}${options.length ? '@2x' : ''}.${format}`);
        if (answer.status === 204) assert.equal(tile, undefined);
        else { assert.ok(answer.body.equals(Buffer.from(tile.data)), `${format} ${z}/${x}/${y}`); count++; }
      }
    assert.equal(header.numAddressedTiles, count);
    assert.equal(await archive.getZxy(11, 0, 0), undefined);
    source.close();
  }
});

test('PMTiles stores the same bytes once', async (t) => {
  const file = join(scratch(t), 'sea.pmtiles');
  // the open sea: every tile is the same blank
  const { code, err } = run(['tiles', 'export', file, ...FILES, '--bbox', '140,20,150,30', '--zooms', '3-10', '--style', 'names']);
  assert.equal(code, 0, err);
  const source = new FileSource(file);
  const header = await new PMTiles(source).getHeader();
  assert.ok(header.numAddressedTiles > 800);
  assert.ok(header.numTileContents <= 3, `${header.numTileContents} contents`);
  assert.ok(header.numTileEntries < header.numAddressedTiles / 10);
  assert.ok(statSync(file).size < 10000);
  source.close();
});

test('the bytes depend neither on threads nor on being killed', async (t) => {
  const folder = scratch(t);
  for (const kind of ['mbtiles', 'pmtiles']) {
    const order = ['--zooms', '8-12', '--style', 'heritage'];
    const whole = readFileSync(exported(join(folder, `one.${kind}`), ...order, '--threads', '1'));
    assert.ok(whole.equals(readFileSync(exported(join(folder, `four.${kind}`), ...order, '--threads', '4'))), kind);
    const file = join(folder, `killed.${kind}`);
    const child = spawn(diming, ['tiles', 'export', file, ...FILES, ...AREA, ...order, '--threads', '1']);
    const gone = once(child, 'exit');
    for (let i = 0; i < 2000 && !(existsSync(`${file}.part`) && statSync(`${file}.part`).size > 20000); i++) await sleep(2);
    child.kill('SIGKILL');
    await gone;
    assert.equal(existsSync(file), false);
    const other = run(['tiles', 'export', file, ...FILES, ...AREA, '--zooms', '8-12', '--resume']);
    assert.equal(other.code, 3);
    assert.match(other.err, /of another export/);
    const { code, out, err } = run(['tiles', 'export', file, ...FILES, ...AREA, ...order, '--resume']);
    assert.equal(code, 0, err);
    assert.match(out, /tiles, [1-9]\d* of them from before/);
    assert.ok(whole.equals(readFileSync(file)), kind);
    assert.equal(existsSync(`${file}.part`), false);
  }
});

test('wrong orders are refused', (t) => {
  const file = join(scratch(t), 'a.mbtiles');
  const cases = [
    ['no box', [file, '--zooms', '8'], 2], ['no zooms', [file, ...AREA], 2],
    ['zooms turned', [file, ...AREA, '--zooms', '9-8'], 2], ['zoom 21', [file, ...AREA, '--zooms', '21'], 2],
    ['five numbers', [file, '--bbox', '1,2,3,4,5', '--zooms', '8'], 2], ['a word', [file, '--bbox', '1,2,3,x', '--zooms', '8'], 2],
    ['box turned', [file, '--bbox', '121,30,120,31', '--zooms', '8'], 3], ['unknown ending', [`${file}.zip`, ...AREA, '--zooms', '8'], 3],
    ['too many', [file, '--bbox=-180,-80,180,80', '--zooms', '0-20'], 3], ['unknown format', [file, ...AREA, '--zooms', '8', '--format', 'gif'], 2],
    ['vector at 2x', [file, ...AREA, '--zooms', '8', '--format', 'mvt', '--scale', '2'], 3],
    ['no folder', ['/nonexistent/a.mbtiles', ...AREA, '--zooms', '8'], 4],
  ];
  for (const [label, order, wanted] of cases) {
    const { code, err } = run(['tiles', 'export', ...order, ...FILES]);
    assert.equal(code, wanted, `${label}: ${err}`);
    assert.ok(err.length > 0, label);
  }
  assert.equal(existsSync(file), false);
});

test('a seed killed goes on; the service gives its tiles, and keeps its own over a kill', async (t) => {
  const cache = join(scratch(t), 'tiles.mbtiles');
  const order = ['tiles', 'seed', ...FILES, ...AREA, '--tile-cache', cache, '--zooms', '8-13'];
  const count = () => Number(tool('sqlite3', cache, 'SELECT count(*) FROM cache'));
  const child = spawn(diming, order);
  const gone = once(child, 'exit');
  for (let i = 0; i < 2000 && !(existsSync(`${cache}-wal`) && statSync(`${cache}-wal`).size > 300000); i++) await sleep(2);
  child.kill('SIGKILL');
  await gone;
  const { code, out, err } = run(order);
  assert.equal(code, 0, err);
  const total = Number(out.match(/: (\d+) tiles/)[1]);
  assert.equal(count(), total);
  assert.match(run(order).out, new RegExp(`${total} of them from before`));
  assert.match(tool('gdalinfo', cache), /Driver: MBTiles/);
  // A tile in the file that no map would make shows whether the file is read.
  tool('sqlite3', cache, "UPDATE cache SET data = x'89504e47' WHERE key = (1 << 45) + (12 << 40) + (3426 << 20) + 1681");
  const other = await startService(['--tile-cache', cache]);
  const tile = async (path) => Buffer.from(await (await fetch(other.url + path)).arrayBuffer());
  assert.equal((await tile('/tiles/base/12/3426/1681.png')).length, 4);
  assert.ok((await tile('/tiles/base/12/3425/1681.png')).equals((await served('/tiles/base/12/3425/1681.png')).body));
  assert.ok((await tile('/tiles/dark/12/3425/1681.mvt')).equals((await served('/tiles/dark/12/3425/1681.mvt')).body));
  other.child.kill('SIGKILL');
  await once(other.child, 'exit');
  assert.equal(count(), total + 1);
});

test('a tile cache is another file\'s place', (t) => {
  const file = join(scratch(t), 'letter.txt');
  writeFileSync(file, 'a letter, not a cache of tiles, and long enough to be looked at');
  const { code, err } = run(['tiles', 'seed', ...FILES, ...AREA, '--zooms', '8', '--tile-cache', file]);
  assert.equal(code, 4);
  assert.match(err, /tile cache/);
  assert.match(readFileSync(file, 'utf8'), /^a letter/);
  assert.equal(run(['tiles', 'seed', ...FILES, ...AREA, '--zooms', '8']).code, 2);
});

// ---- OGC API - Tiles ----

const WELL_KNOWN = 'http://www.opengis.net/def/rel/ogc/1.0/';

test('OGC API - Tiles: from the landing page to a tile, link by link', async () => {
  const read = async (url) => {
    const answer = await fetch(url, { headers: { accept: 'application/json' } });
    assert.equal(answer.status, 200, url);
    return answer.json();
  };
  const landing = await read(`${service.url}/`);
  const { conformsTo } = await read(landing.links.find((link) => link.rel === 'conformance').href);
  for (const name of ['core', 'tileset', 'tilesets-list', 'dataset-tilesets'])
    assert.ok(conformsTo.includes(`http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/${name}`), name);
  const lists = landing.links.filter((link) => /tilesets-(vector|map)$/.test(link.rel));
  assert.equal(lists.length, 7);
  for (const { rel, href } of lists) {
    const kind = rel.slice(`${WELL_KNOWN}tilesets-`.length);
    const [short] = (await read(href)).tilesets;
    const set = await read(short.links.find((link) => link.rel === 'self').href);
    assert.equal(set.dataType, kind);
    assert.ok(set.boundingBox.lowerLeft[0] < 121 && set.boundingBox.upperRight[0] > 121);
    assert.ok(set.attribution.length > 10);
    const scheme = await read(set.links.find((link) => link.rel === `${WELL_KNOWN}tiling-scheme`).href);
    assert.equal(scheme.uri, set.tileMatrixSetURI);
    const matrix = scheme.tileMatrices[10];
    assert.ok(Math.abs(matrix.cellSize - 152.8740565703525) < 1e-8 && Math.abs(matrix.scaleDenominator - 545978.773465544) < 1e-5);
    const column = Math.floor((121.0 + 180) / 360 * matrix.matrixWidth);
    for (const item of set.links.filter((link) => link.templated)) {
      const url = item.href.replace('{tileMatrix}', matrix.id).replace('{tileRow}', 419).replace('{tileCol}', column);
      const { status, type, body } = await served(url.slice(service.url.length));
      assert.deepEqual([status, type], [200, item.type]);
      const style = href.match(/styles\/(\w+)\//)?.[1] ?? 'base';
      const same = await served(`/tiles/${style}/10/${column}/419.${url.match(/f=(\w+)/)[1]}`);
      assert.ok(body.equals(same.body), url);
    }
  }
});

test('OGC API - Tiles: what is not there is 404, what is no number 400', async () => {
  const cases = [
    ['/tileMatrixSets/WorldCRS84Quad', 404], ['/tiles/WorldCRS84Quad', 404], ['/styles/none/map/tiles', 404],
    ['/map/tiles/WebMercatorQuad/21/0/0', 404], ['/map/tiles/WebMercatorQuad/1/2/0', 404], ['/map/tiles/WebMercatorQuad/1/0/-1', 404],
    ['/map/tiles/WebMercatorQuad/1/x/0', 400], ['/map/tiles/WebMercatorQuad/1/0/0?f=mvt', 400], ['/tiles/WebMercatorQuad/1/0/0?f=png', 400],
    ['/map/tiles/WebMercatorQuad/99999999999999999999/0/0', 400],
  ];
  for (const [path, wanted] of cases) {
    const answer = await fetch(service.url + path);
    assert.equal(answer.status, wanted, path);
    assert.match(answer.headers.get('content-type'), /problem\+json/);
  }
});

// ---- WMTS ----

test('WMTS: GDAL reads the service and draws what the tiles have', async (t) => {
  const folder = scratch(t);
  for (const capabilities of ['/wmts?service=WMTS&request=GetCapabilities', '/wmts/1.0.0/WMTSCapabilities.xml']) {
    const name = `WMTS:${service.url}${capabilities},layer=heritage,tilematrix=12`;
    const info = JSON.parse(tool('gdalinfo', '-json', name));
    assert.equal(info.driverShortName, 'WMTS');
    assert.match(info.coordinateSystem.wkt, /3857/);
    // one tile of zoom 12, as GDAL asks for it, against the tile
    const side = 2 * 20037508.342789244 / 2 ** 12;
    const [west, north] = [-20037508.342789244 + 3426 * side, 20037508.342789244 - 1677 * side];
    const [drawn, tile] = [join(folder, 'drawn.bin'), join(folder, 'tile.bin')];
    tool('gdal_translate', '-q', '-of', 'ENVI', '-co', 'INTERLEAVE=BSQ', '-b', '1', '-b', '2', '-b', '3', '-outsize', '256', '256',
      '-projwin', `${west}`, `${north}`, `${west + side}`, `${north - side}`, name, drawn);
    tool('gdal_translate', '-q', '-of', 'ENVI', '-co', 'INTERLEAVE=BSQ', '-expand', 'rgb', `/vsicurl/${service.url}/tiles/heritage/12/3426/1677.png`, tile);
    const [a, b] = [readFileSync(drawn), readFileSync(tile)];
    assert.equal(a.length, 256 * 256 * 3);
    assert.ok(new Set(b).size > 20);
    assert.ok(a.equals(b), capabilities);
  }
});

test('WMTS: owslib reads the service', async (t) => {
  if (spawnSync(PYTHON, ['-c', 'import owslib.wmts']).status !== 0)
    return t.skip('python3-owslib is not installed');
  const program = `
import sys
from owslib.wmts import WebMapTileService
wmts = WebMapTileService(sys.argv[1] + '/wmts')
print(sorted(wmts.contents), sorted(wmts.tilematrixsets))
layer = wmts.contents['base']
print(layer.title, layer.formats)
tile = wmts.gettile(layer='base', tilematrixset='WebMercatorQuad', tilematrix='12', row=1681, column=3426, format='image/png')
sys.stdout.write(tile.read()[:8].hex())`;
  // Not spawnSync: the service is ours, but its log has to be read meanwhile.
  const child = spawn(PYTHON, ['-c', program, service.url]);
  let out = '', err = '';
  child.stdout.on('data', (more) => { out += more; });
  child.stderr.on('data', (more) => { err += more; });
  const [code] = await once(child, 'close');
  assert.equal(code, 0, err);
  assert.match(out, /'base'.*'WebMercatorQuad'/);
  assert.match(out, /image\/png/);
  assert.match(out, /89504e470d0a1a0a$/);
});

test('WMTS: keys in any case, errors as reports', async () => {
  const tile = 'layer=dark&style=default&format=image/png&tilematrixset=WebMercatorQuad&tilematrix=10&tilerow=419&tilecol=856';
  const good = await served(`/wmts?SERVICE=WMTS&Request=GetTile&VERSION=1.0.0&${tile}`);
  assert.deepEqual([good.status, good.type], [200, 'image/png']);
  assert.ok(good.body.equals((await served('/tiles/dark/10/856/419.png')).body));
  assert.ok(good.body.equals((await served('/wmts/dark/default/WebMercatorQuad/10/419/856.png')).body));
  const cases = [
    ['request=GetTile', 'MissingParameterValue', 'service'], ['service=WMS', 'InvalidParameterValue', 'service'],
    ['service=WMTS', 'MissingParameterValue', 'request'], ['service=WMTS&request=GetFeatureInfo', 'OperationNotSupported', 'GetFeatureInfo'],
    [`service=WMTS&request=GetTile&${tile.replace('dark', 'none')}`, 'InvalidParameterValue', 'Layer'],
    [`service=WMTS&request=GetTile&${tile.replace('layer=dark&', '')}`, 'MissingParameterValue', 'Layer'],
    [`service=WMTS&request=GetTile&${tile.replace('image/png', 'image/gif')}`, 'InvalidParameterValue', 'Format'],
    [`service=WMTS&request=GetTile&${tile.replace('tilerow=419', 'tilerow=1024')}`, 'TileOutOfRange', 'TileRow'],
    [`service=WMTS&request=GetTile&${tile.replace('tilematrix=10', 'tilematrix=30')}`, 'InvalidParameterValue', 'TileMatrix'],
    [`service=WMTS&request=GetTile&${tile.replace('tilecol=856', '')}`, 'MissingParameterValue', 'TileCol'],
  ];
  for (const [query, code, locator] of cases) {
    const { status, type, body } = await served(`/wmts?${query}`);
    assert.ok(status >= 400, query);
    assert.match(type, /^application\/xml/);
    assert.match(body.toString(), new RegExp(`exceptionCode="${code}" locator="${locator}"`), query);
  }
});

// ---- pictures for reports ----

const decoded = (t, bytes) => {
  const folder = scratch(t);
  const [file, raw] = ['picture.png', 'picture.bin'].map((name) => join(folder, name));
  writeFileSync(file, bytes);
  const info = JSON.parse(tool('gdalinfo', '-json', file));
  tool('gdal_translate', '-q', '-of', 'ENVI', '-co', 'INTERLEAVE=BSQ', ...(info.bands.length === 1 ? ['-expand', 'rgb'] : ['-b', '1', '-b', '2', '-b', '3']), file, raw);
  const [width, height] = info.size;
  const data = readFileSync(raw);
  return { width, height, at: (x, y) => [0, 1, 2].map((band) => data[band * width * height + y * width + x]) };
};

test('a picture of the map has its size, the pin where it belongs, and words at its foot', async (t) => {
  // the pin is the middle of the box, so it is the middle of the picture
  const answer = await served('/maps/base.png?bbox=121,30.6,121.2,30.8&size=600x400&markers=121.1,30.70005');
  assert.deepEqual([answer.status, answer.type], [200, 'image/png']);
  const picture = decoded(t, answer.body);
  assert.deepEqual([picture.width, picture.height], [600, 400]);
  assert.deepEqual(picture.at(304, 200), [200, 40, 30]);
  assert.deepEqual(picture.at(300, 200), [255, 255, 255]);
  const dark = (y) => Array.from({ length: 600 }, (_, x) => picture.at(x, y)).filter(([r, g, b]) => r < 150 && g < 150 && b < 150).length;
  assert.ok(dark(391) > 10, 'the note stands there');
  const twice = decoded(t, (await served('/maps/dark.png?bbox=121,30.6,121.2,30.8&size=600x400&scale=2')).body);
  assert.deepEqual([twice.width, twice.height], [1200, 800]);
});

test('pictures out of bounds are refused', async () => {
  const box = 'bbox=121,30.6,121.2,30.8';
  const cases = [
    ['/maps/none.png?bbox=1,2,3,4', 404, 'style'], ['/maps/base.png', 400, 'bbox'], ['/maps/base.png?bbox=1,2,3', 400, 'bbox'],
    ['/maps/base.png?bbox=121.2,30.6,121,30.8', 400, 'bbox'], ['/maps/base.png?bbox=121,30.6,121.2,30.8,1', 400, 'bbox'],
    [`/maps/base.png?${box}&size=600`, 400, 'size'], [`/maps/base.png?${box}&size=10x10`, 400, 'size'], [`/maps/base.png?${box}&size=300.5x300`, 400, 'size'],
    [`/maps/base.png?${box}&size=4000x4000`, 413, 'size'], [`/maps/base.png?${box}&scale=3`, 400, 'scale'],
    [`/maps/base.png?${box}&markers=121`, 400, 'markers'], [`/maps/base.png?${box}&markers=121,30;200,30`, 400, 'markers'],
    [`/maps/base.png?${box}&markers=${Array(101).fill('121,30').join(';')}`, 400, 'markers'], [`/maps/base.png?${box}&names=x`, 400, 'names'],
  ];
  for (const [path, wanted, parameter] of cases) {
    const answer = await fetch(service.url + path);
    assert.equal(answer.status, wanted, path);
    assert.equal((await answer.json()).parameter, parameter, path);
  }
});

test('a page to print: a reader finds its words, the fonts are in it', async (t) => {
  const title = '平湖市红色遗址地图';
  const file = join(scratch(t), 'page.pdf');
  const page = await served(`/maps/heritage.pdf?bbox=120.95,30.55,121.35,30.85&title=${encodeURIComponent(title)}`);
  assert.deepEqual([page.status, page.type], [200, 'application/pdf']);
  writeFileSync(file, page.body);
  if (spawnSync('pdftotext', ['-v']).status !== 0) return t.skip('poppler-utils is not installed');
  const words = tool('pdftotext', file, '-');
  for (const wanted of [title, '乍浦镇', '新仓镇', '图例', '省级界线（示意）', '千米', '界线示意，不作为划界依据', 'OpenStreetMap'])
    assert.ok(words.includes(wanted), `${wanted} in ${words}`);
  assert.match(tool('pdffonts', file), /NotoSansCJKsc-Regular .* yes yes yes/);
  assert.match(tool('pdfinfo', file), /Page size:\s+841\.89 x 595\.28/);
  for (const wrong of ['paper=A5', 'bbox=1,2,3', `title=${'a'.repeat(200)}`])
    assert.equal((await served(`/maps/base.pdf?${wrong.startsWith('bbox') ? '' : 'bbox=121,30.6,121.1,30.7&'}${wrong}`)).status, 400, wrong);
});

test('legends as PNG and SVG, and in a picture', async () => {
  const png = await served('/maps/dark/legend.png?scale=2');
  assert.deepEqual([png.status, png.type], [200, 'image/png']);
  const svg = await served('/maps/base/legend.svg');
  assert.equal(svg.status, 200);
  assert.match(svg.body.toString(), /^<\?xml[\s\S]*<svg/);
  assert.equal((await served('/maps/nowhere/legend.png')).status, 404);
  const [bare, full] = [await served('/maps/base.png?bbox=121,30.6,121.2,30.7'), await served('/maps/base.png?bbox=121,30.6,121.2,30.7&legend=1')];
  assert.equal(full.status, 200);
  assert.ok(!bare.body.equals(full.body));
});
