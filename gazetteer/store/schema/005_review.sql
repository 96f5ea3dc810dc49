-- 005: merges that can be undone to the byte, and the queue of what a clerk
-- decides.

-- ---- merges ----

ALTER TABLE merge_decision ADD COLUMN why TEXT;
ALTER TABLE merge_decision ADD COLUMN undone_by TEXT;
ALTER TABLE merge_decision ADD COLUMN undone_why TEXT;

-- Every value that a merge changed, so that an undo puts it back. ANY keeps
-- numbers, texts and geometry blobs as they are. Emptied by the undo.
CREATE TABLE merge_cell (
  decision INTEGER NOT NULL REFERENCES merge_decision (id),
  tab TEXT NOT NULL,
  row INTEGER NOT NULL,     -- its primary key
  col TEXT NOT NULL,
  was INTEGER NOT NULL CHECK (was IN (0, 1)), -- the row was there before
  has INTEGER NOT NULL CHECK (has IN (0, 1)), -- it was there after
  old ANY,
  new ANY,
  PRIMARY KEY (decision, tab, row, col)
) STRICT, WITHOUT ROWID;

-- The journal's triggers of 002, with the new columns.
DROP TRIGGER merge_decision_journal_insert;
CREATE TRIGGER merge_decision_journal_insert AFTER INSERT ON merge_decision BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'merge_decision', NEW.id, 'I', NEW.kept,
    NULL,
    json_object('kept', NEW.kept, 'merged', NEW.merged, 'score',
      NEW.score, 'decided_by', NEW.decided_by, 'decided_at',
      NEW.decided_at, 'why', NEW.why, 'before', NEW.before));
END;

DROP TRIGGER merge_decision_journal_update;
CREATE TRIGGER merge_decision_journal_update AFTER UPDATE ON merge_decision BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'merge_decision', NEW.id, 'U', NEW.kept,
    json_object('undone_at', OLD.undone_at, 'undone_by', OLD.undone_by,
      'undone_why', OLD.undone_why),
    json_object('undone_at', NEW.undone_at, 'undone_by', NEW.undone_by,
      'undone_why', NEW.undone_why));
END;

-- ---- the queue. Work, not belief: not journaled; review_event is the trail.

CREATE TABLE review (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'issue')),
  a INTEGER NOT NULL,       -- merge: the lesser id of two places; issue: its row
  b INTEGER NOT NULL,       -- merge: the other; issue: 0
  rule TEXT NOT NULL,       -- "dedupe", or the rule that found the issue
  score REAL NOT NULL,      -- merge: 0 to 1; issue: 0
  message TEXT NOT NULL,    -- Chinese
  message_en TEXT,
  state TEXT NOT NULL DEFAULT 'open'
    CHECK (state IN ('open', 'accepted', 'rejected')),
  version INTEGER NOT NULL DEFAULT 1, -- grows with each decision
  decision INTEGER REFERENCES merge_decision (id), -- of an accepted merge
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  UNIQUE (kind, a, b)
) STRICT;
CREATE INDEX review_open ON review (state, score);

CREATE TABLE review_event (
  id INTEGER PRIMARY KEY,
  review INTEGER NOT NULL REFERENCES review (id),
  version INTEGER NOT NULL, -- that it made
  action TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'undo')),
  who TEXT NOT NULL CHECK (who <> ''),
  why TEXT,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
CREATE INDEX review_event_review ON review_event (review);
