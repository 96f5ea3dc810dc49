-- 002: the journal. Every change of what we believe is written once, here, by
-- triggers, whoever makes it: the change feed, the snapshot delta, the tiles'
-- invalidation and the audit read it. Sources, records, issues and the import
-- log are not beliefs and are not journaled.

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, -- grows, never reused
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  tab TEXT NOT NULL,        -- the table
  row INTEGER NOT NULL,     -- its primary key
  op TEXT NOT NULL CHECK (op IN ('I', 'U', 'D')),
  about INTEGER,            -- the place or address concerned; NULL: none
  before TEXT,              -- JSON of the row; NULL on insert
  after TEXT                -- JSON of the row; NULL on delete
) STRICT;
CREATE INDEX journal_about ON journal (about) WHERE about IS NOT NULL;

CREATE TRIGGER place_journal_insert AFTER INSERT ON place BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'place', NEW.id, 'I', NEW.id,
    NULL,
    json_object('maker', NEW.maker, 'code', NEW.code, 'category',
      NEW.category, 'status', NEW.status, 'valid_from',
      NEW.valid_from, 'valid_to', NEW.valid_to, 'basis', NEW.basis,
      'is_synthetic', NEW.is_synthetic, 'parent', NEW.parent,
      'parent_code', NEW.parent_code, 'method', NEW.method,
      'accuracy_m', NEW.accuracy_m, 'position_source',
      NEW.position_source, 'address', NEW.address, 'meaning',
      NEW.meaning, 'origin', NEW.origin, 'history', NEW.history,
      'record', NEW.record, 'geom', json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER place_journal_update AFTER UPDATE ON place BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'place', NEW.id, 'U', NEW.id,
    json_object('maker', OLD.maker, 'code', OLD.code, 'category',
      OLD.category, 'status', OLD.status, 'valid_from',
      OLD.valid_from, 'valid_to', OLD.valid_to, 'basis', OLD.basis,
      'is_synthetic', OLD.is_synthetic, 'parent', OLD.parent,
      'parent_code', OLD.parent_code, 'method', OLD.method,
      'accuracy_m', OLD.accuracy_m, 'position_source',
      OLD.position_source, 'address', OLD.address, 'meaning',
      OLD.meaning, 'origin', OLD.origin, 'history', OLD.history,
      'record', OLD.record, 'geom', json(AsGeoJSON(OLD.geom, 7))),
    json_object('maker', NEW.maker, 'code', NEW.code, 'category',
      NEW.category, 'status', NEW.status, 'valid_from',
      NEW.valid_from, 'valid_to', NEW.valid_to, 'basis', NEW.basis,
      'is_synthetic', NEW.is_synthetic, 'parent', NEW.parent,
      'parent_code', NEW.parent_code, 'method', NEW.method,
      'accuracy_m', NEW.accuracy_m, 'position_source',
      NEW.position_source, 'address', NEW.address, 'meaning',
      NEW.meaning, 'origin', NEW.origin, 'history', NEW.history,
      'record', NEW.record, 'geom', json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER place_journal_delete AFTER DELETE ON place BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'place', OLD.id, 'D', OLD.id,
    json_object('maker', OLD.maker, 'code', OLD.code, 'category',
      OLD.category, 'status', OLD.status, 'valid_from',
      OLD.valid_from, 'valid_to', OLD.valid_to, 'basis', OLD.basis,
      'is_synthetic', OLD.is_synthetic, 'parent', OLD.parent,
      'parent_code', OLD.parent_code, 'method', OLD.method,
      'accuracy_m', OLD.accuracy_m, 'position_source',
      OLD.position_source, 'address', OLD.address, 'meaning',
      OLD.meaning, 'origin', OLD.origin, 'history', OLD.history,
      'record', OLD.record, 'geom', json(AsGeoJSON(OLD.geom, 7))),
    NULL);
END;

CREATE TRIGGER division_journal_insert AFTER INSERT ON division BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'division', NEW.place, 'I', NEW.place,
    NULL,
    json_object('place', NEW.place, 'level', NEW.level,
      'is_statistical', NEW.is_statistical));
END;

