namespace Grid.Host.Api.Model;

/// <summary>How the recipients agreed to be mailed.</summary>
/// <param name="Method">Such as double-opt-in.</param>
/// <param name="At">RFC 3339.</param>
/// <param name="Ip">Address from which it was given.</param>
/// <param name="Source">Where it was given.</param>
public sealed record ConsentBody(string? Method, string? At, string? Ip, string? Source)
{
    /// <summary>Reference to the proof, at most 500 characters.</summary>
    public string? Evidence { get; init; }

    /// <summary>Who took it: direct or third-party.</summary>
    public string? Channel { get; init; }

    /// <summary>The box was ticked beforehand.</summary>
    public bool? PreTicked { get; init; }

    /// <summary>What they signed up for, several with commas between.</summary>
    public string? Topic { get; init; }

    /// <summary>Version of the notice that they saw.</summary>
    public string? Notice { get; init; }

    /// <summary>Whom it was given to: the tenant's id, name, company or a sending domain; absent: the tenant.</summary>
    public string? GivenTo { get; init; }

    /// <summary>When they took it back, RFC 3339.</summary>
    public string? RevokedAt { get; init; }
}
