-- 007: boundary registers whole: lines with their agreement, markers with all
-- their surveys, inspections, and what each side delivered, word for word.
--
-- Marker positions, agreed coordinates and submissions are not public: every
-- table here begins with boundary_, which is what the change feed leaves out
-- without the role of a surveyor. "" is not told, unless a comment says more.

-- ---- lines ----

ALTER TABLE boundary_line ADD COLUMN side_a TEXT NOT NULL DEFAULT ''; -- the smaller code
ALTER TABLE boundary_line ADD COLUMN side_b TEXT NOT NULL DEFAULT '';
ALTER TABLE boundary_line ADD COLUMN own TEXT NOT NULL DEFAULT ''
  CHECK (own IN ('', 'A', 'B')); -- the side that runs this database
ALTER TABLE boundary_line ADD COLUMN left_side TEXT NOT NULL DEFAULT '';
ALTER TABLE boundary_line ADD COLUMN marker_grammar TEXT NOT NULL DEFAULT ''; -- an ERE
ALTER TABLE boundary_line ADD COLUMN agreed_on INTEGER NOT NULL DEFAULT 0;
ALTER TABLE boundary_line ADD COLUMN legal_text TEXT NOT NULL DEFAULT ''; -- 位置和走向说明
ALTER TABLE boundary_line ADD COLUMN map_scale INTEGER NOT NULL DEFAULT 0; -- denominator
ALTER TABLE boundary_line ADD COLUMN is_schematic INTEGER NOT NULL DEFAULT 0
  CHECK (is_schematic IN (0, 1));
ALTER TABLE boundary_line ADD COLUMN is_synthetic INTEGER NOT NULL DEFAULT 0
  CHECK (is_synthetic IN (0, 1));

-- ---- markers: made anew, since a line inside a province has codes of its own
-- grammar, and each edition of a line its markers ----

SELECT DisableSpatialIndex('boundary_marker', 'geom');
DROP TABLE idx_boundary_marker_geom;
SELECT DiscardGeometryColumn('boundary_marker', 'geom');
DROP TRIGGER boundary_marker_journal_insert;
DROP TRIGGER boundary_marker_journal_update;
DROP TRIGGER boundary_marker_journal_delete;
CREATE TABLE boundary_marker_new (
  id INTEGER PRIMARY KEY,
  line INTEGER NOT NULL REFERENCES boundary_line (id),
  code TEXT NOT NULL CHECK (code <> ''), -- by the line's grammar, rule B15
  type TEXT NOT NULL,       -- Q; A, B; C, D, E
  material TEXT NOT NULL DEFAULT '',
  place_a TEXT NOT NULL DEFAULT '', -- where it stands, as side A says it
  place_b TEXT NOT NULL DEFAULT '',
  agreed_on INTEGER NOT NULL DEFAULT 0, -- day of the agreed position
  agreed_height REAL,       -- EPSG:5737; NULL: none
  agreed_accuracy_m REAL NOT NULL DEFAULT 0 CHECK (agreed_accuracy_m >= 0),
  agreed_height_accuracy_m REAL NOT NULL DEFAULT 0
    CHECK (agreed_height_accuracy_m >= 0),
  agreed_method TEXT NOT NULL DEFAULT '',
  agreed_by TEXT NOT NULL DEFAULT '',
  manager TEXT NOT NULL DEFAULT '',
  condition TEXT NOT NULL DEFAULT '', -- at the last inspection
  inspected_on INTEGER NOT NULL DEFAULT 0,
  set_on INTEGER NOT NULL DEFAULT 0, -- 埋设日期
  note TEXT NOT NULL DEFAULT '',
  next_distance_m REAL NOT NULL DEFAULT 0, -- to the next marker, of the grid
  next_azimuth_deg REAL NOT NULL DEFAULT 0,
  course TEXT NOT NULL DEFAULT '', -- 走向说明 to the next marker
  source INTEGER REFERENCES source (id),
  record INTEGER REFERENCES record (id),
  geom POINT,               -- the agreed position
  UNIQUE (line, code)
);
INSERT INTO boundary_marker_new (id, line, code, type, agreed_on, condition,
    source, record, geom)
  SELECT id, line, code, type, agreed_on, COALESCE(condition, ''), source,
    record, geom
  FROM boundary_marker;
DROP TABLE boundary_marker;
ALTER TABLE boundary_marker_new RENAME TO boundary_marker;

