using System.Net;
using Grid.Core.Ports;

namespace Grid.Host.Api.Access;

/// <summary>
/// Tells callers by their keys, for HTTP and SMTP alike. Addresses that fail often are throttled: further failures are answered as
/// such, and the operator's key, which a human may have chosen, isn't tried for them. Tenants' keys have 256 random bits and are
/// always tried, so that one application with a wrong key doesn't lock out its neighbours on the same address.
/// </summary>
public sealed class Doorkeeper(IKeyRing keys, OperatorKey operatorKey, ReadOnlyKey readOnlyKey, FailureThrottle throttle)
{
    /// <summary>Looks at a key. Costs no I/O for known keys.</summary>
    public async ValueTask<KeyVerdict> AdmitAsync(string key, IPAddress peer, CancellationToken cancellationToken)
    {
        if (ApiKey.TryReadId(key, out var id))
        {
            var stored = await keys.FindAsync(id, cancellationToken);
            if (stored is not null && ApiKey.Matches(key, stored.Hash.Span))
            {
                return new(new Caller(CallerRole.Tenant, stored.Tenant) { KeyId = id }, false);
            }
        }
        else if (key.Length <= ApiKey.MaxLength && !throttle.IsExhausted(peer) && Known(key) is { } known)
        {
            return new(known, false);
        }

        return new(null, throttle.Fail(peer));
    }

    private Caller? Known(string key) => operatorKey.Matches(key) ? Caller.Operator : readOnlyKey.Matches(key) ? Caller.Reader : null;
}
