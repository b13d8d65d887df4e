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

        if (transaction.RequireTls)
            output.Append(" REQUIRETLS"u8);

        if (transaction.Utf8)
            output.Append(" SMTPUTF8"u8);

        output.Append("\r\n"u8);
    }

    public static void Recipient(OutputBuffer output, string address) => output.Append("RCPT TO:<"u8).Append(address).Append(">\r\n"u8);

    public static void Data(OutputBuffer output) => output.Append("DATA\r\n"u8);

    public static void Reset(OutputBuffer output) => output.Append("RSET\r\n"u8);
}