CREATE TRIGGER division_journal_update AFTER UPDATE ON division BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'division', NEW.place, 'U', NEW.place,
    json_object('place', OLD.place, 'level', OLD.level,
      'is_statistical', OLD.is_statistical),
    json_object('place', NEW.place, 'level', NEW.level,
      'is_statistical', NEW.is_statistical));
END;

CREATE TRIGGER division_journal_delete AFTER DELETE ON division BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'division', OLD.place, 'D', OLD.place,
    json_object('place', OLD.place, 'level', OLD.level,
      'is_statistical', OLD.is_statistical),
    NULL);
END;

CREATE TRIGGER name_journal_insert AFTER INSERT ON name BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'name', NEW.id, 'I', NEW.place,
    NULL,
    json_object('place', NEW.place, 'ordinal', NEW.ordinal, 'text',
      NEW.text, 'roman', NEW.roman, 'kind', NEW.kind, 'valid_from',
      NEW.valid_from, 'valid_to', NEW.valid_to, 'basis', NEW.basis,
      'source', NEW.source));
END;

CREATE TRIGGER name_journal_update AFTER UPDATE ON name BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'name', NEW.id, 'U', NEW.place,
    json_object('place', OLD.place, 'ordinal', OLD.ordinal, 'text',
      OLD.text, 'roman', OLD.roman, 'kind', OLD.kind, 'valid_from',
      OLD.valid_from, 'valid_to', OLD.valid_to, 'basis', OLD.basis,
      'source', OLD.source),
    json_object('place', NEW.place, 'ordinal', NEW.ordinal, 'text',
      NEW.text, 'roman', NEW.roman, 'kind', NEW.kind, 'valid_from',
      NEW.valid_from, 'valid_to', NEW.valid_to, 'basis', NEW.basis,
      'source', NEW.source));
END;

CREATE TRIGGER name_journal_delete AFTER DELETE ON name BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'name', OLD.id, 'D', OLD.place,
    json_object('place', OLD.place, 'ordinal', OLD.ordinal, 'text',
      OLD.text, 'roman', OLD.roman, 'kind', OLD.kind, 'valid_from',
      OLD.valid_from, 'valid_to', OLD.valid_to, 'basis', OLD.basis,
      'source', OLD.source),
    NULL);
END;

CREATE TRIGGER place_code_journal_insert AFTER INSERT ON place_code BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'place_code', NEW.id, 'I', NEW.place,
    NULL,
    json_object('place', NEW.place, 'scheme', NEW.scheme, 'value',
      NEW.value, 'valid_from', NEW.valid_from, 'valid_to',
      NEW.valid_to));
END;

CREATE TRIGGER place_code_journal_update AFTER UPDATE ON place_code BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'place_code', NEW.id, 'U', NEW.place,
    json_object('place', OLD.place, 'scheme', OLD.scheme, 'value',
      OLD.value, 'valid_from', OLD.valid_from, 'valid_to',
      OLD.valid_to),
    json_object('place', NEW.place, 'scheme', NEW.scheme, 'value',
      NEW.value, 'valid_from', NEW.valid_from, 'valid_to',
      NEW.valid_to));
END;

CREATE TRIGGER place_code_journal_delete AFTER DELETE ON place_code BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'place_code', OLD.id, 'D', OLD.place,
    json_object('place', OLD.place, 'scheme', OLD.scheme, 'value',
      OLD.value, 'valid_from', OLD.valid_from, 'valid_to',
      OLD.valid_to),
    NULL);
END;

