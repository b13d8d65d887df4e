using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grid.Core.Vocabulary;

namespace Grid.Host.Webhooks;

/// <summary>Signs what is sent to a webhook.</summary>
public static class WebhookSignature
{
    /// <summary>
    /// Headers of one attempt. Standard: webhook-id, webhook-timestamp and webhook-signature, "v1," with the base64 of an HMAC-SHA256 over
    /// id.timestamp.body, one for each secret in force (standardwebhooks.com). SendGrid: ECDSA with SHA-256 over timestamp and body, in DER.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Sign(Webhook webhook, string id, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (webhook.Format == WebhookFormat.SendGrid)
        {
            return
            [
                new("X-Twilio-Email-Event-Webhook-Signature", Ecdsa(webhook.Secret.Span, timestamp, body.Span)),
                new("X-Twilio-Email-Event-Webhook-Timestamp", timestamp),
                new("Webhook-Id", id),
            ];
        }

        var content = Join($"{id}.{timestamp}.", body.Span);
        var signatures = "v1," + Convert.ToBase64String(HMACSHA256.HashData(webhook.Secret.Span, content));
        if (webhook.OldSecret is { } old && webhook.OldSecretUntil > now)
        {
            signatures += " v1," + Convert.ToBase64String(HMACSHA256.HashData(old.Span, content));
        }

        return [new("webhook-id", id), new("webhook-timestamp", timestamp), new("webhook-signature", signatures)];
    }

    private static string Ecdsa(ReadOnlySpan<byte> secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(secret, out _);
        return Convert.ToBase64String(key.SignData(Join(timestamp, body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    private static byte[] Join(string head, ReadOnlySpan<byte> body)
    {
        var joined = new byte[head.Length + body.Length];
        Encoding.ASCII.GetBytes(head, joined);
        body.CopyTo(joined.AsSpan(head.Length));
        return joined;
    }
}
