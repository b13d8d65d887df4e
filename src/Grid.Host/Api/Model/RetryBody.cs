namespace Grid.Host.Api.Model;

/// <summary>When deferred mail is tried again.</summary>
/// <param name="First">After the first deferral.</param>
/// <param name="Factor">Each further wait is so many times the last.</param>
/// <param name="Cap">Longest wait.</param>
/// <param name="Jitter">Part by which waits vary, both ways.</param>
/// <param name="MaxAge">Older mail expires.</param>
public sealed record RetryBody(string First, double Factor, string Cap, double Jitter, string MaxAge);
