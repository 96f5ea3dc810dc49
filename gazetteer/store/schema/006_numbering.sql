-- 006: how the doors of a road are numbered; gazetteer/model/numbering.h. One
-- row for each road of which something is recorded.

CREATE TABLE numbering (
  place INTEGER PRIMARY KEY REFERENCES place (id) ON DELETE CASCADE,
  start INTEGER NOT NULL CHECK (start BETWEEN 0 AND 8),
  odd_side INTEGER NOT NULL CHECK (odd_side BETWEEN 0 AND 10),
  rule TEXT                 -- 编制规则 as its source writes it
) STRICT;

CREATE TRIGGER numbering_journal_insert AFTER INSERT ON numbering BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'numbering', NEW.place, 'I', NEW.place,
    NULL,
    json_object('place', NEW.place, 'start', NEW.start,
      'odd_side', NEW.odd_side, 'rule', NEW.rule));
END;

CREATE TRIGGER numbering_journal_update AFTER UPDATE ON numbering BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'numbering', NEW.place, 'U', NEW.place,
    json_object('place', OLD.place, 'start', OLD.start,
      'odd_side', OLD.odd_side, 'rule', OLD.rule),
    json_object('place', NEW.place, 'start', NEW.start,
      'odd_side', NEW.odd_side, 'rule', NEW.rule));
END;

CREATE TRIGGER numbering_journal_delete AFTER DELETE ON numbering BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'numbering', OLD.place, 'D', OLD.place,
    json_object('place', OLD.place, 'start', OLD.start,
      'odd_side', OLD.odd_side, 'rule', OLD.rule),
    NULL);
END;
