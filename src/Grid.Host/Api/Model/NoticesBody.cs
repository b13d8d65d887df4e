namespace Grid.Host.Api.Model;

/// <summary>Notices, newest first.</summary>
/// <param name="Before">Give this as <c>before</c> for the page of older ones; absent on the last page.</param>
public sealed record NoticesBody(IReadOnlyList<NoticeBody> Notices, string? Before)
{
    /// <summary>Webhooks that the grid has paused; nothing is lost meanwhile.</summary>
    public IReadOnlyList<WebhookNoticeBody> Webhooks { get; init; } = [];
}
