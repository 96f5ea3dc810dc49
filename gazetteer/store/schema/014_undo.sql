-- 014: what a decision changed is kept as the changes of an editor are (010):
-- as a changeset of SQLite's session extension. docs/decisions/0003.

-- Emptied by the undo. Not journaled: the journal has the rows themselves.
CREATE TABLE merge_change (
  decision INTEGER PRIMARY KEY REFERENCES merge_decision (id),
  changeset BLOB NOT NULL
) STRICT;

-- What it kept cannot be turned into changesets: merges and corrections that
-- stand from before stay as they are, and are not undone any more.
DROP TABLE merge_cell;