CREATE TRIGGER place_area_journal_insert AFTER INSERT ON place_area BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'place_area', NEW.place, 'I', NEW.place,
    NULL,
    json_object('place', NEW.place, 'is_schematic', NEW.is_schematic,
      'geom', json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER place_area_journal_update AFTER UPDATE ON place_area BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'place_area', NEW.place, 'U', NEW.place,
    json_object('place', OLD.place, 'is_schematic', OLD.is_schematic,
      'geom', json(AsGeoJSON(OLD.geom, 7))),
    json_object('place', NEW.place, 'is_schematic', NEW.is_schematic,
      'geom', json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER place_area_journal_delete AFTER DELETE ON place_area BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'place_area', OLD.place, 'D', OLD.place,
    json_object('place', OLD.place, 'is_schematic', OLD.is_schematic,
      'geom', json(AsGeoJSON(OLD.geom, 7))),
    NULL);
END;

CREATE TRIGGER address_journal_insert AFTER INSERT ON address BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'address', NEW.id, 'I', NEW.id,
    NULL,
    json_object('maker', NEW.maker, 'text', NEW.text, 'parent',
      NEW.parent, 'number', NEW.number, 'number_value',
      NEW.number_value, 'tail', NEW.tail, 'place', NEW.place,
      'status', NEW.status, 'valid_from', NEW.valid_from, 'valid_to',
      NEW.valid_to, 'is_synthetic', NEW.is_synthetic, 'method',
      NEW.method, 'accuracy_m', NEW.accuracy_m, 'position_source',
      NEW.position_source, 'source', NEW.source, 'record', NEW.record,
      'geom', json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER address_journal_update AFTER UPDATE ON address BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'address', NEW.id, 'U', NEW.id,
    json_object('maker', OLD.maker, 'text', OLD.text, 'parent',
      OLD.parent, 'number', OLD.number, 'number_value',
      OLD.number_value, 'tail', OLD.tail, 'place', OLD.place,
      'status', OLD.status, 'valid_from', OLD.valid_from, 'valid_to',
      OLD.valid_to, 'is_synthetic', OLD.is_synthetic, 'method',
      OLD.method, 'accuracy_m', OLD.accuracy_m, 'position_source',
      OLD.position_source, 'source', OLD.source, 'record', OLD.record,
      'geom', json(AsGeoJSON(OLD.geom, 7))),
    json_object('maker', NEW.maker, 'text', NEW.text, 'parent',
      NEW.parent, 'number', NEW.number, 'number_value',
      NEW.number_value, 'tail', NEW.tail, 'place', NEW.place,
      'status', NEW.status, 'valid_from', NEW.valid_from, 'valid_to',
      NEW.valid_to, 'is_synthetic', NEW.is_synthetic, 'method',
      NEW.method, 'accuracy_m', NEW.accuracy_m, 'position_source',
      NEW.position_source, 'source', NEW.source, 'record', NEW.record,
      'geom', json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER address_journal_delete AFTER DELETE ON address BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'address', OLD.id, 'D', OLD.id,
    json_object('maker', OLD.maker, 'text', OLD.text, 'parent',
      OLD.parent, 'number', OLD.number, 'number_value',
      OLD.number_value, 'tail', OLD.tail, 'place', OLD.place,
      'status', OLD.status, 'valid_from', OLD.valid_from, 'valid_to',
      OLD.valid_to, 'is_synthetic', OLD.is_synthetic, 'method',
      OLD.method, 'accuracy_m', OLD.accuracy_m, 'position_source',
      OLD.position_source, 'source', OLD.source, 'record', OLD.record,
      'geom', json(AsGeoJSON(OLD.geom, 7))),
    NULL);
END;

CREATE TRIGGER claim_journal_insert AFTER INSERT ON claim BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'claim', NEW.id, 'I', NEW.place,
    NULL,
    json_object('place', NEW.place, 'subject', NEW.subject,
      'property', NEW.property, 'value', NEW.value, 'value_date',
      NEW.value_date, 'source_title', NEW.source_title, 'source_url',
      NEW.source_url, 'grade', NEW.grade, 'is_preferred',
      NEW.is_preferred, 'source', NEW.source, 'record', NEW.record));
END;

CREATE TRIGGER claim_journal_update AFTER UPDATE ON claim BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'claim', NEW.id, 'U', NEW.place,
    json_object('place', OLD.place, 'subject', OLD.subject,
      'property', OLD.property, 'value', OLD.value, 'value_date',
      OLD.value_date, 'source_title', OLD.source_title, 'source_url',
      OLD.source_url, 'grade', OLD.grade, 'is_preferred',
      OLD.is_preferred, 'source', OLD.source, 'record', OLD.record),
    json_object('place', NEW.place, 'subject', NEW.subject,
      'property', NEW.property, 'value', NEW.value, 'value_date',
      NEW.value_date, 'source_title', NEW.source_title, 'source_url',
      NEW.source_url, 'grade', NEW.grade, 'is_preferred',
      NEW.is_preferred, 'source', NEW.source, 'record', NEW.record));
