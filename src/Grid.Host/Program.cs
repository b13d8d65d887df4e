using Grid.Host.Wiring;

return await GridProgram.RunAsync(args);
