namespace Grid.Core.Ports;

/// <summary>Whether it was our own way out, not the receiver, that kept a connection from standing.</summary>
public enum WayOutFault : byte
{
    /// <summary>The receiver, or the network to it.</summary>
    None = 0,

    /// <summary>The sending IP's proxy took the connection and brought no greeting: it, or what lies behind it.</summary>
    Unanswered = 1,

    /// <summary>The sending IP's proxy can't be reached.</summary>
    Down = 2,
}
