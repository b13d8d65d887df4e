-- Reports to domains about the TLS of their mail hosts (RFC 8460), and where each goes.
CREATE TABLE tls_report (
  id         TEXT    NOT NULL PRIMARY KEY,
  domain     TEXT    NOT NULL,
  begins_at  INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL,
  made_at    INTEGER NOT NULL,
  succeeded  INTEGER NOT NULL,
  failed     INTEGER NOT NULL,
  body       BLOB    NOT NULL,
  owner      TEXT    NOT NULL
);

CREATE UNIQUE INDEX tls_report_of ON tls_report (domain, begins_at);
CREATE INDEX tls_report_age ON tls_report (made_at);

CREATE TABLE tls_delivery (
  report     TEXT    NOT NULL,
  uri        TEXT    NOT NULL,
  owner      TEXT    NOT NULL,
  state      TEXT    NOT NULL,
  due        INTEGER NOT NULL,
  attempts   INTEGER NOT NULL,
  ended_at   INTEGER,
  last_error TEXT,
  message    INTEGER,
  PRIMARY KEY (report, uri)
) WITHOUT ROWID;

CREATE INDEX tls_delivery_due ON tls_delivery (owner, state, due);
