-- 001: the tables. Every later change is a new file; this one never changes.
--
-- Run in one transaction on an empty file. A statement that returns a row must
-- return 1 (SpatiaLite's functions say 0 when they fail).
--
-- Days are YYYYMMDD numbers as in base/date.h, 0 for open or not known; the
-- numbers of enumerations are those of gazetteer/model. Spans are half-open.
-- Tables are STRICT except those with a geometry: SpatiaLite's column types are
-- not STRICT ones; CHECKs stand in.

-- Only the systems that we use: a thousand others would be 5 MB in every file.
SELECT InitSpatialMetaData('NONE');
SELECT InsertEpsgSrid(4490); -- CGCS2000, degrees: everything is stored in it
SELECT InsertEpsgSrid(4549); -- CGCS2000, 3 degree zone of 120 E, metres

-- ---- what sources said ----

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE, -- short and stable: "geonames"
  title TEXT,               -- for the credit line
  origin TEXT,              -- package, page or agency
  edition TEXT,             -- of the last import
  licence TEXT,             -- SPDX id or words
  credit TEXT,              -- the line to show
  url TEXT,
  grade TEXT                -- trust: A official, B secondary
) STRICT;

CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  key TEXT NOT NULL,        -- the row's own key in its source
  edition TEXT,             -- of the source when the row was first seen so
  hash INTEGER NOT NULL,    -- gaz_text_hash of payload
  kind INTEGER NOT NULL,    -- gaz_entry_kind
  file TEXT,
  line INTEGER NOT NULL,    -- 0: not a line format
  payload TEXT NOT NULL,    -- JSON of columns, values and geometry, verbatim
  about INTEGER,            -- the place or address it made or joined; not a
                            -- foreign key, since it may be either
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  UNIQUE (key, source, hash) -- key first: places are looked up by it
) STRICT;
CREATE INDEX record_about ON record (about) WHERE about IS NOT NULL;

CREATE TABLE import_log (
  id INTEGER PRIMARY KEY,
  source INTEGER REFERENCES source (id),
  file TEXT,
  read INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  merged INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE issue (
  id INTEGER PRIMARY KEY,
  record INTEGER REFERENCES record (id),
  about INTEGER,            -- the place or address; NULL: the row was rejected
  rule TEXT NOT NULL,       -- docs/guide/rules.md
  severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 2),
  message TEXT NOT NULL,    -- Chinese
  message_en TEXT,
  field TEXT,               -- the record's column to blame
  evidence TEXT,            -- JSON
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'fixed', 'waived')),
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
CREATE INDEX issue_record ON issue (record);
CREATE INDEX issue_about ON issue (about) WHERE about IS NOT NULL;
CREATE INDEX issue_open ON issue (rule) WHERE state = 'open';

-- ---- what we believe ----

CREATE TABLE place (
  id INTEGER PRIMARY KEY,   -- gaz_id: permanent, never reused
  maker TEXT NOT NULL,      -- "source key/record key" that made the id
  code TEXT,                -- the official code now; its history: place_code
  category INTEGER NOT NULL, -- GB/T 18521, 5 digits; 0: not known
  status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 2),
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  basis INTEGER NOT NULL CHECK (basis BETWEEN 0 AND 2), -- of the two days
  is_synthetic INTEGER NOT NULL CHECK (is_synthetic IN (0, 1)),
  parent INTEGER REFERENCES place (id), -- the division it lies in
  parent_code TEXT,         -- while no place has that code; else NULL
  method INTEGER NOT NULL CHECK (method BETWEEN 0 AND 6), -- of the position
  accuracy_m REAL NOT NULL CHECK (accuracy_m >= 0), -- 0: not known
  position_source INTEGER REFERENCES source (id),
  address TEXT,             -- of a site, as its source writes it
  meaning TEXT,             -- 含义
  origin TEXT,              -- 来历
  history TEXT,             -- 历史沿革
  record INTEGER REFERENCES record (id), -- the last that changed it
  geom POINT,               -- NULL: no position known
  CHECK ((method = 0) = (geom IS NULL))
);
CREATE INDEX place_parent ON place (parent);
CREATE INDEX place_orphan ON place (parent_code) WHERE parent_code IS NOT NULL;

CREATE TABLE division (     -- what only divisions have; one row for each
  place INTEGER PRIMARY KEY REFERENCES place (id) ON DELETE CASCADE,
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  is_statistical INTEGER NOT NULL CHECK (is_statistical IN (0, 1)) -- rule C06
) STRICT;

CREATE TABLE name (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused: the journal names it
  place INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, -- 0 is the standard name
  text TEXT NOT NULL CHECK (text <> ''), -- standardised
  roman TEXT,               -- rules of 1984, tone marks
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 5),
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  basis INTEGER NOT NULL CHECK (basis BETWEEN 0 AND 2),
  source INTEGER REFERENCES source (id)
) STRICT;
CREATE INDEX name_place ON name (place, ordinal);
CREATE INDEX name_text ON name (text);

