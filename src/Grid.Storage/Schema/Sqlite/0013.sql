-- An address may be suppressed for all of a tenant's mail (scope 0), for its bulk mail only (1), or once for each.
CREATE TABLE suppression_scoped (
  tenant  TEXT    NOT NULL,
  address TEXT    NOT NULL,
  scope   INTEGER NOT NULL,
  reason  INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  by      TEXT    NOT NULL,
  detail  TEXT,
  PRIMARY KEY (tenant, address, scope)
) WITHOUT ROWID;

INSERT INTO suppression_scoped (tenant, address, scope, reason, at, by, detail) SELECT tenant, address, 0, reason, at, by, detail FROM suppression;

DROP TABLE suppression;

ALTER TABLE suppression_scoped RENAME TO suppression;

CREATE TABLE abuse_report (
  number     INTEGER PRIMARY KEY AUTOINCREMENT,
  at         INTEGER NOT NULL,
  source     INTEGER NOT NULL,
  why        TEXT    NOT NULL,
  peer       TEXT    NOT NULL,
  reporter   TEXT    NOT NULL,
  sender     TEXT    NOT NULL,
  spammed    TEXT    NOT NULL,
  spammed_at TEXT    NOT NULL,
  words      TEXT    NOT NULL,
  tenant     TEXT,
  message    INTEGER,
  verdict    TEXT,
  decided_at INTEGER,
  action     TEXT,
  evidence   BLOB    NOT NULL
);

CREATE INDEX abuse_report_at ON abuse_report (at);
