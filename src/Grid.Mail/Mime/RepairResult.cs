namespace Grid.Mail.Mime;

/// <summary>What became of a submitted message: a closed set.</summary>
public abstract record RepairResult
{
    private RepairResult()
    {
    }

    /// <summary>Fit to be sent.</summary>
    /// <param name="Bytes">The original memory where nothing had to be repaired.</param>
    public sealed record Repaired(ReadOnlyMemory<byte> Bytes, MessageRepairs Repairs, SubmissionFacts Facts) : RepairResult;

    /// <summary>Cannot be sent; every fault is listed.</summary>
    public sealed record Refused(IReadOnlyList<MessageFault> Faults) : RepairResult;
}
