-- Entries of the ledger that make incidents: role 1 opens one, 2 ends those of its subject before it, 3 says that the one it is about was shared.
CREATE TABLE incident_entry (
  seq   BIGINT  NOT NULL,
  role  INTEGER NOT NULL,
  kind  INTEGER NOT NULL,
  key   TEXT COLLATE "C" NOT NULL,
  at    BIGINT  NOT NULL,
  about TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (seq, role)
);

CREATE INDEX incident_entry_at ON incident_entry (role, at, seq);
CREATE INDEX incident_entry_subject ON incident_entry (role, kind, key, at, seq);
CREATE INDEX incident_entry_about ON incident_entry (about, seq) WHERE role = 3;