CREATE TABLE place_code (   -- every official code a place ever had
  id INTEGER PRIMARY KEY,
  place INTEGER NOT NULL REFERENCES place (id) ON DELETE CASCADE,
  scheme TEXT NOT NULL CHECK (scheme IN ('division', 'toponym')), -- 12 or 20
  value TEXT NOT NULL CHECK (value <> ''),
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  UNIQUE (place, scheme, value)
) STRICT;
CREATE INDEX place_code_value ON place_code (value);

CREATE TABLE place_area (
  place INTEGER PRIMARY KEY REFERENCES place (id) ON DELETE CASCADE,
  is_schematic INTEGER NOT NULL CHECK (is_schematic IN (0, 1)),
  geom MULTIPOLYGON NOT NULL
);

CREATE TABLE address (
  id INTEGER PRIMARY KEY,   -- gaz_id, never one of a place
  maker TEXT NOT NULL,      -- "source key/record key" that made the id
  text TEXT NOT NULL CHECK (text <> ''), -- standard address, province first
  parent INTEGER REFERENCES place (id), -- road, village, hamlet or estate
  number TEXT NOT NULL,     -- "158号"; "": none
  number_value INTEGER NOT NULL, -- 158; 0: no plain number
  tail TEXT NOT NULL,       -- "2幢3单元501室"; "": none
  place INTEGER REFERENCES place (id), -- the site that has this address
  status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 2),
  valid_from INTEGER NOT NULL,
  valid_to INTEGER NOT NULL,
  is_synthetic INTEGER NOT NULL CHECK (is_synthetic IN (0, 1)),
  method INTEGER NOT NULL CHECK (method BETWEEN 0 AND 6),
  accuracy_m REAL NOT NULL CHECK (accuracy_m >= 0),
  position_source INTEGER REFERENCES source (id),
  source INTEGER REFERENCES source (id),
  record INTEGER REFERENCES record (id),
  geom POINT,
  CHECK ((method = 0) = (geom IS NULL))
);
CREATE INDEX address_number ON address (parent, number, tail);
CREATE INDEX address_place ON address (place) WHERE place IS NOT NULL;

CREATE TABLE claim (        -- facts that sources state, side by side
  id INTEGER PRIMARY KEY,
  place INTEGER NOT NULL REFERENCES place (id),
  subject TEXT,             -- how the source named the place
  property TEXT NOT NULL,   -- "built", "designation"
  value TEXT NOT NULL,      -- restated in our words
  value_date TEXT,          -- "1717", "1937-11-05"
  source_title TEXT,        -- who says so
  source_url TEXT,
  grade TEXT,               -- A or B
  is_preferred INTEGER NOT NULL CHECK (is_preferred IN (0, 1)),
  source INTEGER REFERENCES source (id),
  record INTEGER REFERENCES record (id)
) STRICT;
CREATE INDEX claim_place ON claim (place, property);
CREATE INDEX claim_record ON claim (record);

CREATE TABLE heritage (     -- protected sites, from their designation claims
  place INTEGER PRIMARY KEY REFERENCES place (id) ON DELETE CASCADE,
  designation TEXT NOT NULL, -- as the claim says it
  type TEXT NOT NULL,       -- "protected-site", "museum" ...; "": not told
  grade TEXT NOT NULL CHECK (grade IN ('national', 'province', 'county', '')),
  batch INTEGER NOT NULL,   -- 第七批 is 7; 0: not told
  claim INTEGER NOT NULL REFERENCES claim (id)
) STRICT;

CREATE TABLE change (       -- how one division became another
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 7),
  date INTEGER NOT NULL,
  basis INTEGER NOT NULL CHECK (basis BETWEEN 0 AND 2),
  from_place INTEGER REFERENCES place (id),
  to_place INTEGER REFERENCES place (id),
  from_code TEXT,           -- names the place while it is not loaded yet
  to_code TEXT,
  note TEXT,
  source INTEGER REFERENCES source (id),
  record INTEGER REFERENCES record (id)
) STRICT;
CREATE INDEX change_from ON change (from_place);
CREATE INDEX change_to ON change (to_place);
CREATE INDEX change_record ON change (record);

CREATE TABLE line (         -- coastline, boundary lines to show, road axes
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE, -- of the record
  name TEXT,
  code TEXT,                -- "310116-330482" of a boundary
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
  level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 5),
  is_schematic INTEGER NOT NULL CHECK (is_schematic IN (0, 1)),
  is_synthetic INTEGER NOT NULL CHECK (is_synthetic IN (0, 1)),
  left_place INTEGER REFERENCES place (id),
  right_place INTEGER REFERENCES place (id),
  source INTEGER REFERENCES source (id),
  record INTEGER REFERENCES record (id),
  geom LINESTRING NOT NULL
);

-- ---- boundary registers (GB/T 17796): agreed lines, markers, inspections.
-- Marker positions and dispute areas are not public (docs/data-model.md).

