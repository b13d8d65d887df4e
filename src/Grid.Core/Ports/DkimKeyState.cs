namespace Grid.Core.Ports;

/// <summary>Where a signing key stands.</summary>
public enum DkimKeyState : byte
{
    /// <summary>Made; its record is to be published before it signs.</summary>
    Pending = 0,

    /// <summary>Signs.</summary>
    Active = 1,

    /// <summary>Signs no more, and its private half is gone; its record stays published for the mail that is still on its way.</summary>
    Retired = 2,
}
