namespace NooksOS.Recovery.Shadows;

/// <summary>Bounds what is kept of requests that were read and not answered: clients decide how many there are. The shadow guards it.</summary>
internal sealed class KeptRequestBudget
{
    /// <summary>What is kept of one: as much as a server reads before it knows what is wanted.</summary>
    public const int RequestBytes = 32 * 1024;

    private const int TotalBytes = 4 << 20;

    private int _taken;

    /// <summary>Takes memory for more. False if there is too much.</summary>
    public bool TryTake(int bytes)
    {
        if (bytes > TotalBytes - _taken)
        {
            return false;
        }

        _taken += bytes;
        return true;
    }

    /// <summary>Gives memory back.</summary>
    public void Return(int bytes) => _taken -= bytes;
}
