-- Reports to domains about the TLS of their mail hosts (RFC 8460), and where each goes.
CREATE TABLE tls_report (
  id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  domain     TEXT COLLATE "C" NOT NULL,
  begins_at  BIGINT NOT NULL,
  ends_at    BIGINT NOT NULL,
  made_at    BIGINT NOT NULL,
  succeeded  BIGINT NOT NULL,
  failed     BIGINT NOT NULL,
  body       BYTEA   NOT NULL,
  owner      TEXT COLLATE "C" NOT NULL
);

CREATE UNIQUE INDEX tls_report_of ON tls_report (domain, begins_at);
CREATE INDEX tls_report_age ON tls_report (made_at);

CREATE TABLE tls_delivery (
  report     TEXT COLLATE "C" NOT NULL,
  uri        TEXT COLLATE "C" NOT NULL,
  owner      TEXT COLLATE "C" NOT NULL,
  state      TEXT COLLATE "C" NOT NULL,
  due        BIGINT NOT NULL,
  attempts   INTEGER NOT NULL,
  ended_at   BIGINT,
  last_error TEXT,
  message    BIGINT,
  PRIMARY KEY (report, uri)
);

CREATE INDEX tls_delivery_due ON tls_delivery (owner, state, due);
