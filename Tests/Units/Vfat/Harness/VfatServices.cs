using NooksOS.Contracts;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>What the kernel offers to a file system, and nothing that it does not use.</summary>
internal sealed class VfatServices(IBlockVolume volume, IFileSystemHost host) : RefusedServices
{
    public override IFileSystemHost FileSystems => host;

    public override IBlockVolume? OpenVolume(uint number) => number == 0 ? volume : null;

    public override void CloseVolume(IBlockVolume closed)
    {
    }
}
