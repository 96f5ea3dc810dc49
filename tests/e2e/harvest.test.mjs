// Test plan: two Dimings, one of each side of a synthetic line, on two ports.
// Each imports its own survey, publishes it to the other's key, harvests the
// other and compares: they agree. Then the neighbour's service is killed in
// mid-page (the harvest goes on where it was), truncates an answer, answers in
// another system, gives GCJ-02, leads its pages elsewhere, changes its line:
// each has its finding, and the history keeps them all. Nobody without the role
// learns a position. Imports in every format, and what is refused of them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { database, root, run, startService } from './service.mjs';

const LINE = ['--line', '3133'];
const QUICK = ['--pause', '20']; // three tries are proved, not the wait between
const folder = mkdtempSync(join(tmpdir(), 'diming-harvest-'));
const path = (name) => join(folder, name);
const services = [];
const sides = {};

function boundary(side, ...args) {
  return run(['boundary', ...args, '--db', sides[side].db]);
}

function must(result) {
  assert.equal(result.code, 0, result.err);
  return result.out;
}

function json(side, ...args) {
  return JSON.parse(must(boundary(side, ...args, '--format', 'json')));
}

// A line of CSV that says whose database it is.
function defineLine(own) {
  writeFileSync(path('lines.csv'), 'code,section,edition,name,level,side_a,side_b,own,left,agreement,agreed_on,status,map_scale,synthetic\n'
    + `3133,310116-330482,合成,合成界线,1,310116,330482,${own},310116,合成1号,2000-01-01,draft,10000,1\n`);
  return path('lines.csv');
}

async function makeSide(own) {
  const db = path(`${own}.db`);
  copyFileSync(database, db);
  sides[own] = { db };
  must(boundary(own, 'line', defineLine(own)));
  must(boundary(own, 'import', path('line.geojson'), ...LINE, '--side', own, '--crs', 'EPSG:4490'));
  must(boundary(own, 'import', path('register.csv'), ...LINE, '--side', own, '--crs', 'EPSG:4549'));
  const key = must(run(['key', 'add', '邻市', '--roles', 'surveyor', '--db', db])).match(/dm-\w+-\w+/)[0];
  const service = await startService(['--db', db]);
  services.push(service);
  Object.assign(sides[own], { key, url: service.url, keyFile: path(`${own}.key`) });
  writeFileSync(sides[own].keyFile, `${key}\n`);
}

before(async () => {
  writeFileSync(path('register.csv'), must(run(['boundary', 'sample', '--seed', '7'])));
  writeFileSync(path('line.geojson'), must(run(['boundary', 'sample', '--seed', '7', '--format', 'geojson'])));
  await makeSide('A');
  await makeSide('B');
});

after(async () => {
  await Promise.all(services.map((service) => service.stop()));
  rmSync(folder, { recursive: true, force: true });
});

// B harvests A, whose key it has, perhaps through something in between.
function harvest(url = sides.A.url, ...args) {
  return boundary('B', 'harvest', url, ...LINE, '--key', sides.A.keyFile, ...QUICK, ...args);
}

// A connection that stood idle while a command ran may be closed by now.
const get = (url, options) => fetch(url, options).catch(() => fetch(url, options));

const lastCheck = () => json('B', 'history', ...LINE)[0];

// Stands between the two and does harm: `harm(path, answer)` may change the
// answer's head and body, or say how many bytes get through.
function standBetween(target, harm) {
  let asked = 0;
  const server = createServer((question, reply) => {
    asked += 1;
    const onward = request(new URL(question.url, target), { headers: { ...question.headers, host: new URL(target).host } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const own = `http://127.0.0.1:${server.address().port}`;
        let body = Buffer.concat(chunks).toString().replaceAll(target, own);
        const headers = { ...answer.headers };
        const result = harm(question.url, { headers, body, asked, question }) ?? {};
        body = Buffer.from(result.body ?? body);
        if (answer.statusCode !== 304) headers['content-length'] = String(result.length ?? body.length);
        if (result.noLength) delete headers['content-length'];
        reply.writeHead(answer.statusCode, { ...headers, ...result.headers });
        if (result.cutAt !== undefined) {
          reply.write(body.subarray(0, result.cutAt), () => reply.destroy());
          return;
        }
        reply.end(answer.statusCode === 304 ? undefined : body);
      });
    });
    onward.on('error', () => reply.destroy());
    onward.end();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({
    url: `http://127.0.0.1:${server.address().port}`,
    asked: () => asked,
    stop: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }),
  })));
}

