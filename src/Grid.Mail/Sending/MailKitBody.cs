using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace Grid.Mail.Sending;

/// <summary>The bytes behind a message's header, written as they are.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is a multipart only so that a part of it can tell MailKit of octets above 127.")]
internal sealed class MailKitBody : Multipart
{
    private readonly ReadOnlyMemory<byte> _bytes;

    /// <param name="eightBit">There are octets above 127: BODY=8BITMIME is declared.</param>
    public MailKitBody(ReadOnlyMemory<byte> bytes, bool eightBit)
    {
        _bytes = bytes;
        Headers.Clear();
        if (eightBit)
            Add(new MimePart { ContentTransferEncoding = ContentEncoding.EightBit });
    }

    public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default) => stream.Write(_bytes.Span);

    public override Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default) =>
        stream.WriteAsync(_bytes, cancellationToken).AsTask();
}
