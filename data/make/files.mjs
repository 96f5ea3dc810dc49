// Where things are, and how a made file is written or compared.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const DATA = join(HERE, '..');

export const packageFile = (...parts) => join(HERE, 'node_modules', ...parts);

export const readData = (path) => readFileSync(join(DATA, path), 'utf8');

// Writes the file, or with `check` says whether it is there byte for byte.
export function put(path, text, check) {
  const file = join(DATA, path);
  if (check) return existsSync(file) && readFileSync(file, 'utf8') === text;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return true;
}