async function through(harm, work) {
  const between = await standBetween(sides.A.url, harm);
  try {
    return await work(between);
  } finally {
    await between.stop();
  }
}

// spawnSync would stop the event loop that the stand-between lives on.
async function harvestThrough(harm, ...args) {
  const { spawn } = await import('node:child_process');
  const { diming } = await import('./service.mjs');
  return through(harm, (between) => new Promise((resolve) => {
    const child = spawn(diming, ['boundary', 'harvest', between.url, ...LINE, '--key', sides.A.keyFile, '--db', sides.B.db, ...QUICK, ...args]);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => { out += chunk; });
    child.stderr.on('data', (chunk) => { err += chunk; });
    child.on('exit', (code) => resolve({ code, out, err, asked: between.asked() }));
  }));
}

test('two sides with one survey agree, to and fro', () => {
  const out = must(harvest());
  assert.match(out, /2 pages fetched, 0 unchanged; submission \d+ of side A: 1 lines, 28 markers, 0 rejected/);
  const check = lastCheck();
  assert.equal(check.outcome, 'agree', JSON.stringify(check));
  assert.equal(check.markers_compared, 28);
  assert.ok(check.largest_difference_m < 0.001, `${check.largest_difference_m} m`);
  const back = must(boundary('A', 'harvest', sides.B.url, ...LINE, '--key', sides.B.keyFile));
  assert.match(back, /of side B: 1 lines, 28 markers/);
  assert.equal(json('A', 'history', ...LINE)[0].outcome, 'agree');
});

test('a night without a change costs no page and makes no submission', () => {
  const before = json('B', 'submissions', ...LINE).length;
  const out = must(harvest());
  assert.match(out, /0 pages fetched, 2 unchanged; submission \d+ of side A \(unchanged\)/);
  assert.equal(json('B', 'submissions', ...LINE).length, before);
  assert.equal(lastCheck().outcome, 'agree');
});

test('what was harvested is kept byte for byte', () => {
  const [latest] = json('B', 'submissions', ...LINE);
  assert.equal(latest.harvest, true);
  const names = must(boundary('B', 'submissions', 'get', String(latest.id), folder)).trim().split('\n');
  const list = names.map((name, i) => {
    const text = readFileSync(name, 'utf8');
    assert.equal(JSON.parse(text).type, 'FeatureCollection');
    return { text, i };
  });
  assert.equal(list.length, 2);
  assert.match(list[0].text, /"line":"3133"/);
});

test('a neighbour that is killed in mid-page: the harvest goes on where it was', async () => {
  // five features a page, and the fourth page never comes whole
  const first = await harvestThrough((url) => (/boundary-markers\/items.*offset=10/.test(url) ? { cutAt: 300, headers: { etag: '' } } : {}), '--page', '5');
  assert.equal(first.code, 4, first.err);
  assert.match(first.err, /cut short.*\(3 tries\)|transfer closed.*\(3 tries\)/);
  const failed = lastCheck();
  assert.equal(failed.outcome, 'failed');
  assert.match(failed.message, /续采/);
  // the same stand-between address is needed for the same URLs: ask A itself twice
  const half = await harvestThrough(() => ({}), '--page', '5');
  assert.equal(half.code, 0, half.err);
  assert.equal(lastCheck().outcome, 'agree');
});

