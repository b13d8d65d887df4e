-- From here on the secrets of webhooks are sealed, each when the host next starts: an earlier version would sign with what it can't open.
UPDATE webhook SET secret = secret WHERE tenant = '';
