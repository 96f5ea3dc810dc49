// mapserver.mjs - MapServer's mapserv as a FastCGI process, AGG renderer; data
// are Shapefiles in EPSG:3857 with a quadtree beside them.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FONT_FOLDER, TINTS, ZOOMS, has, looks, start, timeTiles } from './town.mjs';
import { openFastCgi } from './fastcgi.mjs';

const PROJECTION = 'PROJECTION\n"init=epsg:3857"\nEND';

function label(size, color, field, extra = '') {
  return `LABEL
    FONT "cjk" TYPE TRUETYPE SIZE ${size} COLOR "${color}" OUTLINECOLOR "#ffffff" OUTLINEWIDTH 3
    ENCODING "UTF-8" PARTIALS TRUE BUFFER 1 ${extra}
  END`;
}

function layer(name, type, classes, extra = '') {
  return `LAYER
  NAME "${name}" TYPE ${type} STATUS ON DATA "${name}" ${PROJECTION}
  METADATA "gml_include_items" "all" END
  ${extra}
  ${classes}
END`;
}

function names(size, color, kind) {
  return layer('places', 'POINT', `CLASS
    STYLE SYMBOL "dot" SIZE 4 COLOR "#8a8172" END
    ${label(size, color, 'name', 'POSITION AUTO OFFSET 5 5')}
  END`, `LABELITEM "name" FILTERITEM "kind" FILTER "${kind}"`);
}

function mapfile(zoom, folder) {
  const look = looks(zoom);
  const layers = [
    layer('divisions', 'POLYGON', TINTS.map((color, tint) =>
      `CLASS EXPRESSION "${tint}" STYLE COLOR "${color}" END END`).join('\n'), 'CLASSITEM "tint"'),
  ];
  if (look.hasBuildings) layers.push(layer('buildings', 'POLYGON', 'CLASS STYLE COLOR "#e6ddcd" END END'));
  layers.push(
    layer('roads', 'LINE', `CLASS STYLE COLOR "#d3c8b2" WIDTH ${look.casing} LINECAP ROUND LINEJOIN ROUND END END`),
    layer('roads', 'LINE', `CLASS STYLE COLOR "#fffdf8" WIDTH ${look.road} LINECAP ROUND LINEJOIN ROUND END
      ${look.hasPlaces ? label(look.roadName, '#70695c', 'name', 'ANGLE FOLLOW REPEATDISTANCE 420') : ''} END`, 'LABELITEM "name"'),
  );
  if (look.hasPlaces) layers.push(names(look.place, '#9a9a9a', 'place'));
  layers.push(names(look.village, '#9a9a9a', 'village'), names(look.town, '#9a9a9a', 'town'));
  return `MAP
NAME "town" SIZE 256 256 MAXSIZE 4096 IMAGECOLOR "#e9edee" SHAPEPATH "${folder}/shp" FONTSET "${folder}/fonts.txt" ${PROJECTION}
EXTENT -20037508 -20037508 20037508 20037508 UNITS METERS
OUTPUTFORMAT NAME "png24" DRIVER AGG/PNG MIMETYPE "image/png" IMAGEMODE RGB EXTENSION "png" FORMATOPTION "COMPRESSION=1" END
OUTPUTFORMAT NAME "png8" DRIVER AGG/PNG MIMETYPE "image/png" IMAGEMODE RGB EXTENSION "png"
  FORMATOPTION "QUANTIZE_FORCE=on" FORMATOPTION "QUANTIZE_COLORS=256" FORMATOPTION "COMPRESSION=1" END
OUTPUTFORMAT NAME "mvt" DRIVER MVT FORMATOPTION "EXTENT=4096" FORMATOPTION "EDGE_BUFFER=4" END
SYMBOL NAME "dot" TYPE ELLIPSE FILLED TRUE POINTS 1 1 END END
WEB METADATA "ows_enable_request" "*" "tile_map_edge_buffer" "32" END END
${layers.join('\n')}
END
`;
}

async function serve(folder) {
  const socket = join(folder, 'mapserver.sock');
  const config = join(folder, 'mapserver.conf');
  writeFileSync(config, 'CONFIG\nENV\nMS_MAP_PATTERN "."\nEND\nEND\n');
  const { stop } = await start('spawn-fcgi', ['-n', '-s', socket, '--', '/usr/bin/mapserv'], {
    env: { ...process.env, MAPSERVER_CONFIG_FILE: config }, stdio: ['ignore', 'inherit', 'inherit'],
  }, () => existsSync(socket));
  const server = openFastCgi(socket);
  return { server, stop: async () => { server.close(); await stop(); } };
}

export async function mapserver(folder, tiles) {
  if (!has('mapserv') || !has('spawn-fcgi')) return { skipped: 'mapserv or spawn-fcgi is not installed' };
  // MapServer takes the first face of a collection: the Japanese one, whose
  // glyphs cost the same.
  writeFileSync(join(folder, 'fonts.txt'), `cjk ${FONT_FOLDER}/NotoSansCJK-Regular.ttc\n`);
  for (const zoom of ZOOMS) writeFileSync(join(folder, `mapserver-${zoom}.map`), mapfile(zoom, folder));
  const { server, stop } = await serve(folder);
  const ask = (format) => async ({ z, x, y }) => {
    const answer = await server.ask({
      REQUEST_METHOD: 'GET',
      QUERY_STRING: `map=${folder}/mapserver-${z}.map&mode=tile&tilemode=gmap&layers=all&tile=${x}+${y}+${z}&map.imagetype=${format}`,
    });
    if (!/image\/png|mapbox|protobuf/.test(answer.head)) throw new Error(`mapserver: ${answer.body.toString().slice(0, 400)}`);
    if (process.env.PEER_PICTURES) writeFileSync(join(folder, `mapserver-${format}-${z}-${x}-${y}`), answer.body);
    return answer.body.length;
  };
  try {
    return {
      rows: [
        ...await timeTiles('MapServer AGG', 'png', tiles, ask('png24')),
        ...await timeTiles('MapServer PNG8', 'png', tiles, ask('png8')),
        ...await timeTiles('MapServer', 'mvt', tiles, ask('mvt')),
      ],
    };
  } finally {
    await stop();
  }
}
