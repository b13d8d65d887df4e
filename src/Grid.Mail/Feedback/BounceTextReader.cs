using System.Text.RegularExpressions;
using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>
/// Reads bounces that have no machine-readable fields: the failed recipients are found by where addresses stand in the notice,
/// and each one's reply by what follows. The rules are of form only; no mail system is known by name.
/// </summary>
internal static class BounceTextReader
{
    private const int MaxAddresses = 500;

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex Address = new(@"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)*", Options);

    // What an address that is not the failed recipient's is introduced by.
    private static readonly Regex OtherRole = new(@"\b(?:from|sender|reply-to|contact|mailto|f|postmaster|by|message-id|id|help|administrator|return-path|return path)[ \t]*[:=]?[ \t]*[\[<(""]*$", Options);

    private static readonly Regex RecipientRole = new(
        @"(?:recipients?|rcpt|to|users?|userid|addresses|address|mailbox|account|deliver(?:ed|y)?|forward|addressee|for)[ \t]*(?:is|was|to)?[ \t]*[:=]?[ \t]*(?:rfc822;)?[ \t]*[\[<(""']*$", Options);

    // A line of the copy's header, quoted: whom the message was written to, which need not be who failed.
    private static readonly Regex QuotedField = new(@"^[ \t]*(?:to|cc):", Options);

    // The address that a message was sent to, before an alias or a list made another of it.
    private static readonly Regex Origin = new(@"(?:generated|expanded|forwarded|aliased) from:?[ \t]*<?$", Options);

    private static readonly Regex LeadingReply = new(@"^[ \t]*[45]\d\d[- ](?:[45]\.\d\.\d{1,3} )?<?$", Options);

    /// <summary>Failed recipients with their replies; empty where the text names none.</summary>
    public static List<RecipientReport> Read(MimeEntity message, Notice notice)
    {
        var recipients = Named(message);
        if (recipients.Count == 0)
        {
            recipients = InText(message, notice);
        }

        if (recipients.Count == 0)
        {
            recipients = Addresses(notice.Returned, "To", "X-Envelope-To", "X-Original-To", "Delivered-To").Take(1).ToList();
        }

        var isDelayed = BounceEvidence.SpeaksOfDelay(notice.Text);
        var mentions = Mentions(notice.Text, recipients);
        return recipients.Select(r => Report(r, notice, Section(notice.Text, r, mentions, recipients.Count), isDelayed, recipients.Count == 1)).ToList();
    }

    /// <summary>Recipients that the report's own header names, as several mail systems do.</summary>
    private static List<string> Named(MimeEntity message) => Addresses(message.Headers, "X-Failed-Recipients", "X-Bounced-Address", "X-Failed-Recipient", "X-Actual-Recipient");

