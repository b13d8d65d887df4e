namespace Grid.Host.Console.Assets;

/// <summary>A file that the assembly carries.</summary>
/// <param name="Hash">First 64 bits of the content's SHA-256, in hexadecimal.</param>
internal sealed record AssetFile(byte[] Bytes, string Type, string Hash);
