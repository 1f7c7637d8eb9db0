namespace NooksOS.Recovery.Shadows;

/// <summary>Bounds what is kept of requests that were read and not answered: clients decide how many there are. The shadow guards it.</summary>
internal sealed class KeptRequestBudget
{
    /// <summary>What is kept of one: a request with a body as people send them, which a server takes in before it answers.</summary>
    public const int RequestBytes = 128 * 1024;

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
