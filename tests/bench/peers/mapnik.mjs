// mapnik.mjs - Mapnik through its npm package; data are Shapefiles in EPSG:3857
// with an index beside them; one picture at a time.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FONT_FOLDER, TINTS, ZOOMS, boxOf, looks, timeTiles } from './town.mjs';

const MERCATOR = '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs';
const FACE = 'Noto Sans CJK SC Regular';

function style(name, rules) {
  return `<Style name="${name}">${rules.map((rule) => `<Rule>${rule}</Rule>`).join('')}</Style>`;
}

function layer(file, folder, styles) {
  return `<Layer name="${file}" srs="${MERCATOR}">${styles.map((name) => `<StyleName>${name}</StyleName>`).join('')}
    <Datasource><Parameter name="type">shape</Parameter><Parameter name="file">${folder}/shp/${file}.shp</Parameter>
    <Parameter name="encoding">utf-8</Parameter></Datasource></Layer>`;
}

function text(size, color, extra) {
  return `<TextSymbolizer face-name="${FACE}" size="${size}" fill="${color}" halo-fill="rgba(255,255,255,0.91)" halo-radius="1.5" ${extra}>[name]</TextSymbolizer>`;
}

function names(size, kind) {
  return `<Filter>[kind] = '${kind}'</Filter><MarkersSymbolizer width="4" height="4" fill="#8a8172" stroke-width="0"/>
    ${text(size, '#9a9a9a', 'placement-type="simple" placements="E,W,N,S" dx="6" dy="6"')}`;
}

function mapOf(zoom, folder) {
  const look = looks(zoom);
  const line = (color, width) => `<LineSymbolizer stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
  const styles = [
    style('divisions', TINTS.map((color, tint) => `<Filter>[tint] = ${tint}</Filter><PolygonSymbolizer fill="${color}"/>`)),
    style('buildings', ['<PolygonSymbolizer fill="#e6ddcd"/>']),
    style('casing', [line('#d3c8b2', look.casing)]),
    style('road', [line('#fffdf8', look.road)]),
    style('roadname', [text(look.roadName, '#70695c', 'placement="line" spacing="420"')]),
    style('place', [names(look.place, 'place')]),
    style('village', [names(look.village, 'village')]),
    style('town', [names(look.town, 'town')]),
  ];
  const layers = [
    layer('divisions', folder, ['divisions']),
    look.hasBuildings ? layer('buildings', folder, ['buildings']) : '',
    layer('roads', folder, ['casing']),
    layer('roads', folder, ['road']),
    layer('places', folder, ['town']),
    layer('places', folder, ['village']),
    look.hasPlaces ? layer('roads', folder, ['roadname']) : '',
    look.hasPlaces ? layer('places', folder, ['place']) : '',
  ];
  return `<Map srs="${MERCATOR}" background-color="#e9edee" buffer-size="64">${styles.join('')}${layers.join('')}</Map>`;
}

// Promises around callbacks.
function call(object, method, ...args) {
  return new Promise((resolve, reject) =>
    object[method](...args, (error, made) => (error ? reject(error) : resolve(made))));
}

export async function mapnik(folder, tiles) {
  let library;
  try {
    library = (await import('@mapnik/mapnik')).default;
  } catch (error) {
    return { skipped: `@mapnik/mapnik does not load (${String(error.message).split('\n')[0]})` };
  }
  library.register_default_input_plugins();
  library.register_fonts(FONT_FOLDER);
  for (const name of ['places', 'roads', 'buildings', 'divisions'])
    spawnSync(library.settings.paths.shape_index, [join(folder, 'shp', `${name}.shp`)]);
  const maps = {};
  for (const zoom of ZOOMS) {
    maps[zoom] = new library.Map(256, 256);
    await call(maps[zoom], 'fromString', mapOf(zoom, folder), { strict: true });
  }
  const picture = (format) => async (tile) => {
    const map = maps[tile.z];
    map.extent = boxOf(tile);
    const image = await call(map, 'render', new library.Image(256, 256));
    const bytes = await call(image, 'encode', format);
    if (process.env.PEER_PICTURES) writeFileSync(join(folder, `mapnik-${tile.z}-${tile.x}-${tile.y}`), bytes);
    return bytes.length;
  };
  const vector = async (tile) => {
    const made = new library.VectorTile(tile.z, tile.x, tile.y, { tile_size: 4096, buffer_size: 64 });
    await call(maps[tile.z], 'render', made, {});
    return made.getData().length;
  };
  const rows = await timeTiles('Mapnik', 'png', tiles, picture('png8:m=h:z=1'));
  if (library.VectorTile) rows.push(...await timeTiles('Mapnik', 'mvt', tiles, vector));
  return { rows };
}
