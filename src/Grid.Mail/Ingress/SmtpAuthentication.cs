using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Unicode;

namespace Grid.Mail.Ingress;

/// <summary>AUTH PLAIN (RFC 4616) and LOGIN, with or without an initial response (RFC 4954).</summary>
internal sealed class SmtpAuthentication(SmtpServerWire wire, ISmtpGate gate, IPAddress peer, TimeSpan timeout)
{
    private const int MaxPartBytes = 1024;

    private static readonly SmtpServerReply Cancelled = new(501, "5.7.0", "Authentication cancelled");
    private static readonly SmtpServerReply Malformed = new(501, "5.5.2", "The response is not valid base64 of this mechanism");
    private static readonly SmtpServerReply UnknownMechanism = new(504, "5.5.4", "Mechanisms are PLAIN and LOGIN");

    /// <summary>What the wait for the client's response came to; other than Ready ends the session.</summary>
    public SmtpWireStatus Status { get; private set; }

    /// <summary>Runs the exchange and returns the gate's answer, or a refusal; null when the session is over (see <see cref="Status"/>).</summary>
    public async ValueTask<SmtpSignIn?> RunAsync(ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
    {
        int space = arguments.Span.IndexOf((byte)' ');
        var mechanism = space < 0 ? arguments : arguments[..space];
        byte[]? initial = space < 0 ? null : arguments[(space + 1)..].ToArray();
        if (Ascii.EqualsIgnoreCase(mechanism.Span, "PLAIN"u8))
            return await PlainAsync(initial, cancellationToken).ConfigureAwait(false);

        return Ascii.EqualsIgnoreCase(mechanism.Span, "LOGIN"u8)
            ? await LoginAsync(initial, cancellationToken).ConfigureAwait(false)
            : SmtpSignIn.Refused(UnknownMechanism);
    }

    private async ValueTask<SmtpSignIn?> PlainAsync(byte[]? response, CancellationToken cancellationToken)
    {
        response ??= await AskAsync("334 \r\n"u8.ToArray()).ConfigureAwait(false);
        if (response is null)
            return null;

        if (Decode(response) is not { } text)
            return Refuse(response);

        string[] parts = text.Split('\0'); // authorization identity, user, password
        return parts.Length == 3 && (parts[0].Length == 0 || parts[0] == parts[1])
            ? await SignInAsync(parts[1], parts[2], cancellationToken).ConfigureAwait(false)
            : SmtpSignIn.Refused(Malformed);
    }

    private async ValueTask<SmtpSignIn?> LoginAsync(byte[]? response, CancellationToken cancellationToken)
    {
        response ??= await AskAsync("334 VXNlcm5hbWU6\r\n"u8.ToArray()).ConfigureAwait(false);
        if (response is null)
            return null;

        if (Decode(response) is not { } user)
            return Refuse(response);

        response = await AskAsync("334 UGFzc3dvcmQ6\r\n"u8.ToArray()).ConfigureAwait(false);
        if (response is null)
            return null;

        return Decode(response) is { } password ? await SignInAsync(user, password, cancellationToken).ConfigureAwait(false) : Refuse(response);
    }

    private async ValueTask<SmtpSignIn?> SignInAsync(string user, string password, CancellationToken cancellationToken)
    {
        bool sound = user.Length > 0 && password.Length > 0 && !user.Contains('\0') && !password.Contains('\0')
            && Encoding.UTF8.GetByteCount(user) <= MaxPartBytes && Encoding.UTF8.GetByteCount(password) <= MaxPartBytes;
        return sound ? await gate.SignInAsync(user, password, peer, cancellationToken).ConfigureAwait(false) : SmtpSignIn.Wrong();
    }

    private async ValueTask<byte[]?> AskAsync(byte[] challenge)
    {
        wire.Write(challenge);
        Status = await wire.ReadLineAsync(timeout).ConfigureAwait(false);
        return Status == SmtpWireStatus.Ready ? wire.Line.ToArray() : null;
    }

    private static SmtpSignIn Refuse(byte[] response) => SmtpSignIn.Refused(response.AsSpan().SequenceEqual("*"u8) ? Cancelled : Malformed);

    private static string? Decode(byte[] base64)
    {
        if (base64.AsSpan().SequenceEqual("="u8)) // RFC 4954, 4: an empty initial response
            return "";

        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        bool valid = base64.Length % 4 == 0 && !base64.AsSpan().ContainsAny((byte)' ', (byte)'\t')
            && Base64.DecodeFromUtf8(base64, bytes, out _, out int length) == System.Buffers.OperationStatus.Done && Utf8.IsValid(bytes.AsSpan(0, length));
        return valid ? Encoding.UTF8.GetString(bytes, 0, Base64Length(base64)) : null;
    }

    private static int Base64Length(byte[] base64)
    {
        int padding = base64.Length > 0 && base64[^1] == (byte)'=' ? base64[^2] == (byte)'=' ? 2 : 1 : 0;
        return (base64.Length / 4 * 3) - padding;
    }
}
