// main.mjs - puts the page together: search box, results, card, map.
import * as api from './api.mjs';
import { openBorder } from './border.mjs';
import { placeCard } from './card.mjs';
import { byId, make } from './dom.mjs';
import { both, switchLanguage, text, translatePage } from './i18n.mjs';
import { openMap, siteTown } from './map.mjs';
import { openSearch } from './search.mjs';

const state = { features: [], title: '', place: null, answer: null, sites: [], sitesShown: true };
let map = null;
let border = null;
const HOME_LINE = '330482-310116';

const say = (words) => { byId('status').textContent = words; };

function failed(error) {
  console.error(error);
  say(text('failed'));
}

function resultItem(feature) {
  const { name, label, roman, confidence, reasons = [], category_name: category } = feature.properties;
  return make('li', {}, make('button', { type: 'button', class: 'result', onclick: () => openFeature(feature) },
    make('span', { class: 'name' }, name),
    make('span', { class: 'roman', lang: 'zh-Latn' }, roman ?? ''),
    make('span', { class: 'where' }, label),
    make('span', { class: 'quiet' }, [category ? both(category) : '', ...reasons.map(both)].filter(Boolean).join(' · ')),
    confidence !== undefined ? make('meter', { min: 0, max: 1, value: confidence, title: `${text('confidence')} ${Math.round(confidence * 100)} %` }) : null));
}

function showResults(features, title) {
  Object.assign(state, { features, title, place: null, answer: null });
  byId('card').hidden = true;
  byId('results').replaceChildren(
    title ? make('h2', { class: 'list-title' }, title) : '',
    features.length > 0 ? make('ol', { class: 'results' }, features.map(resultItem)) : '');
}

async function openFeature(feature) {
  try {
    // Two answers of one kind are told apart by the card alone.
    state.answer = feature;
    map.showResult(feature);
    renderPlace(await detailOf(feature.properties));
  } catch (error) {
    failed(error);
  }
}

// The site that stands at an address says more than the road it is counted on.
async function detailOf({ address_id: address, place_id: place }) {
  if (!address) return api.place(place);
  const { properties } = await api.place(address);
  return api.place(properties.place?.id ?? place);
}

async function openPlace(id) {
  try {
    const feature = await api.place(id);
    state.answer = null;
    map.showResult(feature);
    renderPlace(feature);
  } catch (error) {
    failed(error);
  }
}

function renderPlace(feature) {
  state.place = feature;
  const back = state.features.length > 1 ? () => { showResults(state.features, state.title); map.clearResult(); } : null;
  byId('results').replaceChildren();
  const card = byId('card');
  card.replaceChildren(...placeCard(feature, state.answer, openPlace, back));
  card.hidden = false;
  card.focus({ preventScroll: true });
  byId('panel').scrollTop = 0;
  const url = new URL(location.href);
  url.searchParams.set('place', feature.id);
  history.replaceState(null, '', url);
  say('');
}

async function submit(q) {
  try {
    const { features } = await api.find(q, map.centre());
    if (features.length === 0) {
      showResults([], '');
      map.clearResult();
      return say(text('nothing', q));
    }
    showResults(features, '');
    say(text('found', features.length));
    if (features.length === 1) await openFeature(features[0]);
    else map.showResult(features[0]);
  } catch (error) {
    failed(error);
  }
}

async function askHere(point, event) {
  if (border.take(event)) return;
  try {
    const { features } = await api.reverse(point);
    if (features.length === 0) return say(text('nowhere'));
    showResults(features, '');
    say(text('here', features[0].properties.label));
  } catch (error) {
    failed(error);
  }
}

function openSites(group) {
  if (group.length === 1) return openFeature(group[0]);
  showResults(group, text('sites', siteTown(group[0]), group.length));
  say(text('sitesNote'));
}

function clearAll() {
  showResults([], '');
  map.clearResult();
  say('');
  const url = new URL(location.href);
  url.searchParams.delete('place');
  history.replaceState(null, '', url);
}

function toggleSites() {
  state.sitesShown = !state.sitesShown;
  byId('heritage-toggle').setAttribute('aria-pressed', String(state.sitesShown));
  map.showSites(state.sitesShown ? state.sites : []);
}

async function toggleBorder(line) {
  const shown = byId('border-toggle').getAttribute('aria-pressed') !== 'true';
  byId('border-toggle').setAttribute('aria-pressed', String(shown));
  try {
    if (shown) await border.show(line);
    else { border.hide(); clearAll(); }
  } catch (error) {
    failed(error);
  }
}

function showList(...parts) {
  Object.assign(state, { features: [], title: '', place: null, answer: null });
  byId('card').hidden = true;
  byId('results').replaceChildren(...parts);
}

function changeLanguage() {
  switchLanguage();
  translatePage();
  map.showSites(state.sitesShown ? state.sites : []);
  if (state.place) renderPlace(state.place);
  else showResults(state.features, state.title);
  border.translate();
}

async function start() {
  translatePage();
  map = await openMap({ onPoint: askHere, onSites: openSites });
  const search = openSearch({ centre: map.centre, onPick: openFeature, onSubmit: submit, onClear: clearAll });
  byId('language').addEventListener('click', changeLanguage);
  byId('heritage-toggle').addEventListener('click', toggleSites);
  border = openBorder({ map: map.map, loaded: map.loaded, onList: showList, say });
  byId('border-toggle').addEventListener('click', () => toggleBorder(HOME_LINE));
  api.heritage().then(({ features }) => {
    state.sites = features;
    map.showSites(features);
  }).catch(failed);
  const wanted = new URL(location.href).searchParams;
  if (wanted.has('border')) {
    await toggleBorder(wanted.get('border'));
  } else if (wanted.get('q')) {
    search.setText(wanted.get('q'));
    await submit(wanted.get('q'));
  } else if (wanted.get('place')) {
    await openPlace(wanted.get('place'));
  }
}

start().catch(failed);
