namespace NooksOS.Recovery.Shadows;

/// <summary>Hears of disks. Called from the threads of recovery, so it must not wait for a disk.</summary>
public interface IBlockDiskWatcher
{
    /// <summary>There is a disk that was not there before.</summary>
    void DiskAdded(BlockDisk disk);

    /// <summary>A disk will not come back. What it had to do has been refused.</summary>
    void DiskGone(BlockDisk disk);

    /// <summary>Some time has passed. Returns when to say so again; <see cref="long.MaxValue"/>: when there is something to do.</summary>
    long Tick(long nowNanoseconds);
}
