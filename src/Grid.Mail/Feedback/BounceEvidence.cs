using System.Text.RegularExpressions;
using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>Signs by which a message without machine-readable fields is told to be a bounce, an auto-reply, or neither.</summary>
internal static class BounceEvidence
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex Robot = new(
        @"^[ ""<]*$|mailer[- ]?daemon|post[-_]?master|mail[ -]?delivery|delivery[ -]?(?:system|subsystem|status)|mail[ -]?(?:system|administrator|error)|\bmailerdaemon|\bmdaemon|mail server|smtp", Options);

    private static readonly Regex FailureSubject = new(
        @"undeliver|not (?:be )?deliver|non-?deliver|(?:delivery|mail|message) (?:status|failure|failed|report|error|notification|problem|warning|has failed|delayed|delay)|failure (?:notice|notification|delivery)|delivery[: ]+fail|failed (?:mail|delivery)|returned (?:mail|message)|could ?n[o']t be (?:delivered|sent)|cannot be delivered|unable to deliver|returning (?:message|mail)|message you sent|blocked|bounce|(?:mail|sending) (?:system )?error|rejected|delivery (?:has been )?(?:delayed|suspended)|warning: (?:message|could not)|user unknown|error (?:sending|while|in|delivering)",
        Options);

    private static readonly Regex FailureText = new(
        @"(?:could|can|did|was|were|is|has|have|been|are)(?: ?n[o']t|not)(?: able to)?(?: be)?(?: been)? (?:deliver|sen[dt]|reach|found|accept)|undeliver|unable to (?:deliver|send)|failed (?:permanently|to deliver|recipient|address)|delivery (?:to |of )?.{0,60}(?:fail|delay|not possible|impossible)|(?:permanent|fatal|transient)(?: fatal| delivery)? (?:error|failure)|(?:unknown|no such|invalid|nonexist\w*|non-exist\w*|bad) (?:user|mailbox|recipient|address|final delivery|local)|user (?:unknown|not found|does(?: ?n[o']t| not) exist)|mailbox (?:is )?(?:full|unavailable|not found|unknown)|(?:quota|mailbox size).{0,20}exceed|does not exist|returned (?:to sender|mail|unopened)|not listed in|reject|retry timeout|envelope expired|error (?:has )?occurred while (?:attempting|trying)|rejected|blocked|error code|host unknown|may not exist",
        Options);

    private static readonly Regex DeliveryText = new(
        @"(?:could|can|was|were|is|has|have)(?: ?n[o']t|not) (?:be |been )?delivered|unable to deliver|undeliver|delivery (?:to .{0,60})?failed|failed to deliver|not deliverable", Options);

    private static readonly Regex DelayText = new(
        @"warning message only|postponed|will be retried|(?:delivery|message|mail).{0,60} (?:has been |is |was )?delayed|\(delay\)|not (?:yet )?been delivered|still (?:being )?(?:tried|trying|queued)|keep trying|continue(?:s)? to (?:try|be)|temporar(?:y|ily) (?:failure|deferred)|for the (?:last|past) \d+ (?:hour|minute|day)s?",
        Options);

    private static readonly Regex AutoReplySubject = new(
        @"^\W*(?:re: *)?(?:auto(?:matic|mated|matische)?[ -]?(?:reply|response|answer|antwort|respond)|out[ -]of[ -](?:the[ -])?office|vacation|away from|(?:i am|i'm) (?:away|out|on)|abwesen|absence|réponse automatique|respuesta automática|risposta automatica|resposta automática|autoreply|autosvar|ooo\b)",
        Options);

    // A recipient that stands alone before the words about it, as many mail systems write it.
    private static readonly Regex NamedRecipient = new(@"^[ \t]*<[^<>@\s]{1,64}@[^<>@\s]{1,255}>:[ \t]*$", Options | RegexOptions.Multiline);

    /// <summary>The sender is a mail system, or nobody.</summary>
    public static bool IsFromRobot(MimeEntity message) => Robot.IsMatch(message.Header("From")?.Text ?? "");

    public static bool HasFailureSubject(MimeEntity message) => FailureSubject.IsMatch(message.Header("Subject")?.Text ?? "");

    public static bool SpeaksOfFailure(string text) => FailureText.IsMatch(text);

    /// <summary>Names a recipient as notices do, in whatever language the rest is.</summary>
    public static bool NamesRecipient(string text) => NamedRecipient.IsMatch(text);

    /// <summary>Says outright that a message was not delivered.</summary>
    public static bool SpeaksOfDelivery(string text) => DeliveryText.IsMatch(text);

    public static bool SpeaksOfDelay(string text) => DelayText.IsMatch(text);

    /// <summary>The message says itself that it answers automatically (RFC 3834 and what came before it).</summary>
    public static bool IsAutoReply(MimeEntity message) =>
        message.Header("Auto-Submitted")?.Value.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true
        || message.Header("X-Autoreply") is not null || message.Header("X-Autorespond") is not null
        || message.Header("X-Auto-Response-Suppress") is not null && !IsFromRobot(message)
        || message.Header("Precedence")?.Value.Contains("auto_reply", StringComparison.OrdinalIgnoreCase) == true
        || HasAutoReplySubject(message);

    public static bool HasAutoReplySubject(MimeEntity message) => AutoReplySubject.IsMatch(message.Header("Subject")?.Text ?? "");
}
