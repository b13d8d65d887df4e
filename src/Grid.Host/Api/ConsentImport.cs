using System.Text.Json;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;

namespace Grid.Host.Api;

/// <summary>Takes consent records from a stream; the columns are those of an export.</summary>
internal sealed class ConsentImport(string tenant, string by, IConsents consents, ConsentBook book, TimeProvider clock) : LineImport<ConsentLine>(Columns)
{
    /// <summary>Columns of CSV.</summary>
    public static readonly string[] Columns =
        ["address", "method", "at", "ip", "source", "evidence", "channel", "preticked", "topic", "notice", "list", "basis", "givento", "revokedat"];

    private readonly List<ConsentRecord> _batch = [];

    protected override ConsentLine OfFields(Func<string, string?> field) => new(field("address"), field("method"), field("at"), field("ip"), field("source"))
    {
        Evidence = field("evidence"),
        Channel = field("channel"),
        PreTicked = field("preticked") switch { null => null, var text => text.Equals("true", StringComparison.OrdinalIgnoreCase) || text == "1" },
        Topic = field("topic"),
        Notice = field("notice"),
        List = field("list"),
        Basis = field("basis"),
        GivenTo = field("givento"),
        RevokedAt = field("revokedat"),
    };

    protected override ConsentLine? OfJson(string line) => JsonSerializer.Deserialize(line, ApiJson.Default.ConsentLine);

    protected override bool Add(ConsentLine line, Faults faults)
    {
        if (ConsentFields.Read(tenant, by, line, clock.GetUtcNow(), faults) is not { } record)
        {
            return false;
        }

        _batch.Add(record);
        return true;
    }

    protected override string NoRoom => $"are of addresses that have {IConsents.MaxTopics} topics, the most there can be";

    protected override async ValueTask<int> KeepAsync(CancellationToken cancellationToken)
    {
        var leftOut = await consents.PutAllAsync([.. _batch], cancellationToken);
        foreach (var record in _batch)
        {
            book.Forget(tenant, record.Address);
        }

        _batch.Clear();
        return leftOut;
    }
}
