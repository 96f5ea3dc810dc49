// border.mjs - the line between two sides: both as drawn, what they disagree on
// hatched, the difference along the line below, the names beside it.
import * as maplibregl from './maplibre-gl.mjs';
import * as api from './api.mjs';
import { byId, make } from './dom.mjs';
import { language, metres, text } from './i18n.mjs';

const COLOURS = { a: '#1f5fa8', b: '#1f6f4a', overlap: '#b3202a', gap: '#b36b00' };
const PANEL_PX = 388;
const LISTED = 8;
const SVG = 'http://www.w3.org/2000/svg';
const PLOT = { wide: 1000, tall: 150, left: 62, right: 26, top: 10, bottom: 22 };

// A tile of slanted lines, drawn pixel by pixel.
function hatch(colour, leans) {
  const size = 8;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const on = ((leans > 0 ? x + y : x - y + size) % size) < 3;
      data.set([red, green, blue, on ? 210 : 40], (y * size + x) * 4);
    }
  return { width: size, height: size, data };
}

const kind = (...kinds) => ['in', ['get', 'kind'], ['literal', kinds]];
const side = (name) => ['all', kind('line'), ['==', ['get', 'side'], name]];

const LAYERS = [
  { id: 'border-area', type: 'fill', source: 'border', filter: kind('overlap', 'gap'),
    paint: { 'fill-pattern': ['match', ['get', 'kind'], 'gap', 'hatch-gap', 'hatch-overlap'] } },
  { id: 'border-area-edge', type: 'line', source: 'border', filter: kind('overlap', 'gap'),
    paint: { 'line-color': ['match', ['get', 'kind'], 'gap', COLOURS.gap, COLOURS.overlap], 'line-width': 1 } },
  { id: 'border-a', type: 'line', source: 'border', filter: side('a'), layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOURS.a, 'line-width': 2.4 } },
  { id: 'border-b', type: 'line', source: 'border', filter: side('b'), layout: { 'line-join': 'round' },
    paint: { 'line-color': COLOURS.b, 'line-width': 2.4, 'line-dasharray': [2.5, 1.8] } },
  { id: 'border-marker', type: 'circle', source: 'border', filter: kind('marker'),
    paint: { 'circle-radius': 5, 'circle-color': ['match', ['get', 'severity'], 'error', COLOURS.overlap, 'warning', COLOURS.gap, COLOURS.b],
      'circle-stroke-color': '#fff', 'circle-stroke-width': 1.5 } },
  { id: 'border-pair', type: 'line', source: 'border-names', filter: ['==', ['geometry-type'], 'LineString'],
    paint: { 'line-color': '#6b4a86', 'line-width': 1.4, 'line-dasharray': [1, 2] } },
  { id: 'border-pair-end', type: 'circle', source: 'border-names', filter: ['==', ['geometry-type'], 'LineString'],
    paint: { 'circle-radius': 4.5, 'circle-color': '#6b4a86', 'circle-stroke-color': '#fff', 'circle-stroke-width': 1.5 } },
];

const pick = (properties, name) => (language === 'en' ? properties[`${name}_en`] ?? properties[name] : properties[name]);

function sizeOf({ how_much_m: much, uncertainty_m: error }) {
  if (!much) return '';
  return error > 0 ? `${much.toFixed(1)} ± ${error.toFixed(0)} m` : `${much.toFixed(2)} m`;
}

function cardOf(properties) {
  return make('div', { class: 'border-card' },
    make('strong', {}, properties.message ? pick(properties, 'message') : properties.marker),
    properties.kind === 'marker' ? make('p', {}, [properties.condition, properties.manager, properties.inspected_on].filter(Boolean).join(' · ')) : null,
    sizeOf(properties) ? make('p', {}, sizeOf(properties)) : null,
    properties.advice ? make('p', {}, pick(properties, 'advice')) : null,
    properties.proposal ? make('p', {}, `${text('border.proposal')} ${properties.proposal}`) : null,
    properties.rule ? make('p', { class: 'quiet' }, `${properties.rule} · ${properties.clause}`) : null);
}

// ---- the plot ----

