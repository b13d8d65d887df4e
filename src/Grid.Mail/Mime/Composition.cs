namespace Grid.Mail.Mime;

/// <summary>What became of a <see cref="ComposedMessage"/>: a closed set.</summary>
public abstract record Composition
{
    private Composition()
    {
    }

    /// <summary>The whole message.</summary>
    /// <param name="Bytes">CRLF line ends, none over 998 octets; no dot stuffing, no closing dot.</param>
    /// <param name="IsEightBit">It holds octets above 127 in its body (an attached message): 8BITMIME is needed.</param>
    /// <param name="NeedsUtf8">An address in its header has a local part beyond ASCII: SMTPUTF8 is needed.</param>
    public sealed record Done(byte[] Bytes, bool IsEightBit, bool NeedsUtf8) : Composition;

    /// <summary>Nothing was made; every fault is listed.</summary>
    public sealed record Refused(IReadOnlyList<MessageFault> Faults) : Composition;
}
