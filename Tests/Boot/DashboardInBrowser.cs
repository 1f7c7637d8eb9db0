using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Browser;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Host;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>The dashboard in a real browser.</summary>
public sealed class DashboardInBrowser
{
    [Fact]
    public Task PressingCrashShowsTheNextInstanceOnTheSamePage() => InBrowserAsync(1280, async page =>
    {
        await SeeDomainsAsync(page);

        // What a reload would take away.
        await page.EvaluateAsync<bool>("window.isSamePage = true");
        int generation = await GenerationAsync(page, "e1000");
        await page.EvaluateAsync<bool>("document.querySelector('#kind').value = 'wild-write', true");
        await page.ClickAsync("tr[data-extension=e1000] button.crash");
        await page.WaitForAsync($"{Cell("e1000", "generation")}.textContent > {generation}");
        await page.WaitForAsync($"{Cell("e1000", "state")}.textContent === 'running'");
        await page.WaitForAsync("document.querySelector('#faults li .kind')?.textContent === 'illegalWrite'");
        await page.WaitForAsync("document.querySelector('#faults li .outcome').textContent === 'recovered'");
        await SeePlotsGoOnAsync(page);
        Assert.True(await page.EvaluateAsync<bool>("window.isSamePage === true"));
        Assert.Empty(page.Problems);
    });

    [Fact]
    public Task ThePageOutlivesItsServer() => InBrowserAsync(1280, async page =>
    {
        await SeeDomainsAsync(page);
        await page.EvaluateAsync<bool>("window.isSamePage = true");
        int generation = await GenerationAsync(page, "khttpd");
        await page.ClickAsync("tr[data-extension=khttpd] button.crash");
        await page.WaitForAsync($"{Cell("khttpd", "generation")}.textContent > {generation}");
        await SeePlotsGoOnAsync(page);
        Assert.True(await page.EvaluateAsync<bool>("window.isSamePage === true"));
    });

    [Fact]
    public Task AnExtensionIsSwitchedOnAPhone() => InBrowserAsync(390, async page =>
    {
        await SeeDomainsAsync(page);
        await page.ClickAsync("tr[data-extension=e1000] button.isolate");
        await page.WaitForAsync($"{Cell("e1000", "mode")}.textContent === 'direct'");
        await page.ClickAsync("tr[data-extension=e1000] button.isolate");
        await page.WaitForAsync($"{Cell("e1000", "mode")}.textContent === 'ring3'");

        // A process is at ring 3 always, and nothing is offered that would be refused.
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('tr[data-extension=agent] button.isolate').offsetParent === null"));

        // Only the table may be wider than the screen, and it scrolls by itself.
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(page.Problems);
    });

    [Fact]
    public Task ThePageIsLightOrDarkAsTheUserLikes() => InBrowserAsync(1280, async page =>
    {
        await SeeDomainsAsync(page);
        await page.PreferAsync("light");
        double light = await BrightnessAsync(page);
        await page.PreferAsync("dark");
        double dark = await BrightnessAsync(page);
        Assert.True(dark < 64 && light > 192, $"dark {dark}, light {light}");
    });

    private static Task InBrowserAsync(int width, Func<BrowserPage, Task> test) => WebServer.RunAsync(async (_, address, deadline) =>
    {
        await using HeadlessBrowser browser = await HeadlessBrowser.StartAsync(deadline);
        using BrowserPage page = await BrowserPage.OpenAsync(browser, width, 1000, deadline);
        await page.NavigateAsync(address.AbsoluteUri);
        try
        {
            await test(page);
        }
        finally
        {
            await KeepPictureAsync(page);
        }
    });

    // How the page looked in the end, for whoever wants to know why a test failed.
    private static async Task KeepPictureAsync(BrowserPage page)
    {
        string file = Path.Combine(SourceTree.Find().Logs, "tests", "dashboard.png");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, await page.CaptureAsync());
    }

    private static async Task SeeDomainsAsync(BrowserPage page)
    {
        await page.WaitForAsync("document.querySelector('#link')?.dataset.state === 'live'");
        await page.WaitForAsync("document.querySelectorAll('#domains tr').length >= 4");
        await page.WaitForAsync("document.querySelectorAll('#kind option').length >= 16");
    }

    private static async Task SeePlotsGoOnAsync(BrowserPage page)
    {
        foreach (string plot in new[] { "#plot-xpc", "#plot-packets" })
        {
            double latest = await page.EvaluateAsync<double>($"Number(document.querySelector('{plot}').dataset.latest)");
            await page.WaitForAsync($"document.querySelector('{plot}').dataset.latest > {latest.ToString(CultureInfo.InvariantCulture)} + 2");
            Assert.True(await page.EvaluateAsync<bool>($"document.querySelector('{plot} path').getTotalLength() > 0"));
        }
    }

    private static Task<int> GenerationAsync(BrowserPage page, string extension)
        => page.EvaluateAsync<int>($"Number({Cell(extension, "generation")}.textContent)");

    private static Task<double> BrightnessAsync(BrowserPage page)
        => page.EvaluateAsync<double>("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).reduce((a, b) => a + b) / 3");

    private static string Cell(string extension, string name) => $"document.querySelector('tr[data-extension={extension}] .{name}')";
}
