namespace Grid.Mail.Ingress;

/// <summary>One RCPT that was accepted.</summary>
/// <param name="Address">The address as given, without angle brackets.</param>
/// <param name="Notify">NOTIFY of RFC 3461 as given: "NEVER" or a list of SUCCESS, FAILURE, DELAY in upper case; null where not given.</param>
/// <param name="OriginalRecipient">ORCPT of RFC 3461: address type and xtext as given; null where not given.</param>
public sealed record SmtpRecipient(string Address, string? Notify, string? OriginalRecipient);
