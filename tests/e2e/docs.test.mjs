// Test plan: the description of the service is valid and true.
// - redocly's recommended rules and the OpenAPI structure, 3.1 and 3.0
// - each example request of the description is asked over HTTP and answers 200,
//   or 401 where a role is needed; each example answer has the members that the
//   answer has now
// - /docs: every route stands there, one is tried, its curl line works
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { root, startService } from './service.mjs';

const { createConfig, lintFromString } = createRequire(import.meta.url)('@redocly/openapi-core');

let service;
before(async () => { service = await startService(); });
after(async () => { await service.stop(); });

const read = async (path) => (await fetch(service.url + path)).json();

function* operations(description) {
  for (const [path, methods] of Object.entries(description.paths))
    for (const [method, operation] of Object.entries(methods)) yield { path, method: method.toUpperCase(), operation };
}

function request({ path, method, operation }) {
  let filled = path;
  const query = new URLSearchParams(operation['x-example-query'] ?? '');
  for (const parameter of operation.parameters) {
    if (parameter.in === 'header') continue;
    if (parameter.in === 'path') filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(parameter.example));
    else if (parameter.required && !query.has(parameter.name)) query.set(parameter.name, parameter.example);
  }
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const body = media && (typeof media.example === 'string' ? media.example : JSON.stringify(media.example));
  return [`${service.url}${filled}?${query}`, media ? { method, headers: { 'content-type': type }, body } : { method }];
}

test('the descriptions pass redocly', async () => {
  const config = await createConfig({ extends: ['recommended'], rules: {
    'no-server-example.com': 'off', // the server of a test is 127.0.0.1
    'no-ambiguous-paths': 'off', // /tiles/{layer}/... differ by their endings
    'operation-4xx-response': 'off', // `default` is the problem of RFC 9457
    'no-path-trailing-slash': 'off', // Photon's own paths
    'security-defined': 'off', // reading needs no key
  } });
  for (const path of ['/openapi.json', '/api']) {
    const source = await (await fetch(service.url + path)).text();
    const problems = await lintFromString({ source, config, absoluteRef: `${service.url}${path}.json` });
    assert.deepEqual(problems.map((p) => `${p.ruleId}: ${p.message} ${p.location[0]?.pointer}`), [], path);
  }
});

test('each example request works, each example answer is real', async () => {
  const description = await read('/openapi.json');
  let answers = 0;
  for (const one of operations(description)) {
    if (one.operation.security) continue; // needs a key: tried by the tests of that work
    if (one.operation.operationId === 'stname_details_post') continue; // its id is that of the GET
    if (one.path.includes('/jobs/{id}')) continue; // jobs.test.mjs makes jobs and asks for them
    const [url, options] = request(one);
    const answer = await fetch(url, options);
    if (one.operation.security) { // of clerks: the queue is not for everybody
      assert.equal(answer.status, 401, url);
      continue;
    }
    assert.ok([200, 204].includes(answer.status), `${one.method} ${url}: ${answer.status}`);
    const media = one.operation.responses['200'].content;
    const [type, { example }] = Object.entries(media)[0];
    if (!example) continue;
    assert.ok(answer.headers.get('content-type').startsWith(type), `${url}: ${answer.headers.get('content-type')}`);
    assert.deepEqual(await answer.json(), example, url);
    answers++;
  }
  assert.ok(answers > 25, `${answers} example answers`);
});

test('/docs lists every route; trying one and its curl line work', async (t) => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const page = await (await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: 'zh-CN' })).newPage();
  const slips = [];
  page.on('pageerror', (error) => slips.push(error.message));
  page.on('request', (asked) => { if (!asked.url().startsWith(service.url)) slips.push(asked.url()); });
  await page.goto(`${service.url}/docs`);
  await page.waitForSelector('details');
  const routes = [...operations(await read('/openapi.json'))];
  assert.equal(await page.locator('details').count(), routes.length);
  await page.click('#geocode summary');
  await page.fill('#geocode input[name="q"]', '新仓镇');
  await page.click('#geocode button[type="submit"]');
  await page.waitForSelector('#geocode div[aria-live] pre');
  assert.match(await page.textContent('#geocode div[aria-live] pre'), /新仓镇/);
  const command = await page.textContent('#geocode > form > pre');
  const shell = spawnSync('sh', ['-c', `${command} -s`], { encoding: 'utf8' });
  assert.equal(JSON.parse(shell.stdout).features[0].properties.name, '新仓镇');
  mkdirSync(join(root, 'build', 'screens'), { recursive: true });
  await page.screenshot({ path: join(root, 'build', 'screens', 'docs.png') });
  assert.deepEqual(slips, []);
});
