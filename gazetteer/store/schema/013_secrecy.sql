-- 013: what is not for the public: places and addresses that were graded
-- (涉密, gazetteer/model/grade.h), and what follows from it.

-- A grade is raised by an import and lowered by an officer only, and its row
-- stays: what was made and undone under a grade must not come to light by the
-- journal.
CREATE TABLE secrecy (
  about INTEGER PRIMARY KEY, -- the place or address; perhaps one that is gone
  grade INTEGER NOT NULL CHECK (grade BETWEEN 0 AND 2), -- 0: public again
  why TEXT,                 -- of an officer; NULL: the record says so
  record INTEGER REFERENCES record (id) -- the last that said so
) STRICT;

CREATE TRIGGER secrecy_journal_insert AFTER INSERT ON secrecy BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES ('secrecy', NEW.about, 'I', NEW.about, NULL,
    json_object('grade', NEW.grade, 'why', NEW.why, 'record', NEW.record));
END;

CREATE TRIGGER secrecy_journal_update AFTER UPDATE ON secrecy BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES ('secrecy', NEW.about, 'U', NEW.about,
    json_object('grade', OLD.grade, 'why', OLD.why, 'record', OLD.record),
    json_object('grade', NEW.grade, 'why', NEW.why, 'record', NEW.record));
END;

CREATE TRIGGER secrecy_stays BEFORE DELETE ON secrecy BEGIN
  SELECT RAISE(ABORT, 'a grade is lowered, not deleted');
END;

-- What is not public: what is graded, what it was merged into, and what lies
-- or is counted in it or stands for it.
CREATE VIEW closed (id) AS
WITH RECURSIVE reach (id) AS (
  SELECT about FROM secrecy WHERE grade > 0
  UNION SELECT r.kept FROM merged_id r JOIN reach ON r.merged = reach.id
  UNION SELECT p.id FROM place p JOIN reach ON p.parent = reach.id
  UNION SELECT a.id FROM address a JOIN reach ON a.parent = reach.id
  UNION SELECT a.id FROM address a JOIN reach ON a.place = reach.id
)
SELECT id FROM reach;

-- What was closed by what it lay in stays closed when it goes, and when it
-- moves elsewhere, until an officer opens it: the journal has what it was.
CREATE TRIGGER place_stays_closed BEFORE DELETE ON place
WHEN EXISTS (SELECT 1 FROM secrecy)
  AND EXISTS (SELECT 1 FROM closed WHERE id = OLD.id) BEGIN
  INSERT INTO secrecy (about, grade) VALUES (OLD.id, 1)
  ON CONFLICT (about) DO UPDATE SET grade = 1 WHERE grade = 0;
END;

CREATE TRIGGER place_moves_closed BEFORE UPDATE OF parent ON place
WHEN OLD.parent IS NOT NEW.parent AND EXISTS (SELECT 1 FROM secrecy)
  AND EXISTS (SELECT 1 FROM closed WHERE id = OLD.id) BEGIN
  INSERT INTO secrecy (about, grade) VALUES (OLD.id, 1)
  ON CONFLICT (about) DO UPDATE SET grade = 1 WHERE grade = 0;
END;

CREATE TRIGGER address_stays_closed BEFORE DELETE ON address
WHEN EXISTS (SELECT 1 FROM secrecy)
  AND EXISTS (SELECT 1 FROM closed WHERE id = OLD.id) BEGIN
  INSERT INTO secrecy (about, grade) VALUES (OLD.id, 1)
  ON CONFLICT (about) DO UPDATE SET grade = 1 WHERE grade = 0;
END;

CREATE TRIGGER address_moves_closed BEFORE UPDATE OF parent, place ON address
WHEN (OLD.parent IS NOT NEW.parent OR OLD.place IS NOT NEW.place)
  AND EXISTS (SELECT 1 FROM secrecy)
  AND EXISTS (SELECT 1 FROM closed WHERE id = OLD.id) BEGIN
  INSERT INTO secrecy (about, grade) VALUES (OLD.id, 1)
  ON CONFLICT (about) DO UPDATE SET grade = 1 WHERE grade = 0;
END;
