namespace Grid.Cli;

/// <summary>How the command ends.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The grid refused, or there is no such thing.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The grid cannot be reached.</summary>
    public const int Unreachable = 3;
}
