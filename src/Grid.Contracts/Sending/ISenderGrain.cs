namespace Grid.Contracts.Sending;

/// <summary>
/// Sends from one IP to one set of hosts. Key = <c>NODE|IP|DESTINATION</c>: each process that has mail queued has its own, as it sends what it owns.
/// </summary>
[Alias("grid.sender")]
public interface ISenderGrain : IGrainWithStringKey
{
    /// <summary>There is mail to send: opens connections as limits and back-off allow. Cheap to call again.</summary>
    [Alias("wake")]
    ValueTask Wake();

    /// <summary>A connection ended. <paramref name="messages"/>: how many it carried; <paramref name="failure"/>: why it could not be opened or was lost, null when it ended in peace; <paramref name="insecure"/>: it was not as secure as it had to be, which no waiting cures soon; <paramref name="wayOut"/>: the sending IP's own way out failed, not the receiver.</summary>
    [Alias("ended")]
    ValueTask Ended(int messages, string? failure, bool insecure, bool wayOut);

    [Alias("view")]
    ValueTask<SenderView> View();
}
