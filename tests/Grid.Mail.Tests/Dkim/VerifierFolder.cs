using System.Diagnostics;
using System.Globalization;
using Grid.Mail.Dkim;

namespace Grid.Mail.Tests.Dkim;

/// <summary>Signed messages and published keys as files, for verifiers that are programs of their own.</summary>
internal sealed class VerifierFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("grid-dkim-").FullName;

    /// <summary>Writes 0.eml and so on, each signed by both keys, and keys.txt: a name and its record a line.</summary>
    public void WriteSigned(int messages, DateTimeOffset now)
    {
        for (var i = 0; i < messages; i++)
        {
            Write(i, DkimSigner.Sign(OddMessages.Make(i), default, [TestKeys.Tenant, TestKeys.Platform], now));
        }

        WriteKeys();
    }

    public void WriteKeys() =>
        File.WriteAllLines(System.IO.Path.Combine(Path, "keys.txt"), TestKeys.Published().Select(key => $"{key.Key} {key.Value[0]}"));

    /// <summary>Writes a message as a receiver has it: SMTP ends its last line.</summary>
    public void Write(int number, byte[] message) => File.WriteAllBytes(Message(number), message.AsSpan().EndsWith("\r\n"u8) ? message : [.. message, .. "\r\n"u8]);

    public string Message(int number) => System.IO.Path.Combine(Path, number.ToString(CultureInfo.InvariantCulture) + ".eml");

    /// <summary>Runs a program to its end in the folder; fails when it does. All that it wrote.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error}");
        return output;
    }

    /// <summary>Writes a script beside the messages.</summary>
    public string Script(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>The full path of a program; null when it isn't installed.</summary>
    public static string? Find(params string[] names) =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Prepend("/usr/bin").Append("/usr/sbin")
         from name in names
         let path = System.IO.Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();
}
