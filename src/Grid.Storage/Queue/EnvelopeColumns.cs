using System.Data.Common;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Queue;

/// <summary>The columns of a stored envelope, in one order for every statement that reads one.</summary>
internal static class EnvelopeColumns
{
    public const string All = "message, recipient, tenant, domain, address, pool, flags, size, recipients, attempts, accepted_at, due, expires_at, campaign";

    private const int NotifyShift = 5;

    /// <summary>Stream in bit 0, 8BITMIME in bit 1, SMTPUTF8 in bit 2, REQUIRETLS in bit 3, any TLS in bit 4, NOTIFY in bits 5 to 7, its parameters
    /// in bit 8, the null return path in bit 9.</summary>
    public static int Flags(Envelope envelope) =>
        (int)envelope.Stream | (envelope.EightBit ? 2 : 0) | (envelope.Utf8 ? 4 : 0) | (envelope.RequireTls ? 8 : 0)
        | (envelope.AnyTls ? 16 : 0) | ((int)envelope.Notify << NotifyShift) | (envelope.HasDsnParameters ? 256 : 0) | (envelope.HasNullReturnPath ? 512 : 0);

    public static Envelope Read(DbDataReader reader)
    {
        var flags = reader.GetInt32(6);
        return new()
        {
            Key = new(new(reader.GetInt64(0)), reader.GetInt32(1)),
            Tenant = reader.GetString(2),
            Domain = reader.GetString(3),
            Address = reader.GetString(4),
            Pool = reader.GetString(5),
            Stream = (MailStream)(flags & 1),
            EightBit = (flags & 2) != 0,
            Utf8 = (flags & 4) != 0,
            RequireTls = (flags & 8) != 0,
            Notify = (DsnNotify)((flags >> NotifyShift) & 7),
            HasDsnParameters = (flags & 256) != 0,
            HasNullReturnPath = (flags & 512) != 0,
            AnyTls = (flags & 16) != 0,
            SizeBytes = reader.GetInt32(7),
            RecipientCount = reader.GetInt32(8),
            Attempts = reader.GetInt32(9),
            AcceptedAt = reader.GetTime(10),
            DueAt = reader.GetTime(11),
            ExpiresAt = reader.GetTime(12),
            Campaign = reader.GetText(13),
        };
    }
}
