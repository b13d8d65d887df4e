using Grid.Host.Options;

namespace Grid.Host.Demo;

/// <summary>The words of the command line: <c>demo</c>, and <c>--once</c> to end it by itself.</summary>
/// <param name="Once">It ends when everything was seen.</param>
internal sealed record DemoCommand(bool Once)
{
    public const string Word = "demo";
    private const string OnceWord = "--once";

    /// <summary>Null where no demo is asked for.</summary>
    /// <exception cref="ConfigurationFaultsException">Another word stands beside it.</exception>
    public static DemoCommand? Read(IReadOnlyList<string> arguments)
    {
        if (!arguments.Contains(Word))
        {
            return null;
        }

        var unknown = arguments.Where(argument => argument is not (Word or OnceWord) && !argument.Contains(':', StringComparison.Ordinal)).ToArray();
        return unknown.Length == 0
            ? new(arguments.Contains(OnceWord))
            : throw new ConfigurationFaultsException([.. unknown.Select(word => $"{word}: the demo knows only {OnceWord} and options such as --Grid:Data=FOLDER")]);
    }
}
