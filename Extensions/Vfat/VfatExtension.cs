using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// FAT12, FAT16 and FAT32 with long names as an extension: the contracts on one side, a <see cref="FatVolume"/> on the other. It
/// mounts the first volume that holds a FAT file system.
/// </summary>
public sealed class VfatExtension : IExtension, IFileSystem
{
    private const uint VolumeLimit = 64;

    private IExtensionServices? _services;
    private FatVolume? _volume;

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        _services = services;
        uint[] chains = new uint[FileLimits.OpenChains];
        if (!services.FileSystems.GetOpenChains(chains).TryGet(out uint count) || count > chains.Length)
        {
            return CallResult.Failure(CallStatus.Failed);
        }

        for (uint number = 0; number < VolumeLimit; number++)
        {
            if (TryMount(number, chains.AsSpan(0, (int)count)))
            {
                return CallResult.Ok;
            }
        }

        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult Stop() => CallResult.Ok;

    /// <inheritdoc/>
    public CallResult<FileReply> Find(ReadOnlySpan<char> path)
    {
        try
        {
            return CallResult<FileReply>.Ok(Volume.Find(path));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Create(ReadOnlySpan<char> path, FileFlags flags, long nowTicks)
    {
        try
        {
            return CallResult<FileReply>.Ok(Volume.Create(path, flags, nowTicks));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> ReadDirectory(FileNode directory, uint position, Span<char> name)
    {
        try
        {
            return CallResult<FileReply>.Ok(Volume.ReadDirectory(directory, position, name));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Locate(FileNode file, uint offset, Span<FileRun> runs)
    {
        try
        {
            return CallResult<FileReply>.Ok(Volume.Locate(file, offset, runs));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Prepare(FileNode file, uint offset, uint lengthBytes, Span<FileRun> runs)
    {
        try
        {
            return CallResult<FileReply>.Ok(Volume.Prepare(file, offset, lengthBytes, runs));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Append(FileNode file, uint offset, ReadOnlySpan<byte> bytes, long nowTicks)
    {
        try
        {
            return CallResult<FileReply>.Ok(Volume.Append(file, offset, bytes, nowTicks));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Shorten(FileNode file, uint lengthBytes, bool inPlace, long nowTicks)
    {
        try
        {
            return CallResult<FileReply>.Ok(Volume.Shorten(file, lengthBytes, inPlace, nowTicks));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Link(FileNode file)
    {
        try
        {
            return CallResult<FileReply>.Ok(Volume.Link(file));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Describe(FileNode file, FileFlags flags, long createdTicks, long modifiedTicks)
    {
        try
        {
            return Done(Volume.Describe(file, flags, createdTicks, modifiedTicks));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Remove(ReadOnlySpan<char> path)
    {
        try
        {
            return Released(Volume.Remove(path));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Rename(ReadOnlySpan<char> path, ReadOnlySpan<char> newPath, bool inPlace)
    {
        try
        {
            return CallResult<FileReply>.Ok(Volume.Rename(path, newPath, inPlace));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Release(uint chain)
    {
        try
        {
            return Released(Volume.Release(chain));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> Flush(bool hasOpenChains)
    {
        try
        {
            Volume.Flush(hasOpenChains);
            return Counted(0);
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileSystemDescription> DescribeVolume()
        => _volume is null
            ? CallResult<FileSystemDescription>.Failure(CallStatus.NotFound)
            : CallResult<FileSystemDescription>.Ok(_volume.Description);

    /// <inheritdoc/>
    public CallResult<FileReply> ReadLabel(Span<char> label)
    {
        try
        {
            return Counted((uint)Volume.ReadLabel(label));
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    /// <inheritdoc/>
    public CallResult<FileReply> WriteLabel(ReadOnlySpan<char> label, long nowTicks)
    {
        try
        {
            Volume.WriteLabel(label, nowTicks);
            return Counted(0);
        }
        catch (FileSystemException exception)
        {
            return Refuse(exception);
        }
    }

    private FatVolume Volume => _volume ?? throw new FileSystemException(FileStatus.NotMounted);

    private static CallResult<FileReply> Done(FileNode node)
        => CallResult<FileReply>.Ok(new FileReply(FileStatus.Ok, 0, 0, 0, node));

    private static CallResult<FileReply> Counted(uint count)
        => CallResult<FileReply>.Ok(new FileReply(FileStatus.Ok, count, 0, 0, default));

    private static CallResult<FileReply> Released(uint rest)
        => CallResult<FileReply>.Ok(new FileReply(FileStatus.Ok, 0, rest, 0, default));

    private CallResult<FileReply> Refuse(FileSystemException exception)
    {
        _volume?.Discard();
        return CallResult<FileReply>.Ok(new FileReply(exception.Status, 0, 0, 0, exception.Node));
    }

    private bool TryMount(uint number, ReadOnlySpan<uint> openChains)
    {
        IBlockVolume? blocks = _services!.OpenVolume(number);
        if (blocks is null)
        {
            return false;
        }

        try
        {
            _volume = FatVolume.Mount(blocks, openChains);
            if (_services.FileSystems.Register(number).Succeeded)
            {
                return true;
            }
        }
        catch (FileSystemException exception)
        {
            _services.Log($"volume {number} is not mounted: {exception.Status}");
        }

        // The partitions of a disk share its sectors: nobody could open them.
        _volume = null;
        _services.CloseVolume(blocks);
        return false;
    }
}
