using System.Net;
using Grid.Core.Queue;
using Grid.Core.Vocabulary;
using Grid.Host.Demo.Policies;
using Grid.Host.Demo.Receivers;
using Grid.Host.Demo.Tenants;
using Grid.Host.Demo.View;
using Grid.Host.Options;
using Grid.Host.Wiring;
using Grid.Mail.Ingress;

namespace Grid.Host.Demo;

/// <summary>
/// The life of a demo: the receivers, the grid with routes to them, what goes on, and the view of it.
/// In: the command line. Out: an exit status, 0 for a demo that showed what it promises or was ended by hand, 1 for one that did not.
/// Guarantees that it touches no folder but its own; that the grid is stopped before the receivers.
/// Fails with <see cref="ConfigurationFaultsException"/> on a bad option before anything is started.
/// </summary>
internal static class DemoProgram
{
    private const int BrokenPromise = 1;
    private const int BlockAfter = 400;

    /// <summary>What a gmail-like receiver takes from one address.</summary>
    private static readonly Rate GmailRate = new(100, TimeSpan.FromSeconds(1), 100);

    /// <summary>Deferred mail comes again while one looks on: after 5 s, then 10 s, up to a minute.</summary>
    private static readonly RetrySchedule Retry = RetrySchedule.Default with { First = TimeSpan.FromSeconds(5), Cap = TimeSpan.FromMinutes(1) };

    public static async Task<int> RunAsync(string[] arguments, DemoCommand command)
    {
        if (command.Policies)
        {
            foreach (var line in StoryTable.Lines())
            {
                System.Console.WriteLine(line);
            }

            return 0;
        }

        var clock = TimeProvider.System;
        var journal = new Journal(clock);
        var feedback = new FeedbackLoop(Cast.Yahoo, clock);
        var isLive = !command.Once && !System.Console.IsOutputRedirected;
        if (!isLive)
        {
            journal.Added += System.Console.WriteLine;
        }

        using var folder = DemoFolder.Take(DemoSettings.GivenFolder(arguments));
        await using var receivers = await ReceiverServers.StartAsync(Receivers(journal, feedback, clock), clock, new ReceiverLog(journal));
        var (loaded, operatorKey) = DemoSettings.Load(arguments, folder.Path, receivers.Routes);
        await using var app = await GridProgram.BuildAsync(loaded, builder => builder.Services.AddSingleton(Retry));
        await app.StartAsync();
        journal.Add($"the grid is at {loaded.Options.PublicUrl}, its data in {Path.GetFullPath(folder.Path)}");

        using var api = new DemoApi(loaded.Options.Http.Urls[0], operatorKey);
        var stage = new DemoStage(api, journal, feedback, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        try
        {
            await stage.SetAsync(ending.Token);
            var invitation = new Invitation(loaded.Options.PublicUrl, operatorKey, stage.KeyOf(Cast.Tenants[0]));
            var work = stage.RunAsync(ending.Token);
            var view = ViewAsync(stage, invitation, command, isLive, clock, ending.Token);
            await Task.WhenAny(work, view);
            await ending.CancelAsync();
            await work;
            await view;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // ended, by itself or by hand
        }
        catch (HttpRequestException unanswered)
        {
            await System.Console.Error.WriteLineAsync($"The demo ended early: {unanswered.Message}");
            return BrokenPromise;
        }
        finally
        {
            await app.StopAsync();
        }

        return command.Once ? Conclude(stage) : 0;
    }

    private static async Task ViewAsync(DemoStage stage, Invitation invitation, DemoCommand command, bool isLive, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (isLive)
        {
            await LiveView.RunAsync(stage, invitation, clock, cancellationToken);
        }
        else
        {
            await PlainView.RunAsync(stage, command.Once ? null : invitation, clock, cancellationToken);
        }
    }

    private static int Conclude(DemoStage stage)
    {
        foreach (var line in Summary.Lines(stage))
        {
            System.Console.WriteLine(line);
        }

        return stage.Promises.AllKept ? 0 : BrokenPromise;
    }

    private static IReadOnlyList<Receiver> Receivers(Journal journal, FeedbackLoop feedback, TimeProvider clock)
    {
        var books = ReplyBook.Load();
        IReadOnlyList<Receiver> receivers =
        [
            new GmailLike(Cast.Gmail, books["gmail"], GmailRate, clock),
            new YahooLike(Cast.Yahoo, books["yahoo"], feedback.Take),
            new OutlookLike(Cast.Outlook, books["outlook"], Cast.Blocked, BlockAfter),
            new SmallCompany(Cast.Small, books["small"], clock),
        ];
        foreach (var receiver in receivers)
        {
            receiver.FirstTime = Tell;
        }

        return receivers;

        void Tell(Receiver receiver, IPAddress peer, SmtpServerReply reply) => journal.Add($"{receiver.Domain} answers {peer}: {reply.Code} {reply.Enhanced}{(reply.Enhanced.Length > 0 ? " " : "")}{reply.Text}");
    }
}