CREATE TABLE boundary_fix ( -- measured positions, one a survey
  id INTEGER PRIMARY KEY,
  marker INTEGER NOT NULL REFERENCES boundary_marker (id) ON DELETE CASCADE,
  on_day INTEGER NOT NULL,  -- epoch; 0: not told
  height_m REAL,            -- EPSG:5737; NULL: none
  accuracy_m REAL NOT NULL CHECK (accuracy_m >= 0), -- 0: not told
  height_accuracy_m REAL NOT NULL CHECK (height_accuracy_m >= 0),
  method TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  geom POINT NOT NULL,
  UNIQUE (marker, on_day, by_whom)
);

CREATE TABLE boundary_object ( -- 方位物
  id INTEGER PRIMARY KEY,
  marker INTEGER NOT NULL REFERENCES boundary_marker (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, -- from 1
  name TEXT NOT NULL,
  azimuth_deg REAL NOT NULL CHECK (azimuth_deg >= 0 AND azimuth_deg < 360),
  distance_m REAL NOT NULL CHECK (distance_m >= 0),
  UNIQUE (marker, ordinal)
) STRICT;

CREATE TABLE boundary_photo ( -- where a picture is; never the picture
  id INTEGER PRIMARY KEY,
  marker INTEGER NOT NULL REFERENCES boundary_marker (id) ON DELETE CASCADE,
  ref TEXT NOT NULL CHECK (ref <> ''),
  sha256 TEXT NOT NULL,     -- hexadecimal
  on_day INTEGER NOT NULL,
  UNIQUE (marker, ref)
) STRICT;

CREATE TABLE boundary_point ( -- turning points, tripoints, control points
  id INTEGER PRIMARY KEY,
  line INTEGER NOT NULL REFERENCES boundary_line (id),
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
  code TEXT NOT NULL CHECK (code <> ''),
  name TEXT NOT NULL,
  lines TEXT NOT NULL,      -- of a tripoint: "3132 3133 3233"
  on_day INTEGER NOT NULL,
  height_m REAL,
  accuracy_m REAL NOT NULL CHECK (accuracy_m >= 0),
  height_accuracy_m REAL NOT NULL CHECK (height_accuracy_m >= 0),
  method TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  geom POINT NOT NULL,
  UNIQUE (line, kind, code)
);

-- ---- joint inspections (decree of 2002, articles 6, 12 and 16) ----

CREATE TABLE boundary_inspection (
  id INTEGER PRIMARY KEY,
  line INTEGER NOT NULL REFERENCES boundary_line (id),
  round TEXT NOT NULL,      -- "5"; "": a special one
  from_day INTEGER NOT NULL CHECK (from_day > 0),
  to_day INTEGER NOT NULL,
  parties TEXT NOT NULL CHECK (parties <> ''), -- who walked
  summary TEXT NOT NULL,
  UNIQUE (line, round, from_day)
) STRICT;

CREATE TABLE boundary_visit (
  id INTEGER PRIMARY KEY,
  inspection INTEGER NOT NULL
    REFERENCES boundary_inspection (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, -- from 1, as walked
  marker INTEGER REFERENCES boundary_marker (id), -- NULL: the line between
  condition TEXT NOT NULL,
  finding TEXT NOT NULL,
  repair TEXT NOT NULL,     -- 扶正, 更换 ...
  repaired TEXT NOT NULL CHECK (repaired IN ('', 'A', 'B')), -- by which side
  witness TEXT NOT NULL,    -- who of the other side was present
  repaired_on INTEGER NOT NULL, -- 0: not yet
  due INTEGER NOT NULL,     -- 0: nothing is due
  UNIQUE (inspection, ordinal),
  CHECK (repaired_on = 0 OR witness <> '')
) STRICT;

-- ---- what a side delivered ----

CREATE TABLE boundary_submission (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  line INTEGER NOT NULL REFERENCES boundary_line (id),
  side TEXT NOT NULL CHECK (side IN ('A', 'B')),
  name TEXT NOT NULL,       -- of the file, or the URL
  layer TEXT NOT NULL,      -- of the file; "": the first
  crs TEXT NOT NULL,        -- as it was stated
  axes TEXT NOT NULL CHECK (axes IN ('', 'north-east', 'east-north')),
                            -- as stated; "": tables north-east, shapes as ever
  is_harvest INTEGER NOT NULL CHECK (is_harvest IN (0, 1)),
  lines INTEGER NOT NULL,   -- what was read from it
  areas INTEGER NOT NULL,
  markers INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  who TEXT NOT NULL CHECK (who <> ''),
  note TEXT NOT NULL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32) -- of the part, or the list
                            -- "hexadecimal, two spaces, name, newline"
) STRICT;
CREATE INDEX boundary_submission_line ON boundary_submission (line, side, id);

CREATE TABLE boundary_part ( -- a file, or a page of a harvest, byte for byte
  submission INTEGER NOT NULL REFERENCES boundary_submission (id),
  ordinal INTEGER NOT NULL, -- from 1
  name TEXT NOT NULL CHECK (name <> ''),
  bytes BLOB NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  etag TEXT NOT NULL,       -- that the host gave; "": none
  PRIMARY KEY (submission, ordinal)
) STRICT;

CREATE TABLE boundary_page ( -- pages of a harvest on its way
  id INTEGER PRIMARY KEY,
  line INTEGER NOT NULL REFERENCES boundary_line (id),
  side TEXT NOT NULL CHECK (side IN ('A', 'B')),
  url TEXT NOT NULL CHECK (url <> ''),
  bytes BLOB NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  etag TEXT NOT NULL,
  UNIQUE (line, side, url)
) STRICT;

-- ---- agreement over time; only ever added to, so not journaled ----

CREATE TABLE boundary_check (
  id INTEGER PRIMARY KEY,
  line INTEGER NOT NULL REFERENCES boundary_line (id),
  a INTEGER REFERENCES boundary_submission (id), -- NULL: none was there
  b INTEGER REFERENCES boundary_submission (id),
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  outcome TEXT NOT NULL CHECK (outcome IN ('agree', 'differ', 'failed')),
  message TEXT NOT NULL,    -- Chinese
  message_en TEXT NOT NULL,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  shared_m REAL,            -- NULL: not known; so below
  overlap_m2 REAL,
  gap_m2 REAL,
  largest_m REAL,           -- the largest difference of line or marker
  markers INTEGER           -- that both sides have
) STRICT;
CREATE INDEX boundary_check_line ON boundary_check (line, id);

-- ---- geometry columns ----

SELECT RecoverGeometryColumn('boundary_marker', 'geom', 4490, 'POINT', 'XY');
SELECT CreateSpatialIndex('boundary_marker', 'geom');
SELECT RecoverGeometryColumn('boundary_fix', 'geom', 4490, 'POINT', 'XY');
SELECT CreateSpatialIndex('boundary_fix', 'geom');
SELECT RecoverGeometryColumn('boundary_point', 'geom', 4490, 'POINT', 'XY');
SELECT CreateSpatialIndex('boundary_point', 'geom');
DROP TRIGGER tmi_boundary_marker_geom;
DROP TRIGGER tmu_boundary_marker_geom;
DROP TRIGGER tmd_boundary_marker_geom;
DROP TRIGGER tmi_boundary_fix_geom;
DROP TRIGGER tmu_boundary_fix_geom;
DROP TRIGGER tmd_boundary_fix_geom;
DROP TRIGGER tmi_boundary_point_geom;
DROP TRIGGER tmu_boundary_point_geom;
DROP TRIGGER tmd_boundary_point_geom;

-- ---- the journal. 10 decimals of a degree hold 0.1 mm ----

DROP TRIGGER boundary_line_journal_insert;
CREATE TRIGGER boundary_line_journal_insert AFTER INSERT ON boundary_line BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_line', NEW.id, 'I', NULL,
    NULL,
    json_object('code', NEW.code, 'section', NEW.section, 'edition',
      NEW.edition, 'name', NEW.name, 'level', NEW.level, 'side_a', NEW.side_a,
      'side_b', NEW.side_b, 'own', NEW.own, 'left_side', NEW.left_side,
      'marker_grammar', NEW.marker_grammar, 'agreement', NEW.agreement,
      'agreed_on', NEW.agreed_on, 'legal_text', NEW.legal_text, 'status',
      NEW.status, 'map_scale', NEW.map_scale, 'is_schematic',
      NEW.is_schematic, 'is_synthetic', NEW.is_synthetic, 'source',
      NEW.source, 'record', NEW.record, 'geom', json(AsGeoJSON(NEW.geom, 10))));
