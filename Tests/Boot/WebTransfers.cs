using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>Large transfers with the kernel's web server, while what they pass through crashes.</summary>
public sealed class WebTransfers
{
    private const int SizeBytes = 64 << 20;
    private static readonly TimeSpan s_crashInterval = TimeSpan.FromMilliseconds(700);
    private static readonly string[] s_kinds = ["wild-write", "null", "loop", "exception", "bad-opcode"];

    private static string FilePath => $"random/{SizeBytes.ToString(CultureInfo.InvariantCulture)}";

    [Fact]
    public Task ADownloadIsWholeThoughStackAndDriverCrash() => WithServerAsync(async (machine, client) =>
    {
        Task<string> download = Task.Run(async () =>
        {
            using HttpResponseMessage response = await client.GetAsync(FilePath, HttpCompletionOption.ResponseHeadersRead);
            await using Stream body = await response.Content.ReadAsStreamAsync();
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(body));
        });
        await CrashDuringAsync(machine, download, "e1000", "tcpip");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Content())), await download);
    });

    [Fact]
    public Task AnUploadIsWholeThoughStackAndDriverCrash() => WithServerAsync(async (machine, client) =>
    {
        byte[] content = Content();
        Task<string> upload = Task.Run(async () =>
        {
            using HttpResponseMessage response = await client.PostAsync("sha256", new ByteArrayContent(content));
            return await response.Content.ReadAsStringAsync();
        });
        await CrashDuringAsync(machine, upload, "e1000", "tcpip");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)) + "\n", await upload);
    });

    [Fact]
    public Task ADownloadIsContinuedThoughTheServerCrashes() => WithServerAsync(async (machine, client) =>
    {
        using MemoryStream received = new();
        int connections = 0;
        Task download = Task.Run(async () =>
        {
            EntityTagHeaderValue? tag = null;
            while (received.Length < SizeBytes)
            {
                connections++;
                tag = await ContinueAsync(client, received, tag);
            }
        });
        await CrashDuringAsync(machine, download, "khttpd");
        await download;
        Assert.True(connections > 1);
        Assert.True(received.ToArray().AsSpan().SequenceEqual(Content()));
    });

    // Reads until the end or the loss of the connection.
    private static async Task<EntityTagHeaderValue?> ContinueAsync(HttpClient client, MemoryStream received, EntityTagHeaderValue? tag)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, FilePath);
            if (tag is not null)
            {
                request.Headers.Range = new RangeHeaderValue(received.Length, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(tag);
            }

            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(tag is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent, response.StatusCode);
            tag = response.Headers.ETag;
            await using Stream body = await response.Content.ReadAsStreamAsync();
            await body.CopyToAsync(received);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return tag;
    }

    private static async Task CrashDuringAsync(BootedMachine machine, Task transfer, params string[] extensions)
    {
        int crashes = 0;
        while (await Task.WhenAny(transfer, Task.Delay(s_crashInterval)) != transfer)
        {
            // Refused while it recovers from the one before.
            bool isTaken = (await machine.TryAsync($"crash {extensions[crashes % extensions.Length]} {s_kinds[crashes % s_kinds.Length]}")).Succeeded;
            crashes += isTaken ? 1 : 0;
        }

        Assert.True(crashes >= 2, $"only {crashes} crashes");
    }

    private static Task WithServerAsync(Func<BootedMachine, HttpClient, Task> test) => WebServer.RunAsync(async (machine, address, _) =>
    {
        // A policy that gives up after so many failures would end the transfer.
        foreach (string extension in new[] { "e1000", "tcpip", "khttpd" })
        {
            await machine.RunAsync($"policy {extension} restart initial=0 maximum=0 faults=0");
        }

        using HttpClient client = new() { BaseAddress = address };
        await test(machine, client);
    });

    // The output of splitmix64 with seed 0, as the server has it.
    private static byte[] Content()
    {
        byte[] content = new byte[SizeBytes];
        ulong state = 0;
        for (int position = 0; position < content.Length; position += sizeof(ulong))
        {
            state += 0x9E37_79B9_7F4A_7C15;
            ulong bits = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
            BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(position), bits ^ (bits >> 31));
        }

        return content;
    }
}
