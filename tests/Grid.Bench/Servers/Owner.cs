using System.Diagnostics;

namespace Grid.Bench.Servers;

/// <summary>Users and owners, by the system's own programs.</summary>
internal static class Owner
{
    /// <summary>Gives a folder to a user.</summary>
    /// <exception cref="BenchException">There is no such user, or the bench may not.</exception>
    public static void Set(string folder, string user) => Run("chown", user, folder);

    /// <summary>Makes a system user without a shell where there is none; says so on the console.</summary>
    public static void Ensure(string user, string home)
    {
        if (!File.ReadLines("/etc/passwd").Any(line => line.StartsWith(user + ":", StringComparison.Ordinal)))
        {
            Console.Error.WriteLine($"  creating the system user {user}");
            Run("useradd", "--system", "--no-create-home", "--home-dir", home, "--shell", "/usr/sbin/nologin", user);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new BenchException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }
}
