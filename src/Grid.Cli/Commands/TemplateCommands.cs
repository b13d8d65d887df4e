using System.CommandLine;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid template: a tenant's templates, with its key.</summary>
internal static class TemplateCommands
{
    public static Command Make(Verbs verbs) => Verbs.Group(
        "template",
        "Templates: list, show, put, fill, remove",
        List(verbs, "All of them", "/v1/templates", "templates", ["name", "changed=changedAt"]),
        Call(verbs, "show", "One", HttpMethod.Get, "/v1/templates/{name}"),
        Call(verbs, "put", "Write or change one", HttpMethod.Put, "/v1/templates/{name}",
            new("subject", "Its subject", true), new("text", "As text; @FILE takes it from a file, - reads the input", Kind: CallFieldKind.Long), new("html", "As HTML; the same", Kind: CallFieldKind.Long)),
        Call(verbs, "fill", "What becomes of it with data; nothing is sent", HttpMethod.Post, "/v1/templates/{name}/fill", new CallField("data", "A file with a JSON object; - reads the input", true, CallFieldKind.Json)),
        Call(verbs, "remove", "Remove one", HttpMethod.Delete, "/v1/templates/{name}"));
}