END;

DROP TRIGGER boundary_line_journal_update;
CREATE TRIGGER boundary_line_journal_update AFTER UPDATE ON boundary_line BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_line', NEW.id, 'U', NULL,
    json_object('code', OLD.code, 'section', OLD.section, 'edition',
      OLD.edition, 'name', OLD.name, 'level', OLD.level, 'side_a', OLD.side_a,
      'side_b', OLD.side_b, 'own', OLD.own, 'left_side', OLD.left_side,
      'marker_grammar', OLD.marker_grammar, 'agreement', OLD.agreement,
      'agreed_on', OLD.agreed_on, 'legal_text', OLD.legal_text, 'status',
      OLD.status, 'map_scale', OLD.map_scale, 'is_schematic',
      OLD.is_schematic, 'is_synthetic', OLD.is_synthetic, 'source',
      OLD.source, 'record', OLD.record, 'geom', json(AsGeoJSON(OLD.geom, 10))),
    json_object('code', NEW.code, 'section', NEW.section, 'edition',
      NEW.edition, 'name', NEW.name, 'level', NEW.level, 'side_a', NEW.side_a,
      'side_b', NEW.side_b, 'own', NEW.own, 'left_side', NEW.left_side,
      'marker_grammar', NEW.marker_grammar, 'agreement', NEW.agreement,
      'agreed_on', NEW.agreed_on, 'legal_text', NEW.legal_text, 'status',
      NEW.status, 'map_scale', NEW.map_scale, 'is_schematic',
      NEW.is_schematic, 'is_synthetic', NEW.is_synthetic, 'source',
      NEW.source, 'record', NEW.record, 'geom', json(AsGeoJSON(NEW.geom, 10))));
