using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Whether what is queued of a message is held by a suspension: as its tenant's grain decides, which is also what senders ask.</summary>
internal static class HoldOnMessage
{
    /// <summary>Nothing of the tenant's goes, so that its mail waits as it is.</summary>
    public const string Tenant = "tenant";

    /// <summary>Null where nothing holds it, or nothing of it is queued.</summary>
    public static async ValueTask<MessageHoldBody?> OfAsync(IGrainFactory grains, StoredMessage message)
    {
        if (message.Live.Count == 0)
        {
            return null;
        }

        var (tenant, isBulk) = (grains.GetGrain<ITenantGrain>(message.Tenant), message.Stream == MailStream.Bulk);
        if (await tenant.May(isBulk ? Verb.DeliverBulk : Verb.DeliverTransactional) is { } refusal)
        {
            var isAll = await tenant.May(isBulk ? Verb.DeliverTransactional : Verb.DeliverBulk) is not null;
            return new(isAll ? Tenant : StreamOf(message), refusal.Clause, refusal.Words, null);
        }

        return (await tenant.Find())?.Scopes.FirstOrDefault(scope => scope.IsSuspended && ScopeRules.Of([scope], MailStreamName.Of(message.Stream), message.Campaign).Any()) is { } held
            ? new(held.Scope, held.Clause ?? "operator", held.Reason, held.Since)
            : null;
    }

    private static string StreamOf(StoredMessage message) => "stream/" + MailStreamName.Of(message.Stream);
}
