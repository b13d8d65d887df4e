using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Grid.Mail.Feedback;

namespace Grid.Mail.Ingress;

/// <summary>The arguments of MAIL and RCPT, with the parameters of SIZE, 8BITMIME, SMTPUTF8, DSN and AUTH.</summary>
internal static class SmtpArguments
{
    private static readonly SmtpServerReply Unknown = new(555, "5.5.4", "A parameter is not known here");
    private static readonly SmtpServerReply Malformed = new(501, "5.5.4", "A parameter is malformed or given twice");

    /// <summary>Reads what follows MAIL. Returns a refusal, or null and the envelope.</summary>
    public static SmtpServerReply? ParseMail(ReadOnlySpan<byte> text, int maxMessageBytes, bool takesRequireTls, out SmtpEnvelope? envelope)
    {
        envelope = null;
        if (!SmtpCommand.TryTake(ref text, "FROM:"u8))
            return new SmtpServerReply(501, "5.5.4", "Syntax: MAIL FROM:<address>");

        if (SmtpPath.Parse(text, mayBeEmpty: true, mayBePostmaster: false, out string address, out int length) is { } fault)
            return new SmtpServerReply(501, "5.1.7", fault);

        long? size = null;
        bool? eightBit = null;
        bool utf8 = false;
        bool auth = false;
        bool requireTls = false;
        string? ret = null;
        string? id = null;
        var parameters = new SmtpParameters(text[length..]);
        while (parameters.MoveNext())
        {
            var value = parameters.Value;
            if (parameters.Is("SIZE"u8))
            {
                if (size is not null || value.Length > 18 || !Utf8Parser.TryParse(value, out long bytes, out int taken) || taken != value.Length || bytes < 0)
                    return Malformed;
                size = bytes;
            }
            else if (parameters.Is("BODY"u8))
            {
                if (eightBit is not null || !(Is(value, "7BIT"u8) || Is(value, "8BITMIME"u8)))
                    return Malformed;
                eightBit = value[0] == (byte)'8';
            }
            else if (parameters.Is("SMTPUTF8"u8))
            {
                if (utf8 || !value.IsEmpty)
                    return Malformed;
                utf8 = true;
            }
            else if (parameters.Is("RET"u8))
            {
                if (ret is not null || !(Is(value, "FULL"u8) || Is(value, "HDRS"u8)))
                    return Malformed;
                ret = Encoding.ASCII.GetString(value).ToUpperInvariant();
            }
            else if (parameters.Is("ENVID"u8))
            {
                if (id is not null || value.Length is 0 or > 100 || !IsXtext(value))
                    return Malformed;
                id = Encoding.ASCII.GetString(value);
            }
            else if (takesRequireTls && parameters.Is("REQUIRETLS"u8))
            {
                if (requireTls || !value.IsEmpty)
                    return Malformed;
                requireTls = true;
            }
            else if (parameters.Is("AUTH"u8))
            {
                if (auth || value.IsEmpty || !IsXtext(value))
                    return Malformed;
                auth = true; // RFC 4954, 5: who submitted it first; nothing here depends on such a claim
            }
            else
            {
                return Unknown;
            }
        }

        if (parameters.IsMalformed)
            return Malformed;

        if (!utf8 && !Ascii.IsValid(address))
            return new SmtpServerReply(553, "5.6.7", "The address needs SMTPUTF8, which was not asked for");

        if (size > maxMessageBytes)
            return new SmtpServerReply(552, "5.3.4", $"The message has {size} bytes; at most {maxMessageBytes} are taken");

        envelope = new SmtpEnvelope
        {
            ReturnPath = address,
            EightBit = eightBit == true,
            Utf8 = utf8,
            DeclaredSizeBytes = size,
            Return = ret,
            EnvelopeId = id,
            RequireTls = requireTls,
        };
        return null;
    }

    /// <summary>Reads what follows RCPT. Returns a refusal, or null and the recipient.</summary>
    public static SmtpServerReply? ParseRecipient(ReadOnlySpan<byte> text, bool utf8, out SmtpRecipient? recipient)
    {
        recipient = null;
        if (!SmtpCommand.TryTake(ref text, "TO:"u8))
            return new SmtpServerReply(501, "5.5.4", "Syntax: RCPT TO:<address>");

        if (SmtpPath.Parse(text, mayBeEmpty: false, mayBePostmaster: true, out string address, out int length) is { } fault)
            return new SmtpServerReply(501, "5.1.3", fault);

        string? notify = null;
        string? original = null;
        var parameters = new SmtpParameters(text[length..], utf8);
        while (parameters.MoveNext())
        {
            if (parameters.Is("NOTIFY"u8))
            {
                if (notify is not null || parameters.Value.Length > 28)
                    return Malformed;
                notify = Encoding.ASCII.GetString(parameters.Value).ToUpperInvariant();
                if (!IsNotify(notify))
                    return Malformed;
            }
            else if (parameters.Is("ORCPT"u8))
            {
                int semicolon = parameters.Value.IndexOf((byte)';');
                if (original is not null || parameters.Value.Length > 500 || semicolon < 1 || semicolon + 1 == parameters.Value.Length
                    || !IsAddressType(parameters.Value[..semicolon]) || !IsXtext(parameters.Value[(semicolon + 1)..]) || !Utf8.IsValid(parameters.Value))
                    return Malformed;
                original = Xtext.Embed(Encoding.UTF8.GetString(parameters.Value));
                if (original.Length > 500)
                    return Malformed;
            }
            else
            {
                return Unknown;
            }
        }

        if (parameters.IsMalformed)
            return Malformed;

        if (!utf8 && !Ascii.IsValid(address))
            return new SmtpServerReply(553, "5.6.7", "The address needs SMTPUTF8, which MAIL did not ask for");

        recipient = new SmtpRecipient(address, notify, original);
        return null;
    }

    private static bool Is(ReadOnlySpan<byte> value, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(value, word);

    /// <summary>RFC 3461, 4.1: NEVER alone, or any of the three once each.</summary>
    private static bool IsNotify(string value)
    {
        if (value == "NEVER")
            return true;

        string[] words = value.Split(',');
        return words.All(w => w is "SUCCESS" or "FAILURE" or "DELAY") && words.Distinct().Count() == words.Length;
    }

    /// <summary>RFC 3461, 4: printable, without "=" (the parameters' syntax allows it in no value), and every "+" begins two upper-case hexadecimal digits.</summary>
    private static bool IsXtext(ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == (byte)'=')
                return false;

            if (value[i] == (byte)'+' && (i + 2 >= value.Length || !IsHex(value[i + 1]) || !IsHex(value[i + 2])))
                return false;
        }

        return true;
    }

    /// <summary>RFC 3461, 4.2: an atom, such as "rfc822" or "utf-8".</summary>
    private static bool IsAddressType(ReadOnlySpan<byte> value)
    {
        foreach (byte b in value)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != (byte)'-')
                return false;
        }

        return true;
    }

    private static bool IsHex(byte b) => b is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'F');
}
