using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Disks;

/// <summary>What goes on when the power is cut: archives are unpacked, files moved and removed, and now and then all is flushed.</summary>
public sealed class CutLoad(NooksMachine machine, CutLedger ledger, Random random, int round)
{
    // Older rounds' folders are removed, so that the disk does not fill up.
    private const int KeptRounds = 3;
    private const int MostMembers = 12;

    private int _folders;

    /// <summary>Goes on until the machine is gone.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await RemoveOldAsync(cancellation);
        await RequireAsync($"mkdir {Quote(Folder)}", cancellation);
        while (true)
        {
            await UnpackAsync(cancellation);
            switch (random.Next(6))
            {
                case < 2:
                    await FlushAsync(cancellation);
                    break;
                case 2:
                    await MoveAsync(cancellation);
                    break;
                case 3:
                    await RemoveAsync(cancellation);
                    break;
            }
        }
    }

    private string Folder => string.Create(CultureInfo.InvariantCulture, $"/round {round}");

    private async Task UnpackAsync(CancellationToken cancellation)
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"{Folder}/archive {_folders++}");
        await RequireAsync($"mkdir {Quote(folder)}", cancellation);
        int members = random.Next(1, MostMembers + 1);
        int size = random.Next(10) == 0 ? random.Next(300_000) : random.Next(20_000);
        int seed = random.Next(1_000_000_000);
        for (int number = 0; number < members; number++)
        {
            ledger.Create(string.Create(CultureInfo.InvariantCulture, $"{folder}/file number {number}.bin"), new GuestFile(size, seed + number));
        }

        await RequireAsync(
            string.Create(CultureInfo.InvariantCulture, $"write {Quote(folder)} --count {members} --size {size} --seed {seed}"), cancellation);
    }

    private async Task MoveAsync(CancellationToken cancellation)
    {
        string from = Choose();
        string to = string.Create(CultureInfo.InvariantCulture, $"{Folder}/moved {_folders++} with a longer name");
        ledger.Move(from, to);
        await RequireAsync($"mv {Quote(from)} {Quote(to)}", cancellation);
    }

    private async Task RemoveAsync(CancellationToken cancellation)
    {
        string path = Choose();
        ledger.Remove(path);
        await RequireAsync($"rm {Quote(path)}", cancellation);
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        await RequireAsync("sync", cancellation);
        ledger.Flushed();
    }

    private async Task RemoveOldAsync(CancellationToken cancellation)
    {
        string[] folders = [.. ledger.Files.Select(static path => path.Split('/')[1]).Distinct().Order(StringComparer.Ordinal)];
        foreach (string folder in folders.Where(folder => IsOld(folder)))
        {
            foreach (string path in ledger.Files.Where(path => path.StartsWith($"/{folder}/", StringComparison.Ordinal)).ToArray())
            {
                ledger.Remove(path);
            }

            await RequireAsync($"rm {Quote("/" + folder)} --recursive", cancellation);
        }
    }

    private bool IsOld(string folder)
        => int.Parse(folder.AsSpan(folder.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture) + KeptRounds <= round;

    private string Choose()
    {
        string[] files = [.. ledger.Files.Order(StringComparer.Ordinal)];
        return files[random.Next(files.Length)];
    }

    private static string Quote(string path) => $"\"{path}\"";

    private Task RequireAsync(string command, CancellationToken cancellation) => machine.RequireAsync(command, cancellation);
}
