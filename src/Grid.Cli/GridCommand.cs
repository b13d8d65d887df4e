using System.CommandLine;
using Grid.Cli.Commands;
using Grid.Cli.Output;
using Grid.Client;

namespace Grid.Cli;

/// <summary>The command: from its words to its exit code.</summary>
public static class GridCommand
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Runs it. Exit codes: 0 done, 1 refused or not found, 2 wrong usage, 3 the grid cannot be reached.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings around, CancellationToken cancellationToken = default)
    {
        var root = Build(around);
        var parsed = root.Parse(arguments);
        var configuration = new InvocationConfiguration { Output = around.Out, Error = around.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await around.Error.WriteLineAsync("grid: " + Safe.Text(error.Message));
            }

            await around.Error.WriteLineAsync("      --help says what is right");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (UsageException wrong)
        {
            await around.Error.WriteLineAsync("grid: " + Safe.Text(wrong.Message));
            return ExitCode.Usage;
        }
        catch (GridUnreachableException away)
        {
            await around.Error.WriteLineAsync("grid: " + Safe.Text(away.Message));
            return ExitCode.Unreachable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
    }

    /// <summary>The tree of its words.</summary>
    internal static RootCommand Build(Surroundings around)
    {
        var verbs = new Verbs(
            around,
            new Option<string?>("--url") { Description = $"The grid's address; default GRID_URL, else {DefaultUrl}", Recursive = true },
            new Option<string?>("--key") { Description = "The operator's key, or a tenant's; default GRID_KEY (better: others see a command line)", Recursive = true },
            new Option<bool>("--json") { Description = "Answer as JSON", Recursive = true },
            new Option<bool>("--no-color") { Description = "No colours; also NO_COLOR", Recursive = true });
        var root = new RootCommand("Grid from a terminal: see, act, send.") { verbs.Url, verbs.Key, verbs.Json, verbs.NoColour };
        foreach (var command in (Command[])
            [
                TopCommand.Make(verbs), TenantCommands.Make(verbs), KeyCommands.Make(verbs), IpCommands.Make(verbs), DomainCommands.Make(verbs), SiteCommands.Make(verbs), PolicyCommands.Make(verbs),
                QueueCommands.Make(verbs), DecisionCommands.Make(verbs), FeedbackCommands.Make(verbs), ShapingCommands.Make(verbs), WarmupCommands.Make(verbs), SendingDomainCommands.Make(verbs), TlsReportCommands.Make(verbs), .. DeskCommands.Make(verbs),
                SendCommand.Make(verbs), MessageCommands.Make(verbs), TemplateCommands.Make(verbs), EventCommands.Make(verbs), ReputationCommand.Make(verbs), AccountCommands.Make(verbs), ChildCommands.Make(verbs),
                SuppressionCommands.Make(verbs), ConsentCommands.Make(verbs), WebhookCommands.Make(verbs), HealthCommand.Make(verbs), ApiCommand.Make(verbs), CompletionCommand.Make(verbs),
            ])
        {
            root.Add(command);
        }

        return root;
    }

    /// <summary>The address and key that were given, or that stand in the environment.</summary>
    internal static Session Open(Surroundings around, string? url, string? key, bool asJson, bool noColour)
    {
        var address = url ?? around.Variable("GRID_URL") ?? DefaultUrl;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            throw new UsageException($"--url must be an http or https URL, was '{address}'");
        }

        var given = key ?? around.Variable("GRID_KEY");
        if (given is not null && (given.Length == 0 || given.Any(c => c is < '!' or > '~')))
        {
            throw new UsageException("--key must be visible ASCII characters");
        }

        var options = new GridClientOptions { Url = parsed, Key = given, MaxAttempts = 3, Clock = around.Clock };
        return new(new GridClient(options, around.Wire?.Invoke()), new Screen(around, asJson, !noColour && string.IsNullOrEmpty(around.Variable("NO_COLOR"))), around);
    }
}
