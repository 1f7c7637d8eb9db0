using System;
using NooksOS.Contracts;
using Xunit;

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
        return Falsify(Guard(inner => inner.Find(copy)));
    }

    public CallResult<FileReply> Create(ReadOnlySpan<char> path, FileFlags flags, long nowTicks)
    {
        string copy = new(path);
        CallResult<FileReply> result = Guard(inner => inner.Create(copy, flags, nowTicks));
        if (machine.LosesWhatItMakes)
        {
            machine.LosesWhatItMakes = false;
            Assert.Equal(FileStatus.Ok, machine.Instance.Remove(copy).Value.Status);
        }

        return result;
    }

    public CallResult<FileReply> ReadDirectory(FileNode directory, uint position, Span<char> name)
    {
        char[] copy = new char[name.Length];
        CallResult<FileReply> result = Guard(inner => inner.ReadDirectory(directory, position, copy));
        copy.CopyTo(name);
        if (machine.StandsStill)
        {
            machine.StandsStill = false;
            return CallResult<FileReply>.Ok(result.Value with { NextPosition = position });
        }

        return Falsify(result);
    }

    public CallResult<FileReply> Locate(FileNode file, uint offset, Span<FileRun> runs)
    {
        FileRun[] copy = new FileRun[runs.Length];
        CallResult<FileReply> result = Guard(inner => inner.Locate(file, offset, copy));
        Tell(copy, runs);
        return FalsifyNode(result);
    }

    public CallResult<FileReply> Prepare(FileNode file, uint offset, uint lengthBytes, Span<FileRun> runs)
    {
        FileRun[] copy = new FileRun[runs.Length];
        CallResult<FileReply> result = Guard(inner => inner.Prepare(file, offset, lengthBytes, copy));
        Tell(copy, runs);
        return FalsifyNode(result);
    }

    public CallResult<FileReply> Append(FileNode file, uint offset, ReadOnlySpan<byte> bytes, long nowTicks)
    {
        byte[] copy = bytes.ToArray();
        return Guard(inner => inner.Append(file, offset, copy, nowTicks));
    }

    public CallResult<FileReply> Shorten(FileNode file, uint lengthBytes, bool inPlace, long nowTicks)
        => FalsifyNode(Guard(inner => inner.Shorten(file, lengthBytes, inPlace, nowTicks)));

    public CallResult<FileReply> Link(FileNode file) => FalsifyNode(Guard(inner => inner.Link(file)));

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

    public CallResult<FileReply> Release(uint chain)
        => machine.RestLie is { } lie
            ? CallResult<FileReply>.Ok(new FileReply(FileStatus.Ok, 0, lie(), 0, default))
            : Guard(inner => inner.Release(chain));

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

    private CallResult<FileReply> FalsifyNode(CallResult<FileReply> result)
    {
        if (machine.NodeLie is not { } lie)
        {
            return result;
        }

        machine.NodeLie = null;
        return CallResult<FileReply>.Ok(result.Value with { Node = lie(result.Value.Node) });
    }

    private CallResult<FileReply> Falsify(CallResult<FileReply> result)
    {
        if (machine.ReplyLie is not { } lie)
        {
            return result;
        }

        machine.ReplyLie = null;
        return CallResult<FileReply>.Ok(lie(result.Value));
    }

    private void Tell(FileRun[] told, Span<FileRun> runs)
    {
        if (machine.Lie is { } lie)
        {
            machine.Lie = null;
            told[0] = lie(told[0]);
        }

        told.CopyTo(runs);
    }

    private CallResult<FileReply> Guard(Func<IFileSystem, CallResult<FileReply>> call)
    {
        machine.Calls++;
        if (machine.IsSilent)
        {
            return CallResult<FileReply>.Ok(default);
        }

        if (machine.NextStatus is not CallStatus.Ok and var status)
        {
            machine.NextStatus = CallStatus.Ok;
            return CallResult<FileReply>.Failure(status);
        }

        if (machine.NextRefusal is not FileStatus.None and var refusal && machine.TrueAnswersBefore-- == 0)
        {
            machine.NextRefusal = FileStatus.None;
            machine.TrueAnswersBefore = 0;
            return CallResult<FileReply>.Ok(new FileReply(refusal, 0, 0, 0, default));
        }

        try
        {
            CallResult<FileReply> result = call(machine.Instance);
            if (machine.DiesAfterAnswer)
            {
                machine.DiesAfterAnswer = false;
                machine.Restart();
            }

            return result;
        }
        catch (InstanceDiedException)
        {
            machine.Restart();
            return new CallResult<FileReply>(CallStatus.DomainDied, default);
        }
    }
}