CREATE TABLE boundary_line (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,       -- "3133": the two provinces, smaller first
  section TEXT NOT NULL,    -- "310116-330482"; "": the whole line
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4), -- what it divides
  name TEXT,                -- "沪浙线金山—平湖段"
  agreement TEXT,           -- number of the 协议书
  edition TEXT,             -- of the agreement or the joint inspection
  status TEXT NOT NULL CHECK (status IN ('agreed', 'draft', 'disputed', 'ended')),
  source INTEGER REFERENCES source (id),
  record INTEGER REFERENCES record (id),
  geom LINESTRING,
  UNIQUE (code, section, edition)
);

CREATE TABLE boundary_marker (
  id INTEGER PRIMARY KEY,
  line INTEGER NOT NULL REFERENCES boundary_line (id),
  code TEXT NOT NULL UNIQUE CHECK (length(code) = 8), -- "3133012Q", rule B15
  type TEXT NOT NULL CHECK (type IN ('Q', 'A', 'B', 'C', 'D', 'E')),
  agreed_on INTEGER NOT NULL, -- day of the agreed position
  condition TEXT,           -- 完好, 倾斜, 丢失 ... at the last inspection
  source INTEGER REFERENCES source (id),
  record INTEGER REFERENCES record (id),
  geom POINT                -- the agreed position
);
CREATE INDEX boundary_marker_line ON boundary_marker (line);

CREATE TABLE boundary_area (
  id INTEGER PRIMARY KEY,
  line INTEGER NOT NULL REFERENCES boundary_line (id),
  kind TEXT NOT NULL CHECK (kind IN ('overlap', 'gap', 'dispute')),
  status TEXT NOT NULL CHECK (status IN ('open', 'settled')),
  note TEXT,
  source INTEGER REFERENCES source (id),
  record INTEGER REFERENCES record (id),
  geom MULTIPOLYGON
);
CREATE INDEX boundary_area_line ON boundary_area (line);

-- ---- decisions ----

CREATE TABLE merge_decision (
  id INTEGER PRIMARY KEY,
  kept INTEGER NOT NULL,    -- ids; no foreign keys, since undo restores them
  merged INTEGER NOT NULL,
  score REAL NOT NULL,      -- 0 to 1, of the dedupe rule that proposed it
  decided_by TEXT NOT NULL, -- "auto", or the officer
  decided_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  undone_at TEXT,
  before TEXT NOT NULL CHECK (json_valid(before)) -- both as they were
) STRICT;

CREATE TABLE redirect (     -- a merged id still finds its place
  merged INTEGER PRIMARY KEY,
  kept INTEGER NOT NULL REFERENCES place (id),
  decision INTEGER REFERENCES merge_decision (id)
) STRICT;
CREATE INDEX redirect_kept ON redirect (kept);

-- ---- geometry columns, in EPSG:4490, each with an R*Tree ----

SELECT RecoverGeometryColumn('place', 'geom', 4490, 'POINT', 'XY');
SELECT CreateSpatialIndex('place', 'geom');
SELECT RecoverGeometryColumn('place_area', 'geom', 4490, 'MULTIPOLYGON', 'XY');
SELECT CreateSpatialIndex('place_area', 'geom');
SELECT RecoverGeometryColumn('address', 'geom', 4490, 'POINT', 'XY');
SELECT CreateSpatialIndex('address', 'geom');
SELECT RecoverGeometryColumn('line', 'geom', 4490, 'LINESTRING', 'XY');
SELECT CreateSpatialIndex('line', 'geom');
SELECT RecoverGeometryColumn('boundary_line', 'geom', 4490, 'LINESTRING', 'XY');
SELECT CreateSpatialIndex('boundary_line', 'geom');
SELECT RecoverGeometryColumn('boundary_marker', 'geom', 4490, 'POINT', 'XY');
SELECT CreateSpatialIndex('boundary_marker', 'geom');
SELECT RecoverGeometryColumn('boundary_area', 'geom', 4490, 'MULTIPOLYGON', 'XY');
SELECT CreateSpatialIndex('boundary_area', 'geom');

-- SpatiaLite's tm* triggers note the time of the last change of each layer, at
-- the price of one more write a row; the journal says that better.
DROP TRIGGER tmi_place_geom;
DROP TRIGGER tmu_place_geom;
DROP TRIGGER tmd_place_geom;
DROP TRIGGER tmi_place_area_geom;
DROP TRIGGER tmu_place_area_geom;
DROP TRIGGER tmd_place_area_geom;
DROP TRIGGER tmi_address_geom;
DROP TRIGGER tmu_address_geom;
DROP TRIGGER tmd_address_geom;
DROP TRIGGER tmi_line_geom;
DROP TRIGGER tmu_line_geom;
DROP TRIGGER tmd_line_geom;
DROP TRIGGER tmi_boundary_line_geom;
DROP TRIGGER tmu_boundary_line_geom;
DROP TRIGGER tmd_boundary_line_geom;
DROP TRIGGER tmi_boundary_marker_geom;
DROP TRIGGER tmu_boundary_marker_geom;
DROP TRIGGER tmd_boundary_marker_geom;
DROP TRIGGER tmi_boundary_area_geom;
DROP TRIGGER tmu_boundary_area_geom;
DROP TRIGGER tmd_boundary_area_geom;
