using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Files;

/// <summary>
/// Files and directories by their paths, much as in System.IO. A path begins with a slash. Whatever is refused is thrown as a
/// <see cref="FileFailure"/>.
/// </summary>
public sealed class FileSystem(IFileServices services)
{
    /// <summary>Opens a file.</summary>
    public OpenFileStream Open(string path, FileMode mode, FileAccess access)
    {
        FileRequests requests = access switch
        {
            FileAccess.Read => FileRequests.Read,
            FileAccess.Write => FileRequests.Write,
            _ => FileRequests.Read | FileRequests.Write,
        };
        requests |= mode switch
        {
            FileMode.CreateNew => FileRequests.Create | FileRequests.OnlyNew,
            FileMode.Create => FileRequests.Create | FileRequests.Truncate,
            FileMode.OpenOrCreate or FileMode.Append => FileRequests.Create,
            FileMode.Truncate => FileRequests.Truncate,
            _ => FileRequests.None,
        };
        OpenFileStream stream = new(services, path, requests, OpenHandle(path, requests));
        if (mode == FileMode.Append)
        {
            stream.Seek(0, SeekOrigin.End);
        }

        return stream;
    }

    /// <summary>Opens a file to read it.</summary>
    public OpenFileStream OpenRead(string path) => Open(path, FileMode.Open, FileAccess.Read);

    /// <summary>Makes a file, or empties it, to write it.</summary>
    public OpenFileStream Create(string path) => Open(path, FileMode.Create, FileAccess.Write);

    /// <summary>Reads a whole file.</summary>
    public byte[] ReadAllBytes(string path)
    {
        using OpenFileStream stream = OpenRead(path);
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Makes a file of these bytes.</summary>
    public void WriteAllBytes(string path, ReadOnlySpan<byte> content)
    {
        using OpenFileStream stream = Create(path);
        stream.Write(content);
    }

    /// <summary>Describes a file or directory.</summary>
    public FileEntry GetEntry(string path) => FileEntry.From(NameOf(path), Take(services.Describe(path), path));

    /// <summary>Whether there is a file or directory.</summary>
    public bool Exists(string path)
        => services.Describe(path).TryGet(out FileOutcome outcome) && outcome.Status == FileStatus.Ok;

    /// <summary>Reads the entries of a directory.</summary>
    public IReadOnlyList<FileEntry> List(string path)
    {
        Handle<TrackedObjects.File> directory = OpenHandle(path, FileRequests.List).File;
        try
        {
            char[] name = new char[FileLimits.NameCharacters];
            List<FileEntry> entries = [];
            while (Take(services.ReadDirectory(directory, name), path) is { Count: not 0 } about)
            {
                entries.Add(FileEntry.From(new string(name, 0, (int)about.Count), about));
            }

            return entries;
        }
        finally
        {
            services.Close(directory);
        }
    }

    /// <summary>Makes a directory.</summary>
    public void CreateDirectory(string path) => Take(services.CreateDirectory(path), path);

    /// <summary>Removes a file or an empty directory.</summary>
    public void Remove(string path) => Take(services.Remove(path), path);

    /// <summary>Removes a directory with all that is in it.</summary>
    public void RemoveTree(string path, CancellationToken cancellation = default)
    {
        // Without a call for each level: how deep a tree is, its file system says.
        List<string> directories = [path];
        for (int index = 0; index < directories.Count; index++)
        {
            foreach (FileEntry entry in List(directories[index]))
            {
                cancellation.ThrowIfCancellationRequested();
                string child = Join(directories[index], entry.Name);
                if (entry.IsDirectory)
                {
                    directories.Add(child);
                }
                else
                {
                    Remove(child);
                }
            }
        }

        for (int index = directories.Count - 1; index >= 0; index--)
        {
            Remove(directories[index]);
        }
    }

    /// <summary>Gives a file or directory another name or place.</summary>
    public void Move(string path, string newPath, bool replaces = false) => Take(services.Rename(path, newPath, replaces), path);

    /// <summary>Sets attributes and times.</summary>
    public void SetEntry(string path, FileEntry entry)
        => Take(services.SetDescription(path, entry.Flags, entry.Created.Ticks, entry.Modified.Ticks), path);

    /// <summary>Waits until everything is on the medium.</summary>
    public void Synchronize() => Take(services.Synchronize(), "/");

    /// <summary>A path of a directory and a name in it.</summary>
    public static string Join(string directory, string name) => directory.TrimEnd('/') + "/" + name;

    /// <summary>The last name of a path.</summary>
    public static string NameOf(string path) => path.TrimEnd('/')[(path.TrimEnd('/').LastIndexOf('/') + 1)..];

    internal static FileOutcome Take(CallResult<FileOutcome> result, string path)
    {
        FileStatus status = result.TryGet(out FileOutcome outcome) ? outcome.Status : FileStatus.Unavailable;
        return status == FileStatus.Ok ? outcome : throw new FileFailure(status, path);
    }

    private OpenedFile OpenHandle(string path, FileRequests requests)
    {
        FileStatus status = services.Open(path, requests).TryGet(out OpenedFile opened) ? opened.Status : FileStatus.Unavailable;
        return status == FileStatus.Ok ? opened : throw new FileFailure(status, path);
    }
}
