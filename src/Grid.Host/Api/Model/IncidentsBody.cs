namespace Grid.Host.Api.Model;

/// <summary>Incidents, newest first.</summary>
public sealed record IncidentsBody(IReadOnlyList<IncidentBody> Incidents);
