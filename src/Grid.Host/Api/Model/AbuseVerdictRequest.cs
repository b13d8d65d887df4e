namespace Grid.Host.Api.Model;

/// <summary>What the operator decides on a case.</summary>
/// <param name="Verdict">spam, phishing, malware, notAbuse, notOurs or duplicate.</param>
/// <param name="Action">What was done, at most 2,000 characters.</param>
public sealed record AbuseVerdictRequest(string? Verdict, string? Action);
