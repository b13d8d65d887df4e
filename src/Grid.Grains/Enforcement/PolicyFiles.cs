using System.Globalization;
using Grid.Contracts.Enforcement;
using Grid.Core.Ports;

namespace Grid.Grains.Enforcement;

/// <summary>
/// A policy's versions in the store. A change is written in four steps, each durable before the next: what is intended, the version, the
/// entry on the ledger, the head. Whoever finds an intention that the head doesn't show completes it.
/// </summary>
internal sealed class PolicyFiles(string name, IRegistry registry, ILedger ledger)
{
    private const string Head = "policy";
    private const string Version = "policy-version";
    private const string Intent = "policy-intent";

    public async ValueTask<PolicyHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var head = await registry.FindAsync<PolicyHead>(Head, name, cancellationToken) ?? new(0, 0, PolicyReach.All, 0, 0, 0);
        if (await registry.FindAsync<PolicyIntent>(Intent, name, cancellationToken) is { } intent && intent.Head.Revision == head.Revision + 1)
        {
            return await CompleteAsync(intent);
        }

        return head;
    }

    public ValueTask<PolicyText?> ReadAsync(int version) => registry.FindAsync<PolicyText>(Version, Key(version));

    public async ValueTask<PolicyHead> WriteAsync(PolicyIntent intent)
    {
        await registry.PutAsync(Intent, name, intent);
        return await CompleteAsync(intent);
    }

    private async ValueTask<PolicyHead> CompleteAsync(PolicyIntent intent)
    {
        if (intent.Version is { } version)
        {
            await registry.PutAsync(Version, Key(version.Version), version);
        }

        await ledger.AppendAsync(intent.Decision);
        await registry.PutAsync(Head, name, intent.Head);
        return intent.Head;
    }

    private string Key(int version) => string.Create(CultureInfo.InvariantCulture, $"{name}/{version:D8}");
}
