using Grid.Core.Ingress;
using Grid.Core.Vocabulary;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Host.Public;

/// <summary>What somebody entered at /abuse, cut to its bounds, with every fault by field.</summary>
internal sealed record AbuseForm(string Sender, string SpammedAddress, string Reporter, string When, string Message, string Words, string Trap, string Stamp)
{
    /// <summary>Largest form, with the message, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Longest message that is read, in characters; the header is what counts.</summary>
    public const int MaxMessage = AbuseReport.MaxEvidenceBytes;

    private const int MaxFields = 20;

    public static AbuseForm Empty { get; } = new("", "", "", "", "", "", "", "");

    /// <summary>Reads it; a file takes the place of pasted text.</summary>
    public static async ValueTask<AbuseForm> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = MaxBytes;
        }

        if (!context.Request.HasFormContentType)
        {
            return Empty;
        }

        var options = new FormOptions { ValueCountLimit = MaxFields, BufferBodyLengthLimit = MaxBytes, MultipartBodyLengthLimit = MaxBytes, ValueLengthLimit = MaxBytes, BufferBody = false };
        var form = await new FormFeature(context.Request, options).ReadFormAsync(context.RequestAborted);
        string Field(string name, int max) => form[name].ToString().Trim() is var text && text.Length > max ? text[..max] : form[name].ToString().Trim();
        return new(
            Field("sender", AbuseReport.MaxTextLength),
            Field("spammed", AbuseReport.MaxTextLength),
            Field("reporter", AbuseReport.MaxTextLength),
            Field("when", AbuseReport.MaxTextLength),
            form.Files.GetFile("file") is { Length: > 0 } file ? await TextAsync(file, context.RequestAborted) : Field("message", MaxMessage),
            Field("words", AbuseReport.MaxTextLength),
            Field("website", AbuseReport.MaxTextLength),
            Field("stamp", 100));
    }

    /// <summary>What is wrong, by field; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string> Faults(FormStamp stamps)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!AddressNormalForm.TryNormalise(SpammedAddress, out _))
        {
            faults["spammed"] = "Please enter the email address that the mail was sent to.";
        }

        if (Reporter.Length > 0 && !AddressNormalForm.TryNormalise(Reporter, out _))
        {
            faults["reporter"] = "This is no email address; please correct it or leave it empty.";
        }

        if (!Message.Contains(':', StringComparison.Ordinal) || !Message.Contains('\n', StringComparison.Ordinal))
        {
            faults["message"] = "Please paste the full headers of the message, or attach it: without them nobody can find who sent it.";
        }

        if (Trap.Length > 0)
        {
            faults["website"] = "Please leave this field empty.";
        }

        if (!stamps.IsGood(Stamp))
        {
            faults["stamp"] = "The form was open for too long, or sent too fast. Please send it again.";
        }

        return faults;
    }

    private static async ValueTask<string> TextAsync(IFormFile file, CancellationToken cancellationToken)
    {
        using var stream = file.OpenReadStream();
        var bytes = new byte[Math.Min(file.Length, MaxMessage)];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return System.Text.Encoding.Latin1.GetString(bytes);
    }
}
