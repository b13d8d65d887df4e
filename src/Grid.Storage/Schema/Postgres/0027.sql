-- Campaign of a recipient's message, as a campaign's mail can be held. waiting = 2: it is held while other mail of its tenant goes, and waits aside, in nobody's way.
ALTER TABLE envelope ADD COLUMN campaign TEXT;
UPDATE envelope SET campaign = message.campaign FROM message WHERE message.id = envelope.message AND message.campaign IS NOT NULL;
CREATE INDEX envelope_aside ON envelope (owner, tenant, message, recipient) WHERE waiting = 2;
