namespace Grid.Mail.Ingress;

/// <summary>Commands that the listeners know.</summary>
internal enum SmtpVerb : byte
{
    Unknown = 0,
    Helo,
    Ehlo,
    Mail,
    Rcpt,
    Data,
    Bdat,
    Rset,
    Noop,
    Quit,
    Vrfy,
    Expn,
    Help,
    StartTls,
    Auth,
}
