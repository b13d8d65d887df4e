namespace Grid.Core.Ports;

/// <summary>What became of an <see cref="AcceptRequest"/>: a closed set.</summary>
public abstract record AcceptResult
{
    private AcceptResult()
    {
    }

    /// <summary>Kept, durably.</summary>
    public sealed record Kept : AcceptResult;

    /// <summary>The same request was kept before under this key; nothing was kept now.</summary>
    /// <param name="Response">What was answered then.</param>
    public sealed record Repeated(ReadOnlyMemory<byte> Response) : AcceptResult;

    /// <summary>The key was used for a different request; nothing was kept.</summary>
    public sealed record KeyReused : AcceptResult;
}
