using System.Security.Cryptography;
using Grid.Bench.Children;
using Grid.Bench.Report;
using Grid.Mail.Dkim;

namespace Grid.Bench.Parts;

/// <summary>What signing a message costs beside the RSA operation alone, in processor time of one thread.</summary>
internal sealed class DkimPart(BenchOptions options) : IPart
{
    private static readonly int[] BodyBytes = [0, 4096, 51_200, 1_048_576];
    private readonly TimeSpan measuring = TimeSpan.FromSeconds(options.Int("seconds", 2, 1, 600));

    public Task RunAsync(CancellationToken cancel)
    {
        var pair = DkimKeyPair.Make();
        var key = new DkimSigningKey("acme.example", "s1", pair.PrivateKey);
        var platform = new DkimSigningKey("grid.example", "p1", pair.PrivateKey);
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pair.PrivateKey, out _);
        var digest = SHA256.HashData("digest"u8);
        var signature = new byte[rsa.KeySize / 8];
        var now = TimeProvider.System.GetUtcNow();
        var table = new Table("message", "RSA-2048 alone, µs", "signed, µs", "signed / RSA", "two keys / 2 RSA");
        foreach (var size in BodyBytes)
        {
            var message = Message(size);
            List<(double Raw, double One, double Two)> rounds = [];
            for (var round = 0; round <= options.Rounds; round++)
            {
                var figures = Interleaved(
                    [
                        () => rsa.SignHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                        () => DkimSigner.Sign(message, default, [key], now),
                        () => DkimSigner.Sign(message, default, [key, platform], now),
                    ],
                    cancel);
                if (round > 0)
                {
                    rounds.Add((figures[0], figures[1], figures[2]));
                }
            }

            table.Add(
                $"{size} bytes of body",
                Spread.Of(rounds.Select(r => r.Raw)).Text("0"),
                Spread.Of(rounds.Select(r => r.One)).Text("0"),
                Spread.Of(rounds.Select(r => r.One / r.Raw)).Text("0.00"),
                Spread.Of(rounds.Select(r => r.Two / r.Raw / 2)).Text("0.00"));
        }

        table.Print($"DKIM, one thread: median (least-most) of {options.Rounds} rounds after one to warm up");
        return Task.CompletedTask;
    }

    /// <summary>Microseconds of each action: they take turns, so that a busy machine is as busy for all; medians.</summary>
    private double[] Interleaved(Action[] actions, CancellationToken cancel)
    {
        const int Calls = 20;
        var times = actions.Select(_ => new List<double>()).ToArray();
        var start = TimeProvider.System.GetTimestamp();
        do
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < actions.Length; i++)
            {
                var from = Native.ThreadTime;
                for (var call = 0; call < Calls; call++)
                {
                    actions[i]();
                }

                times[i].Add((Native.ThreadTime - from).TotalMicroseconds / Calls);
            }
        }
        while (TimeProvider.System.GetElapsedTime(start) < measuring);
        return [.. times.Select(own => Spread.Of(own).Median)];
    }

    private static byte[] Message(int bodyBytes)
    {
        using var message = new MemoryStream();
        message.Write("From: News <news@acme.example>\r\nTo: you@client.example\r\nSubject: Hello there\r\nDate: Sun, 22 Nov 2026 06:25:10 +0000\r\nMessage-ID: <1@acme.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"u8);
        for (var i = 0; i < bodyBytes / 64; i++)
        {
            message.Write("Some words of a line, as people write them, five to the dozen.\r\n"u8);
        }

        return message.ToArray();
    }
}
