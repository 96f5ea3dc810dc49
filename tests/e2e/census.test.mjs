// Test plan: tables as bureaus have them, made up from a fixed seed and labelled
// synthetic: door plates of the three types and census records, as CSV, XLSX,
// GeoPackage and Shapefile. Each format stores the same; every class of reject
// is told with its line, column and rule (golden/census_rejects.json); what may
// not be kept is not in the database; then check, build, geocode: the imported
// plate is found. A profile that a county has copied and changed works.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { database, root, run, scratch } from './service.mjs';

const SEED = 20261124; // the tables are a function of it and of nothing else
const GOLDEN = join(root, 'tests', 'golden', 'census_rejects.json');
const SOURCE = (key) => ['--source', `key=${key};origin=synthetic, seed ${SEED};edition=1`, '--set', 'synthetic=1;method=synthetic'];

function random(seed) { // mulberry32
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const PLATE_COLUMNS = ['地址编码', '门牌类型', '门牌规格', '市辖区', '镇街', '村社区', '道路名称', '小区名称', '自然村', '门牌号',
  '幢号', '单元号', '户室号', '状态', '编制日期', '经度', '纬度', '坐标系', '产权人', '证件号'];

// Names that are nobody's: 甲测路 ... Dates in a different writing each time.
function goodPlates(count) {
  const next = random(SEED);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const days = [(m) => `2024年${m}月1日`, (m) => `2024.${m}`, (m) => `2024/${m}/1`, (m) => `2024${String(m).padStart(2, '0')}01`,
    (m) => `二〇二四年${'一二三四五六七八九'[m - 1]}月`];
  return Array.from({ length: count }, (_, i) => {
    const type = i % 3;
    const serial = String(i + 1).padStart(5, '0');
    const town = pick([['当湖街道', '001'], ['乍浦镇', '101'], ['新埭镇', '102']]);
    const road = `${pick([...'甲乙丙丁戊己'])}测路`;
    const lon = Number((121 + next() / 10).toFixed(6));
    const lat = (30.7 + next() / 10).toFixed(6);
    const minutes = (lon - 121) * 60;
    const written = i % 2 ? String(lon) : `121°${String(Math.floor(minutes)).padStart(2, '0')}′${((minutes % 1) * 60).toFixed(2)}″`;
    const rural = type === 2;
    return [`82${rural ? '106' : town[1]}2024${[2, 1, 3][type]}${serial}`, ['道路门牌', '住宅门牌', '农村门牌'][type],
      ['大门牌', '户室牌', '农村门牌'][type], '平湖市', rural ? '广陈镇' : town[0], rural ? '山塘村' : '', type === 0 ? road : '',
      type === 1 ? `${road.slice(0, 2)}花园` : '', rural ? `${road.slice(0, 2)}浜` : '', String(i + 1),
      type === 1 ? '3' : '', type === 1 ? '1' : '', type === 1 ? '501' : '', '使用', pick(days)(1 + Math.floor(next() * 9)),
      written, lat, '2000国家大地坐标系', `某${i}甲`, '11010519491231002X'];
  });
}

const with_ = (row, changes) => row.map((value, i) => changes[PLATE_COLUMNS[i]] ?? value);
const BAD_PLATES = [ // one fault a row
  { 地址编码: '821062024390001', 门牌类型: '农村牌' },
  { 地址编码: '821062024390002', 门牌规格: '特大门牌' },
  { 地址编码: '821062024390003', 状态: '删除' },
  { 地址编码: '821062024390004', 镇街: '' },
  { 地址编码: '821062024390005', 自然村: '' },
  { 地址编码: '821062024390006', 编制日期: '去年秋天' },
  { 地址编码: '821062024390007', 经度: '121°75′00″' },
  { 地址编码: '821062024390008', 坐标系: '1954年北京坐标系' },
  { 地址编码: '821062024390009', 镇街: '甲测镇' },
  { 门牌号: '9010' }, // the code of another row of the file
  { 地址编码: '821062024390011' }, // the place of another row of the file
  { 地址编码: '8210620243', 门牌号: '9012' },
  { 地址编码: '821062023390013', 门牌号: '9013' }, // another year than 编制日期
  { 地址编码: '821062024190014', 门牌号: '9014' }, // the class of another type
  { 地址编码: '821062024390015', 门牌号: '9015', 证件号: '110105194912310021' },
  { 地址编码: '821062024390016', 门牌号: '9016', 经度: '30.7', 纬度: '121.05' },
];

const CENSUS_COLUMNS = ['地名代码', '标准名称', '别名', '曾用名', '罗马字母拼写', '地名类别', '使用时间', '命名时间', '密级', '东经', '北纬',
  '坐标系', '测量方法', '所在(跨)行政区', '来历', '含义', '历史沿革', '地理实体概况', '登记时间', '登记人', '登记单位'];
function census(code, name, roman, category, changes = {}) {
  const row = { 地名代码: code, 标准名称: name, 罗马字母拼写: roman, 地名类别: category, 使用时间: '现今地名', 命名时间: '明代', 密级: '公开',
    东经: '121°05′12″', 北纬: '30°42′00″', 坐标系: '2000国家大地坐标系', 测量方法: '实地测量', '所在(跨)行政区': '浙江省嘉兴市平湖市乍浦镇',
    来历: '合成', 含义: '合成', 历史沿革: '合成', 地理实体概况: '合成', 登记时间: '2016年5月', 登记人: '某甲', 登记单位: '合成单位', ...changes };
  return CENSUS_COLUMNS.map((column) => row[column] ?? '');
}
const GOOD_CENSUS = [
  census('33048210112100000001', '甲测塘', 'Jiǎcè Táng', '河流', { 别名: '甲别塘、乙别塘', 曾用名: '旧测塘' }),
  census('33048210122200000002', '乙测浜', 'Yǐcèbāng', '农村居民点'),
  census('33048210123510000003', '卯测路', 'Mǎocè Lù', '23510', { 命名时间: '2008年5月' }),
  census('33048200012100000004', '丁测塘', 'Dīngcè Táng', '河流', { '所在(跨)行政区': '平湖市乍浦镇、平湖市新埭镇' }),
];
const BAD_CENSUS = [
  census('33048210112100000011', '戊测塘', 'Wùcè Táng', '河流', { 密级: '机密' }),
  census('33048210112100000012', '己测塘', 'Jǐcè Táng', '大河'),
  census('33048210112100000013', '庚测塘', '', '河流'),
  census('33048210112100000014', '辛测塘', 'Xīncè Táng', '河流', { '所在(跨)行政区': '平湖市甲测镇' }),
  census('330482101121000', '壬测塘', 'Réncè Táng', '河流'),
  census('33048210122100000015', '癸测塘', 'Guǐcè Táng', '河流'), // the code of another class
  census('33048210112100000000', '子测塘', 'Zǐcè Táng', '河流'), // no serial
  census('33048210127500000016', '丑测营', 'Chǒucè Yíng', '军事单位'),
  census('33048210112100000001', '寅测塘', 'Yíncè Táng', '河流'), // the code of another row
];

const csv = (columns, rows) => [columns, ...rows].map((row) => row.map((v) => (/[",\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v)).join(',')).join('\n') + '\n';
const sql = (db, text) => {
  const { status, stdout, stderr } = spawnSync('sqlite3', [db, text], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout.trim();
};

function fresh(t) {
  const folder = scratch(t);
  copyFileSync(database, join(folder, 't.db'));
  return { folder, db: join(folder, 't.db') };
}

function load(folder, db, file, profile, key, extra = []) {
  const result = run(['import', file, '--profile', profile, ...SOURCE(key), '--crs', 'EPSG:4490', '--db', db, '--rejects', join(folder, 'rejects.csv'), ...extra], { cwd: folder });
  assert.equal(result.code, 0, result.err);
  const counts = result.out.match(/read (\d+), stored (\d+), merged (\d+), unchanged (\d+), rejected (\d+)/).slice(1).map(Number);
  return { counts, out: result.out };
}

// line, column and rule of each row of a reject file.
const rejectsOf = (folder) => [...readFileSync(join(folder, 'rejects.csv'), 'utf8').matchAll(/^\ufeff?"[^"]*",(\d+),"([^"]*)",([A-Z0-9]+),error,/gm)]
  .map((m) => `${m[1]} ${m[2]} ${m[3]}`);

test('door plates: every fault is told, and the good ones are found again', (t) => {
  const { folder, db } = fresh(t);
  const good = goodPlates(24);
  const rural = good[2];
  const bad = BAD_PLATES.map((changes, i) => with_(rural, { 门牌号: i === 10 ? rural[9] : String(9001 + i), ...changes }));
  writeFileSync(join(folder, 'plates.csv'), csv(PLATE_COLUMNS, [...good, ...bad]));
  writeFileSync(join(folder, 'census.csv'), csv(CENSUS_COLUMNS, [...GOOD_CENSUS, ...BAD_CENSUS]));
  const plates = load(folder, db, 'plates.csv', 'doorplate', 'syn-plates');
  const found = { doorplate: rejectsOf(folder) };
  assert.deepEqual(plates.counts, [40, 25, 0, 0, 15]); // a number of a person that cannot be is a warning
  assert.match(plates.out, /C07 +warning 1/);
  const records = load(folder, db, 'census.csv', 'census2', 'syn-census');
  found.census2 = rejectsOf(folder);
  assert.deepEqual(records.counts, [13, 4, 0, 0, 9]);
  if (process.env.DIMING_UPDATE) writeFileSync(GOLDEN, `${JSON.stringify(found, null, 1)}\n`);
  assert.deepEqual(found, JSON.parse(readFileSync(GOLDEN, 'utf8')));

  assert.equal(sql(db, "SELECT count(*) FROM record WHERE payload LIKE '%某%甲%' OR payload LIKE '%11010519491231002X%'"), '0');
  assert.equal(sql(db, "SELECT count(*) FROM address WHERE is_synthetic = 0 AND maker LIKE 'syn-%'"), '0');
  assert.equal(load(folder, db, 'plates.csv', 'doorplate', 'syn-plates').counts[3], 28); // again: unchanged, those too whose content is wrong

  const check = run(['check', '--source', 'syn-plates', '--format', 'json', '--db', db]);
  const report = JSON.parse(check.out);
  assert.equal(report.rules.find((rule) => rule.id === 'C04').tested, 25);
  assert.deepEqual(report.findings.filter((f) => f.rule === 'C04'), []);

  const snap = join(folder, 't.snap');
  assert.equal(run(['build', '--db', db, '--snapshot', snap]).code, 0);
  const [, , , , town, , road, , , number] = good[0];
  const answer = run(['geocode', `平湖市${town}${road}${number}号`, '--db', db, '--snapshot', snap, '--format', 'json']);
  assert.equal(answer.code, 0, answer.err);
  const best = JSON.parse(answer.out).features[0];
  assert.equal(best.properties.label, `浙江省嘉兴市平湖市${town}${road}${number}号`);
  assert.ok(Math.abs(best.geometry.coordinates[0] - 121.05) < 0.06);
  const room = run(['geocode', `平湖市${good[1][4]}${good[1][7]}${good[1][9]}号3幢1单元501室`, '--db', db, '--snapshot', snap, '--format', 'json']);
  assert.match(JSON.parse(room.out).features[0].properties.label, /3幢1单元501室$/);
  const river = run(['search', '甲别塘', '--db', db, '--snapshot', snap]);
  assert.match(river.out, /甲测塘/);
});

test('every format stores the same', (t) => {
  const rows = goodPlates(24).filter((row) => !row[15].includes('°')); // OGR makes points of plain degrees
  let first;
  const points = ['-oo', 'X_POSSIBLE_NAMES=经度', '-oo', 'Y_POSSIBLE_NAMES=纬度', '-a_srs', 'EPSG:4490'];
  const formats = { csv: [], xlsx: ['-f', 'XLSX'], gpkg: ['-f', 'GPKG', ...points],
    shp: ['-f', 'ESRI Shapefile', '-lco', 'ENCODING=CP936', ...points] };
  for (const [ending, options] of Object.entries(formats)) {
    const { folder, db } = fresh(t);
    writeFileSync(join(folder, 'plates.csv'), csv(PLATE_COLUMNS, rows));
    if (options.length) {
      const made = spawnSync('ogr2ogr', [...options, `plates.${ending}`, 'plates.csv'], { cwd: folder, encoding: 'utf8' });
      assert.equal(made.status, 0, made.stderr);
    }
    assert.deepEqual(load(folder, db, `plates.${ending}`, 'doorplate', 'syn-plates').counts, [12, 12, 0, 0, 0], ending);
    // a blob of SpatiaLite has the western end of its box at byte 6
    const stored = sql(db, `SELECT text, hex(geom), (SELECT group_concat(value) FROM (SELECT value FROM attribute WHERE about = a.id ORDER BY name))
      FROM address a WHERE maker LIKE 'syn-%' ORDER BY text`)
      .replace(/\|([0-9A-F]+)\|/g, (_, hex) => `|${[6, 14].map((at) => Buffer.from(hex, 'hex').readDoubleLE(at).toFixed(7))}|`);
    first ??= stored;
    assert.equal(stored, first, ending);
  }
});

test('a county copies a profile and changes it', (t) => {
  const { folder, db } = fresh(t);
  const profile = JSON.parse(readFileSync(join(root, 'data', 'profiles', 'doorplate.map.json'), 'utf8'));
  profile.columns.number = ['号码', ...profile.columns.number];
  profile.dictionaries.plate_spec['特大门牌'] = '大门牌';
  profile.source = { ...profile.source, key: 'syn-own', origin: `synthetic, seed ${SEED}`, edition: '1' };
  writeFileSync(join(folder, 'own.map.json'), JSON.stringify(profile));
  const columns = PLATE_COLUMNS.map((name) => (name === '门牌号' ? '号码' : name));
  writeFileSync(join(folder, 'own.csv'), csv(columns, [with_(goodPlates(1)[0], { 门牌规格: '特大门牌' })]));
  const { code, out, err } = run(['import', 'own.csv', '--mapping', 'own.map.json', '--crs', 'EPSG:4490', '--set', 'synthetic=1', '--db', db], { cwd: folder });
  assert.equal(code, 0, err);
  assert.match(out, /read 1, stored 1/);
});

test('wrong use says what is missing', (t) => {
  const { folder, db } = fresh(t);
  writeFileSync(join(folder, 'plates.csv'), csv(PLATE_COLUMNS, goodPlates(1)));
  const go = (...args) => run(['import', 'plates.csv', '--db', db, ...args], { cwd: folder });
  const none = go('--profile', 'census3', '--crs', 'EPSG:4490');
  assert.equal(none.code, 4);
  assert.match(none.err, /census2, doorplate/);
  const source = go('--profile', 'doorplate', '--crs', 'EPSG:4490');
  assert.equal(source.code, 3);
  assert.match(source.err, /"key" of the source is missing/);
  assert.equal(go('--profile', 'doorplate', ...SOURCE('x')).code, 3); // positions without a CRS
  assert.equal(go('--profile', 'doorplate', '--mapping', 'x').code, 2);
});