END;

DROP TRIGGER boundary_line_journal_delete;
CREATE TRIGGER boundary_line_journal_delete AFTER DELETE ON boundary_line BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_line', OLD.id, 'D', NULL,
    json_object('code', OLD.code, 'section', OLD.section, 'edition',
      OLD.edition, 'name', OLD.name, 'level', OLD.level, 'side_a', OLD.side_a,
      'side_b', OLD.side_b, 'own', OLD.own, 'left_side', OLD.left_side,
      'marker_grammar', OLD.marker_grammar, 'agreement', OLD.agreement,
      'agreed_on', OLD.agreed_on, 'legal_text', OLD.legal_text, 'status',
      OLD.status, 'map_scale', OLD.map_scale, 'is_schematic',
      OLD.is_schematic, 'is_synthetic', OLD.is_synthetic, 'source',
      OLD.source, 'record', OLD.record, 'geom', json(AsGeoJSON(OLD.geom, 10))),
    NULL);
END;

CREATE TRIGGER boundary_marker_journal_insert AFTER INSERT ON boundary_marker BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_marker', NEW.id, 'I', NULL,
    NULL,
    json_object('line', NEW.line, 'code', NEW.code, 'type', NEW.type,
      'material', NEW.material, 'place_a', NEW.place_a, 'place_b',
      NEW.place_b, 'agreed_on', NEW.agreed_on, 'agreed_height',
      NEW.agreed_height, 'agreed_accuracy_m', NEW.agreed_accuracy_m,
      'agreed_height_accuracy_m', NEW.agreed_height_accuracy_m,
      'agreed_method', NEW.agreed_method, 'agreed_by', NEW.agreed_by,
      'manager', NEW.manager, 'condition', NEW.condition, 'inspected_on',
      NEW.inspected_on, 'set_on', NEW.set_on, 'note', NEW.note,
      'next_distance_m', NEW.next_distance_m, 'next_azimuth_deg',
      NEW.next_azimuth_deg, 'course', NEW.course, 'source', NEW.source, 'record', NEW.record,
      'geom', json(AsGeoJSON(NEW.geom, 10))));
END;