function svg(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// 1, 2 or 5 times a power of ten, at most `most`.
function roundStep(most) {
  const ten = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((n) => n * ten).find((step) => step <= most);
}

function scales(profile, whole) {
  const most = Math.max(1, ...profile.map(([, off]) => Math.abs(off))) * 1.08;
  const width = PLOT.wide - PLOT.left - PLOT.right;
  const middle = PLOT.top + (PLOT.tall - PLOT.top - PLOT.bottom) / 2;
  return {
    most,
    x: (along) => PLOT.left + (along / whole) * width,
    y: (off) => middle - (off / most) * (middle - PLOT.top),
    along: (x) => Math.min(whole, Math.max(0, ((x - PLOT.left) / width) * whole)),
  };
}

function axes({ x, y, most }, whole) {
  const parts = [];
  const level = roundStep(most);
  for (const off of [level, 0, -level])
    parts.push(svg('path', { d: `M${PLOT.left} ${y(off)}H${PLOT.wide - PLOT.right}`, class: off ? 'guide' : 'axis' }),
      svg('text', { x: PLOT.left - 6, y: y(off) + 4, 'text-anchor': 'end' }, off ? `${off > 0 ? '+' : '−'}${Math.abs(off)} m` : '0'));
  const step = roundStep(whole / 4);
  for (let along = 0; along <= whole; along += step)
    parts.push(svg('text', { x: x(along), y: PLOT.tall - 6, 'text-anchor': 'middle' }, `${along / 1000} km`));
  return parts;
}

function nearest(profile, along) {
  return profile.reduce((best, point) => (Math.abs(point[0] - along) < Math.abs(best[0] - along) ? point : best));
}

function drawPlot(answer, onHover, onPick) {
  const { profile } = answer;
  const whole = answer.lines.length_a_m;
  const scale = scales(profile, whole);
  const outline = profile.map(([along, off]) => `${scale.x(along).toFixed(1)},${scale.y(off).toFixed(1)}`).join(' ');
  const zero = scale.y(0).toFixed(1);
  const cross = svg('path', { class: 'cross', d: '' });
  const plot = svg('svg', { viewBox: `0 0 ${PLOT.wide} ${PLOT.tall}`, role: 'img', 'aria-label': text('border.profile'), preserveAspectRatio: 'none' },
    svg('polygon', { points: `${scale.x(0)},${zero} ${outline} ${scale.x(whole)},${zero}`, class: 'difference' }),
    ...axes(scale, whole), cross);
  const pointAt = (event) => {
    const box = plot.getBoundingClientRect();
    return nearest(profile, scale.along(((event.clientX - box.left) / box.width) * PLOT.wide));
  };
  plot.addEventListener('pointermove', (event) => {
    const point = pointAt(event);
    cross.setAttribute('d', `M${scale.x(point[0])} ${PLOT.top}V${PLOT.tall - PLOT.bottom}`);
    onHover(point);
  });
  plot.addEventListener('pointerleave', () => { cross.setAttribute('d', ''); onHover(null); });
  plot.addEventListener('click', (event) => onPick(pointAt(event)));
  return plot;
}

// ---- the whole view ----

export function openBorder({ map, loaded, onList, say }) {
  const dot = new maplibregl.Marker({ element: make('div', { class: 'border-dot' }) });
  let answer = null;
  let names = null;
  let popup = null;

  function note(properties, at) {
    popup?.remove();
    popup = new maplibregl.Popup({ maxWidth: '320px' }).setLngLat(at).setDOMContent(cardOf(properties)).addTo(map);
  }

  function go(at, zoom = 14) {
    map.easeTo({ center: at, zoom: Math.max(map.getZoom(), zoom), padding: roomLeft() });
  }

  const roomLeft = () => (window.innerWidth > 720
    ? { left: PANEL_PX, top: 24, right: 24, bottom: 210 } : { left: 16, top: 16, right: 16, bottom: window.innerHeight * 0.55 });

  async function draw() {
    await loaded;
    if (map.getSource('border')) {
      map.getSource('border').setData(answer);
      map.getSource('border-names').setData(names);
      return;
    }
    map.addImage('hatch-overlap', hatch(COLOURS.overlap, 1));
    map.addImage('hatch-gap', hatch(COLOURS.gap, -1));
    map.addSource('border', { type: 'geojson', data: answer });
    map.addSource('border-names', { type: 'geojson', data: names });
    const first = map.getStyle().layers.find((layer) => layer.type === 'symbol')?.id;
    for (const layer of LAYERS) map.addLayer(layer, first);
    for (const id of ['border-area', 'border-marker', 'border-pair']) {
      map.on('mouseenter', id, () => { map.getCanvas().style.cursor = 'pointer'; });
      map.on('mouseleave', id, () => { map.getCanvas().style.cursor = ''; });
    }
  }

  // Takes a click on what this view shows; false: it is none of ours.
  function take(event) {
    if (!map.getLayer('border-area') || byId('profile').hidden) return false;
    const [feature] = map.queryRenderedFeatures(event.point, { layers: ['border-marker', 'border-area', 'border-pair'] });
    if (feature) note(feature.properties, event.lngLat);
    return Boolean(feature);
  }

  function showPlot() {
    const value = make('output', { class: 'quiet' });
    const hover = (point) => {
      if (!point) { dot.remove(); value.textContent = text('border.hint'); return; }
      value.textContent = text('border.at', (point[0] / 1000).toFixed(2), `${point[1] > 0 ? '+' : ''}${point[1].toFixed(1)}`);
      dot.setLngLat([point[2], point[3]]).addTo(map);
    };
    const { summary, lines, basis } = answer;
    byId('profile').replaceChildren(
      make('header', {},
        make('h2', {}, text('border.profile')),
        answer.schematic ? make('span', { class: 'badge' }, text('border.schematic')) : null,
        make('span', { class: 'legend' },
          make('i', { class: 'a' }), basis.a, make('i', { class: 'b' }), basis.b,
          make('i', { class: 'overlap' }), text('border.overlap', (summary.overlap_area_m2 / 1e6).toFixed(3)),
          make('i', { class: 'gap' }), text('border.gap', (summary.gap_area_m2 / 1e6).toFixed(3))),
        value),
      drawPlot(answer, hover, (point) => go([point[2], point[3]])),
      make('p', { class: 'quiet' }, text('border.statistics', lines.mean_m.toFixed(1), lines.rms_m.toFixed(1), lines.p95_m.toFixed(1), lines.hausdorff_m.toFixed(1))));
    hover(null);
  }

  function itemOf(feature, at) {
    const { properties } = feature;
    return make('li', {}, make('button', { type: 'button', class: 'result', onclick: () => { go(at); note(properties, at); } },
      make('span', { class: 'name' }, pick(properties, 'message')),
      make('span', { class: 'where' }, [sizeOf(properties), properties.apart_m ? metres(properties.apart_m) : '', properties.rule].filter(Boolean).join(' · '))));
  }

  function showList() {
    const worst = answer.features.filter(({ properties }) => properties.where).slice(0, LISTED);
    const pairs = names.features.filter(({ properties }) => properties.rule).slice(0, LISTED);
    onList(
      make('h2', { class: 'list-title' }, text('border.title', answer.basis.a, answer.basis.b)),
      make('p', { class: 'quiet' }, text('border.summary', answer.summary.overlap_count, answer.summary.gap_count, metres(answer.lines.length_a_m))),
      make('ol', { class: 'results' }, worst.map((feature) => itemOf(feature, feature.properties.where))),
      make('h2', { class: 'list-title' }, text('border.names')),
      make('ol', { class: 'results' }, pairs.map((feature) => itemOf(feature, feature.geometry.coordinates[0].length ? feature.geometry.coordinates[0] : feature.geometry.coordinates))));
  }

  function frame() {
    const box = new maplibregl.LngLatBounds();
    for (const { geometry, properties } of answer.features)
      if (properties.kind === 'line') for (const point of geometry.coordinates) box.extend(point);
    if (!box.isEmpty()) map.fitBounds(box, { padding: roomLeft() });
  }

  async function show(line) {
    [answer, names] = await Promise.all([api.borderChecks(line), api.borderNames(line)]);
    await draw();
    for (const { id } of LAYERS) map.setLayoutProperty(id, 'visibility', 'visible');
    byId('profile').hidden = false;
    document.body.classList.add('with-profile');
    showPlot();
    showList();
    frame();
    say(text('border.schematic'));
  }

  function hide() {
    popup?.remove();
    dot.remove();
    for (const { id } of LAYERS) if (map.getLayer(id)) map.setLayoutProperty(id, 'visibility', 'none');
    byId('profile').hidden = true;
    document.body.classList.remove('with-profile');
  }

  function translate() {
    if (byId('profile').hidden) return;
    showPlot();
    showList();
  }

  return { show, hide, take, translate };
}
