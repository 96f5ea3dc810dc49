// map.mjs - the map: our own vector tiles below, results and heritage sites above.
import * as maplibregl from './maplibre-gl.mjs';
import * as api from './api.mjs';
import { make } from './dom.mjs';
import { text } from './i18n.mjs';

const HOME = { center: [121.09, 30.72], zoom: 10 };
const PANEL_PX = 380; // app.css has the panel's width and its gap
const RESULT_ZOOM = 15;
const EMPTY = { type: 'FeatureCollection', features: [] };

// The style that the raster tiles are drawn with too, and our own layers in it:
// the ground of an accuracy lies below all names.
async function style() {
  const base = await api.mapStyle('base');
  base.sources.accuracy = { type: 'geojson', data: EMPTY };
  const names = base.layers.findIndex((layer) => layer.type === 'symbol');
  base.layers.splice(names < 0 ? base.layers.length : names, 0,
    { id: 'accuracy', type: 'fill', source: 'accuracy', paint: { 'fill-color': '#a8322a', 'fill-opacity': 0.05 } },
    { id: 'accuracy-edge', type: 'line', source: 'accuracy', paint: { 'line-color': '#a8322a', 'line-width': 1.5, 'line-opacity': 0.6, 'line-dasharray': [4, 3] } });
  return base;
}

// A circle on the ground, as a polygon: how far off the position may be.
function circle([lon, lat], radius) {
  const steps = 64;
  const east = radius / (111320 * Math.cos((lat * Math.PI) / 180));
  const north = radius / 110574;
  const ring = Array.from({ length: steps + 1 }, (_, step) => {
    const angle = (2 * Math.PI * step) / steps;
    return [lon + east * Math.cos(angle), lat + north * Math.sin(angle)];
  });
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
}

// Sites of one position stand behind one marker: their true places are unknown.
function groupByPosition(features) {
  const groups = new Map();
  for (const feature of features) {
    if (!feature.geometry) continue;
    const key = feature.geometry.coordinates.join(',');
    groups.set(key, [...(groups.get(key) ?? []), feature]);
  }
  return [...groups.values()];
}

export async function openMap({ onPoint, onSites }) {
  const map = new maplibregl.Map({
    container: 'map', style: await style(), ...HOME, hash: 'map',
    localIdeographFontFamily: '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif',
    minZoom: 7, maxZoom: 18, attributionControl: false, dragRotate: false, pitchWithRotate: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.AttributionControl({ compact: true }), 'bottom-right');
  // The credits are many; they begin folded, one press away.
  map.once('load', () => {
    const credits = document.querySelector('.maplibregl-ctrl-attrib');
    credits?.classList.remove('maplibregl-compact-show');
    credits?.removeAttribute('open');
  });
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'bottom-right');
  map.addControl(new maplibregl.ScaleControl({}), 'bottom-right');
  map.on('click', (event) => onPoint(event.lngLat, event));
  // For tests and for tools that take pictures: whether the map is at rest.
  map.on('idle', () => { document.documentElement.dataset.map = 'idle'; });
  map.on('movestart', () => { document.documentElement.dataset.map = 'moving'; });
  const loaded = new Promise((resolve) => map.on('load', resolve));

  let result = null;
  let sites = [];

  function showResult(feature) {
    result?.remove();
    const coordinates = feature.geometry?.type === 'Point' ? feature.geometry.coordinates : null;
    const accuracy = feature.properties.position?.accuracy_m ?? 0;
    const ground = coordinates && accuracy > 0 ? circle(coordinates, accuracy) : null;
    loaded.then(() => map.getSource('accuracy').setData(ground ?? EMPTY));
    if (!coordinates) return;
    const pin = make('div', { class: 'pin', role: 'img', 'aria-label': feature.properties.name }, make('span'));
    result = new maplibregl.Marker({ element: pin, anchor: 'bottom' }).setLngLat(coordinates).addTo(map);
    lookAt(coordinates, ground);
  }

  // Shows the whole circle of what the position may be, so that a town's point
  // is not read as a door; a good position gets a close view.
  function lookAt(coordinates, ground) {
    const margin = 24;
    // Leaves room for the panel: beside it on a desk, above it on a phone.
    const padding = window.innerWidth > 720
      ? { left: PANEL_PX + margin, top: margin, right: margin, bottom: margin }
      : { left: margin, top: margin, right: margin, bottom: window.innerHeight * 0.52 };
    if (!ground) return map.easeTo({ center: coordinates, zoom: RESULT_ZOOM, padding });
    const ring = ground.geometry.coordinates[0];
    const bounds = ring.reduce((box, point) => box.extend(point), new maplibregl.LngLatBounds(coordinates, coordinates));
    map.fitBounds(bounds, { padding, maxZoom: RESULT_ZOOM });
  }

  function clearResult() {
    result?.remove();
    result = null;
    loaded.then(() => map.getSource('accuracy').setData(EMPTY));
  }

  function showSites(features) {
    for (const marker of sites) marker.remove();
    sites = groupByPosition(features).map((group) => {
      const label = group.length === 1 ? group[0].properties.name : text('sites', siteTown(group[0]), group.length);
      const button = make('button', { type: 'button', class: 'site', 'aria-label': label, title: label,
        onclick: (event) => { event.stopPropagation(); onSites(group); } }, make('span', {}, String(group.length)));
      // Above the point, so that the name of the town stays readable.
      return new maplibregl.Marker({ element: button, anchor: 'bottom', offset: [0, -6] }).setLngLat(group[0].geometry.coordinates).addTo(map);
    });
  }

  return { map, loaded, showResult, clearResult, showSites, centre: () => map.getCenter() };
}

export function siteTown(feature) {
  const division = feature.properties.division ?? [];
  return (division.find((part) => part.level === 4) ?? division.at(-1))?.name ?? '';
}
