using System.Globalization;
using System.Text.RegularExpressions;
using Grid.Mail.Dkim;

namespace Grid.Mail.Tests.Dkim;

/// <summary>What is signed here verifies with programs that share no code with it, and what one of them signs verifies here.</summary>
public sealed partial class OtherVerifiersTests
{
    private const int Messages = 1000;
    private const string BothPass = "acme.example=pass grid.example=pass";

    private const string PythonVerifier = """
        import sys, dkim
        keys = dict(line.rstrip("\n").split(" ", 1) for line in open("keys.txt"))
        def find(name, timeout=5):
            record = keys.get(name.decode().rstrip("."))
            return record.encode() if record else None
        for i in range(int(sys.argv[1])):
            d = dkim.DKIM(open("%d.eml" % i, "rb").read())
            results = []
            for index in (0, 1):
                try:
                    ok = d.verify(idx=index, dnsfunc=find)
                except dkim.DKIMException as e:
                    ok = str(e)
                results.append("%s=%s" % (d.domain.decode() if d.domain else "?", "pass" if ok is True else ok))
            print(i, *results)
        """;

    private const string NodeVerifier = """
        const fs = require('fs');
        const { dkimVerify } = require(process.argv[2] + '/mailauth/lib/dkim/verify');
        const keys = Object.fromEntries(fs.readFileSync('keys.txt', 'utf8').trim().split('\n').map(l => [l.slice(0, l.indexOf(' ')), l.slice(l.indexOf(' ') + 1)]));
        const resolver = async (name, type) => {
            if (type === 'TXT' && keys[name]) return [[keys[name]]];
            throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
        };
        (async () => {
            for (let i = 0; i < +process.argv[3]; i++) {
                const found = await dkimVerify(fs.readFileSync(i + '.eml'), { resolver });
                const ours = found.results.filter(r => keys[r.selector + '._domainkey.' + r.signingDomain]);
                console.log(i, ...ours.map(r => r.signingDomain + '=' + r.status.result));
            }
        })();
        """;

    private const string PythonSigner = """
        import dkim
        key = open("key.pem", "rb").read()
        n = 0
        for head in (b"simple", b"relaxed"):
            for body in (b"simple", b"relaxed"):
                for i in range(50):
                    m = open("%d.eml" % n, "rb").read()
                    s = dkim.sign(m, b"s1", b"acme.example", key, canonicalize=(head, body))
                    open("%d.eml" % n, "wb").write(s + m)
                    n += 1
        """;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Dkimpy_passes_a_thousand_odd_messages()
    {
        var python = await PythonAsync();
        using var folder = new VerifierFolder();
        folder.WriteSigned(Messages, Now);
        AllPass(await folder.RunAsync(python, folder.Script("verify.py", PythonVerifier), Messages.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Mailauth_passes_a_thousand_odd_messages()
    {
        var node = VerifierFolder.Find("node", "nodejs");
        var modules = Modules();
        Assert.SkipWhen(node is null || modules is null, "mailauth isn't here: npm install mailauth, and set GRID_MAILAUTH to the folder with node_modules");
        using var folder = new VerifierFolder();
        folder.WriteSigned(Messages, Now);
        AllPass(await folder.RunAsync(node, folder.Script("verify.js", NodeVerifier), modules, Messages.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Opendkim_passes_a_thousand_odd_messages()
    {
        var opendkim = VerifierFolder.Find("opendkim");
        Assert.SkipWhen(opendkim is null, "opendkim isn't installed: apt-get install opendkim");
        using var folder = new VerifierFolder();
        folder.WriteSigned(Messages, Now);
        var configuration = folder.Script("opendkim.conf", $"Mode v\nUserID {Environment.UserName}\nTestPublicKeys {folder.Path}/keys.txt\n");
        var passed = new HashSet<string>();
        foreach (var batch in Enumerable.Range(0, Messages).Chunk(50))
        {
            var output = await folder.RunAsync(opendkim, "-x", configuration, "-vv", "-t", string.Join(',', batch.Select(i => i + ".eml")));
            foreach (var block in output.Split("### INSHEADER").Skip(1))
            {
                if (block.Contains("dkim=pass") && Passes().Matches(block).Select(m => m.Groups[1].Value).ToHashSet().IsSupersetOf(["acme.example", "grid.example"]))
                {
                    passed.Add(Succeeded().Match(block).Groups[1].Value);
                }
            }
        }

        Assert.Empty(Enumerable.Range(0, Messages).Select(i => i + ".eml").Except(passed));
    }

    [Fact]
    public async Task What_dkimpy_signs_in_each_canonical_form_passes_here()
    {
        var python = await PythonAsync();
        using var folder = new VerifierFolder();
        for (var i = 0; i < 200; i++)
        {
            folder.Write(i, OddMessages.Make(10_000 + i));
        }

        folder.Script("key.pem", System.Security.Cryptography.PemEncoding.WriteString("PRIVATE KEY", TestKeys.TenantPair.PrivateKey));
        await folder.RunAsync(python, folder.Script("sign.py", PythonSigner));
        var verifier = new DkimVerifier(TestKeys.Published(), TimeProvider.System);
        for (var i = 0; i < 200; i++)
        {
            var verdict = (await verifier.VerifyAsync(await File.ReadAllBytesAsync(folder.Message(i))))[0];
            Assert.True(verdict is { Result: DkimResult.Pass, Selector: "s1" }, $"{i}: {verdict}");
        }
    }

    private static void AllPass(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{i} {BothPass}"), lines);
    }

    private static async Task<string> PythonAsync()
    {
        var python = VerifierFolder.Find("python3");
        using var folder = new VerifierFolder();
        var found = python is not null && (await folder.RunAsync(python, "-c", "import importlib.util; print(importlib.util.find_spec('dkim') is not None)")).Trim() == "True";
        Assert.SkipUnless(found, "dkimpy isn't installed: apt-get install python3-dkim");
        return python!;
    }

    private static string? Modules()
    {
        var given = Environment.GetEnvironmentVariable("GRID_MAILAUTH");
        IEnumerable<string> places = string.IsNullOrEmpty(given) ? [Path.Combine(AppContext.BaseDirectory, "node_modules")] : [Path.Combine(given, "node_modules"), given];
        return places.FirstOrDefault(place => Directory.Exists(Path.Combine(place, "mailauth")));
    }

    [GeneratedRegex(@"dkim=pass[^;]*header\.d=([a-z.]+)")]
    private static partial Regex Passes();

    [GeneratedRegex(@"opendkim: (\d+\.eml): ")]
    private static partial Regex Succeeded();
}
