// search.mjs - the search box: a combobox after the ARIA pattern.
//
// Suggestions follow the keystrokes; an input method's composition (pinyin being
// turned into characters) is left alone until it ends.
import * as api from './api.mjs';
import { byId, make } from './dom.mjs';
import { text } from './i18n.mjs';

const WAIT_MS = 80; // between two keystrokes of a quick typist

export function openSearch({ centre, onPick, onSubmit, onClear }) {
  const input = byId('query');
  const list = byId('suggestions');
  const clear = byId('clear');
  let items = [];
  let active = -1;
  let timer = 0;
  let request = null;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function choose(index) {
    const feature = items[index];
    close();
    input.value = feature.properties.name;
    clear.hidden = false;
    onPick(feature);
  }

  function mark(index) {
    active = index;
    [...list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === index)));
    if (index >= 0) {
      input.setAttribute('aria-activedescendant', list.children[index].id);
      list.children[index].scrollIntoView({ block: 'nearest' });
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  }

  function show(features) {
    items = features;
    list.replaceChildren(...features.map((feature, index) => option(feature, index)));
    list.hidden = features.length === 0;
    input.setAttribute('aria-expanded', String(features.length > 0));
    active = -1;
    if (features.length > 0) byId('status').textContent = text('offered', features.length);
  }

  function option(feature, index) {
    const { name, roman, label, matched_name: matched } = feature.properties;
    const via = matched && matched.text !== name ? ` ← ${matched.text}` : '';
    return make('li', { id: `suggestion-${index}`, role: 'option', 'aria-selected': 'false',
      onmousedown: (event) => event.preventDefault(), onclick: () => choose(index) },
      make('span', { class: 'name' }, name + via),
      make('span', { class: 'roman', lang: 'zh-Latn' }, roman ?? ''),
      make('span', { class: 'where' }, label));
  }

  async function refresh() {
    request?.abort();
    const q = input.value.trim();
    clear.hidden = q === '';
    if (q === '') return close();
    request = new AbortController();
    try {
      show((await api.suggest(q, centre(), request.signal)).features);
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  }

  function later(event) {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, WAIT_MS);
  }

  function onKey(event) {
    if (event.isComposing || list.hidden) return;
    const last = items.length - 1;
    const moves = { ArrowDown: active < last ? active + 1 : 0, ArrowUp: active > 0 ? active - 1 : last };
    if (event.key in moves) {
      event.preventDefault();
      mark(moves[event.key]);
    } else if (event.key === 'Escape') {
      close();
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      choose(active);
    }
  }

  function empty() {
    input.value = '';
    clear.hidden = true;
    close();
    input.focus();
    onClear();
  }

  input.addEventListener('input', later);
  input.addEventListener('compositionend', later);
  input.addEventListener('keydown', onKey);
  input.addEventListener('blur', close);
  clear.addEventListener('click', empty);
  byId('search').addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    request?.abort();
    close();
    if (input.value.trim() !== '') onSubmit(input.value.trim());
  });

  return { setText(value) { input.value = value; clear.hidden = value === ''; } };
}