test('a harvest that is killed keeps its pages', async () => {
  const { spawn } = await import('node:child_process');
  const { diming } = await import('./service.mjs');
  const between = await standBetween(sides.A.url, () => ({}));
  const args = ['boundary', 'harvest', between.url, ...LINE, '--key', sides.A.keyFile, '--db', sides.B.db, '--page', '2'];
  const child = spawn(diming, args);
  while (between.asked() < 8) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('exit', resolve));
  const again = spawn(diming, args);
  let out = '';
  again.stdout.on('data', (chunk) => { out += chunk; });
  const code = await new Promise((resolve) => again.on('exit', resolve));
  await between.stop();
  assert.equal(code, 0);
  const [, fetched, unchanged] = out.match(/(\d+) pages fetched, (\d+) unchanged/).map(Number);
  assert.equal(fetched + unchanged, 15);
  assert.ok(unchanged >= 4, out);
});

test('an answer that is cut short without saying so is seen', async () => {
  const { code, err } = await harvestThrough((url, { body }) => (/boundary-lines\/items/.test(url)
    ? { body: body.slice(0, body.length / 2), noLength: true, headers: { connection: 'close' } } : {}));
  assert.equal(code, 3, err);
  assert.match(err, /no whole JSON/);
  assert.match(lastCheck().message, /应答不完整/);
});

test('a page that lost features, and a list that is not whole', async () => {
  const lost = await harvestThrough((url, { body }) => {
    if (!/boundary-markers\/items/.test(url)) return {};
    const page = JSON.parse(body);
    page.features.pop();
    return { body: JSON.stringify(page) };
  });
  assert.equal(lost.code, 3, lost.err);
  assert.match(lost.err, /the page is not whole: it says 28 features and has 27/);
  const short = await harvestThrough((url, { body }) => {
    if (!/boundary-markers\/items/.test(url)) return {};
    const page = JSON.parse(body);
    page.features.pop();
    page.numberReturned -= 1;
    return { body: JSON.stringify(page) };
  });
  assert.equal(short.code, 4, short.err);
  assert.match(short.err, /27 of 28 features came/);
  assert.equal(lastCheck().message, '对方数据不完整');
});

test('another reference system is refused, by its name and by its numbers', async () => {
  const named = await harvestThrough((url) => (/items/.test(url)
    ? { headers: { 'content-crs': '<http://www.opengis.net/def/crs/EPSG/0/4549>' } } : {}));
  assert.equal(named.code, 3);
  assert.match(named.err, /wrong_crs: the host answers in <.*4549>, <.*4490> was asked for/);
  assert.match(lastCheck().message, /坐标系不符/);

  // 500 m away, as GCJ-02 is near Pinghu; it says that it is EPSG:4490
  const { code, err } = await harvestThrough((url, { body }) => {
    if (!/items/.test(url)) return {};
    const page = JSON.parse(body);
    for (const feature of page.features) {
      const move = (at) => (typeof at[0] === 'number' ? gcj02(at) : at.map(move));
      feature.geometry.coordinates = move(feature.geometry.coordinates);
    }
    return { body: JSON.stringify(page) };
  });
  assert.equal(code, 3, err);
  assert.match(err, /datum_offset.*GCJ-02/);
  assert.match(lastCheck().message, /GCJ-02坐标/);

  const swapped = await harvestThrough((url, { body }) => {
    if (!/items/.test(url)) return {};
    const page = JSON.parse(body);
    const turn = (at) => (typeof at[0] === 'number' ? [at[1], at[0]] : at.map(turn));
    for (const feature of page.features) feature.geometry.coordinates = turn(feature.geometry.coordinates);
    return { body: JSON.stringify(page) };
  });
  assert.equal(swapped.code, 3);
  assert.match(swapped.err, /swapped_axes/);
});

