namespace Grid.Host.Api.Model;

/// <summary>How a case ends.</summary>
/// <param name="Verdict">A verdict of the catalogue, which is judged by the subject's policy; or no-action, unfounded, resolved.</param>
public sealed record VerdictRequest(string? Verdict, string? Reason);
