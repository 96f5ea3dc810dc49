-- 003: who may use the service: keys of departments. The key itself is never
-- stored, only its SHA-256; it has 160 random bits, so that no salt is needed.

CREATE TABLE access_key (
  id TEXT PRIMARY KEY CHECK (length(id) = 8), -- the part that is no secret
  name TEXT NOT NULL CHECK (name <> ''),      -- whose it is
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  roles INTEGER NOT NULL,     -- gaz_role bits
  per_day INTEGER NOT NULL CHECK (per_day >= 0), -- requests; 0: any number
  expires INTEGER NOT NULL,   -- day, as in base/date.h; 0: never
  created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  revoked TEXT                -- NULL: in force
) STRICT;
