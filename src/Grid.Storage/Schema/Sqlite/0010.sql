-- The ledger is a chain: each entry has its number in it (link, from 1, without gaps), the hash of the entry before, and its own.
-- The head of the chain stands in meta under "ledger", so that a missing end is noticed too.
ALTER TABLE decision ADD COLUMN link INTEGER;
ALTER TABLE decision ADD COLUMN previous BLOB;
ALTER TABLE decision ADD COLUMN hash BLOB;
CREATE UNIQUE INDEX decision_link ON decision (link);

-- What a judgement needs besides the count: hard bounces, refusals for reputation, deliveries at receivers that report complaints.
ALTER TABLE outcome_day ADD COLUMN hard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outcome_day ADD COLUMN blocks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outcome_day ADD COLUMN reporting INTEGER NOT NULL DEFAULT 0;
