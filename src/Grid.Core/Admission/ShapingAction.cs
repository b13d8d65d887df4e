namespace Grid.Core.Admission;

/// <summary>What a shaping rule does for a time. The numbers are stored and never change.</summary>
public enum ShapingAction : byte
{
    /// <summary>Nothing goes from that IP to that site; afterwards it begins with one connection.</summary>
    Suspend = 0,

    /// <summary>Fewer connections, fewer messages over each, or a lower rate, from that IP to that site.</summary>
    Limit = 1,

    /// <summary>Nothing goes from that IP to any site.</summary>
    RestIp = 2,
}
