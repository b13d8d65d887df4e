using Microsoft.Playwright;

namespace Grid.Console.Tests.Beds;

/// <summary>Debian's chromium, driven by Playwright; absent, the tests that need it are skipped.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>axe-core's script; null where it isn't installed. <c>GRID_AXE</c> names the folder in which npm installed it.</summary>
    public static string? Axe { get; } = Environment.GetEnvironmentVariable("GRID_AXE") is { Length: > 0 } folder && Path.Combine(folder, "node_modules/axe-core/axe.min.js") is var path && File.Exists(path) ? File.ReadAllText(path) : null;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Chromium))
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A new reader, signed in where a key is given. What the browser complains of fails the test at its end.</summary>
    internal async Task<Visit> VisitAsync(ConsoleGrid grid, string? key = ConsoleGrid.OperatorKey, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(_browser is null, "install chromium (Debian's package) to see the console in a browser");
        var context = await _browser!.NewContextAsync(new() { BaseURL = grid.Address.ToString(), ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        context.SetDefaultTimeout(20_000);
        var visit = new Visit(context, await context.NewPageAsync());
        if (key is not null)
        {
            await visit.SignInAsync(key);
        }

        return visit;
    }
}
