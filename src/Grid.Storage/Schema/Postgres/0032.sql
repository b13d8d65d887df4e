-- What waits aside by its domain, as one domain's is counted.
CREATE INDEX envelope_aside_domain ON envelope (owner, domain, tenant, message) WHERE waiting = 2;