CREATE TRIGGER boundary_marker_journal_update AFTER UPDATE ON boundary_marker BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_marker', NEW.id, 'U', NULL,
    json_object('line', OLD.line, 'code', OLD.code, 'type', OLD.type,
      'material', OLD.material, 'place_a', OLD.place_a, 'place_b',
      OLD.place_b, 'agreed_on', OLD.agreed_on, 'agreed_height',
      OLD.agreed_height, 'agreed_accuracy_m', OLD.agreed_accuracy_m,
      'agreed_height_accuracy_m', OLD.agreed_height_accuracy_m,
      'agreed_method', OLD.agreed_method, 'agreed_by', OLD.agreed_by,
      'manager', OLD.manager, 'condition', OLD.condition, 'inspected_on',
      OLD.inspected_on, 'set_on', OLD.set_on, 'note', OLD.note,
      'next_distance_m', OLD.next_distance_m, 'next_azimuth_deg',
      OLD.next_azimuth_deg, 'course', OLD.course, 'source', OLD.source, 'record', OLD.record,
      'geom', json(AsGeoJSON(OLD.geom, 10))),
    json_object('line', NEW.line, 'code', NEW.code, 'type', NEW.type,
      'material', NEW.material, 'place_a', NEW.place_a, 'place_b',
      NEW.place_b, 'agreed_on', NEW.agreed_on, 'agreed_height',
      NEW.agreed_height, 'agreed_accuracy_m', NEW.agreed_accuracy_m,
      'agreed_height_accuracy_m', NEW.agreed_height_accuracy_m,
      'agreed_method', NEW.agreed_method, 'agreed_by', NEW.agreed_by,
      'manager', NEW.manager, 'condition', NEW.condition, 'inspected_on',
      NEW.inspected_on, 'set_on', NEW.set_on, 'note', NEW.note,
      'next_distance_m', NEW.next_distance_m, 'next_azimuth_deg',
      NEW.next_azimuth_deg, 'course', NEW.course, 'source', NEW.source, 'record', NEW.record,
      'geom', json(AsGeoJSON(NEW.geom, 10))));
END;

CREATE TRIGGER boundary_marker_journal_delete AFTER DELETE ON boundary_marker BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_marker', OLD.id, 'D', NULL,
    json_object('line', OLD.line, 'code', OLD.code, 'type', OLD.type,
      'material', OLD.material, 'place_a', OLD.place_a, 'place_b',
      OLD.place_b, 'agreed_on', OLD.agreed_on, 'agreed_height',
      OLD.agreed_height, 'agreed_accuracy_m', OLD.agreed_accuracy_m,
      'agreed_height_accuracy_m', OLD.agreed_height_accuracy_m,
      'agreed_method', OLD.agreed_method, 'agreed_by', OLD.agreed_by,
      'manager', OLD.manager, 'condition', OLD.condition, 'inspected_on',
      OLD.inspected_on, 'set_on', OLD.set_on, 'note', OLD.note,
      'next_distance_m', OLD.next_distance_m, 'next_azimuth_deg',
      OLD.next_azimuth_deg, 'course', OLD.course, 'source', OLD.source, 'record', OLD.record,
      'geom', json(AsGeoJSON(OLD.geom, 10))),
    NULL);
END;

CREATE TRIGGER boundary_fix_journal_insert AFTER INSERT ON boundary_fix BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_fix', NEW.id, 'I', NULL,
    NULL,
    json_object('marker', NEW.marker, 'on_day', NEW.on_day, 'height_m',
      NEW.height_m, 'accuracy_m', NEW.accuracy_m, 'height_accuracy_m',
      NEW.height_accuracy_m, 'method', NEW.method, 'by_whom', NEW.by_whom,
      'geom', json(AsGeoJSON(NEW.geom, 10))));
END;

CREATE TRIGGER boundary_fix_journal_update AFTER UPDATE ON boundary_fix BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_fix', NEW.id, 'U', NULL,
    json_object('marker', OLD.marker, 'on_day', OLD.on_day, 'height_m',
      OLD.height_m, 'accuracy_m', OLD.accuracy_m, 'height_accuracy_m',
      OLD.height_accuracy_m, 'method', OLD.method, 'by_whom', OLD.by_whom,
      'geom', json(AsGeoJSON(OLD.geom, 10))),
    json_object('marker', NEW.marker, 'on_day', NEW.on_day, 'height_m',
      NEW.height_m, 'accuracy_m', NEW.accuracy_m, 'height_accuracy_m',
      NEW.height_accuracy_m, 'method', NEW.method, 'by_whom', NEW.by_whom,
      'geom', json(AsGeoJSON(NEW.geom, 10))));
END;

CREATE TRIGGER boundary_fix_journal_delete AFTER DELETE ON boundary_fix BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_fix', OLD.id, 'D', NULL,
    json_object('marker', OLD.marker, 'on_day', OLD.on_day, 'height_m',
      OLD.height_m, 'accuracy_m', OLD.accuracy_m, 'height_accuracy_m',
      OLD.height_accuracy_m, 'method', OLD.method, 'by_whom', OLD.by_whom,
      'geom', json(AsGeoJSON(OLD.geom, 10))),
    NULL);
