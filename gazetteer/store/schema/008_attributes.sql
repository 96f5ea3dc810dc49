-- 008: what business records say of places and addresses beside the model
-- (gazetteer/model/attribute.h), for the rules; and which records an import
-- brought.

-- Not public and not journaled: the journal feeds other departments, and some
-- values say what an applicant handed in. The record is the trail.
CREATE TABLE attribute (
  about INTEGER NOT NULL,   -- the place or address; perhaps one merged away
  name TEXT NOT NULL,       -- "toponym_code", "plate_type" ...
  source INTEGER NOT NULL REFERENCES source (id),
  value TEXT NOT NULL CHECK (value <> ''),
  record INTEGER REFERENCES record (id), -- the last that said so
  PRIMARY KEY (about, name, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX attribute_code ON attribute (value) WHERE name = 'address_code';

-- Records of one import have neighbouring ids: there is one writer. 0: none new.
ALTER TABLE import_log ADD COLUMN first_record INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_log ADD COLUMN last_record INTEGER NOT NULL DEFAULT 0;
