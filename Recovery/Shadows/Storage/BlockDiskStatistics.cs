using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What passed through the shadow of a disk since boot.</summary>
/// <param name="Reads">Reads that were carried out.</param>
/// <param name="Writes">Writes that were carried out.</param>
/// <param name="Flushes">Flushes that were carried out.</param>
/// <param name="BytesRead">How much was read.</param>
/// <param name="BytesWritten">How much was written.</param>
/// <param name="Retries">How often a request was repeated because the device had failed.</param>
/// <param name="Doubts">How often a request has failed and another instance was asked before it counted.</param>
/// <param name="Replays">How often one was given to another instance because the first had died with it.</param>
/// <param name="Errors">Requests that were given up.</param>
/// <param name="Queued">Requests that wait for the driver now.</param>
/// <param name="InFlight">Requests that the driver has now.</param>
/// <param name="Instances">Instances of the driver that have served the disk.</param>
public readonly record struct BlockDiskStatistics(
    ulong Reads,
    ulong Writes,
    ulong Flushes,
    ulong BytesRead,
    ulong BytesWritten,
    ulong Retries,
    ulong Doubts,
    ulong Replays,
    ulong Errors,
    uint Queued,
    uint InFlight,
    uint Instances)
{
    /// <summary>The same when one more request has ended.</summary>
    internal BlockDiskStatistics After(BlockTransfer transfer, uint sectorBytes)
    {
        if (transfer.Result != BlockResult.Done)
        {
            return this with { Errors = Errors + 1 };
        }

        ulong bytes = (ulong)transfer.SectorCount * sectorBytes;
        return transfer.Operation switch
        {
            BlockOperation.Read => this with { Reads = Reads + 1, BytesRead = BytesRead + bytes },
            BlockOperation.Write => this with { Writes = Writes + 1, BytesWritten = BytesWritten + bytes },
            _ => this with { Flushes = Flushes + 1 },
        };
    }
}
