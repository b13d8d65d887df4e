-- What cases are found by; each is written with its document in the registry. unlooked = 1: open, and nobody looked at it.
CREATE TABLE case_entry (
  id       TEXT    NOT NULL PRIMARY KEY,
  kind     INTEGER NOT NULL,
  key      TEXT    NOT NULL,
  is_open  INTEGER NOT NULL,
  unlooked INTEGER NOT NULL,
  due      INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX case_entry_subject ON case_entry (kind, key, id);
CREATE INDEX case_entry_subject_open ON case_entry (kind, key, is_open, id);
CREATE INDEX case_entry_open ON case_entry (is_open, id);
CREATE INDEX case_entry_unlooked ON case_entry (unlooked, id, due);
