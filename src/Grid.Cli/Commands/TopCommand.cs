using System.CommandLine;
using Grid.Cli.Output;
using Spectre.Console;

namespace Grid.Cli.Commands;

/// <summary>grid top: the whole grid at a glance, again and again.</summary>
internal static class TopCommand
{
    public static Command Make(Verbs verbs)
    {
        var once = new Option<bool>("--once") { Description = "One look, then end" };
        var every = new Option<int>("--every") { Description = "Seconds between looks, 1 to 60; default 2", DefaultValueFactory = _ => 2 };
        every.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 60)
            {
                result.AddError("--every must be a whole number of seconds from 1 to 60");
            }
        });
        return verbs.Make("top", "The grid at a glance, live", [once, every], async (session, parsed, ct) =>
        {
            var look = await Glance.TakeAsync(session, null, ct);
            if (look.Refusal is { } refusal)
            {
                session.Screen.Problem(refusal);
                return ExitCode.Refused;
            }

            if (parsed.GetValue(once) || !session.Around.IsTerminal)
            {
                session.Screen.Card(look.ToJson());
                return ExitCode.Done;
            }

            await session.Screen.Console.Live(look.Draw()).AutoClear(false).StartAsync(async live =>
            {
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(parsed.GetValue(every)), session.Around.Clock);
                while (await timer.WaitForNextTickAsync(ct))
                {
                    var next = await Glance.TakeAsync(session, look, ct);
                    if (next.Refusal is null)
                    {
                        look = next;
                        live.UpdateTarget(look.Draw());
                    }
                }
            });
            return ExitCode.Done;
        });
    }
}
