-- Recipients who were asked by mail to confirm that they agree.
CREATE TABLE confirmation (
  id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  tenant       TEXT COLLATE "C" NOT NULL,
  address      TEXT COLLATE "C" NOT NULL, -- normal form
  topic        TEXT COLLATE "C" NOT NULL,
  recipient    TEXT    NOT NULL, -- the address as it was given
  list         TEXT    NOT NULL,
  source       TEXT,
  notice       TEXT,
  asked_at     BIGINT NOT NULL,
  sent_at      BIGINT NOT NULL,
  sent         INTEGER NOT NULL,
  message      BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  confirmed_at BIGINT
);

CREATE UNIQUE INDEX confirmation_of ON confirmation (tenant, address, topic);
CREATE INDEX confirmation_expiry ON confirmation (expires_at);
