using System.CommandLine;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>grid api: any request, for what has no command of its own.</summary>
internal static class ApiCommand
{
    public static Command Make(Verbs verbs)
    {
        var method = Verbs.Word("method", "GET, PUT, POST or DELETE");
        method.AcceptOnlyFromAmong("GET", "PUT", "POST", "DELETE", "get", "put", "post", "delete");
        var path = Verbs.Word("path", "Such as /v1/queue; its parts escaped");
        var (body, file) = (Verbs.Text("--body", "JSON"), Verbs.Text("--file", "A file with the body; - reads the input"));
        var type = Verbs.Text("--type", "Media type of the body; default application/json");
        return verbs.Make("api", "Any request: what it answers, as it is", [method, path, body, file, type], async (session, parsed, ct) =>
        {
            var target = parsed.GetValue(path)!;
            if (!target.StartsWith('/') || target.StartsWith("//", StringComparison.Ordinal))
            {
                throw new UsageException("the path must begin with one slash: the key goes to the grid alone");
            }

            var text = parsed.GetValue(file) is { } from ? await session.ReadAsync(from, ct) : parsed.GetValue(body);
            var answer = await session.Client.CallAsync(new(parsed.GetValue(method)!.ToUpperInvariant()), target, text, parsed.GetValue(type) ?? "application/json", null, ct);
            if (!answer.IsSuccess)
            {
                session.Screen.Problem(answer);
                return ExitCode.Refused;
            }

            if (answer.Json is { } json)
            {
                session.Screen.Json(json);
            }
            else if (answer.Text.Length > 0)
            {
                session.Screen.Document(answer.Text);
            }

            return ExitCode.Done;
        });
    }
}
