namespace Grid.Storage.Writing;

/// <summary>One caller's write on its way through the writer.</summary>
internal abstract class Write
{
    /// <summary>Rough weight in bytes, for the bounds on the queue and on a group.</summary>
    public virtual int Weight => 512;

    /// <summary>The transaction that holds it is durable.</summary>
    public abstract void Complete();

    /// <summary>It did not happen.</summary>
    public abstract void Fail(Exception exception);
}
