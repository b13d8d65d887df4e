namespace Orleans;

/// <inheritdoc cref="IOutgoingGrainCallFilter.Invoke"/>
public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);
