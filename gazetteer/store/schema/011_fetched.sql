-- 011: what other hosts gave to `diming import URL`.

CREATE TABLE fetched ( -- a document as it came; the next import asks whether it
                       -- changed; no facts, so not journaled
  door TEXT NOT NULL CHECK (door <> ''), -- the URL of the command
  url TEXT NOT NULL CHECK (url <> ''),   -- of the document, or of this page
  etag TEXT NOT NULL CHECK (etag <> ''), -- that the host gave
  bytes BLOB NOT NULL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  PRIMARY KEY (door, url)
) STRICT;
