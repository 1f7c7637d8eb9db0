using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NooksOS.Contracts;
using NooksOS.Kernel.Shell;
using NooksOS.Storage;

namespace NooksOS.Image.Commands;

/// <summary><c>disk</c>: raw sectors of a volume, for looking and for tests.</summary>
internal sealed class DiskCommand(DiskRegistry disks) : ICommand
{
    private const int PieceBytes = 64 * 1024;
    private const int BytesPerLine = 16;
    private const long MaximumShownSectors = 16;
    private const ulong PatternStep = 0x9E37_79B9_7F4A_7C15;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "disk",
        Summary = "raw sectors of a disk or a partition",
        Arguments = "show|checksum|fill|check|flush|forget NAME [FIRST [COUNT [SEED]]]",
        MinimumArguments = 2,
        MaximumArguments = 5,
        Details = "show: prints sectors. checksum: the CRC-32 of sectors; of all of them without FIRST.\n"
            + "fill: writes sectors with what follows from SEED and their place; check: tells whether they still hold it.\n"
            + "flush: waits until all is on the medium. forget: empties the cache of what is on the medium.",
    };

    public int Run(ShellContext context)
    {
        string name = context.Arguments.Get(1)!;
        Volume volume = disks.Find(name) ?? throw new CommandFailureException($"there is no disk or partition '{name}'");
        IBlockVolume content = volume.Content;
        long sectors = (long)content.SectorCount;
        string what = context.Arguments.Get(0)!;
        long first = context.Arguments.GetNumber(2, "FIRST", 0, 0, sectors - 1);
        long byDefault = what == "show" || context.Arguments.Get(2) is not null ? 1 : sectors;
        long count = context.Arguments.GetNumber(3, "COUNT", byDefault, 1, sectors - first);
        ulong seed = (ulong)context.Arguments.GetNumber(4, "SEED", 0, 0, long.MaxValue);
        switch (what)
        {
            case "show":
                Show(context, content, (ulong)first, Math.Min(count, MaximumShownSectors));
                break;
            case "checksum":
                context.Output.Write($"{Checksum(content, (ulong)first, count):x8}\n");
                break;
            case "fill":
                Fill(volume, (ulong)first, count, seed);
                break;
            case "check":
                Check(content, (ulong)first, count, seed);
                break;
            case "flush":
                Require(content.Flush());
                break;
            case "forget":
                volume.Disk.Cache.Forget();
                break;
            default:
                throw new UsageException($"'{what}' is not one of show, checksum, fill, check, flush, forget");
        }

        return ExitCode.Success;
    }

    private static void Show(ShellContext context, IBlockVolume volume, ulong first, long count)
    {
        byte[] bytes = new byte[count * volume.SectorBytes];
        Require(volume.Read(first, bytes));
        StringBuilder text = new();
        for (int line = 0; line < bytes.Length; line += BytesPerLine)
        {
            text.Append(CultureInfo.InvariantCulture, $"{((long)first * volume.SectorBytes) + line:x8} ");
            foreach (byte value in bytes.AsSpan(line, BytesPerLine))
            {
                text.Append(CultureInfo.InvariantCulture, $" {value:x2}");
            }

            text.Append("  ");
            foreach (byte value in bytes.AsSpan(line, BytesPerLine))
            {
                text.Append(value is >= (byte)' ' and < 0x7F ? (char)value : '.');
            }

            text.Append('\n');
        }

        context.Output.Write(text.ToString());
    }

    private static uint Checksum(IBlockVolume volume, ulong first, long count)
    {
        uint checksum = 0;
        ForEachPiece(volume, first, count, (sector, bytes) =>
        {
            Require(volume.Read(sector, bytes));
            checksum = Crc32.Continue(checksum, bytes);
        });
        return checksum;
    }

    private static void Fill(Volume volume, ulong first, long count, ulong seed)
    {
        foreach (Volume other in volume.Disk.Volumes)
        {
            if (other.Owner is { } owner)
            {
                throw new CommandFailureException($"{other.Name} belongs to {owner}");
            }
        }

        ForEachPiece(volume.Content, first, count, (sector, bytes) =>
        {
            Make(bytes, sector, seed);
            Require(volume.Content.Write(sector, bytes));
        });
    }

    private static void Check(IBlockVolume volume, ulong first, long count, ulong seed)
    {
        byte[] expected = new byte[PieceBytes];
        ForEachPiece(volume, first, count, (sector, bytes) =>
        {
            Require(volume.Read(sector, bytes));
            Span<byte> right = expected.AsSpan(0, bytes.Length);
            Make(right, sector, seed);
            int same = bytes.AsSpan().CommonPrefixLength(right);
            if (same != bytes.Length)
            {
                throw new CommandFailureException($"sector {sector + ((ulong)same / volume.SectorBytes)} holds something else");
            }
        });
    }

    // Each eight bytes differ from all others, so that nothing passes that comes from another place.
    private static void Make(Span<byte> bytes, ulong firstSector, ulong seed)
    {
        ulong value = (firstSector + 1) * (seed + 1) * PatternStep;
        for (int offset = 0; offset < bytes.Length; offset += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[offset..], value ^ (value >> 29));
            value += PatternStep;
        }
    }

    private static void ForEachPiece(IBlockVolume volume, ulong first, long count, Action<ulong, byte[]> use)
    {
        int sectorsPerPiece = PieceBytes / (int)volume.SectorBytes;
        byte[] piece = new byte[PieceBytes];
        while (count > 0)
        {
            int sectors = (int)Math.Min(count, sectorsPerPiece);
            byte[] bytes = sectors == sectorsPerPiece ? piece : new byte[sectors * (int)volume.SectorBytes];
            use(first, bytes);
            first += (ulong)sectors;
            count -= sectors;
        }
    }

    private static void Require(CallStatus status)
    {
        if (status != CallStatus.Ok)
        {
            throw new CommandFailureException($"the disk answers: {status}");
        }
    }
}
