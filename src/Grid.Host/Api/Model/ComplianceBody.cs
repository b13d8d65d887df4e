namespace Grid.Host.Api.Model;

/// <summary>What is checked for a tenant.</summary>
/// <param name="Regimes">By law, the checks that serve it.</param>
/// <param name="Controls">Every rule of the policy.</param>
/// <param name="Summary">How many of them are on, on report, waived, waiting, text.</param>
/// <param name="AbuseContacts">For each sending domain.</param>
public sealed record ComplianceBody(
    string Tenant,
    PolicyName Policy,
    DateTimeOffset At,
    IReadOnlyList<RegimeBody> Regimes,
    IReadOnlyList<ControlBody> Controls,
    IReadOnlyDictionary<string, int> Summary,
    IReadOnlyList<AbuseContactBody> AbuseContacts);
