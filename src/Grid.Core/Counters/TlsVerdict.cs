using Grid.Core.Vocabulary;

namespace Grid.Core.Counters;

/// <summary>A session as one domain's policy has it.</summary>
/// <param name="Failure">Null: it succeeded.</param>
public sealed record TlsVerdict(TlsPolicy Policy, TlsFailure? Failure)
{
    private const string NotNamed = "the policy doesn't name this host";

    /// <summary>Judges by the records that bind the host (RFC 7672), which go first; else by the domain's MTA-STS policy; else only by whether there was encryption.</summary>
    public static TlsVerdict Of(TlsSession session, StsFacts? sts)
    {
        if (session.Tlsa is { } records)
        {
            return Made(new("tlsa", Text(records, '\n'), ""), session, First(session.Channel, session.Dane), session.Reason);
        }

        if (sts is null)
        {
            return Made(TlsPolicy.None, session, session.Channel, session.Reason);
        }

        var policy = new TlsPolicy("sts", Text(sts.Lines, '\n'), Text(sts.Patterns, ' '));
        return sts.Fault != TlsResult.Success ? Made(policy, session, sts.Fault, "")
            : !StsFacts.Allows(sts.Patterns, session.Host) ? Made(policy, session, TlsResult.ValidationFailure, NotNamed)
            : Made(policy, session, First(session.Channel, session.Pkix), session.Reason);
    }

    private static TlsResult First(TlsResult one, TlsResult other) => one != TlsResult.Success ? one : other;

    private static TlsVerdict Made(TlsPolicy policy, TlsSession session, TlsResult result, string reason) =>
        new(policy, result == TlsResult.Success ? null : new(result, session.SourceIp, session.Host, session.Helo, session.HostIp, reason));

    private static string Text(IEnumerable<string> parts, char between)
    {
        var text = string.Join(between, parts);
        return text.Length <= TlsPolicy.MaxLength ? text : text[..TlsPolicy.MaxLength];
    }
}
