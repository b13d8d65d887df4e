-- Hard bounces of addresses that are not suppressed yet, as their tenants' policies ask for more than one.
CREATE TABLE hard_bounce (
  tenant   TEXT NOT NULL,
  address  TEXT NOT NULL,
  count    INTEGER NOT NULL,
  at       INTEGER NOT NULL, -- of the last
  occasion TEXT    NOT NULL, -- what the last was about
  PRIMARY KEY (tenant, address)
) WITHOUT ROWID;
CREATE INDEX hard_bounce_at ON hard_bounce (at);
