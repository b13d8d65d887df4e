using System.CommandLine;
using System.CommandLine.Completions;

namespace Grid.Cli.Tests.Parity;

/// <summary>A command that does something: the words that lead there, and lines that try all that it takes.</summary>
internal sealed record Leaf(string Name, Command Command)
{
    /// <summary>Given for text: a file that is the input, and a name like any other.</summary>
    private const string Anything = "-";

    /// <summary>All below a command.</summary>
    public static IEnumerable<Leaf> Of(Command command, string name = "") => command.Subcommands.Count == 0
        ? [new(name, command)]
        : command.Subcommands.SelectMany(below => Of(below, name.Length == 0 ? below.Name : $"{name} {below.Name}"));

    /// <summary>With what must be given; then with each option besides, and each two: one of them may say whose or how.</summary>
    public IEnumerable<string[]> Lines()
    {
        string[] needed = [.. Name.Split(' '), .. Command.Arguments.Select(argument => Value(argument, argument.ValueType)), .. Command.Options.Where(option => option.Required).SelectMany(Given)];
        var others = Command.Options.Where(option => !option.Required).ToList();
        return
        [
            needed,
            .. others.Select(option => (string[])[.. needed, .. Given(option)]),
            .. others.SelectMany((one, i) => others.Skip(i + 1).Select(two => (string[])[.. needed, .. Given(one), .. Given(two)])),
        ];
    }

    private static IEnumerable<string> Given(Option option) => option.ValueType == typeof(bool) ? [option.Name] : [option.Name, Value(option, Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType)];

    private static string Value(Symbol symbol, Type type) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(completion => completion.Label).FirstOrDefault()
        ?? (type == typeof(int) || type == typeof(decimal) ? "1" : Anything);
}
