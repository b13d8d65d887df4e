namespace Grid.Host.Api.Model;

/// <summary>What a tenant's mail asks of the platform.</summary>
/// <param name="Window">Name of the window that attempts, retries and complaints are counted in.</param>
/// <param name="Attempts">Deliveries that were tried.</param>
/// <param name="Retries">Attempts that have to be made again.</param>
/// <param name="Queued">Recipients in the queue now.</param>
public sealed record UsageBody(string Window, long Attempts, long Retries, long Complaints, long Queued);
