-- An address may be suppressed for all of a tenant's mail (scope 0), for its bulk mail only (1), or once for each.
ALTER TABLE suppression ADD COLUMN scope INTEGER NOT NULL DEFAULT 0;

ALTER TABLE suppression DROP CONSTRAINT suppression_pkey;

ALTER TABLE suppression ADD PRIMARY KEY (tenant, address, scope);

CREATE TABLE abuse_report (
  number     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         BIGINT  NOT NULL,
  source     INTEGER NOT NULL,
  why        TEXT    NOT NULL,
  peer       TEXT    NOT NULL,
  reporter   TEXT    NOT NULL,
  sender     TEXT    NOT NULL,
  spammed    TEXT    NOT NULL,
  spammed_at TEXT    NOT NULL,
  words      TEXT    NOT NULL,
  tenant     TEXT COLLATE "C",
  message    BIGINT,
  verdict    TEXT,
  decided_at BIGINT,
  action     TEXT,
  evidence   BYTEA   NOT NULL
);

CREATE INDEX abuse_report_at ON abuse_report (at);
