namespace Grid.Mail.Dns;

/// <summary>How a question was answered.</summary>
public enum DnsStatus : byte
{
    /// <summary>There are records.</summary>
    Found = 0,

    /// <summary>The name exists and has no record of that type.</summary>
    NoData = 1,

    /// <summary>The name doesn't exist (NXDOMAIN).</summary>
    NameError = 2,

    /// <summary>Nobody gave an answer that holds: time-outs, SERVFAIL, REFUSED, nonsense. To be asked again later.</summary>
    ServerFailure = 3,
}
