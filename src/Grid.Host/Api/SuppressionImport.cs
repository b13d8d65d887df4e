using System.Text.Json;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Takes suppressions from a stream; columns are address, reason, scope, at, detail.</summary>
internal sealed class SuppressionImport(string tenant, string by, ISuppressions suppressions, TimeProvider clock) : LineImport<SuppressionImportLine>(["address", "reason", "scope", "at", "detail"])
{
    private readonly List<Suppression> _batch = [];

    protected override SuppressionImportLine OfFields(Func<string, string?> field) => new(field("address"), field("reason"), field("scope"), field("at"), field("detail"));

    protected override SuppressionImportLine? OfJson(string line) => JsonSerializer.Deserialize(line, ApiJson.Default.SuppressionImportLine);

    protected override bool Add(SuppressionImportLine line, Faults faults)
    {
        if (SuppressionFields.Read(tenant, by, line, clock.GetUtcNow(), faults) is not { } entry)
        {
            return false;
        }

        _batch.Add(entry);
        return true;
    }

    protected override async ValueTask<int> KeepAsync(CancellationToken cancellationToken)
    {
        await suppressions.AddAllAsync([.. _batch], cancellationToken);
        _batch.Clear();
        return 0;
    }
}
