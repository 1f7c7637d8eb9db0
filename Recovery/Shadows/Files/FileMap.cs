using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Where the content of an open file is, as far as the file system has told: runs of which each goes on in the file where the one
/// before it ends. It holds for as long as the chain of the file stays what it is, whichever instance has told.
/// </summary>
internal sealed class FileMap
{
    private FileRun[] _runs = [];
    private int _count;

    private ulong End => _count == 0 ? 0 : EndOf(_runs[_count - 1]);

    /// <summary>
    /// Whether runs that a file system has told can be: they begin with one that holds the place that was asked for, join, and lie
    /// on the volume.
    /// </summary>
    public static bool ArePossible(ReadOnlySpan<FileRun> runs, uint offset, ulong volumeBytes)
    {
        ulong next = offset;
        foreach (FileRun run in runs)
        {
            if (run.Offset != next || run.LengthBytes == 0 || EndOf(run) > uint.MaxValue
                || run.Position > volumeBytes || run.LengthBytes > volumeBytes - run.Position)
            {
                return false;
            }

            next = EndOf(run);
        }

        return next != offset;
    }

    /// <summary>Finds where the content from a place in the file on is. False if that is not known.</summary>
    public bool TryFind(uint offset, out FileRun run)
    {
        int low = 0;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            FileRun candidate = _runs[middle];
            if (offset < candidate.Offset)
            {
                high = middle;
            }
            else if (offset >= EndOf(candidate))
            {
                low = middle + 1;
            }
            else
            {
                uint inside = offset - candidate.Offset;
                run = new FileRun(candidate.Position + inside, offset, candidate.LengthBytes - inside);
                return true;
            }
        }

        run = default;
        return false;
    }

    /// <summary>Takes runs that were found possible. What is known goes on if they join it, and is forgotten otherwise.</summary>
    public void Take(ReadOnlySpan<FileRun> runs)
    {
        if (_count == 0 || runs[0].Offset > End || runs[0].Offset < _runs[0].Offset)
        {
            _count = 0;
        }
        else
        {
            CutAt(runs[0].Offset);
        }

        foreach (FileRun run in runs)
        {
            Add(run);
        }
    }

    /// <summary>Forgets what is behind a place in the file.</summary>
    public void CutAt(uint offset)
    {
        while (_count != 0 && EndOf(_runs[_count - 1]) > offset)
        {
            FileRun last = _runs[--_count];
            if (last.Offset < offset)
            {
                _runs[_count++] = last with { LengthBytes = offset - last.Offset };
            }
        }
    }

    private static ulong EndOf(FileRun run) => (ulong)run.Offset + run.LengthBytes;

    private void Add(FileRun run)
    {
        if (_count != 0 && _runs[_count - 1] is var last && last.Position + last.LengthBytes == run.Position)
        {
            _runs[_count - 1] = last with { LengthBytes = last.LengthBytes + run.LengthBytes };
            return;
        }

        if (_count == FileLimits.Runs)
        {
            // What comes next is more likely to be wanted than what came first.
            _runs.AsSpan(1).CopyTo(_runs);
            _count--;
        }
        else if (_count == _runs.Length)
        {
            Array.Resize(ref _runs, Math.Min(Math.Max(_count * 2, 1), FileLimits.Runs));
        }

        _runs[_count++] = run;
    }
}
