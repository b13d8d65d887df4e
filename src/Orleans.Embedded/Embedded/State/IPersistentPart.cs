namespace Orleans.Embedded.State;

/// <summary>A part of a grain that is read before OnActivateAsync.</summary>
internal interface IPersistentPart
{
    Task ReadAsync(CancellationToken cancellationToken);
}