END;

CREATE TRIGGER claim_journal_delete AFTER DELETE ON claim BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'claim', OLD.id, 'D', OLD.place,
    json_object('place', OLD.place, 'subject', OLD.subject,
      'property', OLD.property, 'value', OLD.value, 'value_date',
      OLD.value_date, 'source_title', OLD.source_title, 'source_url',
      OLD.source_url, 'grade', OLD.grade, 'is_preferred',
      OLD.is_preferred, 'source', OLD.source, 'record', OLD.record),
    NULL);
END;

CREATE TRIGGER heritage_journal_insert AFTER INSERT ON heritage BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'heritage', NEW.place, 'I', NEW.place,
    NULL,
    json_object('place', NEW.place, 'designation', NEW.designation,
      'type', NEW.type, 'grade', NEW.grade, 'batch', NEW.batch,
      'claim', NEW.claim));
END;

CREATE TRIGGER heritage_journal_update AFTER UPDATE ON heritage BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'heritage', NEW.place, 'U', NEW.place,
    json_object('place', OLD.place, 'designation', OLD.designation,
      'type', OLD.type, 'grade', OLD.grade, 'batch', OLD.batch,
      'claim', OLD.claim),
    json_object('place', NEW.place, 'designation', NEW.designation,
      'type', NEW.type, 'grade', NEW.grade, 'batch', NEW.batch,
      'claim', NEW.claim));
END;

CREATE TRIGGER heritage_journal_delete AFTER DELETE ON heritage BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'heritage', OLD.place, 'D', OLD.place,
    json_object('place', OLD.place, 'designation', OLD.designation,
      'type', OLD.type, 'grade', OLD.grade, 'batch', OLD.batch,
      'claim', OLD.claim),
    NULL);
END;

CREATE TRIGGER change_journal_insert AFTER INSERT ON change BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'change', NEW.id, 'I', COALESCE(NEW.to_place, NEW.from_place),
    NULL,
    json_object('kind', NEW.kind, 'date', NEW.date, 'basis',
      NEW.basis, 'from_place', NEW.from_place, 'to_place',
      NEW.to_place, 'from_code', NEW.from_code, 'to_code',
      NEW.to_code, 'note', NEW.note, 'source', NEW.source, 'record',
      NEW.record));
END;

CREATE TRIGGER change_journal_update AFTER UPDATE ON change BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'change', NEW.id, 'U', COALESCE(NEW.to_place, NEW.from_place),
    json_object('kind', OLD.kind, 'date', OLD.date, 'basis',
      OLD.basis, 'from_place', OLD.from_place, 'to_place',
      OLD.to_place, 'from_code', OLD.from_code, 'to_code',
      OLD.to_code, 'note', OLD.note, 'source', OLD.source, 'record',
      OLD.record),
    json_object('kind', NEW.kind, 'date', NEW.date, 'basis',
      NEW.basis, 'from_place', NEW.from_place, 'to_place',
      NEW.to_place, 'from_code', NEW.from_code, 'to_code',
      NEW.to_code, 'note', NEW.note, 'source', NEW.source, 'record',
      NEW.record));
END;

CREATE TRIGGER change_journal_delete AFTER DELETE ON change BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'change', OLD.id, 'D', COALESCE(OLD.to_place, OLD.from_place),
    json_object('kind', OLD.kind, 'date', OLD.date, 'basis',
      OLD.basis, 'from_place', OLD.from_place, 'to_place',
      OLD.to_place, 'from_code', OLD.from_code, 'to_code',
      OLD.to_code, 'note', OLD.note, 'source', OLD.source, 'record',
      OLD.record),
    NULL);
END;

