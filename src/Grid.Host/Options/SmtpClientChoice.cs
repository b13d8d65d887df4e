namespace Grid.Host.Options;

/// <summary>Which SMTP client delivers.</summary>
public enum SmtpClientChoice
{
    /// <summary>Grid's own, which pipelines over the end of a message.</summary>
    Grid,

    /// <summary>MailKit's; only in a grid that was built for Microsoft Orleans.</summary>
    MailKit,
}
