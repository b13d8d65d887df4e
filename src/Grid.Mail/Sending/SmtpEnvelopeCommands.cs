using Grid.Core.Outcomes;

namespace Grid.Mail.Sending;

/// <summary>Writes the commands of a transaction.</summary>
internal static class SmtpEnvelopeCommands
{
    public static void Mail(OutputBuffer output, SmtpTransaction transaction, SmtpExtensions extensions)
    {
        output.Append("MAIL FROM:<"u8).Append(transaction.ReturnPath).Append(">"u8);
        if (extensions.Size)
            output.Append(" SIZE="u8).Append(transaction.Body.Length);

        if (transaction.EightBit && extensions.EightBitMime)
            output.Append(" BODY=8BITMIME"u8);

        if (extensions.Dsn && transaction.Dsn?.Request.Return is { } what)
            output.Append(" RET="u8).Append(what);

        if (extensions.Dsn && transaction.Dsn?.Request.EnvelopeId is { } id)
            output.Append(" ENVID="u8).Append(id);

        if (transaction.RequireTls)
            output.Append(" REQUIRETLS"u8);

        if (transaction.Utf8)
            output.Append(" SMTPUTF8"u8);

        output.Append("\r\n"u8);
    }

    public static void Recipient(OutputBuffer output, SmtpTransaction transaction, int index, SmtpExtensions extensions)
    {
        output.Append("RCPT TO:<"u8).Append(transaction.Recipients[index]).Append(">"u8);
        if (extensions.Dsn && transaction.Dsn?.Recipients[index] is { } asked)
        {
            if (DsnRules.PassedOn(asked.Notify) is { } notify)
                output.Append(" NOTIFY="u8).Append(notify);

            if (asked.Original is { } original)
                output.Append(" ORCPT="u8).Append(original);
        }

        output.Append("\r\n"u8);
    }

    public static void Data(OutputBuffer output) => output.Append("DATA\r\n"u8);

    public static void Reset(OutputBuffer output) => output.Append("RSET\r\n"u8);
}