CREATE TRIGGER line_journal_insert AFTER INSERT ON line BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'line', NEW.id, 'I', NULL,
    NULL,
    json_object('key', NEW.key, 'name', NEW.name, 'code', NEW.code,
      'kind', NEW.kind, 'level', NEW.level, 'is_schematic',
      NEW.is_schematic, 'is_synthetic', NEW.is_synthetic,
      'left_place', NEW.left_place, 'right_place', NEW.right_place,
      'source', NEW.source, 'record', NEW.record, 'geom',
      json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER line_journal_update AFTER UPDATE ON line BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'line', NEW.id, 'U', NULL,
    json_object('key', OLD.key, 'name', OLD.name, 'code', OLD.code,
      'kind', OLD.kind, 'level', OLD.level, 'is_schematic',
      OLD.is_schematic, 'is_synthetic', OLD.is_synthetic,
      'left_place', OLD.left_place, 'right_place', OLD.right_place,
      'source', OLD.source, 'record', OLD.record, 'geom',
      json(AsGeoJSON(OLD.geom, 7))),
    json_object('key', NEW.key, 'name', NEW.name, 'code', NEW.code,
      'kind', NEW.kind, 'level', NEW.level, 'is_schematic',
      NEW.is_schematic, 'is_synthetic', NEW.is_synthetic,
      'left_place', NEW.left_place, 'right_place', NEW.right_place,
      'source', NEW.source, 'record', NEW.record, 'geom',
      json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER line_journal_delete AFTER DELETE ON line BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'line', OLD.id, 'D', NULL,
    json_object('key', OLD.key, 'name', OLD.name, 'code', OLD.code,
      'kind', OLD.kind, 'level', OLD.level, 'is_schematic',
      OLD.is_schematic, 'is_synthetic', OLD.is_synthetic,
      'left_place', OLD.left_place, 'right_place', OLD.right_place,
      'source', OLD.source, 'record', OLD.record, 'geom',
      json(AsGeoJSON(OLD.geom, 7))),
    NULL);
END;

CREATE TRIGGER boundary_line_journal_insert AFTER INSERT ON boundary_line BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_line', NEW.id, 'I', NULL,
    NULL,
    json_object('code', NEW.code, 'section', NEW.section, 'level',
      NEW.level, 'name', NEW.name, 'agreement', NEW.agreement,
      'edition', NEW.edition, 'status', NEW.status, 'source',
      NEW.source, 'record', NEW.record, 'geom',
      json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER boundary_line_journal_update AFTER UPDATE ON boundary_line BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_line', NEW.id, 'U', NULL,
    json_object('code', OLD.code, 'section', OLD.section, 'level',
      OLD.level, 'name', OLD.name, 'agreement', OLD.agreement,
      'edition', OLD.edition, 'status', OLD.status, 'source',
      OLD.source, 'record', OLD.record, 'geom',
      json(AsGeoJSON(OLD.geom, 7))),
    json_object('code', NEW.code, 'section', NEW.section, 'level',
      NEW.level, 'name', NEW.name, 'agreement', NEW.agreement,
      'edition', NEW.edition, 'status', NEW.status, 'source',
      NEW.source, 'record', NEW.record, 'geom',
      json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER boundary_line_journal_delete AFTER DELETE ON boundary_line BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_line', OLD.id, 'D', NULL,
    json_object('code', OLD.code, 'section', OLD.section, 'level',
      OLD.level, 'name', OLD.name, 'agreement', OLD.agreement,
      'edition', OLD.edition, 'status', OLD.status, 'source',
      OLD.source, 'record', OLD.record, 'geom',
      json(AsGeoJSON(OLD.geom, 7))),
    NULL);
END;

CREATE TRIGGER boundary_marker_journal_insert AFTER INSERT ON boundary_marker BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_marker', NEW.id, 'I', NULL,
    NULL,
    json_object('line', NEW.line, 'code', NEW.code, 'type', NEW.type,
      'agreed_on', NEW.agreed_on, 'condition', NEW.condition,
      'source', NEW.source, 'record', NEW.record, 'geom',
      json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER boundary_marker_journal_update AFTER UPDATE ON boundary_marker BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_marker', NEW.id, 'U', NULL,
    json_object('line', OLD.line, 'code', OLD.code, 'type', OLD.type,
      'agreed_on', OLD.agreed_on, 'condition', OLD.condition,
      'source', OLD.source, 'record', OLD.record, 'geom',
      json(AsGeoJSON(OLD.geom, 7))),
    json_object('line', NEW.line, 'code', NEW.code, 'type', NEW.type,
      'agreed_on', NEW.agreed_on, 'condition', NEW.condition,
      'source', NEW.source, 'record', NEW.record, 'geom',
      json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER boundary_marker_journal_delete AFTER DELETE ON boundary_marker BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_marker', OLD.id, 'D', NULL,
    json_object('line', OLD.line, 'code', OLD.code, 'type', OLD.type,
      'agreed_on', OLD.agreed_on, 'condition', OLD.condition,
      'source', OLD.source, 'record', OLD.record, 'geom',
      json(AsGeoJSON(OLD.geom, 7))),
    NULL);
END;

CREATE TRIGGER boundary_area_journal_insert AFTER INSERT ON boundary_area BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_area', NEW.id, 'I', NULL,
    NULL,
    json_object('line', NEW.line, 'kind', NEW.kind, 'status',
      NEW.status, 'note', NEW.note, 'source', NEW.source, 'record',
      NEW.record, 'geom', json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER boundary_area_journal_update AFTER UPDATE ON boundary_area BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_area', NEW.id, 'U', NULL,
    json_object('line', OLD.line, 'kind', OLD.kind, 'status',
      OLD.status, 'note', OLD.note, 'source', OLD.source, 'record',
      OLD.record, 'geom', json(AsGeoJSON(OLD.geom, 7))),
    json_object('line', NEW.line, 'kind', NEW.kind, 'status',
      NEW.status, 'note', NEW.note, 'source', NEW.source, 'record',
      NEW.record, 'geom', json(AsGeoJSON(NEW.geom, 7))));
END;

CREATE TRIGGER boundary_area_journal_delete AFTER DELETE ON boundary_area BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'boundary_area', OLD.id, 'D', NULL,
    json_object('line', OLD.line, 'kind', OLD.kind, 'status',
      OLD.status, 'note', OLD.note, 'source', OLD.source, 'record',
      OLD.record, 'geom', json(AsGeoJSON(OLD.geom, 7))),
    NULL);
END;

CREATE TRIGGER merge_decision_journal_insert AFTER INSERT ON merge_decision BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'merge_decision', NEW.id, 'I', NEW.kept,
    NULL,
    json_object('kept', NEW.kept, 'merged', NEW.merged, 'score',
      NEW.score, 'decided_by', NEW.decided_by, 'decided_at',
      NEW.decided_at, 'undone_at', NEW.undone_at, 'before',
      NEW.before));
END;

CREATE TRIGGER merge_decision_journal_update AFTER UPDATE ON merge_decision BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'merge_decision', NEW.id, 'U', NEW.kept,
    json_object('kept', OLD.kept, 'merged', OLD.merged, 'score',
      OLD.score, 'decided_by', OLD.decided_by, 'decided_at',
      OLD.decided_at, 'undone_at', OLD.undone_at, 'before',
      OLD.before),
    json_object('kept', NEW.kept, 'merged', NEW.merged, 'score',
      NEW.score, 'decided_by', NEW.decided_by, 'decided_at',
      NEW.decided_at, 'undone_at', NEW.undone_at, 'before',
      NEW.before));
