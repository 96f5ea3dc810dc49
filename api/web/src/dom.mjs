// dom.mjs - elements without templates: text is never parsed as HTML.

// make('p', {class: 'note'}, 'words', child): attributes that start with "on"
// are listeners; null and false children are left out.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
  return element;
}

export const byId = (id) => document.getElementById(id);

// A link to a source, only when it is a web address.
export function sourceLink(title, url) {
  if (!url || !/^https?:\/\//.test(url)) return make('span', {}, title);
  return make('a', { href: url, rel: 'noopener noreferrer', target: '_blank' }, title);
}
