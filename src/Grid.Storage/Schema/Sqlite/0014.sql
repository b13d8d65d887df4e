-- Where tenants want their outcomes sent.
CREATE TABLE webhook (
  tenant       TEXT    NOT NULL,
  name         TEXT    NOT NULL,
  url          TEXT    NOT NULL,
  events       INTEGER NOT NULL, -- a bit for each kind of outcome, 2 to the power of its number
  format       INTEGER NOT NULL,
  secret       BLOB    NOT NULL,
  old_secret   BLOB,
  old_until    INTEGER,
  paused_at    INTEGER,
  pause_reason TEXT,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (tenant, name)
) WITHOUT ROWID;

-- How far each owner's log has been sent.
CREATE TABLE webhook_progress (
  owner           TEXT    NOT NULL,
  tenant          TEXT    NOT NULL,
  name            TEXT    NOT NULL,
  position        INTEGER NOT NULL,
  through         INTEGER NOT NULL, -- end of the batch under way; 0 without one
  attempts        INTEGER NOT NULL,
  failing_since   INTEGER,
  next_at         INTEGER,
  last_success_at INTEGER,
  last_failure_at INTEGER,
  last_error      TEXT,
  PRIMARY KEY (owner, tenant, name)
) WITHOUT ROWID;
