using System;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>
/// The file system as the kernel calls it: an instance that dies is replaced, and the call tells that it died. One that has fallen
/// silent answers everything and does nothing.
/// </summary>
internal sealed class FragileFileSystem(FileMachine machine) : IFileSystem
{
    public CallResult<FileReply> Find(ReadOnlySpan<char> path)
    {
        string copy = new(path);
        return Guard(inner => inner.Find(copy));
    }

    public CallResult<FileReply> Create(ReadOnlySpan<char> path, FileFlags flags, long nowTicks)
    {
        string copy = new(path);
        return Guard(inner => inner.Create(copy, flags, nowTicks));
    }

    public CallResult<FileReply> ReadDirectory(FileNode directory, uint position, Span<char> name)
    {
        char[] copy = new char[name.Length];
        CallResult<FileReply> result = Guard(inner => inner.ReadDirectory(directory, position, copy));
        copy.CopyTo(name);
        return result;
    }

    public CallResult<FileReply> Read(FileNode file, uint offset, Span<byte> bytes)
    {
        byte[] copy = new byte[bytes.Length];
        CallResult<FileReply> result = Guard(inner => inner.Read(file, offset, copy));
        copy.CopyTo(bytes);
        return result;
    }

    public CallResult<FileReply> Write(FileNode file, uint offset, ReadOnlySpan<byte> bytes, bool inPlace, long nowTicks)
    {
        byte[] copy = bytes.ToArray();
        return Guard(inner => inner.Write(file, offset, copy, inPlace, nowTicks));
    }

    public CallResult<FileReply> Shorten(FileNode file, uint lengthBytes, bool inPlace, long nowTicks)
        => Guard(inner => inner.Shorten(file, lengthBytes, inPlace, nowTicks));

    public CallResult<FileReply> Link(FileNode file) => Guard(inner => inner.Link(file));

    public CallResult<FileReply> Describe(FileNode file, FileFlags flags, long createdTicks, long modifiedTicks)
        => Guard(inner => inner.Describe(file, flags, createdTicks, modifiedTicks));

    public CallResult<FileReply> Remove(ReadOnlySpan<char> path)
    {
        string copy = new(path);
        return Guard(inner => inner.Remove(copy));
    }

    public CallResult<FileReply> Rename(ReadOnlySpan<char> path, ReadOnlySpan<char> newPath, bool inPlace)
    {
        string copy = new(path);
        string newCopy = new(newPath);
        return Guard(inner => inner.Rename(copy, newCopy, inPlace));
    }

    public CallResult<FileReply> Release(uint chain) => Guard(inner => inner.Release(chain));

    public CallResult<FileReply> Flush(bool hasOpenChains) => Guard(inner => inner.Flush(hasOpenChains));

    public CallResult<FileSystemDescription> DescribeVolume()
        => machine.IsSilent ? CallResult<FileSystemDescription>.Ok(default) : machine.Instance.DescribeVolume();

    public CallResult<FileReply> ReadLabel(Span<char> label)
    {
        char[] copy = new char[label.Length];
        CallResult<FileReply> result = Guard(inner => inner.ReadLabel(copy));
        copy.CopyTo(label);
        return result;
    }

    public CallResult<FileReply> WriteLabel(ReadOnlySpan<char> label, long nowTicks)
    {
        string copy = new(label);
        return Guard(inner => inner.WriteLabel(copy, nowTicks));
    }

    private CallResult<FileReply> Guard(Func<IFileSystem, CallResult<FileReply>> call)
    {
        if (machine.IsSilent)
        {
            return CallResult<FileReply>.Ok(default);
        }

        try
        {
            return call(machine.Instance);
        }
        catch (InstanceDiedException)
        {
            machine.Restart();
            return new CallResult<FileReply>(CallStatus.DomainDied, default);
        }
    }
}
