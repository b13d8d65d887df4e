namespace Grid.Host.Demo.Receivers;

/// <summary>A count.</summary>
internal sealed class Tally
{
    public long Count { get; set; }
}
