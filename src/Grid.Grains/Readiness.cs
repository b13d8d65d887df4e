namespace Grid.Grains;

/// <summary>Whether mail is taken in: not before what an earlier process left is settled and counted, and not after the word to stop.</summary>
public sealed class Readiness
{
    public bool IsReady { get; internal set; }
}
