namespace Grid.Core.Vocabulary;

/// <summary>An address that a tenant may not mail.</summary>
/// <param name="Tenant">Tenant id, or <see cref="Everyone"/> for all tenants.</param>
/// <param name="Address">Normal form of the address (see AddressNormalForm).</param>
/// <param name="By">"grid", "operator", "tenant" or "recipient".</param>
public sealed record Suppression(string Tenant, string Address, SuppressionReason Reason, DateTimeOffset At, string By, string? Detail = null)
{
    /// <summary>The tenant that stands for all of them: such entries are the opt-out register of the whole grid.</summary>
    public const string Everyone = "*";

    /// <summary>The mail that it forbids. Default: all.</summary>
    public SuppressionScope Scope { get; init; }

    /// <summary>Whether it forbids mail of that stream.</summary>
    public bool Forbids(MailStream stream) => Scope == SuppressionScope.All || stream == MailStream.Bulk;
}
