-- Where tenants want their outcomes sent.
CREATE TABLE webhook (
  tenant       TEXT COLLATE "C" NOT NULL,
  name         TEXT COLLATE "C" NOT NULL,
  url          TEXT    NOT NULL,
  events       INTEGER NOT NULL, -- a bit for each kind of outcome, 2 to the power of its number
  format       INTEGER NOT NULL,
  secret       BYTEA   NOT NULL,
  old_secret   BYTEA,
  old_until    BIGINT,
  paused_at    BIGINT,
  pause_reason TEXT,
  created_at   BIGINT NOT NULL,
  PRIMARY KEY (tenant, name)
);

-- How far each owner's log has been sent.
CREATE TABLE webhook_progress (
  owner           TEXT COLLATE "C" NOT NULL,
  tenant          TEXT COLLATE "C" NOT NULL,
  name            TEXT COLLATE "C" NOT NULL,
  position        BIGINT NOT NULL,
  through         BIGINT NOT NULL, -- end of the batch under way; 0 without one
  attempts        INTEGER NOT NULL,
  failing_since   BIGINT,
  next_at         BIGINT,
  last_success_at BIGINT,
  last_failure_at BIGINT,
  last_error      TEXT,
  PRIMARY KEY (owner, tenant, name)
);
