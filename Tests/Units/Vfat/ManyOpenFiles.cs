using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

public sealed class ManyOpenFiles
{
    // One extension opened as many as can be open at all, and nobody else, not even the shell, got at any file.
    [Fact]
    public void NobodyKeepsOthersFromOpeningFiles()
    {
        FileMachine machine = new(new MemoryVolume(HostTools.Format(16, 4096, "-s", "1")));
        FileMachine.Ok(machine.Files.CreateDirectory("/many"));
        List<Handle<TrackedObjects.File>> held = [];
        for (int file = 0; file < OwnFiles.Limit; file++)
        {
            held.Add(machine.Open($"/many/{file}", FileRequests.Write | FileRequests.Create));
        }

        Assert.Equal(FileStatus.Unavailable, machine.Files.Open("/many/more", FileRequests.Write | FileRequests.Create).Value.Status);
        FileServices others = new(machine.Shadow, new HandleTable(3, ObjectQuotas.Default, new TrackerLedger()));
        Assert.Equal(FileStatus.Ok, others.Open("/other", FileRequests.Write | FileRequests.Create).Value.Status);
        FileMachine.Ok(machine.Files.Close(held[0]));
        machine.Open("/many/more", FileRequests.Write | FileRequests.Create);
    }
}
