namespace Grid.Host.Wiring;

/// <summary>On which threads the runtime goes on when a socket has bytes.</summary>
internal static class SocketThreads
{
    private const string Inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Lets what waits for a socket go on where its event is heard, one such thread per processor, unless the environment says otherwise.
    /// A receiver's 250 is then noted without waiting for a second thread to be woken: what is noted too late is delivered twice when the
    /// process is killed. What came over Kestrel's sockets still goes on in the thread pool.
    /// </summary>
    /// <remarks>The runtime looks once, when the first socket is made.</remarks>
    public static void ReadWhereHeard()
    {
        if (Environment.GetEnvironmentVariable(Inline) is null)
        {
            Environment.SetEnvironmentVariable(Inline, "1");
        }
    }
}