test('pages that lead elsewhere, or in a circle, are not followed', async () => {
  const lead = (href) => (url, { body }) => {
    if (!/items/.test(url)) return {};
    const page = JSON.parse(body);
    page.links.push({ rel: 'next', href: href(url) });
    return { body: JSON.stringify(page) };
  };
  const elsewhere = await harvestThrough(lead(() => 'http://127.0.0.2:9/items'));
  assert.equal(elsewhere.code, 3);
  assert.match(elsewhere.err, /next page is elsewhere/);
  const circle = await harvestThrough(lead((url) => url));
  assert.equal(circle.code, 3);
  assert.match(circle.err, /in a circle/);
});

test('a neighbour that is not there, and one that does not know the key', async () => {
  const gone = harvest('http://127.0.0.1:9');
  assert.equal(gone.code, 4);
  assert.match(gone.err, /Connection refused|Failed to connect|Couldn't connect/);
  assert.equal(lastCheck().outcome, 'failed');
  writeFileSync(path('wrong.key'), 'dm-AAAAAAAA-00000000000000000000000000000000\n');
  const stranger = boundary('B', 'harvest', sides.A.url, ...LINE, '--key', path('wrong.key'));
  assert.equal(stranger.code, 4);
  assert.match(stranger.err, /401/);
  const far = harvest('http://192.0.2.1/');
  assert.equal(far.code, 3);
  assert.match(far.err, /http is not secure/);
});

test('without a key there is only the schematic line, and that is said', () => {
  const { code, err } = boundary('B', 'harvest', sides.A.url, ...LINE);
  assert.equal(code, 3, err);
  assert.match(err, /schematic line only.*--key/);
});

test('the neighbour moves its line and a marker: how far, and since when', () => {
  const moved = JSON.parse(readFileSync(path('line.geojson'), 'utf8'));
  moved.geometry.coordinates = moved.geometry.coordinates.map(([lon, lat], i) => [lon, i >= 100 && i < 120 ? lat + 0.0003 : lat]);
  writeFileSync(path('moved.geojson'), JSON.stringify(moved));
  const rows = readFileSync(path('register.csv'), 'utf8').split('\r\n');
  const cells = rows[5].split(',');
  cells[1] = (Number(cells[1]) + 7).toFixed(4);
  rows[5] = cells.join(',');
  writeFileSync(path('moved.csv'), rows.join('\r\n'));
  must(boundary('A', 'import', path('moved.geojson'), ...LINE, '--side', 'A', '--crs', 'EPSG:4490'));
  must(boundary('A', 'import', path('moved.csv'), ...LINE, '--side', 'A', '--crs', 'EPSG:4549'));
  const answer = JSON.parse(must(harvest(sides.A.url, '--format', 'json')));
  assert.equal(answer.outcome, 'differ');
  assert.match(answer.message, /界线最大移动3[23]\.\d+米；界桩新增0、减少0、移动1/);
  const line = answer.findings.find((finding) => finding.rule === 'B10');
  assert.ok(Math.abs(line.how_much_m - 33) < 1, JSON.stringify(line));
  const marker = answer.findings.find((finding) => finding.rule === 'B01');
  assert.equal(marker.marker, cells[0]);
  assert.ok(Math.abs(marker.how_much_m - 7) < 0.2);
  const history = json('B', 'history', ...LINE);
  assert.equal(history[0].outcome, 'differ');
  assert.ok(new Set(history.map((check) => check.outcome)).size === 3, 'agree, differ and failed are all kept');
});

test('a neighbour with several editions: the one in force is compared, the others are told', () => {
  const lines = readFileSync(defineLine('A'), 'utf8').replace(',合成,合成界线', ',合成2,合成界线');
  const own = (text) => { writeFileSync(path('editions.csv'), text); must(boundary('A', 'line', path('editions.csv'))); };
  own(lines);
  must(boundary('A', 'import', path('line.geojson'), ...LINE, '--side', 'A', '--crs', 'EPSG:4490'));
  must(boundary('A', 'import', path('register.csv'), ...LINE, '--side', 'A', '--crs', 'EPSG:4549'));
  const answer = JSON.parse(must(harvest(sides.A.url, '--format', 'json')));
  const told = answer.findings.filter((finding) => finding.kind === 'editions');
  assert.equal(told.length, 1);
  assert.match(told[0].message, /A方.*采用版本合成2；另有版本合成（线或面1个、界桩28个）未采用/);
  assert.equal(answer.outcome, 'agree', 'the old edition was moved, the new one is ours');
  assert.equal(answer.summary.markers_compared, 28);
  const [latest] = json('B', 'submissions', ...LINE);
  assert.deepEqual([latest.lines, latest.markers], [1, 28]);
  assert.match(latest.note, /另有版本合成（/);
  // ended, the newest does not count
  own(lines.replace(',draft,', ',ended,'));
  const ended = JSON.parse(must(harvest(sides.A.url, '--format', 'json')));
  assert.match(ended.findings.find((finding) => finding.kind === 'editions').message, /采用版本合成；另有版本合成2/);
  assert.equal(ended.outcome, 'differ');
});

test('nobody without the role learns a position', async () => {
  const secret = JSON.parse(readFileSync(path('line.geojson'), 'utf8')).geometry.coordinates[50].map((number) => String(number).slice(0, 9));
  const rows = await get(`${sides.A.url}/collections/boundary-markers/items`, { headers: { 'X-Api-Key': sides.A.key } }).then((answer) => answer.json());
  const [lon, lat] = rows.features[3].geometry.coordinates;
  const reader = must(run(['key', 'add', '读者', '--roles', 'reader', '--db', sides.A.db])).match(/dm-\w+-\w+/)[0];
  await new Promise((resolve) => setTimeout(resolve, 1200)); // the ring of keys is read once a second
  const box = [lon - 0.0001, lat - 0.0001, lon + 0.0001, lat + 0.0001].join(',');
  const paths = [
    '/collections', '/collections?f=html', '/collections/boundary-lines', '/collections/boundary-lines/items', '/collections/boundary-lines/items?f=html',
    `/collections/boundary-lines/items?bbox=${box}`, '/collections/boundary-lines/items/L1', "/collections/boundary-lines/items?filter=agreement%20LIKE%20'%25'",
    '/collections/boundary-markers', '/collections/boundary-markers/items', '/collections/boundary-markers/items/M1', '/collections/boundary-markers/queryables',
    '/collections/boundary-points/items', `/collections/boundary-markers/items?bbox=${box}`, '/v1/changes?limit=1000', '/v1/changes.atom?limit=1000', '/v1/boundaries', '/openapi.json',
  ];
  for (const headers of [{}, { 'X-Api-Key': reader }]) {
    for (const where of paths) {
      const answer = await get(`${sides.A.url}${where}`, { headers });
      const text = await answer.text();
      for (const number of [...secret, String(lon).slice(0, 10), String(lat).slice(0, 9)]) assert.ok(!text.includes(number), `${where} tells ${number}`);
      if (/markers|points/.test(where)) assert.equal(answer.status, headers['X-Api-Key'] ? 403 : 401, where);
      assert.ok(!text.includes('3133001Q'), where);
    }
    const probe = await get(`${sides.A.url}/collections/boundary-lines/items?bbox=${box}`, { headers }).then((answer) => answer.json());
    assert.equal(probe.numberMatched, 0, 'a box must not find the line that is not shown');
  }
  const { features } = await get(`${sides.A.url}/collections/boundary-lines/items`).then((answer) => answer.json());
  const line = features.find((feature) => feature.properties.name === '合成界线');
  const shipped = JSON.parse(readFileSync(join(root, 'data', 'boundaries', 'lines.geojson'), 'utf8')).features[0];
  assert.deepEqual(line.geometry, shipped.geometry, 'the public sees the schematic line');
  assert.equal(line.properties.schematic, true);
  assert.equal(line.properties.agreement, null);
  // one answer must not be taken for the other by a cache between
  const open = await get(`${sides.A.url}/collections/boundary-lines/items`);
  const closed = await get(`${sides.A.url}/collections/boundary-lines/items`, { headers: { 'X-Api-Key': sides.A.key } });
  assert.notEqual(open.headers.get('etag'), closed.headers.get('etag'));
  assert.match(closed.headers.get('cache-control'), /private/);
  assert.match(open.headers.get('vary'), /X-Api-Key/);
});

test('the formats of surveyors, and the slips that are named', (t) => {
  const db = path('formats.db');
  copyFileSync(database, db);
  const own = (...args) => run(['boundary', ...args, '--db', db]);
  must(own('line', defineLine('B')));
  const ogr = (...args) => {
    const { status, stderr } = spawnSync('ogr2ogr', args, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  };
  ogr('-f', 'ESRI Shapefile', path('line.shp'), path('line.geojson'), '-t_srs', 'EPSG:4549');
  ogr('-f', 'GPKG', path('line.gpkg'), path('line.geojson'), '-t_srs', 'EPSG:4549');
  ogr('-f', 'DXF', path('line.dxf'), path('line.gpkg'));
  ogr('-f', 'XLSX', path('register.xlsx'), path('register.csv'));
  const points = JSON.parse(readFileSync(path('line.geojson'), 'utf8')).geometry.coordinates;
  writeFileSync(path('list.csv'), `序号,纬度,经度\n${points.map(([lon, lat], i) => `${i + 1},${lat},${lon}`).join('\n')}\n`);
  const taken = [
    ['line.shp', 'EPSG:4549', 1, 0], ['line.gpkg', 'EPSG:4549', 1, 0], ['line.dxf', 'EPSG:4549', 1, 0],
    ['list.csv', 'EPSG:4490', 1, 0], ['register.xlsx', 'EPSG:4549', 0, 28],
  ];
  for (const [name, crs, lines, markers] of taken) {
    const out = must(own('import', path(name), ...LINE, '--side', 'A', '--crs', crs, '--rejects', path('rejects.csv')));
    assert.match(out, new RegExp(`${lines} lines, 0 areas, ${markers} markers, 0 rejected`), name);
  }
  const [shape] = JSON.parse(must(own('submissions', ...LINE, '--format', 'json'))).filter((one) => one.name === 'line.shp');
  const out = path('back');
  spawnSync('mkdir', [out]);
  must(own('submissions', 'get', String(shape.id), out));
  for (const name of readdirSync(out)) assert.ok(readFileSync(join(out, name)).equals(readFileSync(path(name))), name);
  assert.ok(readdirSync(out).length >= 4);

  must(own('import', path('line.geojson'), ...LINE, '--side', 'B', '--crs', 'EPSG:4490'));
  must(own('import', path('register.csv'), ...LINE, '--side', 'B', '--crs', 'EPSG:4549'));
  const plant = (name) => {
    writeFileSync(path(`${name}.csv`), must(run(['boundary', 'sample', '--seed', '7', '--plant', name])));
    return path(`${name}.csv`);
  };
  const refused = [
    ['swapped-axes', 'EPSG:4549', /swapped_axes.*--axes the other way round/],
    ['wrong-zone', 'EPSG:4549', /wrong_zone.*eastings of \d+ km.*--crs EPSG:45/],
    ['datum-offset', 'EPSG:4549', /datum_offset.*(GCJ-02|BD-09)/],
    ['clean', 'EPSG:4528', /wrong_zone.*without zone prefix/],
    ['clean', 'EPSG:4490', /degrees.*EPSG:4549/],
  ];
  for (const [name, crs, why] of refused) {
    const { code, err } = own('import', plant(name), ...LINE, '--side', 'A', '--crs', crs);
    assert.equal(code, 3, `${name} ${crs}: ${err}`);
    assert.match(err, why, name);
  }
  // the right option takes it; nothing was changed on the way
  must(own('import', plant('swapped-axes'), ...LINE, '--side', 'A', '--crs', 'EPSG:4549', '--axes', 'east-north'));
  assert.equal(JSON.parse(must(own('check', ...LINE, '--format', 'json'))).summary.largest_difference_m, 0);
  const local = '+proj=tmerc +lat_0=0 +lon_0=120 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m';
  must(own('import', path('register.csv'), ...LINE, '--side', 'A', '--crs', local));

  // what two submissions say, in every format, read by what reads such files
  must(own('import', plant('single-outlier'), ...LINE, '--side', 'A', '--crs', 'EPSG:4549'));
  const moved = JSON.parse(readFileSync(path('line.geojson'), 'utf8'));
  moved.geometry.coordinates = moved.geometry.coordinates.map(([lon, lat], i) => [lon, i >= 100 && i < 120 ? lat + 0.0003 : lat]);
  writeFileSync(path('moved.geojson'), JSON.stringify(moved));
  must(own('import', path('moved.geojson'), ...LINE, '--side', 'A', '--crs', 'EPSG:4490'));
  const told = (format, ...more) => must(own('check', ...LINE, '--format', format, '--a-name', '合成甲市', '--b-name', '合成乙市', ...more));
  const { findings } = JSON.parse(told('json'));
  assert.deepEqual(findings.map(({ rule }) => rule).sort(), ['B01', 'B10']);
  for (const { message } of findings) assert.ok(told('table').includes(message));
  assert.equal(told('csv').trim().split('\r\n').length, findings.length + 1);
  const kinds = JSON.parse(told('geojson')).features.map(({ properties }) => properties.kind);
  assert.equal(kinds.filter((kind) => kind === 'line').length, 2);
  assert.equal(kinds.filter((kind) => kind === 'single_outlier' || kind === 'stretch').length, 2);
  const read = (name, ...args) => spawnSync(name, args, { encoding: 'utf8' }).stdout;
  assert.equal(told('xlsx', '--output', path('both.xlsx')), '');
  assert.match(read('ogrinfo', '-so', '-al', path('both.xlsx')), new RegExp(`Feature Count: ${findings.length}\\b`));
  assert.equal(told('dxf', '--output', path('both.dxf')), '');
  const dxf = read('ogrinfo', '-al', '-geom=NO', path('both.dxf'));
  for (const layer of ['LINE_A', 'LINE_B', 'MARKER_AGREED', 'MARKER_MEASURED', 'FINDING_ERROR']) assert.ok(dxf.includes(`= ${layer}\n`), layer);
  told('table', '--report', path('both.html'));
  const html = readFileSync(path('both.html'), 'utf8');
  assert.equal(html.match(/<div class=card>/g).length, 28);
  assert.equal(html.match(/<svg /g).length, 3, 'a map, the lines, the markers');
  assert.equal(html.match(/<section>/g).length, html.match(/<\/section>/g).length);
  told('table', '--report', path('both.pdf'));
  const words = read('pdftotext', '-layout', path('both.pdf'), '-').replaceAll(' ', '');
  for (const text of [html, words])
    for (const word of ['合成甲市', '合成乙市', '合成数据', '双方界线之差', '界桩乙方与甲方坐标之差', '界桩登记卡', '界桩3133001Q']) assert.ok(text.replaceAll(' ', '').includes(word), word);
  must(own('import', path('register.csv'), ...LINE, '--side', 'A', '--crs', local));

  writeFileSync(path('bad.csv'), 'code,x,y\n3133001Q,3407837.7,570655.6\n3133002Q,north,1\n,3407837.7,570655.6\n');
  const bad = must(own('import', path('bad.csv'), ...LINE, '--side', 'A', '--crs', 'EPSG:4549', '--rejects', path('bad.rejects.csv')));
  assert.match(bad, /1 markers, 2 rejected/);
  assert.match(readFileSync(path('bad.rejects.csv'), 'utf8'), /bad\.csv",3,"x",I06,error/);
  const contradiction = own('import', path('line.gpkg'), ...LINE, '--side', 'A', '--crs', 'EPSG:4528');
  assert.equal(contradiction.code, 3);
  assert.match(contradiction.err, /the file says that it is in EPSG:4549, --crs says EPSG:4528/);
});

test('tripoints and control points are for surveyors', async () => {
  writeFileSync(path('points.csv'), 'code,kind,name,lines,x,y,height,measured_on\n'
    + '979899S,tripoint,合成交会点,9798 9799 9899,30°42′00″,121°00′00″,3.25,2023-09-01\n');
  assert.match(must(boundary('A', 'points', path('points.csv'), ...LINE, '--crs', 'EPSG:4490')), /1 points/);
  const [point] = json('A', 'points', ...LINE);
  assert.deepEqual([point.lon, point.lat, point.height], [121, 30.7, 3.25]);
  const answer = await get(`${sides.A.url}/collections/boundary-points/items`, { headers: { 'X-Api-Key': sides.A.key } }).then((reply) => reply.json());
  assert.deepEqual(answer.features[0].geometry.coordinates, [121, 30.7]);
  assert.equal(answer.features[0].properties.kind, 'tripoint');
  writeFileSync(path('points.csv'), 'code,kind,x,y\na,turn,30.7,121\nb,peak,30.7,121\n');
  const refused = boundary('A', 'points', path('points.csv'), ...LINE, '--crs', 'EPSG:4490');
  assert.equal(refused.code, 3);
  assert.match(refused.err, /points\.csv:3: kind: turn, tripoint or reference/);
  assert.equal(json('A', 'points', ...LINE).length, 1, 'all of a table or none of it');
});

test('a joint inspection, with its repairs', () => {
  writeFileSync(path('inspection.csv'), 'from,to,round,parties,summary,marker,condition,finding,repair,repaired,witness,repaired_on,due\n'
    + '2023-09-01,2023-09-03,5,甲乙双方,合成,3133001Q,倾斜,基础松动,扶正,A,乙方代表,2023-09-02,\n'
    + '2023-09-01,2023-09-03,5,甲乙双方,合成,3133002Q,丢失,未找到,,,,,2024-03-01\n');
  assert.match(must(boundary('B', 'inspection', 'add', path('inspection.csv'), ...LINE)), /1 inspections/);
  const [inspection] = json('B', 'inspection', 'list', ...LINE);
  assert.equal(inspection.visits.length, 2);
  assert.equal(inspection.visits[0].witness, '乙方代表');
  writeFileSync(path('alone.csv'), 'from,parties,marker,repair,repaired,repaired_on\n2024-01-01,甲方,3133001Q,更换,A,2024-01-02\n');
  const alone = boundary('B', 'inspection', 'add', path('alone.csv'), ...LINE);
  assert.equal(alone.code, 3);
  assert.match(alone.err, /other side present/);
});

// The published offset of GCJ-02, for the test's own use.
function gcj02([lat, lon]) {
  const a = 6378245;
  const ee = 0.00669342162296594323;
  const x = lon - 105;
  const y = lat - 35;
  const p = Math.PI;
  const wave = (20 * Math.sin(6 * x * p) + 20 * Math.sin(2 * x * p)) * 2 / 3;
  let dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + wave;
  dLat += (20 * Math.sin(y * p) + 40 * Math.sin(y / 3 * p)) * 2 / 3 + (160 * Math.sin(y / 12 * p) + 320 * Math.sin(y * p / 30)) * 2 / 3;
  let dLon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + wave;
  dLon += (20 * Math.sin(x * p) + 40 * Math.sin(x / 3 * p)) * 2 / 3 + (150 * Math.sin(x / 12 * p) + 300 * Math.sin(x / 30 * p)) * 2 / 3;
  const rad = lat * p / 180;
  const magic = 1 - ee * Math.sin(rad) ** 2;
  return [lat + dLat * 180 / ((a * (1 - ee)) / (magic * Math.sqrt(magic)) * p), lon + dLon * 180 / (a / Math.sqrt(magic) * Math.cos(rad) * p)];
}
