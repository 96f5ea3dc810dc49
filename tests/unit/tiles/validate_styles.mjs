// validate_styles.mjs - the shipped styles, looked at by MapLibre's own validator.
import { readFileSync, readdirSync } from 'node:fs';
import { validateStyleMin } from '../../../api/web/node_modules/@maplibre/maplibre-gl-style-spec/dist/index.mjs';

const folder = new URL('../../../data/styles/', import.meta.url);
let mistakes = 0;
for (const name of readdirSync(folder).filter((file) => file.endsWith('.json')))
  for (const error of validateStyleMin(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))) {
    console.error(`${name}: ${error.message}`);
    mistakes++;
  }
process.exit(mistakes ? 1 : 0);
