using System.Runtime.InteropServices;
using Grid.Bench;
using Grid.Bench.Children;
using Grid.Bench.Parts;
using Grid.Bench.Servers;

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
AppDomain.CurrentDomain.ProcessExit += (_, _) => Child.KillAll();

try
{
    var options = BenchOptions.Parse(args);
    using var place = new Workplace(options.Folder, options.Keep);
    var host = new GridHostBinary(options.HostAssembly);
    IPart part = options.Part switch
    {
        "rivals" => new RivalsPart(options, place, host),
        "http" => new HttpPart(options, place, host),
        "kill" => new KillPart(options, place, host),
        "million" => new MillionPart(options, place, host),
        "isolation" => new IsolationPart(options, place, host),
        "engine" => new EnginePart(options),
        "dkim" => new DkimPart(options),
        "reports" => new ReportsPart(options),
        "policies" => new PoliciesPart(options, place),
        "push" => new PushPart(options, place),
        "console" => new ConsolePart(options, place, host),
        _ => throw new BenchException("say what to measure: rivals, http, kill, million, isolation, engine, dkim, reports, policies, push or console"),
    };
    Conditions.Print(place);
    await part.RunAsync(stopping.Token);
    return 0;
}
catch (BenchException failure)
{
    Console.Error.WriteLine($"bench: {failure.Message}");
    return 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    Console.Error.WriteLine("bench: stopped");
    return 130;
}
catch (Exception fault)
{
    // A fault of the bench's own; caught so that no process and no folder stays behind.
    Console.Error.WriteLine($"bench: {fault}");
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}
