using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>One destination of a report.</summary>
/// <param name="Uri">As the domain's record has it.</param>
/// <param name="State">waiting, sent or failed.</param>
/// <param name="NextAttempt">Absent when it isn't waiting.</param>
/// <param name="EndedAt">When it was sent, or given up.</param>
/// <param name="LastError">What went wrong last.</param>
/// <param name="Message">The mail that carries it, once it is in the queue.</param>
public sealed record TlsReportDeliveryBody(string Uri, string State, int Attempts, DateTimeOffset? NextAttempt, DateTimeOffset? EndedAt, string? LastError, string? Message)
{
    internal static TlsReportDeliveryBody Of(TlsReportDelivery delivery) => new(
        delivery.Uri, delivery.State, delivery.Attempts, delivery.State == TlsReportDelivery.Waiting ? delivery.DueAt : null, delivery.EndedAt, delivery.LastError, delivery.Message?.ToString());
}
