namespace Grid.Mail.Sending;

/// <summary>Where domains publish their policies.</summary>
internal interface IMtaStsSource
{
    /// <summary>The policy's text; null where it can't be had.</summary>
    ValueTask<string?> FetchAsync(string domain, CancellationToken cancellationToken);
}
