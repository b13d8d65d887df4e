-- Hard bounces of addresses that are not suppressed yet, as their tenants' policies ask for more than one.
CREATE TABLE hard_bounce (
  tenant   TEXT COLLATE "C" NOT NULL,
  address  TEXT COLLATE "C" NOT NULL,
  count    INTEGER NOT NULL,
  at       BIGINT NOT NULL, -- of the last
  occasion TEXT    NOT NULL, -- what the last was about
  PRIMARY KEY (tenant, address)
);
CREATE INDEX hard_bounce_at ON hard_bounce (at);
