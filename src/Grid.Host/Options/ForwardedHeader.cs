namespace Grid.Host.Options;

/// <summary>The header in which trusted proxies say for whom they ask.</summary>
public enum ForwardedHeader
{
    /// <summary>X-Forwarded-For, and X-Forwarded-Proto beside it.</summary>
    XForwardedFor,

    /// <summary>Forwarded (RFC 7239).</summary>
    Forwarded,
}
