using Grid.Host.Wiring;

SocketThreads.ReadWhereHeard();
return await GridProgram.RunAsync(args);
