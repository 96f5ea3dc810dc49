// build.mjs - puts the page together in dist/, which the binary embeds.
//
//     npm ci && node build.mjs
//
// No bundler: the page is a handful of modules, and MapLibre ships as modules.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const assets = join(dist, 'assets');
const maplibre = join(here, 'node_modules', 'maplibre-gl', 'dist');

rmSync(dist, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });
cpSync(join(here, 'src'), assets, { recursive: true });
cpSync(join(assets, 'index.html'), join(dist, 'index.html'));
rmSync(join(assets, 'index.html'));

for (const name of ['maplibre-gl.mjs', 'maplibre-gl-worker.mjs']) {
  // The source maps are not shipped, so the browser must not look for them.
  const text = readFileSync(join(maplibre, name), 'utf8');
  writeFileSync(join(assets, name), text.replace(/\n?\/\/# sourceMappingURL=.*$/s, '\n'));
}
cpSync(join(maplibre, 'maplibre-gl.css'), join(assets, 'maplibre-gl.css'));
cpSync(join(here, 'node_modules', 'maplibre-gl', 'LICENSE.txt'), join(assets, 'maplibre-gl.LICENSE.txt'));