END;

CREATE TRIGGER boundary_object_journal_insert AFTER INSERT ON boundary_object BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_object', NEW.id, 'I', NULL,
    NULL,
    json_object('marker', NEW.marker, 'ordinal', NEW.ordinal, 'name',
      NEW.name, 'azimuth_deg', NEW.azimuth_deg, 'distance_m', NEW.distance_m));
END;

CREATE TRIGGER boundary_object_journal_update AFTER UPDATE ON boundary_object BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_object', NEW.id, 'U', NULL,
    json_object('marker', OLD.marker, 'ordinal', OLD.ordinal, 'name',
      OLD.name, 'azimuth_deg', OLD.azimuth_deg, 'distance_m', OLD.distance_m),
    json_object('marker', NEW.marker, 'ordinal', NEW.ordinal, 'name',
      NEW.name, 'azimuth_deg', NEW.azimuth_deg, 'distance_m', NEW.distance_m));
END;

CREATE TRIGGER boundary_object_journal_delete AFTER DELETE ON boundary_object BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_object', OLD.id, 'D', NULL,
    json_object('marker', OLD.marker, 'ordinal', OLD.ordinal, 'name',
      OLD.name, 'azimuth_deg', OLD.azimuth_deg, 'distance_m', OLD.distance_m),
    NULL);
END;

CREATE TRIGGER boundary_photo_journal_insert AFTER INSERT ON boundary_photo BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_photo', NEW.id, 'I', NULL,
    NULL,
    json_object('marker', NEW.marker, 'ref', NEW.ref, 'sha256', NEW.sha256,
      'on_day', NEW.on_day));
END;

CREATE TRIGGER boundary_photo_journal_update AFTER UPDATE ON boundary_photo BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_photo', NEW.id, 'U', NULL,
    json_object('marker', OLD.marker, 'ref', OLD.ref, 'sha256', OLD.sha256,
      'on_day', OLD.on_day),
    json_object('marker', NEW.marker, 'ref', NEW.ref, 'sha256', NEW.sha256,
      'on_day', NEW.on_day));
END;

CREATE TRIGGER boundary_photo_journal_delete AFTER DELETE ON boundary_photo BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_photo', OLD.id, 'D', NULL,
    json_object('marker', OLD.marker, 'ref', OLD.ref, 'sha256', OLD.sha256,
      'on_day', OLD.on_day),
    NULL);
END;

CREATE TRIGGER boundary_point_journal_insert AFTER INSERT ON boundary_point BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_point', NEW.id, 'I', NULL,
    NULL,
    json_object('line', NEW.line, 'kind', NEW.kind, 'code', NEW.code, 'name',
      NEW.name, 'lines', NEW.lines, 'on_day', NEW.on_day, 'height_m',
      NEW.height_m, 'accuracy_m', NEW.accuracy_m, 'height_accuracy_m',
      NEW.height_accuracy_m, 'method', NEW.method, 'by_whom', NEW.by_whom,
      'geom', json(AsGeoJSON(NEW.geom, 10))));
END;

CREATE TRIGGER boundary_point_journal_update AFTER UPDATE ON boundary_point BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_point', NEW.id, 'U', NULL,
    json_object('line', OLD.line, 'kind', OLD.kind, 'code', OLD.code, 'name',
      OLD.name, 'lines', OLD.lines, 'on_day', OLD.on_day, 'height_m',
      OLD.height_m, 'accuracy_m', OLD.accuracy_m, 'height_accuracy_m',
      OLD.height_accuracy_m, 'method', OLD.method, 'by_whom', OLD.by_whom,
      'geom', json(AsGeoJSON(OLD.geom, 10))),
    json_object('line', NEW.line, 'kind', NEW.kind, 'code', NEW.code, 'name',
      NEW.name, 'lines', NEW.lines, 'on_day', NEW.on_day, 'height_m',
      NEW.height_m, 'accuracy_m', NEW.accuracy_m, 'height_accuracy_m',
      NEW.height_accuracy_m, 'method', NEW.method, 'by_whom', NEW.by_whom,
      'geom', json(AsGeoJSON(NEW.geom, 10))));
END;

