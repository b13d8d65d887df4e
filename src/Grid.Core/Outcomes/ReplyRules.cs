using Grid.Core.Vocabulary;

namespace Grid.Core.Outcomes;

/// <summary>
/// The classifier's rules, in the order in which they are tried: what receivers say before what their codes say, as many use one
/// code for everything. Phrases are lower case. What misleads comes first: a rate that looks like a dead mailbox, a refused sender
/// that looks like an unknown domain, a list that could not be asked.
/// </summary>
internal static class ReplyRules
{
    private const ReplyAbout Recipient = ReplyAbout.Recipient;
    private const ReplyAbout Tenant = ReplyAbout.Tenant;
    private const ReplyAbout Ip = ReplyAbout.Ip;
    private const ReplyAbout Receiver = ReplyAbout.Receiver;

    public static readonly ReplyRule[] ByText =
    [
        // A list that answers 127.255.255.x refuses the query (open resolver, too many queries): the receiver's fault, no listing.
        new("list-query-error", ReplyReason.Other, Receiver, false, ["127.255.255.", "open resolver", "spamhaus.org/returnc", "query limit"]),

        // One mailbox that gets too much, in whatever code (Gmail says 450 4.2.1 and 550 5.2.1).
        new("recipient-rate", ReplyReason.RateLimited, Recipient, false,
            ["receiving mail at a rate", "receiving mail too quickly", "receivingrate", "recipient is receiving too much", "mailbox is receiving too many"]),
        new("greylisted", ReplyReason.Greylisted, Receiver, false,
            ["greylist", "graylist", "grey list", "gray list", "grey-list", "gray-list", "greylisting", "postgrey", "deferred for policy. try again in"]),

        // Yahoo's codes. TS03, TSS09 and TSS11 say that retrying will not succeed.
        new("yahoo-permanently-deferred", ReplyReason.BlockedByReputation, Ip, false, ["[ts03]", "[tss03]", "[tss09]", "[tss11]", "will be permanently deferred"]),
        new("yahoo-deferred", ReplyReason.BlockedByReputation, Ip, false,
            ["[ts01]", "[ts02]", "[ts04]", "[ts05]", "[tss01]", "[tss02]", "[tss04]", "[tss05]", "[tss07]", "[ipts04]", "[ipts05]", "vs98-ip0", "unexpected volume or user complaints"]),
        new("yahoo-listed", ReplyReason.Listed, Ip, false, ["[bl21]", "[bl22]", "[bl23]", "[bl24]"]),

        // Blocked or limited for what the address has sent; limits before lists, as both speak of reputation.
        new("ip-rate", ReplyReason.RateLimited, Ip, false,
        [
            "unsolicitedratelimiterror", "unusual rate of unsolicited mail", "has been rate limited", "temporarily rate limited", "rate limit", "rate-limit", "ratelimit", "throttl",
            "too many connections", "too many concurrent", "concurrent connections", "concurrent server connections", "trop de connexions", "max message per connection", "maximum number of connections",
            "maximum number of messages per connection", "too many messages", "too many recipients in this session", "sending too fast", "frequency limited", "try again later. (as777",
            "server busy", "excessive rate", "too much mail from", "message rate exceeded", "hourly limit", "daily limit", "connection limit", "relay quota", "sending quota", "sending limit", "daily sending",
        ]),
        new("comcast-rate", ReplyReason.RateLimited, Ip, false, ["rl0000"]) { Host = "comcast.net" },
        new("comcast-blocked", ReplyReason.BlockedByReputation, Ip, false, ["bl0000"]) { Host = "comcast.net" },
        new("reverse-dns", ReplyReason.BlockedByReputation, Ip, false,
        [
            "ptr record", "reverse dns", "reverse hostname", "reverse lookup", "no rdns", "rdns", "ip name lookup failed", "cannot find your hostname", "cannot find your reverse",
            "mismatches client ip", "client host rejected: cannot find", "forward dns", "fcrdns", "valid sender domain. fix",
        ]),

        // What the message lacks; said with words about spam and signatures.
        new("header-fault", ReplyReason.Protocol, Tenant, false,
        [
            "rfc compliant", "rfc 5322", "rfc5322", "rfc 2822", "rfc 822", "missing a valid address in from", "multiple addresses in from", "messages with multiple", "duplicate header", "header error", "bare lf",
            "bare cr", "bare newline", "line too long", "8-bit data", "missing date", "missing message-id", "may not follow", "this address has been ignored", "header error",
        ]),

        // What a list's manager answers: the group may be there or not, and the sender isn't let in.
        new("group-spam", ReplyReason.ContentRefused, Tenant, false, ["rejected due to spam classification"]),
        new("group-refused", ReplyReason.Policy, Receiver, false, ["permission to post", "google-gruppe", "groupe google", "groups.google.com/support", "not a member of the group", "only members can post", "not allowed to post"]),

        // What the sender's domain is missing.
        new("authentication", ReplyReason.AuthenticationFailed, Tenant, false,
        [
            "dmarc", "unauthenticated email", "sender is unauthenticated", "required authentication level", "does not pass authentication", "authentication checks", "spf check", "spf fail",
            "spf validation", "fails spf", "spf record", "sender policy framework", "(spf)", "dkim", "does not have authentication information", "authentication information",
            "domain alignment", "unauthenticated mail", "openspf", " spf: ", " spf ",
        ]),

        // The sender's address, which reads like a recipient's fault.
        new("sender-refused", ReplyReason.Policy, Tenant, false,
        [
            "sender address rejected", "sender address refused", "sender rejected", "sender verify failed", "sender denied", "unknown sender", "sender unknown", "invalid sender",
            "bad sender", "sender domain", "domain of sender", "mail from rejected", "return path", "banned sender", "unable to verify sender", "sender not allowed",
            "not allowed to send", "client not authenticated", "authentication required", "authrequired",
        ]),

        // Not the IP, but an address or a link that the receiver has on a list of its own.
        new("unreachable-domain", ReplyReason.BadDomain, Recipient, true, ["account or domain may not exist"]),
        new("address-listed", ReplyReason.Policy, Tenant, false, ["address that has been blacklisted"]),
        new("link-listed", ReplyReason.ContentRefused, Tenant, false, ["blacklisted url", "url in message", "blocked url"]),

        // A directory that doesn't list the user is no block list.
        new("not-listed", ReplyReason.UnknownUser, Recipient, true, ["user not listed in", "not listed in public name", "not listed in domino"]),

        // Lists and reputation.
        new("domain-listed", ReplyReason.Listed, Tenant, false,
            ["spamhaus dbl", "dbl.spamhaus", "surbl", "uribl", "domain present in", "url is listed", "link is listed", "listed by dbl", "domain blacklisted", "domain is listed"]),
        new("domain-reputation", ReplyReason.BlockedByReputation, Tenant, false, ["reputation of the sending domain", "reputation of the domain", "domain reputation", "sender reputation", "sender's reputation"]),
        new("listed", ReplyReason.Listed, Ip, false,
        [
            "spamhaus", "spamcop", "barracudacentral", "sorbs", "dnsbl", " rbl", "/rbl", "rbl.", "blacklist", "black list", "blocklist", "block list", "block-list", "blocked using", "listed at", "listed in", "is listed on",
            "on our block", "cloudmark.com/reset", "invaluement", "uceprotect", "senderscore", "proofpoint dynamic", "denylist", "deny list",
        ]),
        new("ip-reputation", ReplyReason.BlockedByReputation, Ip, false,
        [
            "unusual amount of unsolicited mail", "ip reputation", "reputation of the ip", "low reputation", "poor reputation", "bad reputation", "reputation", "banned sending ip", "(s3140)", "(s3150)",
            "new or untrusted ip", "untrusted ip", "blocked ip", "ip blocked", "ip address blocked", "ip is blocked", "ip address has been blocked", "ip has been blocked", "your ip", "client host blocked", "client host rejected",
            "temporarily deferred", "service refuse", "a problem occurred. (ask your postmaster", "not accepting connections from", "connections not accepted", "connections will not be accepted",
            "host rejected", "host is blocked", "adresse ip source bloquee", "unexpected volume", "user complaints", "aup#", "rp:orq", "[hm08]", "[hcm1]", "ip banned",
            "dynamic ip", "residential", "blocked by ldap", "blocked for abuse", "invalid ip for sending", "refused to talk to me", "unfortunately, messages from", "weren't sent. we recommend", "access denied, ip", "traffic not accepted", "from this ip", "mail server has been blocked", "hl:itc", "not accepting connections",
        ]),

        // What the message is.
        new("virus", ReplyReason.ContentRefused, Tenant, false, ["virus", "malware", "infected", "phishing", "trojan"]),
        new("content", ReplyReason.ContentRefused, Tenant, false,
        [
            "likely unsolicited", "unsolicited mail", "suspicious due to the nature", "spam", "junk mail", "content rejected", "content denied", "content refused", "content presents a potential",
            "illegal attachment", "attachment type", "attachment name", "attachment is not", "attachment not", "attachments are not", "attachments not", "type of attachment", "prohibited attachment", "banned attachment", "blocked attachment", "dangerous attachment", "unsafe attachment", "attachment rejected", "attachment blocked", "contains an attachment", "message content", "bulk mail", "ube,", "message filtered", "ofr_506", "ofr_8", "mail rejete", "[cs01]", "[hm07]", "dt:spm", "unwanted content", "content policy", "blocked because its content",
        ]),
        new("mailbox-size", ReplyReason.MailboxFull, Recipient, false, ["size limit"]) { Detail = "2.2" },
        new("size", ReplyReason.Size, Tenant, false,
            ["message size", "size limit", "message too large", "message too big", "message is too large", "too large for this recipient", "message length exceeds", "recipsizelimit", "exceeds maximum size", "exceeded the maximum message size", "file too big", "exceeds size", "line limit exceeded"]),

        // Where the mail can't go.
        new("loop", ReplyReason.Protocol, Receiver, false, ["too many hops", "hop count exceeded", "mail loop", "routing loop", "loops back", "loop detected"]),
        new("no-relay", ReplyReason.Protocol, Receiver, false, ["relay access denied", "relaying denied", "relay denied", "relaying not", "relay not permitted", "unable to relay", "not permitted to relay", "we do not relay", "cannot relay", "relay prohibited", "no relaying", "list of allowed rcpthosts", "relaying disallowed", "relaying is not", "no relay"]),
        new("too-many-recipients", ReplyReason.Policy, Receiver, false, ["too many recipients"]),

        // Mailboxes. Full is soft, whatever the code; full because nobody comes any more is not.
        new("mailbox-abandoned", ReplyReason.DisabledMailbox, Recipient, false, ["out of storage and inactive", "over quota and inactive", "full and inactive"]) { Ends = true },
        new("mailbox-full", ReplyReason.MailboxFull, Recipient, false,
        [
            "mailbox full", "mailbox is full", "mailbox too large", "over quota", "overquota", "quota exceeded", "exceeded quota", "exceeds quota", "exceeded storage", "quota", "out of storage", "insufficient storage", "not enough space",
            "exceeded his", "inbox is full", "storage limit", "disk full", "boite pleine", "postfach voll", "mailfolder is full", "mail folder is full", "mailbox exceeded", "mailbox has exceeded", "mailbox over",
        ]),
        // Suspended or locked may come back to life.
        new("mailbox-suspended", ReplyReason.DisabledMailbox, Recipient, false,
        [
            "account suspended", "account is suspended", "account has been suspended", "mailbox suspended", "mailbox is suspended", "user suspended", "account locked", "account is locked", "mailbox is locked",
            "mailbox is blocked", "temporarily disabled", "temporarily inactive", "temporarily suspended",
        ]),
        // A disabled mailbox is there, and may be enabled again (RFC 3463 x.2.1): not hard, and not mailed again.
        new("mailbox-disabled", ReplyReason.DisabledMailbox, Recipient, false,
        [
            "is disabled", "has been disabled", "account disabled", "mailbox disabled", "user disabled", "disableduser", "account is inactive", "mailbox is inactive", "inactive mailbox", "inactive user", "inactive account",
            "reach is inactive", "inactiveuser", "account closed", "account is closed", "account has been closed",
            "mailbox is closed", "account expired", "account has expired", "deactivated", "no longer active", "discontinued",
        ]) { Ends = true },
        new("invalid-address", ReplyReason.UnknownUser, Recipient, true, ["is not a valid rfc", "bad address syntax", "bad recipient address syntax", "malformed address"]),
        new("moved", ReplyReason.UnknownUser, Recipient, true, ["has moved", "recipient no longer", "no longer on server", "not our customer", "no forwarding address", "no longer with", "no longer valid", "no longer available", "user has left"]),

        // The sender's address again, told by the command or the status that it answers.
        new("after-mail", ReplyReason.Policy, Tenant, false, [" after mail @ ", "after mail from", "in reply to mail from"]),
        new("sender-status", ReplyReason.Policy, Tenant, false, [" "]) { Detail = "1.7" },
        new("sender-domain-status", ReplyReason.Policy, Tenant, false, [" "]) { Detail = "1.8" },

        // A look-up that failed, not a name that isn't there.
        new("name-service", ReplyReason.Network, Receiver, false, ["host not found, try again", "type=a: host not found, try", "temporary dns", "dns lookup timed out", "temporary lookup failure"]),
        new("broken-protocol", ReplyReason.Network, Receiver, false, ["remote protocol error", "connection reset by peer"]),
        new("no-mail-domain", ReplyReason.BadDomain, Recipient, true,
        [
            "null mx", "does not accept mail", "doesn't accept mail", "doesn't receive email", "does not receive mail", "no such domain", "host unknown", "unknown host", "domain not found", "domain name not found", "nxdomain",
            "domain lookup failed", "host or domain name not found", "domain is not reachable", "domain does not exist", "domain doesn't exist", "dns domain ", "unrouteable address", "unroutable address", "bad destination mailbox domain",
            "unknown domain", "invalid domain", "non-existent domain", "nonexistent domain", " no mx", "not a mail domain", "host not found",
        ]),
        new("recipient-preference", ReplyReason.Policy, Recipient, false, ["recipient preferences", "not accepting messages from", "only accepts mail from", "not accepting mail"]),

        // "Unknown user" where the status says that the mailbox is there (RFC 3463 x.2.0, x.2.1), or that a policy refused (x.7.n), or after the message
        // was read: the owner may just not want this sender. Two carriers in Japan (docomo, au) say these very words for both.
        new("unknown-user-status", ReplyReason.UnknownUser, Recipient, true, ["user unknown", "unknown user", "no such user"]) { Detail = "1.1" },
        new("filtered-status", ReplyReason.UnknownUser, Recipient, false, ["user unknown", "unknown user", "no such user"]) { Detail = "2.0" },
        new("unknown-user-rcpt", ReplyReason.UnknownUser, Recipient, true, ["user unknown", "unknown user", "no such user"]) { Detail = "2.1", Command = AnsweredCommand.Rcpt },
        new("filtered-disabled", ReplyReason.UnknownUser, Recipient, false, ["user unknown", "unknown user", "no such user"]) { Detail = "2.1" },
        new("filtered-policy", ReplyReason.UnknownUser, Recipient, false, ["user unknown", "unknown user", "no such user"]) { Detail = "7." },
        new("filtered-after-data", ReplyReason.UnknownUser, Recipient, false, ["user unknown", "unknown user", "no such user"]) { Command = AnsweredCommand.Data },
        new("filtered-carrier", ReplyReason.UnknownUser, Recipient, false, [" unknown user @ ", " : user unknown "]),
        new("unknown-user", ReplyReason.UnknownUser, Recipient, true,
        [
            "user unknown", "unknown user", "user not found", "no such user", "unknown recipient", "recipient unknown", "recipient not found", "recipnotfound", "no such recipient", "invalid recipient", "invalid mailbox",
            "mailbox not found", "mailbox unavailable", "mailbox does not exist", "mailbox doesn't exist", "no such mailbox", "unknown mailbox", "no mailbox here", "no mailbox by that name", "mailbox unknown", "does not exist",
            "doesn't exist", "not exist", "doesn't have a", "unknown address", "address unknown", "address not found", "no such address", "invalid address", "unknown local part", "unknown local-part", "not a valid mailbox",
            "not a valid user", "not a valid recipient", "not a valid address", "invalid user", "user does not", "user doesn't", "user invalid", "nosuchuser", "no account", "account not found", "account unavailable", "account is unavailable", "undeliverable address", "no user",
            "nobody here", "user is unknown", "is unknown", "recipient does not", "we would love to have gotten this email", "utilisateur inconnu", "destinataire invalide", "destinataire inconnu", "empfaenger unbekannt", "usuario desconocido",
            "invalid final delivery userid", "check if address is correct", "and other recipients in the same domain", "not known here", "not a known user", "not listed in", "no such person", "no such id", "recipient is not", "unable to find user", "cannot find user",
            "no such local", "user not local", "not on this server", "unknown or illegal", "could not be found", "no longer exists", "no valid recipients", "user not known", "unknown local",
        ]),

        // Exchange Online answers so for recipients that it doesn't have; elsewhere the same words are a policy's.
        new("exchange-recipient", ReplyReason.UnknownUser, Recipient, true, ["recipient address rejected: access denied"]) { Detail = "4.1" },
        // Postfix' words for a recipient whom its own table refuses, whoever writes.
        new("recipient-denied", ReplyReason.UnknownUser, Recipient, true, ["recipient address rejected: access denied"]) { Command = AnsweredCommand.Rcpt },
        new("recipient-rejected-plainly", ReplyReason.UnknownUser, Recipient, true, ["recipient address rejected. "]),
        new("recipient-rejected", ReplyReason.UnknownUser, Recipient, true, ["recipient address rejected.", "address rejected"]) { Detail = "1.1" },

        // A status of the receiver's own system, or of the message, says more than "rejected".
        new("receiver-status", ReplyReason.Other, Receiver, false, [" "]) { Detail = "3.0" },
        new("message-status", ReplyReason.Protocol, Tenant, false, [" "]) { Detail = "6.0" },

        // Words of policy that say nothing better.
        new("policy", ReplyReason.Policy, Receiver, false,
            ["policy", "access denied", "message not allowed", "not allowed", "message not accepted", "message refused", "message rejected", "mail rejected", "denied by", "recipient address rejected", "administrative prohibition", "security reasons"]),

        // Time and network.
        new("receiver-directory", ReplyReason.Other, Receiver, false, ["contact ldap", "ldap server", "database error"]),
        new("expired", ReplyReason.Network, Receiver, false, ["message expired", "envelope expired", "delivery time expired", "retry timeout exceeded", "retry time not reached", "giving up", "not going to try again", "will be retried for", "warning message only", "could not be delivered within", "in the queue too long"]),
        new("network", ReplyReason.Network, Receiver, false,
            ["connection timed out", "connection refused", "did not accept our requests to connect", "timed out", "timeout", "connection reset", "connection lost", "lost connection", "no route to host", "network is unreachable", "network error", "name service error", "temporary lookup failure", "bad connection", "dns error"]),
        new("sequence", ReplyReason.Protocol, Receiver, false, ["improper sequence", "bad sequence", "out of sequence", "unrecognized command", "command not", "syntax error", "pipelining"]),
        new("receiver-trouble", ReplyReason.Other, Receiver, false,
            ["temporarily unavailable", "internal server error", "internal error", "local error", "resources", "service currently unavailable", "service unavailable", "service not available", "temporary failure", "temporary server error", "temporarily rejected", "try again later", "try later"]),
    ];

