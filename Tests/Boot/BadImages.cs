using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>Images that are not what they should be, offered to a running kernel.</summary>
public sealed class BadImages
{
    private const int VersionOffset = 4;
    private const int ChecksumOffset = 12;
    private const byte ClearInterruptFlag = 0xFA;

    [Fact]
    public async Task EachIsRefusedInOneLineAndNothingIsLost()
    {
        byte[] good = await ReadImageAsync("tcpip");
        (string Name, byte[] Content, string Reason)[] images =
        [
            ("empty", [], "there is no image"),
            ("truncated", good[..(good.Length / 2)], "refused"),
            ("garbage", [.. Enumerable.Range(0, 5000).Select(index => (byte)(index * 7))], "refused"),
            ("corrupted", Corrupted(good), "checksum"),
            ("newer", OfAnotherVersion(good), "version"),
            ("hostile", WithPrivilegedInstruction(good), "privileged"),
        ];
        using TemporaryFolder folder = new();
        foreach ((string name, byte[] content, _) in images)
        {
            await File.WriteAllBytesAsync(PathOf(folder, name), content);
        }

        BootOptions options = new() { Images = [.. images.Select(image => PathOf(folder, image.Name))] };
        await BootTest.RunAsync(options, async machine =>
        {
            long pages = await machine.OtherPagesAsync();
            foreach ((string name, _, string reason) in images)
            {
                CommandResult result = await machine.TryAsync($"ext load {name}");
                Assert.False(result.Succeeded, $"{name} was loaded");
                string line = Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
                Assert.Contains(name, line);
                Assert.Contains(reason, line);
            }

            Assert.Equal(pages, await machine.OtherPagesAsync());
            Assert.Equal("running", (await machine.DomainAsync("tcpip")).State);
        });
    }

    [Fact]
    public async Task AnImageThatIsHandedOverIsLoadedInsteadOfTheIsosOwn()
    {
        string file = Path.Combine(SourceTree.Find().Artifacts, "images", "tcpip.nx");
        await BootTest.IsoAsync();
        await BootTest.RunAsync(new BootOptions { Images = [file] }, async machine =>
        {
            await machine.CrashAsync("tcpip", "null");
            Assert.Equal("running", (await machine.DomainAsync("tcpip")).State);
        });
    }

    private static async Task<byte[]> ReadImageAsync(string name)
    {
        await BootTest.IsoAsync();
        return await File.ReadAllBytesAsync(Path.Combine(SourceTree.Find().Artifacts, "images", name + ".nx"));
    }

    private static string PathOf(TemporaryFolder folder, string name) => folder.File(name + ".nx");

    private static byte[] Corrupted(byte[] image)
    {
        byte[] changed = [.. image];
        changed[changed.Length / 2] ^= 0xFF;
        return changed;
    }

    private static byte[] OfAnotherVersion(byte[] image)
    {
        byte[] changed = Unsealed(image);
        changed[FindHeader(changed) + VersionOffset]++;
        return changed;
    }

    // At the end of a function, where an instruction certainly begins.
    private static byte[] WithPrivilegedInstruction(byte[] image)
    {
        byte[] changed = Unsealed(image);
        int epilogue = changed.AsSpan().IndexOf(new byte[] { 0x41, 0x5F, 0x5D, 0xC3 });
        Assert.True(epilogue > 0);
        changed[epilogue + 3] = ClearInterruptFlag;
        return changed;
    }

    // Whoever makes an image by hand leaves the checksum out: it finds damage, it proves nothing.
    private static byte[] Unsealed(byte[] image)
    {
        byte[] changed = [.. image];
        changed.AsSpan(FindHeader(changed) + ChecksumOffset, sizeof(uint)).Clear();
        return changed;
    }

    private static int FindHeader(byte[] image)
    {
        int header = image.AsSpan().IndexOf("NOOK"u8);
        Assert.True(header > 0);
        return header;
    }
}
