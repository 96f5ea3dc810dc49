-- 004: what checks found over time, so that the progress of a clean-up shows.
-- Written by `diming check --keep` only. Not beliefs: not journaled.

CREATE TABLE quality_run (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  day INTEGER NOT NULL,     -- YYYYMMDD whose rules judged
  scope TEXT NOT NULL,      -- division code and source of a part; "": all
  places INTEGER NOT NULL,
  addresses INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  hints INTEGER NOT NULL
) STRICT;

CREATE TABLE quality_indicator (
  run INTEGER NOT NULL REFERENCES quality_run (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,       -- id in data/rules
  tested INTEGER NOT NULL,
  found INTEGER NOT NULL,
  value REAL,               -- per cent, of indicators
  target REAL,
  PRIMARY KEY (run, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX quality_indicator_rule ON quality_indicator (rule);
