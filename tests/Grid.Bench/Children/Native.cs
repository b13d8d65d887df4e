using System.Runtime.InteropServices;

namespace Grid.Bench.Children;

/// <summary>The few system calls that .NET does not offer.</summary>
internal static class Native
{
    public const int Terminate = 15;
    public const int Kill = 9;
    private const int ThreadClock = 3;

    /// <summary>Sends a signal to a process, or with a negative id to a process group. False when there is none.</summary>
    public static bool Signal(int process, int signal) => SendSignal(process, signal) == 0;

    /// <summary>True when the bench runs as root; some rivals start only then.</summary>
    public static bool IsRoot => EffectiveUser() == 0;

    /// <summary>Processor time that this thread has used, whatever else the machine does meanwhile.</summary>
    public static TimeSpan ThreadTime => ReadClock(ThreadClock, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
        : throw new BenchException("the kernel has no clock of the thread");

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ReadClock(int clock, out ClockTime time);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ClockTime
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
