namespace Grid.Core.Vocabulary;

/// <summary>One connection to one mail host that came as far as TLS, or was to: bare facts, before any domain's policy is asked.</summary>
/// <param name="Host">The mail host's name.</param>
public sealed record TlsSession(string Host)
{
    /// <summary>Longest word of a receiver's that is kept, in characters.</summary>
    public const int MaxText = 200;

    /// <summary>Address of the mail host; empty where none was connected to.</summary>
    public string HostIp { get; init; } = "";

    /// <summary>Address that it was connected from.</summary>
    public string SourceIp { get; init; } = "";

    /// <summary>Name that the mail host greeted with.</summary>
    public string Helo { get; init; } = "";

    /// <summary>Whether there was encryption, whatever the certificate.</summary>
    public TlsResult Channel { get; init; }

    /// <summary>What public authorities say of the certificate.</summary>
    public TlsResult Pkix { get; init; }

    /// <summary>The TLSA records that bind the host, each "3 1 1 HEX"; null where none do.</summary>
    public IReadOnlyList<string>? Tlsa { get; init; }

    /// <summary>What they say of the certificate.</summary>
    public TlsResult Dane { get; init; }

    /// <summary>What went wrong, in a few words; may be empty.</summary>
    public string Reason { get; init; } = "";
}
