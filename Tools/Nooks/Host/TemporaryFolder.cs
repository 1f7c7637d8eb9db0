using System;
using System.IO;

namespace NooksOS.Tool.Host;

/// <summary>A folder that goes away with its owner. Its path is short, because a socket's path may have 107 bytes only.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public TemporaryFolder()
    {
        Location = Directory.CreateTempSubdirectory("nooks-").FullName;
    }

    /// <summary>Its path.</summary>
    public string Location { get; }

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(Location, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Location, recursive: true);
        }
        catch (IOException)
        {
            // Left to the system's own cleaning of its temporary folder; nothing depends on it.
        }
    }
}
