using System.Globalization;
using System.Security.Cryptography;
using Grid.Bench.Children;
using Grid.Bench.Load;

namespace Grid.Bench.Servers;

/// <summary>opendkim's configuration for a Postfix that signs: RSA-2048, relaxed both ways, as the grid signs.</summary>
internal sealed class OpenDkim
{
    private readonly string folder;

    public OpenDkim(string folder)
    {
        this.folder = folder;
        using var key = RSA.Create(2048);
        File.WriteAllText(KeyFile, key.ExportRSAPrivateKeyPem() + "\n");
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(ConfigurationFile, $"""
            Socket inet:{Port.ToString(CultureInfo.InvariantCulture)}@127.0.0.1
            Mode s
            Domain {MailLoad.SenderDomain}
            Selector bench
            KeyFile {KeyFile}
            Canonicalization relaxed/relaxed
            SignatureAlgorithm rsa-sha256
            InternalHosts 127.0.0.0/8
            RequireSafeKeys no
            UserID root
            Background no
            Syslog no
            AutoRestart no

            """);
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; } = Workplace.FreePort();

    /// <summary>For a shell: opendkim beside what follows, as its child, so that its processor time counts.</summary>
    public string Beside(string command) => $"'{Workplace.Find("opendkim")}' -f -x '{ConfigurationFile}' & exec {command}";

    private string KeyFile => Path.Combine(folder, "dkim.pem");

    private string ConfigurationFile => Path.Combine(folder, "opendkim.conf");

    /// <summary>Why it can't run; null when it can.</summary>
    public static string? Missing() => Workplace.Find("opendkim") is null ? "opendkim (Debian: opendkim)" : null;
}
