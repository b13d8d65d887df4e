using Grid.Contracts.Admission;

namespace Grid.Grains.Ingress;

/// <summary>What became of a request to accept mail: a closed set.</summary>
public abstract record IntakeResult
{
    private IntakeResult()
    {
    }

    /// <summary>Kept, durably.</summary>
    public sealed record Accepted(IReadOnlyList<AcceptedMessage> Messages) : IntakeResult;

    /// <summary>The same request was accepted before; this is what was answered.</summary>
    public sealed record Repeated(ReadOnlyMemory<byte> Response) : IntakeResult;

    /// <summary>The idempotency key belongs to a different request.</summary>
    public sealed record KeyReused : IntakeResult;

    /// <summary>The tenant may not submit now.</summary>
    /// <param name="RetryAfter">For "throttled": when to try again; otherwise infinite.</param>
    public sealed record Refused(PermitRefusal Refusal, TimeSpan RetryAfter) : IntakeResult;

    /// <summary>The store can't write now; nothing was kept.</summary>
    public sealed record Unavailable(string Words) : IntakeResult;
}
