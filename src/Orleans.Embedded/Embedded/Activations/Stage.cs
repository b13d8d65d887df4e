namespace Orleans.Embedded.Activations;

/// <summary>The life of an activation.</summary>
internal enum Stage
{
    /// <summary>In the directory; nothing has run.</summary>
    New,

    /// <summary>Constructing the grain, reading its state, running OnActivateAsync.</summary>
    Activating,

    /// <summary>Takes calls.</summary>
    Valid,

    /// <summary>Running OnDeactivateAsync.</summary>
    Deactivating,

    /// <summary>Over; no longer in the directory.</summary>
    Over,
}
