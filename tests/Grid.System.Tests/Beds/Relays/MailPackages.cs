using System.Diagnostics;

namespace Grid.System.Tests.Beds.Relays;

/// <summary>
/// A root folder of its own for mail servers whose packages can't be installed beside another's. In: packages unpacked below the folder
/// that <see cref="Variable"/> names. Out: a root with their programs and libraries, in which they run with their compiled-in paths and
/// users. Guarantees that nothing of the system's is touched, and that nothing runs in it any more when it is gone.
/// </summary>
internal sealed class MailPackages : IAsyncDisposable
{
    /// <summary>Names the folder of the unpacked packages.</summary>
    public const string Variable = "GRID_MTAS";

    /// <summary>Ids of a user and a group of that name, which exist in this root only.</summary>
    private static readonly (string Name, int Id)[] Users = [("root", 0), ("mail", 8), ("Debian-exim", 19_991), ("opensmtpd", 19_992), ("opensmtpq", 19_993)];

    private readonly string _root = Directory.CreateTempSubdirectory("grid-root-").FullName;

    private MailPackages()
    {
    }

    /// <summary>Makes a root with these programs of /usr/sbin; skips the test where one isn't there or may not run.</summary>
    public static async Task<MailPackages> UnpackAsync(params string[] programs)
    {
        var folder = Environment.GetEnvironmentVariable(Variable) ?? "";
        foreach (var program in programs)
        {
            Assert.SkipUnless(File.Exists(Path.Combine(folder, "usr/sbin", program)), $"{program} isn't there: unpack the packages that tests/README.md names, and let {Variable} name their folder");
        }

        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Mail servers start only as root: run as root");
        var packages = new MailPackages();
        try
        {
            await packages.FillAsync(folder, programs);
            return packages;
        }
        catch
        {
            await packages.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes a file of the root.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Inside(path))!);
        File.WriteAllText(Inside(path), text);
    }

    /// <summary>Makes a folder of the root.</summary>
    public Task FolderAsync(string path, string owner, string mode)
    {
        Directory.CreateDirectory(Inside(path));
        var (_, id) = Users.Single(user => user.Name == owner);
        return Programs.RunAsync("sh", "-c", $"chown {id}:{id} \"$1\" && chmod {mode} \"$1\"", "sh", Inside(path));
    }

    /// <summary>Starts a program that stays in the foreground; what it says goes to a file of the root.</summary>
    public Process Start(params string[] command)
    {
        var start = new ProcessStartInfo("sh", ["-c", "exec chroot \"$0\" \"$@\" >>\"$0/output\" 2>&1 </dev/null", _root, .. command]);
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        return Process.Start(start)!;
    }

    /// <summary>The last lines of its output and of these files.</summary>
    public string Tail(params string[] logs) => string.Join(Environment.NewLine, logs.Prepend("/output").Select(Inside).Where(File.Exists).SelectMany(log => File.ReadLines(log).TakeLast(60)));

    public async ValueTask DisposeAsync()
    {
        // Servers leave children in groups of their own: whatever has this root is theirs.
        while (Running() is { Count: > 0 } running)
        {
            foreach (var id in running)
            {
                await Programs.TryAsync("kill", "-KILL", id);
            }
        }

        Directory.Delete(_root, recursive: true);
    }

    private string Inside(string path) => _root + path;

    private IReadOnlyList<string> Running() =>
        [.. Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && RootOf(folder) == _root).Select(folder => Path.GetFileName(folder))];

    private static string? RootOf(string process)
    {
        try
        {
            return new FileInfo(process + "/root").LinkTarget;
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }

    private async Task FillAsync(string packages, string[] programs)
    {
        await Programs.RunAsync("chmod", "755", _root);
        foreach (var folder in (string[])["/etc", "/dev", "/bin", "/run", "/usr/sbin", "/var/log"])
        {
            Directory.CreateDirectory(Inside(folder));
        }

        await Programs.RunAsync("chmod", "1777", Directory.CreateDirectory(Inside("/tmp")).FullName);
        await Programs.RunAsync("mknod", "-m", "666", Inside("/dev/null"), "c", "1", "3");
        await Programs.RunAsync("mknod", "-m", "666", Inside("/dev/urandom"), "c", "1", "9");
        File.CreateSymbolicLink(Inside("/var/run"), "/run");
        Write("/etc/passwd", string.Concat(Users.Select(user => $"{user.Name}:x:{user.Id}:{user.Id}::/:/bin/sh\n")));
        Write("/etc/group", string.Concat(Users.Select(user => $"{user.Name}:x:{user.Id}:\n")));
        Write("/etc/hosts", "127.0.0.1 localhost\n");
        await AddAsync(packages, "/bin/sh", "/bin/sh");
        foreach (var program in programs)
        {
            await AddAsync(packages, Path.Combine(packages, "usr/sbin", program), "/usr/sbin/" + program);
        }
    }

    /// <summary>A program with its owner and mode, and the libraries that it loads, found among the packages or the system's.</summary>
    private async Task AddAsync(string packages, string program, string to)
    {
        await Programs.RunAsync("cp", "-aL", program, Inside(to));
        var own = string.Join(':', Directory.EnumerateDirectories(Path.Combine(packages, "usr/lib"), "*-linux-gnu*"));
        var listed = await Programs.RunAsync("env", "LD_LIBRARY_PATH=" + own, "ldd", program);
        Assert.False(listed.Contains("not found", StringComparison.Ordinal), $"{program} lacks a library: {listed}");
        foreach (var library in listed.Split((char[])[' ', '\t', '\n']).Where(word => word.StartsWith('/') && !word.EndsWith(':')))
        {
            var at = Inside(library.StartsWith(packages, StringComparison.Ordinal) ? library[packages.TrimEnd('/').Length..] : library);
            if (!File.Exists(at))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(at)!);
                await Programs.RunAsync("cp", "-L", library, at);
            }
        }
    }
}
