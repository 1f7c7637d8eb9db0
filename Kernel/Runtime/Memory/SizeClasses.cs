using System.Numerics;

namespace NooksOS.Runtime;

/// <summary>
/// Sizes of cells: every 16 bytes up to 256, then four steps to each doubling up to 2 KiB, then what a sixth to a half of a
/// block leaves.
/// </summary>
internal static class SizeClasses
{
    /// <summary>How many classes there are.</summary>
    public const int Count = FineCount + CoarseCount + 5;

    /// <summary>Objects that need more than this have memory of their own.</summary>
    public const uint LargestCellBytes = HalfBlockBytes;

    private const int FineCount = 16;
    private const int CoarseCount = 12;
    private const uint FineLimitBytes = 256;
    private const uint CoarseLimitBytes = 2048;
    private const int FineLimitShift = 8;

    private const uint SixthBlockBytes = 2688;
    private const uint FifthBlockBytes = 3232;
    private const uint QuarterBlockBytes = 4048;
    private const uint ThirdBlockBytes = 5392;
    private const uint HalfBlockBytes = 8096;

    /// <summary>The class for so many bytes, at most <see cref="LargestCellBytes"/>.</summary>
    public static int IndexOf(uint bytes)
    {
        if (bytes <= FineLimitBytes)
        {
            return (int)((bytes + 15) / 16) - 1;
        }

        if (bytes <= CoarseLimitBytes)
        {
            int doubling = BitOperations.Log2(bytes - 1);
            uint step = 1u << (doubling - 2);
            int within = (int)((bytes - 1 - (1u << doubling)) / step);
            return FineCount + ((doubling - FineLimitShift) * 4) + within;
        }

        int part = bytes <= SixthBlockBytes ? 0
            : bytes <= FifthBlockBytes ? 1
            : bytes <= QuarterBlockBytes ? 2
            : bytes <= ThirdBlockBytes ? 3
            : 4;
        return FineCount + CoarseCount + part;
    }

    /// <summary>Size of the cells of a class.</summary>
    public static uint CellBytes(int index)
    {
        if (index < FineCount)
        {
            return (uint)(index + 1) * 16;
        }

        if (index < FineCount + CoarseCount)
        {
            int doubling = FineLimitShift + ((index - FineCount) / 4);
            uint step = 1u << (doubling - 2);
            return (1u << doubling) + (((uint)((index - FineCount) % 4) + 1) * step);
        }

        return (index - FineCount - CoarseCount) switch
        {
            0 => SixthBlockBytes,
            1 => FifthBlockBytes,
            2 => QuarterBlockBytes,
            3 => ThirdBlockBytes,
            _ => HalfBlockBytes,
        };
    }
}
