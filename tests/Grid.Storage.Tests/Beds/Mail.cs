using System.Text;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Storage.Tests.Beds;

/// <summary>Builds messages, settlements and claims.</summary>
public static class Mail
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static MessageId Id(int number, DateTimeOffset? at = null) => MessageId.Compose((at ?? Start).AddMilliseconds(number / 4096), 1, number % 4096);

    public static SpooledMessage Message(
        int number, int recipients = 1, string tenant = "acme", string domain = "example.com", DateTimeOffset? at = null, DateTimeOffset? due = null, string? body = null)
    {
        var accepted = at ?? Start;
        var id = Id(number, accepted);
        var bytes = Encoding.ASCII.GetBytes(body ?? $"Subject: {number}\r\n\r\nHello {number}\r\n");
        return new()
        {
            Id = id,
            Tenant = tenant,
            AcceptedAt = accepted,
            Stream = MailStream.Transactional,
            Campaign = "spring",
            Details = "{\"subject\":\"hello\"}",
            Body = bytes,
            Envelopes = Enumerable.Range(0, recipients).Select(recipient => new Envelope
            {
                Key = new(id, recipient),
                Tenant = tenant,
                Address = $"User{recipient}@{domain}",
                Domain = domain,
                Stream = MailStream.Transactional,
                Pool = "default",
                SizeBytes = bytes.Length,
                EightBit = true,
                Utf8 = recipient % 2 == 1,
                RecipientCount = recipients,
                AcceptedAt = accepted,
                DueAt = due ?? accepted,
                ExpiresAt = accepted.AddDays(5),
            }).ToList(),
        };
    }

    public static AcceptRequest Accept(SpooledMessage message, bool toMemory = true, IdempotencyClaim? claim = null) => new([message], toMemory, claim);

    public static IdempotencyClaim Claim(string key, string request, DateTimeOffset at, string response = "{}") =>
        new("acme", key, System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(request)), Encoding.UTF8.GetBytes(response), at);

    public static Settlement Settle(Envelope envelope, OutcomeKind kind = OutcomeKind.Delivered, DateTimeOffset? retryAt = null, int attempt = 1, DateTimeOffset? deliveredAt = null, DateTimeOffset? at = null) =>
        new(Outcome(envelope, kind, attempt, deliveredAt, at), retryAt);

    public static OutcomeRecord Outcome(Envelope envelope, OutcomeKind kind, int attempt = 1, DateTimeOffset? deliveredAt = null, DateTimeOffset? at = null) => new()
    {
        At = at ?? envelope.AcceptedAt.AddSeconds(attempt),
        Kind = kind,
        Key = envelope.Key,
        Tenant = envelope.Tenant,
        Address = envelope.Address,
        Domain = envelope.Domain,
        Stream = envelope.Stream,
        Site = "mx.example.com",
        Ip = "192.0.2.1",
        Attempt = attempt,
        Reply = new(250, "2.0.0", "queued as 4Bxyz"),
        Reason = ReplyReason.None,
        Tls = kind == OutcomeKind.Delivered ? new("TLSv1.3", "TLS_AES_256_GCM_SHA384", "", new string('a', 64), "CN=mx.example, O=Two Words") : null,
        About = ReplyAbout.Receiver,
        Hard = kind == OutcomeKind.Bounced,
        DeliveredAt = deliveredAt,
        Clause = kind == OutcomeKind.Suppressed ? "suppressed" : null,
    };
}
