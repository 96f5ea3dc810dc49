// schemas.mjs - what the published specifications ask of an answer, as JSON
// Schema of our own wording: GeocodeJSON 0.1.0, Reconciliation Service API 0.2,
// Linked Places Format.
const text = { type: 'string' };
const position = { type: 'array', minItems: 2, items: { type: 'number' } };
const list = (items) => ({ type: 'array', items });
const record = (properties, required = Object.keys(properties), additionalProperties = true) =>
  ({ type: 'object', properties, required, additionalProperties });
const point = record({ type: { const: 'Point' }, coordinates: position });

export const geocodejson = record({
  type: { const: 'FeatureCollection' },
  geocoding: record({ version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' }, licence: text, attribution: text, query: text }, ['version']),
  features: list(record({
    type: { const: 'Feature' },
    geometry: { oneOf: [{ type: 'null' }, point] },
    properties: record({
      geocoding: {
        ...record({
          type: { enum: ['house', 'street', 'locality', 'district', 'city', 'county', 'state', 'country'] },
          accuracy: { type: 'number', minimum: 0 }, label: text, name: text, housenumber: text, street: text, locality: text,
          postcode: text, city: text, district: text, county: text, state: text, country: text, admin: { type: 'object' }, geohash: text,
        }, ['type'], false),
      },
    }),
  })),
});

const type = { oneOf: [text, record({ id: text, name: text }, ['id'])] };
const service = record({ service_url: text, service_path: text, flyout_service_url: text, flyout_service_path: text }, []);
const withId = { type: 'string', pattern: '\\{\\{id\\}\\}' };

export const manifest = record({
  versions: { type: 'array', items: text, contains: { const: '0.2' } },
  name: text, identifierSpace: text, schemaSpace: text, documentation: text, serviceVersion: text,
  view: record({ url: withId }),
  defaultTypes: list(record({ id: text, name: text }, ['id'])),
  suggest: record({ entity: service, property: service, type: service }, []),
  preview: record({ url: withId, width: { type: 'integer' }, height: { type: 'integer' } }),
  extend: record({ propose_properties: service, property_settings: { type: 'array' } }, []),
}, ['versions', 'name', 'identifierSpace', 'schemaSpace']);

export const results = {
  type: 'object',
  additionalProperties: record({
    result: list(record({
      id: text, name: text, description: text, score: { type: 'number' }, match: { type: 'boolean' }, type: list(type),
      features: list(record({ id: text, value: { type: ['boolean', 'number'] } })),
    }, ['id', 'name', 'score'])),
  }),
};

const value = {
  oneOf: [
    record({}, [], false), record({ str: text }, ['str'], false), record({ int: { type: 'integer' } }, ['int'], false),
    record({ float: { type: 'number' } }, ['float'], false), record({ id: text, name: text, description: text }, ['id', 'name'], false),
  ],
};
export const extension = record({
  meta: list(record({ id: text, name: text })),
  rows: { type: 'object', additionalProperties: { type: 'object', additionalProperties: list(value) } },
});

export const suggestions = record({ result: list(record({ id: text, name: text, description: text, notable: list(type) }, ['id', 'name'])) });

const timespan = record({ start: { type: 'object' }, end: { type: 'object' } }, []);
const when = record({ timespans: { type: 'array', minItems: 1, items: timespan } });
export const linkedPlaces = record({
  type: { const: 'FeatureCollection' },
  '@context': { type: 'string', format: 'uri' },
  features: list(record({
    '@id': { type: 'string', pattern: '^https?://' },
    type: { const: 'Feature' },
    properties: record({ title: text, ccodes: list({ type: 'string', pattern: '^[A-Z]{2}$' }) }),
    names: { type: 'array', minItems: 1, items: record({ toponym: text, lang: text, when, citations: { type: 'array' } }, ['toponym', 'lang']) },
    types: { type: 'array', minItems: 1, items: record({ identifier: text, label: text }) },
    geometry: { oneOf: [{ type: 'null' }, { ...point, properties: { ...point.properties, certainty: { enum: ['certain', 'less-certain', 'uncertain'] } } }] },
    relations: list(record({ relationType: text, relationTo: text, label: text, when }, ['relationType', 'relationTo'])),
    when,
  }, ['@id', 'type', 'properties', 'names', 'types', 'geometry'])),
});
