using System.CommandLine;
using Grid.Client;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid message: messages that are whole or many, and what became of one; with a tenant's key.</summary>
internal static class MessageCommands
{
    public static Command Make(Verbs verbs) => Verbs.Group(
        "message",
        "Messages: show, cancel; send whole ones, or many at once",
        Call(verbs, "show", "What became of one", HttpMethod.Get, "/v1/messages/{id}"),
        Call(verbs, "cancel", "Withdraw what has not left", HttpMethod.Delete, "/v1/messages/{id}"),
        Submit(verbs, "raw", "Send a whole message (message/rfc822)", "/v1/messages/raw", "message/rfc822", "A whole message; - reads the input",
            new("to", "A recipient; may be repeated", true, CallFieldKind.Several), new("stream", "bulk (the default) or transactional", Kind: CallFieldKind.Query, OneOf: ["bulk", "transactional"]), new("campaign", "Campaign", Kind: CallFieldKind.Query)),
        Submit(verbs, "batch", "Send up to 1,000 messages; what became of each, in order", "/v1/messages/batch", "application/json", "JSON: {\"messages\": [...]}; - reads the input"));

    private static Command Submit(Verbs verbs, string name, string description, string path, string mediaType, string words, params CallField[] query)
    {
        var shape = new CallShape(HttpMethod.Get, new(path), query);
        var (file, repeat) = (Verbs.Word("file", words), Verbs.Text("--idempotency-key", "The same key never sends twice within 24 h"));
        return verbs.Make(name, description, [file, .. shape.Symbols, repeat], async (session, parsed, ct) =>
        {
            var request = await shape.RequestAsync(session, parsed, ct) with
            {
                Method = HttpMethod.Post,
                Bytes = await session.ReadBytesAsync(parsed.GetValue(file)!, ct),
                MediaType = mediaType,
                IdempotencyKey = parsed.GetValue(repeat) ?? Guid.NewGuid().ToString("N"),
            };
            return SendCommand.Show(session, await session.Client.CallAsync(request, ct));
        });
    }
}
