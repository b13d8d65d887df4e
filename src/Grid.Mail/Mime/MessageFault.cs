namespace Grid.Mail.Mime;

/// <summary>One thing wrong with a message that was to be sent.</summary>
/// <param name="Field">Where: <c>subject</c>, <c>headers[X-Tag]</c>, <c>attachments[0].filename</c>; a header's name for a raw message; <c>body</c>.</param>
/// <param name="Problem">What is wrong and what would be right, as a sentence without its dot.</param>
public sealed record MessageFault(string Field, string Problem)
{
    /// <inheritdoc />
    public override string ToString() => $"{Field}: {Problem}";
}
