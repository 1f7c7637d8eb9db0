using System.IO;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>Extensions that would be what others are: each is a copy of one that there is, under another name.</summary>
public sealed class Impostors
{
    private const string Impostor = "impostor";

    // Whoever asked first was given the place, with every frame, file or order that goes there.
    [Theory]
    [InlineData("tcpip")]
    [InlineData("e1000")]
    [InlineData("vfat")]
    public async Task NobodyTakesAPlaceOrADeviceThatIsNotNamedForHim(string extension)
    {
        using TemporaryFolder folder = new();
        await BootTest.RunAsync(new BootOptions { Images = [await CopyAsync(extension, folder)] }, async machine =>
        {
            await machine.TryAsync($"ext unload {extension}");
            Assert.False((await machine.TryAsync($"ext load {Impostor}")).Succeeded);
            await machine.RunAsync($"ext load {extension}");
        });
    }

    [Theory]
    [InlineData("tcpip")]
    [InlineData("e1000")]
    public async Task WhoeverHandsAnImageOverMayNameThemForIt(string extension)
    {
        using TemporaryFolder folder = new();
        string image = await CopyAsync(extension, folder);
        File.Copy(Built(extension, ".ids"), Path.ChangeExtension(image, ".ids"));
        await BootTest.RunAsync(new BootOptions { Images = [image] }, async machine =>
        {
            await machine.RunAsync($"ext unload {extension}");
            await machine.RunAsync($"ext load {Impostor}");
            Assert.False((await machine.TryAsync($"ext load {extension}")).Succeeded);
            await machine.RunAsync("ping 10.0.2.2 --count 1 --timeout 5000");
        });
    }

    private static async Task<string> CopyAsync(string extension, TemporaryFolder folder)
    {
        await BootTest.IsoAsync();
        string copy = folder.File(Impostor + ".nx");
        File.Copy(Built(extension, ".nx"), copy);
        return copy;
    }

    private static string Built(string extension, string suffix)
        => Path.Combine(SourceTree.Find().Artifacts, "images", extension + suffix);
}
