using Grid.Core.Ports;
using Grid.Host.Ingress;
using Grid.Mail.Dkim;

namespace Grid.Host.Api.Model;

/// <summary>A signing key of a domain.</summary>
/// <param name="State">pending (publish its record), active (signs) or retired (signs no more).</param>
/// <param name="Since">Since when it is in its state.</param>
/// <param name="KeepPublishedUntil">Of a retired key: when its record may be taken out of the DNS.</param>
public sealed record DomainKeyBody(
    string Selector,
    DkimKeyState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset Since,
    DateTimeOffset? KeepPublishedUntil,
    TextRecordBody Record,
    RecordCheckBody? Check)
{
    public static DomainKeyBody Of(StoredDkimKey key) => new(
        key.Selector,
        key.State,
        key.CreatedAt,
        key.Since,
        key.State == DkimKeyState.Retired ? key.Since + DomainKeys.KeepPublished : null,
        TextRecordBody.Of(DkimKeyPair.RecordName(key.Selector, key.Domain), DkimKeyPair.Record(key.PublicKey.Span)),
        key.CheckedAt is { } at ? new(at, key.CheckWords is null, key.CheckWords) : null);
}
