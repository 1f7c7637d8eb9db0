using System.Numerics;
using System.Threading;

namespace NooksOS.Isolation;

/// <summary>
/// Which pages of a transfer area are lent. Takes no lock and allocates nothing, because every call that carries a span lends
/// some; first fit.
/// </summary>
public sealed class TransferPages
{
    /// <summary>Pages of the area.</summary>
    public const int Count = 40;

    private const ulong All = (1UL << Count) - 1;

    private ulong _lent;

    /// <summary>Takes pages that follow each other. False if none are left.</summary>
    public bool TryTake(int pageCount, out int firstPage)
    {
        firstPage = 0;
        if (pageCount is <= 0 or > Count)
        {
            return false;
        }

        ulong pages = (1UL << pageCount) - 1;
        while (true)
        {
            ulong lent = Volatile.Read(ref _lent);

            // A bit stays if the page and those after it, as many as are needed, are free.
            ulong starts = ~lent & All;
            for (int further = 1; further < pageCount; further++)
            {
                starts &= (~lent & All) >> further;
            }

            if (starts == 0)
            {
                return false;
            }

            firstPage = BitOperations.TrailingZeroCount(starts);
            if (Interlocked.CompareExchange(ref _lent, lent | (pages << firstPage), lent) == lent)
            {
                return true;
            }
        }
    }

    /// <summary>Gives pages back that were taken.</summary>
    public void Return(int firstPage, int pageCount)
        => Interlocked.And(ref _lent, ~(((1UL << pageCount) - 1) << firstPage));
}
