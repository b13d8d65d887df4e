using System.Runtime.InteropServices;

namespace Grid.Bench.Children;

/// <summary>The few system calls that .NET does not offer.</summary>
internal static class Native
{
    public const int Terminate = 15;
    public const int Kill = 9;

    /// <summary>Sends a signal to a process, or with a negative id to a process group. False when there is none.</summary>
    public static bool Signal(int process, int signal) => SendSignal(process, signal) == 0;

    /// <summary>True when the bench runs as root; some rivals start only then.</summary>
    public static bool IsRoot => EffectiveUser() == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();
}
