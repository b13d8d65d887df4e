using Grid.Cli;

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};
return await GridCommand.RunAsync(args, Surroundings.OfProcess(), interrupt.Token);
