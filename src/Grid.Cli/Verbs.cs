using System.CommandLine;

namespace Grid.Cli;

/// <summary>Makes commands that open a session and run in it.</summary>
internal sealed class Verbs(Surroundings around, Option<string?> url, Option<string?> key, Option<bool> json, Option<bool> noColour)
{
    public Option<string?> Url => url;

    public Option<string?> Key => key;

    public Option<bool> Json => json;

    public Option<bool> NoColour => noColour;

    public Surroundings Around => around;

    /// <summary>A command with arguments and options, in order.</summary>
    public Command Make(string name, string description, IReadOnlyList<Symbol> symbols, Func<Session, ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Add(argument);
                    break;
                case Option option:
                    command.Add(option);
                    break;
                default:
                    throw new InvalidOperationException($"{symbol.Name} is neither argument nor option");
            }
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var session = GridCommand.Open(around, parsed.GetValue(url), parsed.GetValue(key), parsed.GetValue(json), parsed.GetValue(noColour));
            return await run(session, parsed, cancellationToken);
        });
        return command;
    }

    /// <summary>A command of commands.</summary>
    public static Command Group(string name, string description, params IEnumerable<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Add(command);
        }

        return group;
    }

    public static Argument<string> Word(string name, string description) => new(name) { Description = description };

    public static Option<string?> Text(string name, string description) => new(name) { Description = description };

    /// <summary>For an operator's act whose body has no reason.</summary>
    public static Option<string?> Reason() => Text("--reason", "Why; it goes to the ledger");

    /// <summary>What a policy's or a profile's file is in, by its name.</summary>
    public static string PolicyType(string file) => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "application/json" : "application/yaml";

    public static Option<string> Needed(string name, string description) => new(name) { Description = description, Required = true };

    public static Option<string[]> Several(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true };

    public static Option<int?> Count(string name, string description) => new(name) { Description = description };

    /// <summary>Most rows of a list.</summary>
    public static Option<int> Limit(int fallback = 1000)
    {
        var option = new Option<int>("--limit") { Description = $"Most rows, 1 to 100000; default {fallback}", DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError("--limit must be a whole number from 1 to 100000");
            }
        });
        return option;
    }

    /// <summary>A part of a path.</summary>
    public static string Part(string text) => text is "" or "." or ".." ? throw new UsageException($"'{text}' is no name") : Uri.EscapeDataString(text);

    /// <summary>A query of what is given, with its question mark; empty where nothing is.</summary>
    public static string Query(params ReadOnlySpan<(string Name, string? Value)> pairs)
    {
        var query = "";
        foreach (var (name, value) in pairs)
        {
            query += value is null ? "" : $"{(query.Length == 0 ? "?" : "&")}{name}={Uri.EscapeDataString(value)}";
        }

        return query;
    }
}
