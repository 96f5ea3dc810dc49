-- 012: addresses are merged too. Places and addresses have ids of one kind, but
-- each redirect names a row that must be there, so there is a table for each.

CREATE TABLE address_redirect ( -- a merged id still finds its address
  merged INTEGER PRIMARY KEY,
  kept INTEGER NOT NULL REFERENCES address (id),
  decision INTEGER REFERENCES merge_decision (id),
  text TEXT NOT NULL,       -- as it was written: a source that says so again
  parent INTEGER REFERENCES place (id) -- under this place means `kept`
) STRICT;
CREATE INDEX address_redirect_kept ON address_redirect (kept);
CREATE INDEX address_redirect_text ON address_redirect (text);
CREATE INDEX address_redirect_parent ON address_redirect (parent)
  WHERE parent IS NOT NULL;

-- The ids that are no more, of both kinds.
CREATE VIEW merged_id AS
  SELECT merged, kept FROM redirect
  UNION ALL SELECT merged, kept FROM address_redirect;

CREATE TRIGGER address_redirect_journal_insert AFTER INSERT ON address_redirect BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'address_redirect', NEW.merged, 'I', NEW.kept,
    NULL,
    json_object('merged', NEW.merged, 'kept', NEW.kept, 'decision',
      NEW.decision, 'text', NEW.text, 'parent', NEW.parent));
END;

CREATE TRIGGER address_redirect_journal_update AFTER UPDATE ON address_redirect BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'address_redirect', NEW.merged, 'U', NEW.kept,
    json_object('merged', OLD.merged, 'kept', OLD.kept, 'decision',
      OLD.decision, 'text', OLD.text, 'parent', OLD.parent),
    json_object('merged', NEW.merged, 'kept', NEW.kept, 'decision',
      NEW.decision, 'text', NEW.text, 'parent', NEW.parent));
END;

CREATE TRIGGER address_redirect_journal_delete AFTER DELETE ON address_redirect BEGIN
  INSERT INTO journal (tab, row, op, about, before, after)
  VALUES (
    'address_redirect', OLD.merged, 'D', OLD.kept,
    json_object('merged', OLD.merged, 'kept', OLD.kept, 'decision',
      OLD.decision, 'text', OLD.text, 'parent', OLD.parent),
    NULL);
END;
