namespace Grid.Core.Vocabulary;

/// <summary>Shape and signature of what a webhook is sent. The numbers are stored and never change.</summary>
public enum WebhookFormat : byte
{
    /// <summary>Grid's own events, signed as Standard Webhooks has it: HMAC-SHA256 with a shared secret.</summary>
    Standard = 1,

    /// <summary>SendGrid's event webhook: its field names, signed with ECDSA on P-256.</summary>
    SendGrid = 2,
}
