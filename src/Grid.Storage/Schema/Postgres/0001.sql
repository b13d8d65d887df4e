-- Times are milliseconds since 1970-01-01 UTC unless a name says otherwise. Enumerations are the numbers of the vocabulary.
-- Text that is compared or ordered has collation "C": the order of code points, as in the embedded store.

-- A process, under its name. It holds an advisory lock on that name while its session lives; lease_until is its sign of life.
CREATE TABLE owner (
  id          INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name        TEXT COLLATE "C" NOT NULL UNIQUE,
  incarnation BIGINT NOT NULL,
  lease_until BIGINT NOT NULL
);

CREATE TABLE message (
  id          BIGINT PRIMARY KEY,
  tenant      TEXT COLLATE "C" NOT NULL,
  accepted_at BIGINT NOT NULL,
  stream      INTEGER NOT NULL,
  campaign    TEXT,
  details     TEXT,
  recipients  INTEGER NOT NULL
);

-- Bodies up to about 8 KiB stay in the row; none is compressed.
CREATE TABLE body (
  message BIGINT PRIMARY KEY,
  bytes   BYTEA NOT NULL
) WITH (toast_tuple_target = 8160);

ALTER TABLE body ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Live recipients only. waiting = 0: the owner's memory holds it, and no index entry is paid.
CREATE TABLE envelope (
  message     BIGINT NOT NULL,
  recipient   INTEGER NOT NULL,
  owner       INTEGER NOT NULL,
  tenant      TEXT COLLATE "C" NOT NULL,
  domain      TEXT COLLATE "C" NOT NULL,
  address     TEXT NOT NULL,
  pool        TEXT COLLATE "C" NOT NULL,
  flags       INTEGER NOT NULL,
  size        INTEGER NOT NULL,
  recipients  INTEGER NOT NULL,
  attempts    INTEGER NOT NULL,
  accepted_at BIGINT NOT NULL,
  due         BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  waiting     INTEGER NOT NULL,
  PRIMARY KEY (message, recipient)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX envelope_waiting ON envelope (owner, tenant, domain, due, message, recipient, pool) WHERE waiting = 1;

CREATE TABLE outcome (
  owner          INTEGER NOT NULL,
  position       BIGINT NOT NULL,
  at             BIGINT NOT NULL,
  kind           INTEGER NOT NULL,
  message        BIGINT NOT NULL,
  recipient      INTEGER NOT NULL,
  tenant         TEXT COLLATE "C" NOT NULL,
  address        TEXT NOT NULL,
  domain         TEXT COLLATE "C" NOT NULL,
  stream         INTEGER NOT NULL,
  site           TEXT NOT NULL,
  ip             TEXT COLLATE "C" NOT NULL,
  attempt        INTEGER NOT NULL,
  reply_code     INTEGER,
  reply_enhanced TEXT,
  reply_text     TEXT,
  reason         INTEGER NOT NULL,
  about          INTEGER NOT NULL,
  hard           INTEGER NOT NULL,
  delivered_at   BIGINT,
  clause         TEXT,
  PRIMARY KEY (owner, position)
);

CREATE INDEX outcome_message ON outcome (message);

-- What follows a delivery is logged once for each recipient and kind.
CREATE UNIQUE INDEX outcome_after_delivery ON outcome (message, recipient, kind) WHERE kind IN (7, 8) OR delivered_at IS NOT NULL;

CREATE TABLE outcome_day (
  day    BIGINT NOT NULL, -- days since 1970-01-01
  tenant TEXT COLLATE "C" NOT NULL,
  ip     TEXT COLLATE "C" NOT NULL,
  domain TEXT COLLATE "C" NOT NULL,
  kind   INTEGER NOT NULL,
  count  BIGINT NOT NULL,
  PRIMARY KEY (day, tenant, ip, domain, kind)
);

CREATE TABLE idempotency (
  tenant   TEXT COLLATE "C" NOT NULL,
  key      TEXT COLLATE "C" NOT NULL,
  hash     BYTEA NOT NULL,
  response BYTEA NOT NULL,
  at       BIGINT NOT NULL,
  PRIMARY KEY (tenant, key)
);

CREATE INDEX idempotency_at ON idempotency (at);

CREATE TABLE decision (
  seq  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id   TEXT COLLATE "C" NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  key  TEXT COLLATE "C" NOT NULL,
  at   BIGINT NOT NULL,
  json TEXT NOT NULL
);

CREATE INDEX decision_subject ON decision (kind, key, seq);

CREATE TABLE standing (
  kind     INTEGER NOT NULL,
  key      TEXT COLLATE "C" NOT NULL,
  standing INTEGER NOT NULL,
  since    BIGINT NOT NULL,
  json     TEXT NOT NULL,
  PRIMARY KEY (kind, key)
);

-- written: the transaction that added it, by which other processes find what is new to them.
CREATE TABLE suppression (
  tenant  TEXT COLLATE "C" NOT NULL,
  address TEXT COLLATE "C" NOT NULL,
  reason  INTEGER NOT NULL,
  at      BIGINT NOT NULL,
  by      TEXT NOT NULL,
  detail  TEXT,
  written XID8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (tenant, address)
);

CREATE INDEX suppression_written ON suppression (written);

CREATE TABLE api_key (
  id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  tenant     TEXT COLLATE "C" NOT NULL,
  hash       BYTEA NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE INDEX api_key_tenant ON api_key (tenant);

CREATE TABLE registry (
  kind TEXT COLLATE "C" NOT NULL,
  key  TEXT COLLATE "C" NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (kind, key)
);

CREATE TABLE grain_state (
  name TEXT COLLATE "C" NOT NULL,
  id   TEXT COLLATE "C" NOT NULL,
  etag TEXT NOT NULL,
  data BYTEA NOT NULL,
  PRIMARY KEY (name, id)
);

CREATE TABLE reminder (
  grain_id     TEXT COLLATE "C" NOT NULL,
  name         TEXT COLLATE "C" NOT NULL,
  start_ticks  BIGINT NOT NULL, -- of 100 ns since 0001-01-01 UTC
  period_ticks BIGINT NOT NULL, -- of 100 ns
  etag         TEXT NOT NULL,
  PRIMARY KEY (grain_id, name)
);

CREATE TABLE meta (
  name   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  number BIGINT NOT NULL,
  bytes  BYTEA
);
