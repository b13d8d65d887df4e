namespace Grid.Cli;

/// <summary>What the command sees of the world.</summary>
/// <param name="Variable">An environment variable's value; null where it isn't set.</param>
/// <param name="IsTerminal">Output goes to people: tables, colours; otherwise lines with tabs.</param>
/// <param name="Width">Of the terminal, in characters.</param>
/// <param name="Wire">Carries requests to the grid; null for the client's own way.</param>
public sealed record Surroundings(
    TextWriter Out, TextWriter Error, TextReader In, Func<string, string?> Variable, bool IsTerminal, int Width, TimeProvider Clock, Func<HttpMessageHandler>? Wire = null)
{
    private const int DefaultWidth = 120;

    /// <summary>This process'.</summary>
    public static Surroundings OfProcess() => new(
        Console.Out, Console.Error, Console.In, Environment.GetEnvironmentVariable, !Console.IsOutputRedirected, Console.IsOutputRedirected ? DefaultWidth : Math.Max(40, Console.WindowWidth), TimeProvider.System);
}
