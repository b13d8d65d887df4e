using Grid.Core.Vocabulary;
using Grid.Mail.Sending;

namespace Grid.Mail.Tests.Sending;

/// <summary>Policies as a test publishes them.</summary>
internal sealed class ScriptedPolicies : IMtaStsSource
{
    public Dictionary<string, string> Texts { get; } = [];

    /// <summary>Fetches so far.</summary>
    public int Fetched { get; private set; }

    public ValueTask<(string? Text, TlsResult Fault)> FetchAsync(string domain, CancellationToken cancellationToken)
    {
        Fetched++;
        return new((Texts.GetValueOrDefault(domain), Texts.ContainsKey(domain) ? TlsResult.Success : TlsResult.StsPolicyFetchError));
    }
}
