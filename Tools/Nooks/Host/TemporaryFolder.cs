using System;
using System.IO;
using System.Text;
using System.Threading;

namespace NooksOS.Tool.Host;

/// <summary>
/// A folder that goes away with its owner; that of an owner who was killed goes when the next one makes his. Its path is short, because a
/// socket's path may have 107 bytes only.
/// </summary>
public sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = "nooks-";
    private const string OwnerSuffix = ".owner";
    private const string UnlockedSuffix = ".made";

    // A socket's path may have that many bytes, of which a name in the folder has at most so many.
    private const int MostSocketPathBytes = 107;
    private const int MostNameBytes = 32;

    private static int s_isTidied;

    // Beside the folder, and locked as long as its owner lives.
    private readonly FileStream _owner;

    /// <summary>Makes the folder where the system keeps what is temporary.</summary>
    public TemporaryFolder()
    {
        RequireUsable(Path.GetTempPath());
        if (Interlocked.Exchange(ref s_isTidied, 1) == 0)
        {
            RemoveAbandoned(Path.GetTempPath());
        }

        Location = Directory.CreateTempSubdirectory(Prefix).FullName;

        // It gets its name when it is locked: until then somebody who tidies would take it for abandoned.
        _owner = Lock(Location + UnlockedSuffix, FileMode.CreateNew);
        System.IO.File.Move(Location + UnlockedSuffix, Location + OwnerSuffix);
    }

    /// <summary>Its path.</summary>
    public string Location { get; }

    /// <summary>Requires that a temporary folder can be made in another one, and sockets in that.</summary>
    /// <exception cref="HostException">It is not there, or its path is too long.</exception>
    public static void RequireUsable(string parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        if (!Directory.Exists(parent))
        {
            throw new HostException($"there is no folder {parent} for temporary files: make it, or set TMPDIR to another one");
        }

        int pathBytes = Encoding.UTF8.GetByteCount(Path.Combine(parent, $"{Prefix}123456"));
        if (pathBytes + 1 + MostNameBytes > MostSocketPathBytes)
        {
            throw new HostException($"the path of {parent} is too long for sockets: set TMPDIR to a folder with a shorter one");
        }
    }

    /// <summary>Removes the folders whose owners are gone.</summary>
    /// <param name="parent">The folder that they are in.</param>
    public static void RemoveAbandoned(string parent)
    {
        foreach (string owner in Directory.EnumerateFiles(parent, $"{Prefix}*{OwnerSuffix}"))
        {
            try
            {
                using FileStream lockedByNobodyElse = Lock(owner, FileMode.Open);
                Remove(owner[..^OwnerSuffix.Length]);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Its owner lives, or somebody else removes it as well, or it is another user's.
            }
        }
    }

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(Location, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Remove(Location);
        }
        catch (IOException)
        {
            // Whoever comes next removes it; nothing depends on it.
        }

        _owner.Dispose();
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        System.IO.File.Delete(folder + OwnerSuffix);
    }

    private static FileStream Lock(string file, FileMode mode) => new(file, mode, FileAccess.ReadWrite, FileShare.None);
}
