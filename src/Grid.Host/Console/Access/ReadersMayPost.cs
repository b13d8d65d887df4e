namespace Grid.Host.Console.Access;

/// <summary>Metadata of a form that changes nothing, so that readers may post it.</summary>
internal sealed record ReadersMayPost;
