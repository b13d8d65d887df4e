using Grid.Core.Enforcement.Policies;
using Grid.Core.Vocabulary;

namespace Grid.Core.Ingress;

/// <summary>
/// What: how a recipient agreed, of what is declared with a message and what is on record. In: the declaration, the recipient's records, the
/// message's topic. Out: the facts to judge by. Guarantees: pure; a declaration that names no evidence finds its record, field by field; one
/// that names some stands for itself; what was taken back on record is taken back unless the declaration says that it was given later.
/// </summary>
public static class ConsentLookUp
{
    /// <summary>The facts for one recipient; null where nothing is declared nor on record.</summary>
    public static ConsentFacts? Of(ConsentFacts? declared, IReadOnlyList<ConsentRecord> records, string? topic)
    {
        if (Choose(records, topic) is not { } record)
        {
            return declared;
        }

        if (declared is null)
        {
            return Facts(record);
        }

        var revoked = declared.RevokedAt ?? (record.RevokedAt is { } at && !(declared.At > at) ? at : null);
        return declared.Evidence is not null ? declared with { RevokedAt = revoked } : new()
        {
            Method = declared.Method ?? record.Method,
            At = declared.At ?? record.At,
            Ip = declared.Ip ?? record.Ip,
            Source = declared.Source ?? record.Source,
            Evidence = record.Evidence,
            Channel = declared.Channel ?? record.Channel,
            PreTicked = declared.PreTicked ?? record.PreTicked,
            Topic = declared.Topic ?? Topic(record),
            Notice = declared.Notice ?? record.Notice,
            GivenTo = declared.GivenTo ?? record.GivenTo,
            RevokedAt = revoked,
        };
    }

    /// <summary>The record that a message of this topic goes by: of the topic, else of everything, else the newest of another.</summary>
    public static ConsentRecord? Choose(IReadOnlyList<ConsentRecord> records, string? topic) =>
        (topic is null ? null : records.FirstOrDefault(r => r.Topic.Equals(topic, StringComparison.OrdinalIgnoreCase)))
        ?? records.FirstOrDefault(r => r.Topic.Length == 0)
        ?? records.MaxBy(r => r.At);

    private static ConsentFacts Facts(ConsentRecord record) => new()
    {
        Method = record.Method,
        At = record.At,
        Ip = record.Ip,
        Source = record.Source,
        Evidence = record.Evidence,
        Channel = record.Channel,
        PreTicked = record.PreTicked,
        Topic = Topic(record),
        Notice = record.Notice,
        GivenTo = record.GivenTo,
        RevokedAt = record.RevokedAt,
    };

    private static string? Topic(ConsentRecord record) => record.Topic.Length == 0 ? null : record.Topic;
}
