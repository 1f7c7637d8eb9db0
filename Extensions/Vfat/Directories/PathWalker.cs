using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>Finds what paths name. A path begins with a slash; slashes separate names; there is nothing special about dots.</summary>
internal sealed class PathWalker(VolumeAccess volume)
{
    /// <summary>The node of the root.</summary>
    public static FileNode Root => new(0, FileFlags.Directory, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Finds a file or directory.</summary>
    public FileNode Find(ReadOnlySpan<char> path) => Find(path, out _);

    /// <summary>Finds a file or directory, and says whether each name of the path is the own name of what it names.</summary>
    public FileNode Find(ReadOnlySpan<char> path, out bool isOwnPath)
    {
        isOwnPath = true;
        if (Trim(path).IsEmpty)
        {
            return Root;
        }

        DirectoryEditor parent = OpenParent(path, out ReadOnlySpan<char> name, out isOwnPath);
        FoundEntry found = parent.Find(name) ?? throw new FileSystemException(FileStatus.NotFound);
        isOwnPath &= found.HasName(name);
        return found.Node;
    }

    /// <summary>Finds the directory that the last name of a path is in, or is to be in. The root has no parent.</summary>
    public DirectoryEditor OpenParent(ReadOnlySpan<char> path, out ReadOnlySpan<char> name) => OpenParent(path, out name, out _);

    /// <summary>The same, and says whether each name before the last is the own name of what it names.</summary>
    public DirectoryEditor OpenParent(ReadOnlySpan<char> path, out ReadOnlySpan<char> name, out bool isOwnPath)
    {
        isOwnPath = true;
        path = Trim(path);
        if (path.IsEmpty)
        {
            throw new FileSystemException(FileStatus.BadPath);
        }

        uint cluster = 0;
        while (true)
        {
            int slash = path.IndexOf('/');
            name = slash < 0 ? path : path[..slash];
            DirectoryEditor directory = new(volume, cluster);
            if (slash < 0)
            {
                return directory;
            }

            FoundEntry found = directory.Find(name) ?? throw new FileSystemException(FileStatus.NotFound);
            if (!found.Node.IsDirectory)
            {
                throw new FileSystemException(FileStatus.NotADirectory);
            }

            isOwnPath &= found.HasName(name);
            cluster = RequireDirectory(found.Node);
            path = path[slash..].TrimStart('/');
        }
    }

    /// <summary>The first cluster of a directory. Zero stands for the root, which no entry may claim to be.</summary>
    public uint RequireDirectory(FileNode node)
    {
        if (!node.IsDirectory)
        {
            throw new FileSystemException(FileStatus.NotADirectory);
        }

        return node.IsRoot || volume.Geometry.IsCluster(node.FirstCluster)
            ? node.FirstCluster
            : throw new FileSystemException(FileStatus.Damaged);
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> path)
        => path.Length is > 0 and <= FileLimits.PathCharacters && path[0] == '/'
            ? path.Trim('/')
            : throw new FileSystemException(FileStatus.BadPath);
}
