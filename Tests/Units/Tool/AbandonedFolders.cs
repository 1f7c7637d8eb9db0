using System;
using System.IO;
using System.Linq;
using NooksOS.Tool.Host;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

/// <summary>A tool that was killed leaves what it had saved of its machines, a hundred megabytes at a time.</summary>
public sealed class AbandonedFolders : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void OnlyThoseWhoseOwnerIsGoneAreRemoved()
    {
        using (Make("nooks-dead"))
        {
            // Its owner ends here.
        }

        using FileStream owner = Make("nooks-alive");
        Directory.CreateDirectory(Path.Combine(_parent, "nooks-new"));
        Directory.CreateDirectory(Path.Combine(_parent, "another"));
        File.WriteAllText(Path.Combine(_parent, "nooks-file"), string.Empty);

        TemporaryFolder.RemoveAbandoned(_parent);
        Assert.Equal(["another", "nooks-alive", "nooks-alive.owner", "nooks-file", "nooks-new"], Directory.EnumerateFileSystemEntries(_parent).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void AFolderIsItsOwnersAsLongAsHeLives()
    {
        string location;
        using (TemporaryFolder folder = new())
        {
            location = folder.Location;
            File.WriteAllText(folder.File("kept"), "something");
            TemporaryFolder.RemoveAbandoned(Path.GetTempPath());
            Assert.True(File.Exists(folder.File("kept")));
        }

        Assert.False(Directory.Exists(location) || File.Exists($"{location}.owner"));
    }

    private FileStream Make(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_parent, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "saved"), "a machine");
        return new FileStream($"{folder}.owner", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }
}
