using System.Text;
using System.Text.RegularExpressions;
using Grid.Mail.Feedback;
using Grid.Mail.Mime;

namespace Grid.Host.Feedback;

/// <summary>Finds genuine tokens of ours in what came back. Looks at no more than 256 KiB and 64 candidates.</summary>
public sealed partial class TokenSearch(ReturnPaths paths)
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxCandidates = 64;

    /// <summary>The references in the fields of a report where they are to be: Original-Mail-From, the copy's Return-Path and X-Grid-Ref, and the report's own To.</summary>
    public IReadOnlyList<MessageReference> In(FeedbackReport report, ReadOnlyMemory<byte> message)
    {
        var found = new List<MessageReference>();
        foreach (var path in (string?[])[report.OriginalMailFrom, report.ReturnedReturnPath])
        {
            if (path is not null && paths.TryRead(path, out var reference))
            {
                found.Add(reference);
            }
        }

        foreach (var header in report.ReturnedHeaders.Where(header => header.Is(Ingress.MessageDrafter.ReferenceHeader)).Take(MaxCandidates))
        {
            if (paths.TryReadToken(header.Value, out var reference))
            {
                found.Add(reference);
            }
        }

        foreach (var to in MailboxParser.Parse(MessageReader.Read(message).Header("To")?.Value ?? "").Take(MaxCandidates))
        {
            if (paths.TryRead(to.Address, out var reference))
            {
                found.Add(reference);
            }
        }

        return found;
    }

    /// <summary>The first reference anywhere in a text, such as a header that somebody pasted; null where there is none.</summary>
    public MessageReference? Anywhere(ReadOnlySpan<byte> text)
    {
        var first = (MessageReference?)null;
        foreach (Match match in Candidate().Matches(Encoding.Latin1.GetString(text[..Math.Min(text.Length, MaxBytes)])).Take(MaxCandidates))
        {
            if (!paths.TryReadToken(match.Groups[1].ValueSpan, out var reference))
            {
                continue;
            }

            // A token of one recipient says more than that of the whole message.
            if (reference.Recipient != Core.Feedback.MessageToken.WholeMessage)
            {
                return reference;
            }

            first ??= reference;
        }

        return first;
    }

    [GeneratedRegex(@"(?:\bb\+|X-Grid-Ref:\s{0,20})([a-z2-7]{32})(?![a-z2-7])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Candidate();
}
