using System.Data.Common;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Outcomes;

/// <summary>The columns of a stored outcome, in one order for every statement, and what a kind does to its envelope.</summary>
internal static class OutcomeColumns
{
    public const string All =
        "position, at, kind, message, recipient, tenant, address, domain, stream, site, ip, attempt, reply_code, reply_enhanced, reply_text, reason, about, hard, delivered_at, clause, tls";

    /// <summary>True for a record that ends its recipient.</summary>
    public static bool Ends(OutcomeRecord record) => record.Kind switch
    {
        OutcomeKind.Delivered or OutcomeKind.Expired or OutcomeKind.Suppressed or OutcomeKind.Cancelled => true,
        OutcomeKind.Bounced => record.DeliveredAt is null,
        OutcomeKind.Deferred or OutcomeKind.Complained or OutcomeKind.Unsubscribed => false,
        _ => throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "no such outcome"),
    };

    /// <summary>True for a record that comes after its recipient ended: logged once per recipient and kind.</summary>
    public static bool Follows(OutcomeRecord record) => record.Kind != OutcomeKind.Deferred && !Ends(record);

    public static OutcomeRecord Read(DbDataReader reader) => new()
    {
        Position = reader.GetInt64(0),
        At = reader.GetTime(1),
        Kind = (OutcomeKind)reader.GetInt32(2),
        Key = new(new(reader.GetInt64(3)), reader.GetInt32(4)),
        Tenant = reader.GetString(5),
        Address = reader.GetString(6),
        Domain = reader.GetString(7),
        Stream = (MailStream)reader.GetInt32(8),
        Site = reader.GetString(9),
        Ip = reader.GetString(10),
        Attempt = reader.GetInt32(11),
        Reply = reader.IsDBNull(12) ? null : new(reader.GetInt32(12), reader.GetString(13), reader.GetString(14)),
        Reason = (ReplyReason)reader.GetInt32(15),
        About = (ReplyAbout)reader.GetInt32(16),
        Hard = reader.GetInt32(17) != 0,
        DeliveredAt = reader.IsDBNull(18) ? null : reader.GetTime(18),
        Clause = reader.GetText(19),
        Tls = TlsFacts.Parse(reader.GetText(20)),
    };
}
