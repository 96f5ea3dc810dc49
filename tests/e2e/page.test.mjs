// Test plan: the map page in a real browser: search by characters and pinyin,
// the keyboard alone, the card with its history, heritage, a phone's width,
// English; nothing is asked of another host, nothing fails in the console.
// Pictures go to build/screens/ to be looked at.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { root, startService } from './service.mjs';

const FLAGS = ['--no-sandbox', '--hide-scrollbars', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run'];
const screens = join(root, 'build', 'screens');
const WAIT_MS = 30000;

let service;
let browser;
before(async () => {
  mkdirSync(screens, { recursive: true });
  service = await startService();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
});
after(async () => {
  await browser.close();
  await service.stop();
});

async function open(t, { width = 1280, height = 800, path = '/' } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' });
  t.after(() => context.close());
  const page = await context.newPage();
  const slips = [];
  page.on('console', (message) => { if (message.type() === 'error') slips.push(message.text()); });
  page.on('pageerror', (error) => slips.push(error.message));
  page.on('request', (request) => {
    const host = new URL(request.url());
    if (!['data:', 'blob:'].includes(host.protocol) && host.origin !== service.url) slips.push(`outside: ${request.url()}`);
  });
  await page.goto(service.url + path);
  await page.waitForSelector('html[data-map=idle]', { state: 'attached', timeout: WAIT_MS });
  t.after(() => assert.deepEqual(slips, []));
  return page;
}

// Waits until the map has come to rest after what the test did.
async function settle(page) {
  await page.waitForTimeout(400);
  await page.waitForSelector('html[data-map=idle]', { state: 'attached', timeout: WAIT_MS });
}

test('searching 乍浦 shows it on our own map', async (t) => {
  const page = await open(t);
  await page.screenshot({ path: join(screens, 'start.png') });
  await page.fill('#query', '乍浦');
  await page.waitForSelector('#suggestions li');
  await page.screenshot({ path: join(screens, 'suggest.png') });
  await page.click('#suggestions li >> text=乍浦镇');
  await page.waitForSelector('#card h2');
  assert.equal(await page.textContent('#card h2'), '乍浦镇');
  assert.match(await page.textContent('#card'), /Zhàpǔ Zhèn/);
  assert.match(await page.textContent('#card'), /330482101/);
  assert.equal(await page.locator('.pin').count(), 1);
  await settle(page);
  await page.screenshot({ path: join(screens, 'zhapu.png') });
});

test('pinyin and the keyboard alone are enough', async (t) => {
  const page = await open(t);
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /搜索框/);
  await page.focus('#query');
  await page.keyboard.type('zhap');
  await page.waitForSelector('#suggestions li');
  await page.keyboard.press('ArrowDown');
  const active = await page.getAttribute('#query', 'aria-activedescendant');
  assert.match(await page.textContent(`#${active}`), /乍浦镇/);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#card h2');
  assert.equal(await page.textContent('#card h2'), '乍浦镇');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'card');
});

test('a former name leads to the successor, with the reason and the history', async (t) => {
  const page = await open(t, { path: `/?q=${encodeURIComponent('黄姑镇')}` });
  await page.waitForSelector('#card h2, .result');
  if (await page.locator('#card h2').count() === 0 || !(await page.isVisible('#card'))) await page.click('.result >> nth=0');
  await page.waitForSelector('#card h2');
  assert.equal(await page.textContent('#card h2'), '独山港镇');
  assert.match(await page.textContent('#card .reasons'), /黄姑镇/);
  assert.match(await page.textContent('#card .timeline'), /2009/);
  await settle(page);
  await page.screenshot({ path: join(screens, 'huanggu.png') });
});

test('two villages of one name are both offered', async (t) => {
  const page = await open(t, { path: `/?q=${encodeURIComponent('山塘村')}` });
  await page.waitForSelector('.result');
  const text = await page.textContent('.results');
  assert.match(text, /平湖市广陈镇山塘村/);
  assert.match(text, /金山区廊下镇山塘村/);
  await page.screenshot({ path: join(screens, 'shantang.png') });
});

test('heritage sites tell their stories and what is disputed', async (t) => {
  const page = await open(t);
  await page.waitForSelector('.site');
  assert.ok(await page.locator('.site').count() >= 3);
  await page.click('#heritage-toggle');
  assert.equal(await page.locator('.site').count(), 0);
  await page.click('#heritage-toggle');
  await page.fill('#query', '天妃宫炮台');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#card h2');
  const card = await page.textContent('#card');
  assert.match(card, /1717/);
  assert.match(card, /1729/);
  assert.match(card, /各家说法不一/);
  assert.match(card, /仅知所在政区/);
  await settle(page);
  await page.screenshot({ path: join(screens, 'heritage.png') });
});

test('a phone: nothing is wider than the screen, the map stays visible', async (t) => {
  const page = await open(t, { width: 390, height: 844 });
  await page.fill('#query', '新仓镇朝阳路158号');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#card h2');
  assert.match(await page.textContent('#card h2'), /新仓经验批示展示馆/);
  assert.match(await page.textContent('#card'), /朝阳路158号/);
  await settle(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  const pin = await page.locator('.pin').boundingBox();
  assert.ok(pin.y > 0 && pin.y < 844 * 0.48 && pin.x > 0 && pin.x < 390, 'the pin is in the visible part of the map');
  const panel = await page.locator('#panel').boundingBox();
  assert.ok(panel.y > 844 * 0.4, 'the panel leaves the upper part to the map');
  await page.screenshot({ path: join(screens, 'phone.png') });
});

test('English switch', async (t) => {
  const page = await open(t);
  await page.click('#language');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await page.textContent('#schematic'), /schematic/);
  await page.fill('#query', 'zhapu');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#card h2, .result');
  await settle(page);
  await page.screenshot({ path: join(screens, 'english.png') });
});