CREATE TRIGGER boundary_point_journal_delete AFTER DELETE ON boundary_point BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_point', OLD.id, 'D', NULL,
    json_object('line', OLD.line, 'kind', OLD.kind, 'code', OLD.code, 'name',
      OLD.name, 'lines', OLD.lines, 'on_day', OLD.on_day, 'height_m',
      OLD.height_m, 'accuracy_m', OLD.accuracy_m, 'height_accuracy_m',
      OLD.height_accuracy_m, 'method', OLD.method, 'by_whom', OLD.by_whom,
      'geom', json(AsGeoJSON(OLD.geom, 10))),
    NULL);
END;

CREATE TRIGGER boundary_inspection_journal_insert AFTER INSERT ON boundary_inspection BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_inspection', NEW.id, 'I', NULL,
    NULL,
    json_object('line', NEW.line, 'round', NEW.round, 'from_day',
      NEW.from_day, 'to_day', NEW.to_day, 'parties', NEW.parties, 'summary',
      NEW.summary));
END;

CREATE TRIGGER boundary_inspection_journal_update AFTER UPDATE ON boundary_inspection BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_inspection', NEW.id, 'U', NULL,
    json_object('line', OLD.line, 'round', OLD.round, 'from_day',
      OLD.from_day, 'to_day', OLD.to_day, 'parties', OLD.parties, 'summary',
      OLD.summary),
    json_object('line', NEW.line, 'round', NEW.round, 'from_day',
      NEW.from_day, 'to_day', NEW.to_day, 'parties', NEW.parties, 'summary',
      NEW.summary));
END;

CREATE TRIGGER boundary_inspection_journal_delete AFTER DELETE ON boundary_inspection BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_inspection', OLD.id, 'D', NULL,
    json_object('line', OLD.line, 'round', OLD.round, 'from_day',
      OLD.from_day, 'to_day', OLD.to_day, 'parties', OLD.parties, 'summary',
      OLD.summary),
    NULL);
END;

CREATE TRIGGER boundary_visit_journal_insert AFTER INSERT ON boundary_visit BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_visit', NEW.id, 'I', NULL,
    NULL,
    json_object('inspection', NEW.inspection, 'ordinal', NEW.ordinal,
      'marker', NEW.marker, 'condition', NEW.condition, 'finding',
      NEW.finding, 'repair', NEW.repair, 'repaired', NEW.repaired, 'witness',
      NEW.witness, 'repaired_on', NEW.repaired_on, 'due', NEW.due));
END;

CREATE TRIGGER boundary_visit_journal_update AFTER UPDATE ON boundary_visit BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_visit', NEW.id, 'U', NULL,
    json_object('inspection', OLD.inspection, 'ordinal', OLD.ordinal,
      'marker', OLD.marker, 'condition', OLD.condition, 'finding',
      OLD.finding, 'repair', OLD.repair, 'repaired', OLD.repaired, 'witness',
      OLD.witness, 'repaired_on', OLD.repaired_on, 'due', OLD.due),
    json_object('inspection', NEW.inspection, 'ordinal', NEW.ordinal,
      'marker', NEW.marker, 'condition', NEW.condition, 'finding',
      NEW.finding, 'repair', NEW.repair, 'repaired', NEW.repaired, 'witness',
      NEW.witness, 'repaired_on', NEW.repaired_on, 'due', NEW.due));
END;

CREATE TRIGGER boundary_visit_journal_delete AFTER DELETE ON boundary_visit BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_visit', OLD.id, 'D', NULL,
    json_object('inspection', OLD.inspection, 'ordinal', OLD.ordinal,
      'marker', OLD.marker, 'condition', OLD.condition, 'finding',
      OLD.finding, 'repair', OLD.repair, 'repaired', OLD.repaired, 'witness',
      OLD.witness, 'repaired_on', OLD.repaired_on, 'due', OLD.due),
    NULL);
END;

CREATE TRIGGER boundary_submission_journal_insert AFTER INSERT ON boundary_submission BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_submission', NEW.id, 'I', NULL,
    NULL,
    json_object('line', NEW.line, 'side', NEW.side, 'name', NEW.name, 'layer',
      NEW.layer, 'crs', NEW.crs, 'axes', NEW.axes, 'is_harvest',
      NEW.is_harvest, 'lines', NEW.lines, 'areas', NEW.areas, 'markers',
      NEW.markers, 'rejected', NEW.rejected, 'who', NEW.who, 'note', NEW.note,
      'at', NEW.at, 'sha256', lower(hex(NEW.sha256))));
END;
