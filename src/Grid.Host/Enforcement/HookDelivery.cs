namespace Grid.Host.Enforcement;

/// <summary>Something that a webhook is to have.</summary>
/// <param name="Id">Of what it tells: the same for every attempt.</param>
/// <param name="Tenant">Whose webhook; empty: the operator's billing.</param>
/// <param name="Webhook">The webhook's name; empty: the operator's billing.</param>
/// <param name="Json">What it tells.</param>
public sealed record HookDelivery(string Id, string Tenant, string Webhook, string Json)
{
    public int Attempts { get; init; }

    /// <summary>First failure; null while there was none.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Not before this is it tried; null: at once.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>What went wrong last.</summary>
    public string? LastError { get; init; }
}
