using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.Vfat;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using NooksOS.Tests.Units.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>Files over the shadow over the extension over a volume, as in the kernel.</summary>
internal sealed class FileMachine : IFaultSink
{
    private const uint DomainId = 1;

    private static readonly DateTime s_start = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);

    private readonly FragileFileSystem _fileSystem;
    private long _ticks = s_start.Ticks;

    public FileMachine(MemoryVolume volume, uint copyLimitBytes = 1 << 20)
    {
        Volume = volume;
        FakeClock clock = new();
        Shadow = new FileShadow(
            clock,
            () => _ticks += TimeSpan.TicksPerSecond,
            new FakeSignal(clock),
            () => new FakeSignal(clock),
            this,
            new FileShadowOptions { CopyLimitBytes = copyLimitBytes });
        Objects = new HandleTable(2, new ObjectQuotas(1000, 1 << 20), new TrackerLedger());
        Files = new FileServices(Shadow, Objects);
        _fileSystem = new FragileFileSystem(this);
        Restart();
    }

    public MemoryVolume Volume { get; }

    public FileShadow Shadow { get; }

    public HandleTable Objects { get; }

    public IFileServices Files { get; }

    public VfatExtension Instance { get; private set; } = new();

    public int Deaths { get; private set; } = -1;

    public List<string> Log { get; } = [];

    /// <summary>Whether the instance answers every call and does nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How many calls the file system was given.</summary>
    public int Calls { get; set; }

    /// <summary>Whether the instance dies once it has answered the next call, before anybody has looked at the answer.</summary>
    public bool DiesAfterAnswer { get; set; }

    /// <summary>What the next call is answered instead of what is true; nothing if this is <see cref="FileStatus.None"/>.</summary>
    public FileStatus NextRefusal { get; set; }

    /// <summary>How the next call ends without an answer; not at all so if this is <see cref="CallStatus.Ok"/>.</summary>
    public CallStatus NextStatus { get; set; }

    /// <summary>How many calls are answered truly before it is.</summary>
    public int TrueAnswersBefore { get; set; }

    /// <summary>Whether what is made next is gone again at once.</summary>
    public bool LosesWhatItMakes { get; set; }

    /// <summary>Falsifies the next answer about a path or an entry of a directory.</summary>
    public Func<FileReply, FileReply>? ReplyLie { get; set; }

    /// <summary>Falsifies what the next answer about an open file says of it.</summary>
    public Func<FileNode, FileNode>? NodeLie { get; set; }

    /// <summary>What the instance says is left of each chain, of which it releases nothing.</summary>
    public Func<uint>? RestLie { get; set; }

    /// <summary>Whether the next entry of a directory is followed by itself.</summary>
    public bool StandsStill { get; set; }

    /// <summary>Whether the next instance does not find the volume.</summary>
    public bool NextIsLost { get; set; }

    /// <summary>Falsifies the next answer that tells where content is.</summary>
    public Func<FileRun, FileRun>? Lie { get; set; }

    public bool IsMounted => Shadow.MountedVolume is not null;

    public uint CurrentInstance(uint domainId) => 1;

    /// <summary>As the recovery manager does it, which starts the next instance.</summary>
    public bool Report(FaultReport report)
    {
        Assert.Equal((DomainId, FaultKind.BadReply), (report.DomainId, report.Kind));
        Restart();
        return true;
    }

    /// <summary>Replaces the instance, also if that dies while it starts.</summary>
    public void Restart()
    {
        while (true)
        {
            Deaths++;
            IsSilent = false;
            RestLie = null;
            Shadow.InstanceStopped(DomainId);
            Instance = new VfatExtension();
            HandleTable objects = new(DomainId, ObjectQuotas.Default, new TrackerLedger());
            VfatServices services = new(Volume, new FileSystemHostService(Shadow, DomainId, _fileSystem, _ => new MountedVolume(Volume, null), objects));
            try
            {
                Assert.True(Instance.Start(services).Succeeded);
                if (NextIsLost)
                {
                    NextIsLost = false;
                    Shadow.InstanceStopped(DomainId);
                    Assert.Equal(0u, objects.ReleaseAll().Leaked);
                }

                Log.AddRange(services.Lines);
                if (Shadow.InstanceStarted(DomainId) == CallStatus.Ok)
                {
                    return;
                }
            }
            catch (InstanceDiedException)
            {
                // The next one has to cope.
            }
        }
    }

    public void WriteFile(string path, ReadOnlySpan<byte> content, FileRequests more = FileRequests.Truncate)
    {
        Handle<TrackedObjects.File> file = Open(path, FileRequests.Write | FileRequests.Create | more);
        WriteAll(file, content);
        Ok(Files.Close(file));
    }

    public void Append(string path, ReadOnlySpan<byte> content)
    {
        Handle<TrackedObjects.File> file = Open(path, FileRequests.Write);
        Ok(Files.Seek(file, Ok(Files.Describe(path)).LengthBytes));
        WriteAll(file, content);
        Ok(Files.Close(file));
    }

    public void SetLength(string path, ulong length)
    {
        Handle<TrackedObjects.File> file = Open(path, FileRequests.Write);
        Ok(Files.SetLength(file, length));
        Ok(Files.Close(file));
    }

    public void WriteAll(Handle<TrackedObjects.File> file, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            int length = Math.Min(content.Length, FileLimits.TransferBytes);
            Assert.Equal((uint)length, Ok(Files.Write(file, content[..length])).Count);
            content = content[length..];
        }
    }

    public byte[] ReadFile(string path)
    {
        Handle<TrackedObjects.File> file = Open(path, FileRequests.Read);
        byte[] content = new byte[Ok(Files.Describe(path)).LengthBytes];
        for (int offset = 0; offset < content.Length;)
        {
            int length = Math.Min(content.Length - offset, FileLimits.TransferBytes);
            uint count = Ok(Files.Read(file, content.AsSpan(offset, length))).Count;
            Assert.NotEqual(0u, count);
            offset += (int)count;
        }

        Ok(Files.Close(file));
        return content;
    }

    public Handle<TrackedObjects.File> Open(string path, FileRequests requests)
    {
        CallResult<OpenedFile> opened = Files.Open(path, requests);
        Assert.True(opened.Succeeded, $"{path}: {opened.Status}");
        Assert.True(opened.Value.Status == FileStatus.Ok, $"{path}: {opened.Value.Status}");
        return opened.Value.File;
    }

    public List<(string Name, FileOutcome About)> List(string path)
    {
        Handle<TrackedObjects.File> directory = Open(path, FileRequests.List);
        List<(string, FileOutcome)> entries = [];
        char[] name = new char[FileLimits.NameCharacters];
        while (Ok(Files.ReadDirectory(directory, name)) is { Count: not 0 } entry)
        {
            entries.Add((new string(name, 0, (int)entry.Count), entry));
        }

        Ok(Files.Close(directory));
        return entries;
    }

    /// <summary>Every file with its content, every directory with null, by path.</summary>
    public SortedDictionary<string, byte[]?> ReadTree(string root = "")
    {
        SortedDictionary<string, byte[]?> tree = new(StringComparer.Ordinal);
        Stack<string> directories = new([root]);
        while (directories.TryPop(out string? directory))
        {
            foreach ((string name, FileOutcome about) in List(directory.Length == 0 ? "/" : directory))
            {
                string path = $"{directory}/{name}";
                bool isDirectory = (about.Flags & FileFlags.Directory) != 0;
                tree.Add(path, isDirectory ? null : ReadFile(path));
                if (isDirectory)
                {
                    directories.Push(path);
                }
            }
        }

        return tree;
    }

    public static FileOutcome Ok(CallResult<FileOutcome> result)
    {
        Assert.True(result.Succeeded, result.Status.ToString());
        Assert.Equal(FileStatus.Ok, result.Value.Status);
        return result.Value;
    }
}
