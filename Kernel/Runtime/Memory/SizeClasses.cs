namespace NooksOS.Runtime;

/// <summary>Sizes of cells: every 16 bytes up to 256, then four steps to each doubling up to 2 KiB.</summary>
internal static class SizeClasses
{
    /// <summary>How many classes there are.</summary>
    public const int Count = 16 + 12;

    /// <summary>Objects that need more than this have memory of their own.</summary>
    public const uint LargestCellBytes = 2048;

    private const uint FineLimitBytes = 256;

    /// <summary>The class for so many bytes, at most <see cref="LargestCellBytes"/>.</summary>
    public static int IndexOf(uint bytes)
    {
        if (bytes <= FineLimitBytes)
        {
            return (int)((bytes + 15) / 16) - 1;
        }

        int doubling = 31 - System.Numerics.BitOperations.LeadingZeroCount(bytes - 1);
        uint step = 1u << (doubling - 2);
        int within = (int)((bytes - 1 - (1u << doubling)) / step);
        return 16 + ((doubling - 8) * 4) + within;
    }

    /// <summary>Size of the cells of a class.</summary>
    public static uint CellBytes(int index)
    {
        if (index < 16)
        {
            return (uint)(index + 1) * 16;
        }

        int doubling = 8 + ((index - 16) / 4);
        return (1u << doubling) + ((uint)((index - 16) % 4) + 1) * (1u << (doubling - 2));
    }
}
