// api.mjs - the questions the page asks the service.

async function ask(path, parameters = {}, signal) {
  const url = new URL(path, document.baseURI);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== '') url.searchParams.set(name, value);
  const answer = await fetch(url, { signal, headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return answer.json();
}

const focusOf = ({ lng, lat }) => `${lng.toFixed(5)},${lat.toFixed(5)}`;

export const suggest = (q, centre, signal) =>
  ask('v1/suggest', { q, limit: 8, focus: focusOf(centre) }, signal);

// A name, then an address: what people type is either. Names written in Latin
// letters are looked up by their romanisation.
export async function find(q, centre) {
  const geocoded = await ask('v1/geocode', { q, limit: 10, focus: focusOf(centre) });
  if (geocoded.features.length > 0) return geocoded;
  return ask('v1/search', { q, limit: 20, focus: focusOf(centre) });
}

export const reverse = ({ lng, lat }) => ask('v1/reverse', { lon: lng.toFixed(7), lat: lat.toFixed(7), limit: 5, detail: 'full' });
export const place = (id) => ask(`v1/places/${encodeURIComponent(id)}`);
export const heritage = () => ask('v1/heritage');
export const mapStyle = (name) => ask(`tiles/${name}/style.json`);
export const borderChecks = (code) => ask(`v1/boundaries/${encodeURIComponent(code)}/checks`);
export const borderNames = (code) => ask(`v1/boundaries/${encodeURIComponent(code)}/names`);
