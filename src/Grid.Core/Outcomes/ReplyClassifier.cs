using Grid.Core.Vocabulary;

namespace Grid.Core.Outcomes;

/// <summary>
/// What: tells what a receiver meant. In: a reply's code, enhanced code and words, and the host that said them.
/// Out: a <see cref="Classification"/>. Tried in this order: the receiver's words, its enhanced code (RFC 3463), its code (RFC 5321).
/// Guarantees: a transient reply (4xx, or a 4.x.x status without a code) is never hard; of an unknown 5xx neither, as the address may
/// be good. Words are searched for fixed phrases in at most 1,000 characters, so the work is bounded whatever they are.
/// Fails: never; what is not understood is Other.
/// </summary>
public static class ReplyClassifier
{
    /// <param name="code">Reply code; 0 where no reply was had. With 0, a status of a report (5.x.x or 4.x.x) counts; without one it is the network.</param>
    /// <param name="enhanced">Such as "5.1.1"; empty where none was given (one at the start of the text is found).</param>
    /// <param name="text">The words, lines joined in any way.</param>
    /// <param name="host">Name of the host that replied; null where unknown.</param>
    /// <param name="command">What it answers; where Unknown, the words are asked.</param>
    public static Classification Classify(int code, string enhanced, string text, string? host = null, AnsweredCommand command = AnsweredCommand.Unknown)
    {
        if (code is >= 200 and < 400)
        {
            return new(ReplyReason.None, false, ReplyAbout.Receiver, "accepted");
        }

        var normal = ReplyText.Normalise(code, text, out var found);
        var status = ReplyText.IsStatus(enhanced) ? enhanced : found;
        if (code == 0 && status.Length == 0)
        {
            return new(ReplyReason.Network, false, ReplyAbout.Receiver, "network");
        }

        var permanent = status.Length == 0 ? code >= 500 : status[0] == '5' && code is 0 or >= 500;
        var detail = status.Length == 0 ? "" : status[2..];
        var answered = command == AnsweredCommand.Unknown ? CommandInText.Find(text) : command;
        foreach (var rule in ReplyRules.ByText)
        {
            if (rule.Matches(normal, detail, host, answered))
            {
                return new(rule.Reason, rule.Hard && permanent, rule.About, rule.Name, (rule.Hard || rule.Ends) && permanent);
            }
        }

        if (ReplyRules.ByDetail.TryGetValue(detail, out var exact))
        {
            return new(exact.Reason, exact.Hard && permanent, exact.About, "enhanced x." + detail, (exact.Hard || exact.Reason == ReplyReason.DisabledMailbox) && permanent);
        }

        if (detail.Length > 0 && ReplyRules.BySubject.TryGetValue(detail[0], out var subject))
        {
            return new(subject.Reason, false, subject.About, $"enhanced x.{detail[0]}");
        }

        if (!ReplyRules.ByCode.TryGetValue(code, out var basic))
        {
            return new(ReplyReason.Other, false, ReplyAbout.Receiver, $"code {code}");
        }

        var hard = permanent && basic.Reason is ReplyReason.BadDomain or ReplyReason.UnknownUser;
        return new(basic.Reason, hard, basic.About, $"code {code}", hard);
    }
}
