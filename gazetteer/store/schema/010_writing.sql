-- 010: writing over HTTP: change groups that can be undone, the audit log, the
-- use of keys, webhooks. None of it is belief: nothing here is journaled.

-- ---- change groups: what one request changed ----

CREATE TABLE edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  action TEXT NOT NULL,     -- "place-create", "name-add", "undo" ...
  about INTEGER NOT NULL,   -- the place or address
  first INTEGER NOT NULL,   -- the entries of the journal that it made
  last INTEGER NOT NULL,
  who TEXT NOT NULL CHECK (who <> ''), -- whose key, or the officer
  key TEXT NOT NULL,        -- id of the key; "": none
  why TEXT NOT NULL CHECK (why <> ''),
  request TEXT,             -- id of the request, as in the log
  source INTEGER REFERENCES source (id), -- who says so; NULL: an undo
  edition TEXT,
  record INTEGER REFERENCES record (id), -- the request, word for word
  undoes INTEGER REFERENCES edit (id),
  undone INTEGER REFERENCES edit (id), -- by this one; NULL: it stands
  changeset BLOB NOT NULL   -- of SQLite's session extension, for the undo
) STRICT;
CREATE INDEX edit_first ON edit (first);
CREATE INDEX edit_about ON edit (about);

-- A request that is sent again (its answer was lost) is answered with the
-- first answer. Kept for a week.
CREATE TABLE edit_answer (
  key TEXT NOT NULL,        -- id of the access key
  token TEXT NOT NULL,      -- Idempotency-Key
  hash INTEGER NOT NULL,    -- of method, path and body
  status INTEGER NOT NULL,
  etag TEXT,
  location TEXT,
  body TEXT NOT NULL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  PRIMARY KEY (key, token)
) STRICT, WITHOUT ROWID;

-- ---- who did what, and who was turned away ----

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  what TEXT NOT NULL CHECK (what IN ('write', 'use', 'denied', 'admin')),
  who TEXT NOT NULL,        -- name of the key, or the officer; "": the public
  key TEXT NOT NULL,        -- id of the key; "": none
  address TEXT NOT NULL,    -- from where; "": this machine's command line
  request TEXT NOT NULL,    -- id, as in the log and in X-Request-Id
  method TEXT NOT NULL,
  path TEXT NOT NULL,       -- never the query
  status INTEGER NOT NULL,  -- of the answer
  times INTEGER NOT NULL,   -- alike within a second: one line
  detail TEXT               -- of a write: "place-create 9"; NULL: none
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;

CREATE TABLE key_use (      -- requests of a day, so that a restart forgets none
  key TEXT NOT NULL,
  day INTEGER NOT NULL,     -- as in base/date.h
  used INTEGER NOT NULL,
  PRIMARY KEY (key, day)
) STRICT, WITHOUT ROWID;

-- ---- webhooks: the change feed, carried to who asked for it ----

CREATE TABLE webhook (
  id TEXT PRIMARY KEY CHECK (length(id) = 8),
  name TEXT NOT NULL CHECK (name <> ''), -- whose it is
  url TEXT NOT NULL,
  secret BLOB NOT NULL CHECK (length(secret) = 32), -- of the signature
  roles INTEGER NOT NULL,   -- gaz_role bits: what it may see
  since INTEGER NOT NULL,   -- entries up to here are delivered, or dead
  attempts INTEGER NOT NULL DEFAULT 0, -- of the delivery that is due
  next_at INTEGER NOT NULL DEFAULT 0,  -- not before (ms since 1970)
  failure TEXT,             -- of the last attempt; NULL: it went well
  delivered TEXT,           -- when, last
  paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
  created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE webhook_dead ( -- given up after many attempts; can be replayed
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  since INTEGER NOT NULL,   -- entries after this one ...
  last INTEGER NOT NULL,    -- ... up to this one
  attempts INTEGER NOT NULL,
  failure TEXT NOT NULL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  due INTEGER NOT NULL DEFAULT 0 CHECK (due IN (0, 1)) -- to be sent again
) STRICT;
CREATE INDEX webhook_dead_webhook ON webhook_dead (webhook);
