using System.Security.Cryptography;
using System.Text;
using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Options;
using Grid.Mail.Dkim;

namespace Grid.Host.Ingress;

/// <summary>
/// Signs mail as it is kept. In: a message. Out: the message with a signature of the author's domain, if its tenant has a key for it or
/// for a domain above it, and one of the platform's domain, if that has a key; with neither, the same memory.
/// Guarantees: bulk mail that is signed says who is to hear of complaints (Feedback-ID; and CFBL-Address by RFC 9477 where the
/// platform's signature covers the domain of our feedback address), under the signatures. What the tenant set itself stays.
/// Fails as the store does, where keys aren't known yet.
/// </summary>
public sealed class MessageSigner : IMessageSigner
{
    private readonly SigningKeys _keys;
    private readonly MessageToken _tokens;
    private readonly TimeProvider _clock;
    private readonly string? _platform;
    private readonly bool _coversFeedback;
    private readonly string _feedbackAddress;
    private readonly string _sender;

    public MessageSigner(SigningKeys keys, MessageToken tokens, GridOptions options, TimeProvider clock)
    {
        (_keys, _tokens, _clock) = (keys, tokens, clock);
        _platform = options.Dkim.Domain;
        _coversFeedback = options.Dkim.Domain is { } platform && IsWithin(options.Inbound.Domain, platform);
        _feedbackAddress = $"fbl@{options.Inbound.Domain}; report=arf";
        _sender = "grid-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.Dkim.Domain ?? options.Inbound.Domain)))[..8];
    }

    /// <inheritdoc />
    public ValueTask<ReadOnlyMemory<byte>> SignAsync(SigningRequest request, CancellationToken cancellationToken = default)
    {
        var tenant = _keys.OfAsync(request.Tenant, cancellationToken);
        return tenant.IsCompletedSuccessfully && tenant.Result is { Count: 0 } && _platform is null ? new(request.Message) : KeyedAsync(tenant, request, cancellationToken);
    }

    private async ValueTask<ReadOnlyMemory<byte>> KeyedAsync(
        ValueTask<IReadOnlyDictionary<string, DkimSigningKey>> reading, SigningRequest request, CancellationToken cancellationToken)
    {
        var own = KeyFor(request.FromDomain, await reading);
        var platform = _platform is { } domain && own?.Domain != domain ? (await _keys.OfAsync(DomainKeys.Platform, cancellationToken)).GetValueOrDefault(domain) : null;
        if (own is null && platform is null)
        {
            return request.Message;
        }

        var fields = request.Stream == MailStream.Bulk ? Fields(request, _coversFeedback && own is not null && (platform is not null || own.Domain == _platform)) : [];
        DkimSigningKey[] keys = own is null ? [platform!] : platform is null ? [own] : [own, platform];
        return DkimSigner.Sign(request.Message.Span, fields, keys, _clock.GetUtcNow());
    }

    private byte[] Fields(SigningRequest request, bool coversFeedback)
    {
        List<KeyValuePair<string, string>> fields = [new("Feedback-ID", FeedbackFields.FeedbackId(request.Campaign, request.Tenant, "bulk", _sender))];
        if (coversFeedback)
        {
            fields.Add(new("CFBL-Address", _feedbackAddress));
            fields.Add(new("CFBL-Feedback-ID", _tokens.Sign(request.Id, MessageToken.WholeMessage)));
        }

        return FeedbackFields.Missing(request.Message.Span, fields);
    }

    /// <summary>The key of the author's domain, or of the nearest domain above it that has one: relaxed alignment (RFC 7489 section 3.1.1).</summary>
    private static DkimSigningKey? KeyFor(string domain, IReadOnlyDictionary<string, DkimSigningKey> keys)
    {
        for (var rest = domain; rest.Length > 0; rest = rest[(rest.IndexOf('.') + 1)..])
        {
            if (keys.TryGetValue(rest, out var key))
            {
                return key;
            }

            if (!rest.Contains('.'))
            {
                break;
            }
        }

        return null;
    }

    private static bool IsWithin(string domain, string above) => domain == above || domain.EndsWith("." + above, StringComparison.Ordinal);
}
