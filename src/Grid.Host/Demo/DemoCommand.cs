using Grid.Host.Options;

namespace Grid.Host.Demo;

/// <summary>The words of the command line: <c>demo</c>, <c>--once</c> to end it by itself, <c>--policies</c> for the five policies side by side.</summary>
/// <param name="Once">It ends when everything was seen.</param>
/// <param name="Policies">It shows one history under the five policies as a table, and starts nothing.</param>
internal sealed record DemoCommand(bool Once, bool Policies = false)
{
    public const string Word = "demo";
    private const string OnceWord = "--once";
    private const string PoliciesWord = "--policies";

    /// <summary>Null where no demo is asked for.</summary>
    /// <exception cref="ConfigurationFaultsException">Another word stands beside it.</exception>
    public static DemoCommand? Read(IReadOnlyList<string> arguments)
    {
        if (!arguments.Contains(Word))
        {
            return null;
        }

        var unknown = arguments.Where(argument => argument is not (Word or OnceWord or PoliciesWord) && !argument.Contains(':', StringComparison.Ordinal)).ToArray();
        return unknown.Length == 0
            ? new(arguments.Contains(OnceWord), arguments.Contains(PoliciesWord))
            : throw new ConfigurationFaultsException([.. unknown.Select(word => $"{word}: the demo knows only {OnceWord}, {PoliciesWord} and options such as --Grid:Data=FOLDER")]);
    }
}