    /// <summary>By RFC 3463 detail (class apart). Hard only where the reply is permanent.</summary>
    public static readonly Dictionary<string, (ReplyReason Reason, ReplyAbout About, bool Hard)> ByDetail = new(StringComparer.Ordinal)
    {
        ["1.0"] = (ReplyReason.Other, Recipient, false),
        ["1.1"] = (ReplyReason.UnknownUser, Recipient, true),
        ["1.2"] = (ReplyReason.BadDomain, Recipient, true),
        ["1.3"] = (ReplyReason.UnknownUser, Recipient, true),
        ["1.4"] = (ReplyReason.Other, Recipient, false),
        ["1.6"] = (ReplyReason.UnknownUser, Recipient, true),
        ["1.7"] = (ReplyReason.Policy, Tenant, false),
        ["1.8"] = (ReplyReason.Policy, Tenant, false),
        ["1.9"] = (ReplyReason.Protocol, Receiver, false),
        ["1.10"] = (ReplyReason.BadDomain, Recipient, true),
        ["2.0"] = (ReplyReason.Other, Recipient, false),
        ["2.1"] = (ReplyReason.DisabledMailbox, Recipient, false),
        ["2.2"] = (ReplyReason.MailboxFull, Recipient, false),
        ["2.3"] = (ReplyReason.Size, Tenant, false),
        ["2.4"] = (ReplyReason.Other, Recipient, false),
        ["3.0"] = (ReplyReason.Other, Receiver, false),
        ["3.1"] = (ReplyReason.Other, Receiver, false),
        ["3.2"] = (ReplyReason.Other, Receiver, false),
        ["3.4"] = (ReplyReason.Size, Tenant, false),
        ["4.1"] = (ReplyReason.Network, Receiver, false),
        ["4.2"] = (ReplyReason.Network, Receiver, false),
        ["4.3"] = (ReplyReason.Network, Receiver, false),
        ["4.4"] = (ReplyReason.BadDomain, Recipient, true),
        ["4.5"] = (ReplyReason.Network, Receiver, false),
        ["4.6"] = (ReplyReason.Protocol, Receiver, false),
        ["4.7"] = (ReplyReason.Network, Receiver, false),
        ["7.1"] = (ReplyReason.Policy, Receiver, false),
        ["7.5"] = (ReplyReason.Protocol, Receiver, false),
        ["7.8"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.20"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.23"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.24"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.25"] = (ReplyReason.BlockedByReputation, Ip, false),
        ["7.26"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.27"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.28"] = (ReplyReason.RateLimited, Ip, false),
        ["7.29"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.30"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.31"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.32"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.40"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.509"] = (ReplyReason.AuthenticationFailed, Tenant, false),
        ["7.511"] = (ReplyReason.BlockedByReputation, Ip, false),
        ["7.515"] = (ReplyReason.AuthenticationFailed, Tenant, false),
    };

    /// <summary>By the subject alone, where the detail isn't known.</summary>
    public static readonly Dictionary<char, (ReplyReason Reason, ReplyAbout About)> BySubject = new()
    {
        ['3'] = (ReplyReason.Other, Receiver),
        ['4'] = (ReplyReason.Network, Receiver),
        ['5'] = (ReplyReason.Protocol, Receiver),
        ['6'] = (ReplyReason.Protocol, Tenant),
        ['7'] = (ReplyReason.Policy, Receiver),
    };

    /// <summary>By RFC 5321 code. An unknown 5xx fails the recipient without condemning the address.</summary>
    public static readonly Dictionary<int, (ReplyReason Reason, ReplyAbout About)> ByCode = new()
    {
        [421] = (ReplyReason.Other, Receiver),
        [422] = (ReplyReason.MailboxFull, Recipient),
        [432] = (ReplyReason.Other, Receiver),
        [452] = (ReplyReason.Other, Receiver),
        [500] = (ReplyReason.Protocol, Receiver),
        [501] = (ReplyReason.Protocol, Receiver),
        [502] = (ReplyReason.Protocol, Receiver),
        [503] = (ReplyReason.Protocol, Receiver),
        [504] = (ReplyReason.Protocol, Receiver),
        [521] = (ReplyReason.Policy, Receiver),
        [542] = (ReplyReason.UnknownUser, Recipient),
        [523] = (ReplyReason.Size, Tenant),
        [530] = (ReplyReason.Policy, Receiver),
        [535] = (ReplyReason.AuthenticationFailed, Receiver),
        [552] = (ReplyReason.MailboxFull, Recipient),
        [555] = (ReplyReason.Protocol, Receiver),
        [556] = (ReplyReason.BadDomain, Recipient),
    };
}
