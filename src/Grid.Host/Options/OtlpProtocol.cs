namespace Grid.Host.Options;

/// <summary>How OTLP travels.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC, port 4317 as a rule.</summary>
    Grpc,

    /// <summary>HTTP with protocol buffers, port 4318 as a rule.</summary>
    Http,
}