    private static List<string> Addresses(IReadOnlyList<HeaderField> headers, params string[] names)
    {
        foreach (var name in names)
        {
            var found = headers.Where(h => h.Is(name)).SelectMany(static h => MailboxParser.Parse(h.Value)).Select(static m => m.Address).Where(static a => a.Contains('@')).Distinct(StringComparer.OrdinalIgnoreCase).Take(FeedbackReader.MaxReports).ToList();
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    private static List<string> InText(MimeEntity message, Notice notice)
    {
        var others = new HashSet<string>(Addresses(message.Headers, "To"), StringComparer.OrdinalIgnoreCase);
        others.UnionWith(Addresses(notice.Returned, "From"));
        others.UnionWith(Addresses(notice.Returned, "Return-Path"));
        others.ExceptWith(Addresses(notice.Returned, "To"));
        others.UnionWith(Addresses(message.Headers, "From"));
        var best = 0;
        var found = new List<string>();
        foreach (var (address, rank) in Ranked(notice.Text, others))
        {
            if (rank > best)
            {
                best = rank;
                found.Clear();
            }

            if (rank == best && found.Count < FeedbackReader.MaxReports && !found.Contains(address, StringComparer.OrdinalIgnoreCase))
            {
                found.Add(address);
            }
        }

        return found;
    }

    private static IEnumerable<(string Address, int Rank)> Ranked(string text, HashSet<string> others)
    {
        var count = 0;
        foreach (var line in text.Split('\n'))
        {
            foreach (Match match in Address.Matches(line))
            {
                var address = Trimmed(match.Value);
                if (count++ == MaxAddresses)
                {
                    yield break;
                }

                // The sender's own address, alone on a line, is a recipient only where nothing else is: mail to oneself bounces too.
                var rank = Rank(line, match);
                rank = !others.Contains(address) ? rank : rank == 4 ? 1 : 0;
                if (rank > 0)
                {
                    yield return (address, rank);
                }
            }
        }
    }

    /// <summary>How likely an address is a failed recipient by its place: 4 alone on its line, 3 at a line's start, where a reply code may stand before it, 2 after a word for recipients, 1 anywhere.</summary>
    private static int Rank(string line, Match match)
    {
        var before = line.AsSpan(0, match.Index);
        var after = line.AsSpan(match.Index + match.Length);
        var near = before.Length > 40 ? before[^40..] : before;
        if (Origin.IsMatch(near))
        {
            return 2;
        }

        if (OtherRole.IsMatch(near))
        {
            return 0;
        }

        var isFirst = before.Trim(" \t<\"'*->[(•:").Length == 0 || LeadingReply.IsMatch(before);
        if (isFirst)
        {
            return after.Trim(" \t>\"':;,.)]").Length == 0 ? 4 : 3;
        }

        return RecipientRole.IsMatch(near) && !QuotedField.IsMatch(line) || match.Value.Length > Untyped(match.Value).Length ? 2 : 1;
    }

    /// <summary>Without the X.400 type that stands before an Internet address: <c>SMTP=a@b</c>.</summary>
    private static string Untyped(string address) => address.StartsWith("smtp=", StringComparison.OrdinalIgnoreCase) ? address[5..] : address;

    private static string Trimmed(string address) => Untyped(address).TrimEnd('.', '-', '_').TrimStart('.', '\'', '*', '|', '=');

    private static string? OriginIn(string words)
    {
        foreach (Match match in Address.Matches(words))
        {
            var start = Math.Max(0, match.Index - 40);
            if (Origin.IsMatch(words.AsSpan(start, match.Index - start)))
            {
                return match.Value.TrimEnd('.', '-', '_');
            }
        }

        return null;
    }

    private static RecipientReport Report(string recipient, Notice notice, string words, bool isDelayed, bool isOnly)
    {
        var reply = ReplyInText.Find(words);
        if (reply.IsEmpty)
        {
            reply = BounceText.ReplyFor(notice, recipient);
        }

        isDelayed &= reply.Code < 500 && !reply.Status.StartsWith('5');
        return new()
        {
            Recipient = recipient,
            OriginalRecipient = OriginIn(words) is { } origin && !origin.Equals(recipient, StringComparison.OrdinalIgnoreCase) ? origin : null,
            Action = isDelayed ? "delayed" : "failed",
            Status = reply.Status.Length > 0 ? reply.Status : reply.Code > 0 ? BounceText.ClassStatus(reply.Code) : isDelayed ? "4.0.0" : "5.0.0",
            ReplyCode = reply.Code == 0 ? null : reply.Code,
            Diagnostic = BounceText.OneLine(words.Length > 0 && !(isOnly && ReplyInText.Find(words).IsEmpty) ? words : notice.Text),
            Command = BounceText.CommandFor(notice, recipient, words, isOnly),
        };
    }

    /// <summary>Where the text speaks of which recipient, in its order.</summary>
    private static List<(int Start, string Recipient)> Mentions(string text, List<string> recipients)
    {
        var known = new HashSet<string>(recipients, StringComparer.OrdinalIgnoreCase);
        var mentions = new List<(int, string)>();
        foreach (Match match in Address.Matches(text))
        {
            var address = Trimmed(match.Value);
            if (known.Contains(address))
            {
                mentions.Add((match.Index, address));
            }

            if (mentions.Count == MaxAddresses)
            {
                break;
            }
        }

        return mentions;
    }

    /// <summary>From the line of the recipient's first mention to the next one of another, or to where a transcript goes on with another host.</summary>
    private static string Section(string text, string recipient, List<(int Start, string Recipient)> mentions, int count)
    {
        var first = mentions.FindIndex(m => m.Recipient.Equals(recipient, StringComparison.OrdinalIgnoreCase));
        if (first < 0)
        {
            return count == 1 ? text : "";
        }

        var next = mentions.FindIndex(first, m => !m.Recipient.Equals(recipient, StringComparison.OrdinalIgnoreCase));
        var start = text.LastIndexOf('\n', mentions[first].Start) + 1;
        var end = next < 0 ? text.Length : mentions[next].Start;
        var other = text.IndexOf("\nWhile talking to ", start, end - start, StringComparison.Ordinal);
        return text[start..(other < 0 ? end : other)];
    }
}