END;

CREATE TRIGGER merge_decision_journal_delete AFTER DELETE ON merge_decision BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'merge_decision', OLD.id, 'D', OLD.kept,
    json_object('kept', OLD.kept, 'merged', OLD.merged, 'score',
      OLD.score, 'decided_by', OLD.decided_by, 'decided_at',
      OLD.decided_at, 'undone_at', OLD.undone_at, 'before',
      OLD.before),
    NULL);
END;

CREATE TRIGGER redirect_journal_insert AFTER INSERT ON redirect BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'redirect', NEW.merged, 'I', NEW.kept,
    NULL,
    json_object('merged', NEW.merged, 'kept', NEW.kept, 'decision',
      NEW.decision));
END;

CREATE TRIGGER redirect_journal_update AFTER UPDATE ON redirect BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'redirect', NEW.merged, 'U', NEW.kept,
    json_object('merged', OLD.merged, 'kept', OLD.kept, 'decision',
      OLD.decision),
    json_object('merged', NEW.merged, 'kept', NEW.kept, 'decision',
      NEW.decision));
END;

CREATE TRIGGER redirect_journal_delete AFTER DELETE ON redirect BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'redirect', OLD.merged, 'D', OLD.kept,
    json_object('merged', OLD.merged, 'kept', OLD.kept, 'decision',
      OLD.decision),
    NULL);
END;

