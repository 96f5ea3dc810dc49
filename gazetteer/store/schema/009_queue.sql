-- 009: findings of checks in the queue, corrections that can be undone, waivers.

-- ---- decisions: an edit of one record is one too (kept = merged = its id).

ALTER TABLE merge_decision ADD COLUMN kind TEXT NOT NULL DEFAULT 'merge'
  CHECK (kind IN ('merge', 'edit'));

DROP TRIGGER merge_decision_journal_insert;
CREATE TRIGGER merge_decision_journal_insert AFTER INSERT ON merge_decision BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'merge_decision', NEW.id, 'I', NEW.kept,
    NULL,
    json_object('kind', NEW.kind, 'kept', NEW.kept, 'merged', NEW.merged,
      'score', NEW.score, 'decided_by', NEW.decided_by, 'decided_at',
      NEW.decided_at, 'why', NEW.why, 'before', NEW.before));
END;

ALTER TABLE quality_run ADD COLUMN waived INTEGER NOT NULL DEFAULT 0;

-- ---- the queue, with what a clerk sorts by. The CHECKs of 005 grow, so both
-- tables are made anew.

CREATE TABLE review_new (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'issue', 'finding')),
  a INTEGER NOT NULL,       -- merge: the lesser id of two places; issue: its
                            -- row; finding: the hash of its evidence
  b INTEGER NOT NULL,       -- merge: the other; else 0
  rule TEXT NOT NULL,       -- "dedupe", or the rule that found it
  score REAL NOT NULL,      -- merge: 0 to 1; else 0
  severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 2),
  band TEXT CHECK (band IN ('duplicate', 'review')), -- merge
  message TEXT NOT NULL,    -- Chinese
  message_en TEXT,
  about INTEGER,            -- the place or address; merge: a
  other INTEGER,            -- the record it clashes with; merge: b
  subject TEXT CHECK (subject IN ('place', 'address', 'claim', 'change')),
                            -- NULL: a row that was rejected
  code TEXT NOT NULL DEFAULT '', -- of the nearest division
  fix_field TEXT,           -- finding: what mends it, if known
  fix TEXT,
  is_automatic INTEGER NOT NULL DEFAULT 0 CHECK (is_automatic IN (0, 1)),
  evidence TEXT,            -- JSON
  rank REAL NOT NULL,       -- the order of the list: worst first
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN
    ('open', 'accepted', 'rejected', 'waived', 'fixed', 'gone')),
  version INTEGER NOT NULL DEFAULT 1, -- grows with each decision
  decision INTEGER REFERENCES merge_decision (id), -- a merge or edit in force
  seen INTEGER NOT NULL DEFAULT 0, -- finding: the last check that found it
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  UNIQUE (kind, a, b)
) STRICT;

INSERT INTO review_new (id, kind, a, b, rule, score, severity, band, message,
  message_en, about, other, subject, rank, state, version, decision, at)
SELECT r.id, r.kind, r.a, r.b, r.rule, r.score, COALESCE(i.severity, 1),
  iif(r.kind = 'merge', 'review', NULL), r.message, r.message_en,
  iif(r.kind = 'merge', r.a, i.about), iif(r.kind = 'merge', r.b, NULL),
  CASE WHEN r.kind = 'merge' THEN 'place'
    WHEN i.about IN (SELECT id FROM address) THEN 'address'
    WHEN i.about IS NOT NULL THEN 'place' END,
  iif(r.kind = 'merge', 2 + r.score, iif(i.severity = 2, 3.5, i.severity)),
  r.state, r.version, r.decision, r.at
FROM review r LEFT JOIN issue i ON r.kind = 'issue' AND i.id = r.a;

UPDATE review_new SET code = COALESCE((
  WITH RECURSIVE up (code, parent, depth) AS (
    SELECT code, parent, 0 FROM place WHERE id = review_new.about
      OR id = (SELECT parent FROM address WHERE id = review_new.about)
    UNION ALL
    SELECT p.code, p.parent, depth + 1 FROM up JOIN place p ON p.id = up.parent
      WHERE depth < 8)
  SELECT code FROM up WHERE code <> '' ORDER BY depth LIMIT 1), '');

CREATE TABLE review_event_new (
  id INTEGER PRIMARY KEY,
  review INTEGER NOT NULL REFERENCES review_new (id),
  version INTEGER NOT NULL, -- that it made
  action TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'waive', 'edit',
    'undo', 'gone', 'reopen')), -- the last two are what a check finds
  who TEXT NOT NULL CHECK (who <> ''), -- the officer, or the name of the key
  key TEXT,                 -- id of the access key; NULL: on this machine
  why TEXT,
  field TEXT,               -- of an edit, or of a fix that was accepted
  value TEXT,
  batch INTEGER,            -- decided together: the first event's id
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

INSERT INTO review_event_new (id, review, version, action, who, why, at)
  SELECT id, review, version, action, who, why, at FROM review_event;

DROP TABLE review_event;
DROP TABLE review;
ALTER TABLE review_new RENAME TO review;
ALTER TABLE review_event_new RENAME TO review_event;

CREATE INDEX review_rank ON review (state, rank DESC, id);
CREATE INDEX review_rule ON review (rule, state);
CREATE INDEX review_about ON review (about) WHERE about IS NOT NULL;
CREATE INDEX review_event_review ON review_event (review, version);
CREATE INDEX review_event_batch ON review_event (batch) WHERE batch IS NOT NULL;
