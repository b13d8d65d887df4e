namespace Grid.Host.Api.SendGrid;

/// <summary>How a mail is to be handled. What would bypass suppressions is refused.</summary>
/// <param name="Footer">Added below the content.</param>
/// <param name="SandboxMode">Checked only; nothing is kept.</param>
public sealed record SendGridMailSettings(
    SendGridSwitch? BypassListManagement,
    SendGridSwitch? BypassSpamManagement,
    SendGridSwitch? BypassBounceManagement,
    SendGridSwitch? BypassUnsubscribeManagement,
    SendGridFooter? Footer,
    SendGridSwitch? SandboxMode);
