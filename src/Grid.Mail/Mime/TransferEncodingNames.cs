namespace Grid.Mail.Mime;

/// <summary>The encodings as the header spells them.</summary>
internal static class TransferEncodingNames
{
    public static string Name(this TransferEncoding encoding) => encoding switch
    {
        TransferEncoding.SevenBit => "7bit",
        TransferEncoding.EightBit => "8bit",
        TransferEncoding.QuotedPrintable => "quoted-printable",
        TransferEncoding.Base64 => "base64",
        _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
    };
}
