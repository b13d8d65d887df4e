namespace Grid.Core.Vocabulary;

/// <summary>What failed, where, and seen from where (RFC 8460 4.4). Texts are empty where they aren't known.</summary>
/// <param name="Result">No success.</param>
/// <param name="Reason">A few words.</param>
public sealed record TlsFailure(TlsResult Result, string SourceIp, string Host, string Helo, string HostIp, string Reason)
{
    /// <summary>The same without the particulars.</summary>
    public TlsFailure ToBare() => new(Result, "", "", "", "", "");
}
