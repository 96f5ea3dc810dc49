// look.mjs - the styles beside MapLibre, to be looked at: one sheet a style, a
// row a place, and for each zoom the raster tiles on the left, the same view as
// MapLibre draws it from the vector tiles on the right.
//
//     node tests/e2e/look.mjs [FOLDER]      (build/screens; after ./dev load)
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root, startService } from './service.mjs';

const FLAGS = ['--no-sandbox', '--hide-scrollbars', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
const PLACES = [['新仓', 121.176, 30.7315], ['乍浦', 121.0869, 30.6015], ['金山界线', 121.1253, 30.7814]];
const ZOOMS = [8, 11, 14, 17]; // of raster tiles; MapLibre counts one less
const [WIDE, HIGH, TILE] = [380, 300, 256];
const WAIT_MS = 120000;

// The raster tiles of a view, laid side by side.
function mosaic(style, zoom, lon, lat) {
  const size = TILE * 2 ** zoom;
  const left = Math.round(((lon + 180) / 360) * size - WIDE / 2);
  const top = Math.round(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * size - HIGH / 2);
  const pictures = [];
  for (let x = Math.floor(left / TILE); x * TILE < left + WIDE; x++)
    for (let y = Math.floor(top / TILE); y * TILE < top + HIGH; y++)
      pictures.push(`<img src="/tiles/${style}/${zoom}/${x}/${y}.png" style="left:${x * TILE - left}px;top:${y * TILE - top}px">`);
  return `<div class="view">${pictures.join('')}</div>`;
}

// The page's own address lets the module, its worker and the tiles be loaded.
function page(style) {
  const rows = PLACES.map(([name, lon, lat]) => `<tr><th>${name}</th>${ZOOMS.map((zoom) =>
    `<td>${mosaic(style, zoom, lon, lat)}<div class="view map" data-at="${zoom - 1},${lon},${lat}"></div><p>z${zoom}</p></td>`).join('')}</tr>`);
  return `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/assets/maplibre-gl.css"><style>
    body { margin: 0; font: 13px sans-serif; background: #fff } p { margin: 1px }
    .view { position: relative; overflow: hidden; width: ${WIDE}px; height: ${HIGH}px; display: inline-block; border: 1px solid #888 }
    .view img { position: absolute; width: ${TILE}px } td { white-space: nowrap } .maplibregl-control-container { display: none }
  </style><table>${rows.join('')}</table><script type="module">
    import * as maplibregl from '/assets/maplibre-gl.mjs';
    maplibregl.setWorkerUrl?.(new URL('/assets/maplibre-gl-worker.mjs', location.href).href);
    const maps = [...document.querySelectorAll('.map')].map((container) => {
      const [zoom, lon, lat] = container.dataset.at.split(',').map(Number);
      return new Promise((done) => new maplibregl.Map({ container, style: '/tiles/${style}/style.json', center: [lon, lat], zoom, fadeDuration: 0,
        interactive: false, attributionControl: false, localIdeographFontFamily: "'Noto Sans CJK SC', sans-serif" }).once('idle', done));
    });
    await Promise.all(maps);
    document.documentElement.dataset.ready = 'yes';
  </script>`;
}

const out = process.argv[2] ?? join(root, 'build', 'screens');
mkdirSync(out, { recursive: true });
const service = await startService(['--rate', '100000']);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
try {
  for (const style of ['base', 'heritage', 'dark']) {
    const tab = await browser.newPage({ viewport: { width: 80 + ZOOMS.length * (2 * WIDE + 16), height: PLACES.length * (HIGH + 30) } });
    tab.on('console', (message) => { if (message.type() === 'error') console.error(message.text()); });
    await tab.route('**/look', (route) => route.fulfill({ contentType: 'text/html', body: page(style) }));
    await tab.goto(`${service.url}/look`, { waitUntil: 'commit' });
    await tab.waitForSelector('html[data-ready=yes]', { state: 'attached', timeout: WAIT_MS });
    await tab.screenshot({ path: join(out, `look-${style}.png`) });
    console.log(join(out, `look-${style}.png`));
    await tab.close();
  }
} finally {
  await browser.close();
  await service.stop();
}
