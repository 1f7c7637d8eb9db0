using NooksOS.Contracts;
using NooksOS.Extensions.Vfat;
using NooksOS.ObjectTracker;
using NooksOS.Recovery.Shadows;
using NooksOS.Storage;
using NooksOS.Tests.Units.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

public sealed class VolumesOfFileSystems
{
    // Somebody else was given the volume, while the kernel went on writing files to it.
    [Fact]
    public void AVolumeIsNotClosedWhileItsFileSystemIsRegistered()
    {
        StorageRig rig = new StorageRig();
        rig.Start();
        rig.Registry.ScanAll();
        FileShadow files = new(rig.Clock, static () => 0, new FakeSignal(rig.Clock), () => new FakeSignal(rig.Clock), rig, new FileShadowOptions());
        HandleTable objects = new(77, ObjectQuotas.Default, new TrackerLedger());
        BlockServices volumes = new(rig.Registry, "vfat", objects);
        FileSystemHostService host = new(files, 1, new VfatExtension(), volumes.FindMounted, objects);
        Handle<TrackedObjects.Volume> volume = volumes.Open(0).Value.Handle;
        Assert.True(host.Register(0).Succeeded);
        Assert.Equal(CallStatus.Busy, volumes.Close(volume).Status);
        Assert.Equal(CallStatus.Busy, new BlockServices(rig.Registry, "other", objects).Open(0).Status);

        files.InstanceStopped(1);
        Assert.Equal(0u, objects.ReleaseAll().Leaked);
        Assert.Empty(rig.Faults);
        Assert.True(new BlockServices(rig.Registry, "other", new HandleTable(78, ObjectQuotas.Default, new TrackerLedger())).Open(0).Succeeded);
    }
}
