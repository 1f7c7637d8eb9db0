using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NooksOS.Tool.Disks;

/// <summary>
/// What may be found on a disk after a power cut. What was flushed must be there, unless it was changed afterwards: then what was
/// or what is to be may be there.
/// </summary>
public sealed class CutLedger
{
    private readonly Dictionary<string, GuestFile> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GuestFile> _flushed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<GuestFile>> _changed = new(StringComparer.Ordinal);
    private readonly List<(string From, string To)> _moves = [];

    /// <summary>Changes that were begun.</summary>
    public int Changes { get; private set; }

    /// <summary>Of them those that a flush has followed.</summary>
    public int FlushedChanges { get; private set; }

    /// <summary>Files that were looked at and had to be there.</summary>
    public int FilesChecked { get; private set; }

    /// <summary>The files that there should be, the last changes included.</summary>
    public IReadOnlyCollection<string> Files => _current.Keys;

    /// <summary>A file is about to be made. There is none of this name.</summary>
    public void Create(string path, GuestFile file)
    {
        Changes++;
        _current[path] = file;
        Change(path).Add(file);
    }

    /// <summary>A file is about to be removed.</summary>
    public void Remove(string path)
    {
        Changes++;
        _current.Remove(path);
        Change(path);
    }

    /// <summary>A file is about to get another name, which nothing has.</summary>
    public void Move(string from, string to)
    {
        Changes++;
        _current.Remove(from, out GuestFile? file);
        _current[to] = file!;
        Change(from);
        Change(to).Add(file!);
        _moves.Add((from, to));
    }

    /// <summary>Everything so far is on the medium.</summary>
    public void Flushed()
    {
        FlushedChanges += _changed.Count;
        Settle();
    }

    /// <summary>Compares with what a disk holds. Returns what is wrong. What is there is what there is from now on.</summary>
    public IReadOnlyList<string> Compare(string root)
    {
        List<string> problems = [];
        Dictionary<string, GuestFile> found = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            string path = "/" + Path.GetRelativePath(root, file);
            if (Identify(path, File.ReadAllBytes(file), problems) is { } identity)
            {
                found.Add(path, identity);
            }
        }

        foreach ((string path, _) in _flushed.Where(file => !_changed.ContainsKey(file.Key)))
        {
            FilesChecked++;
            if (!found.ContainsKey(path))
            {
                problems.Add($"{path} was flushed and is missing");
            }
        }

        problems.AddRange(_moves.Where(move => _flushed.ContainsKey(move.From) && IsLost(move, found))
            .Select(move => $"{move.From} was flushed, then moved to {move.To}, and has neither name"));
        _current.Clear();
        foreach ((string path, GuestFile file) in found)
        {
            _current.Add(path, file);
        }

        Settle();
        return problems;
    }

    private void Settle()
    {
        _flushed.Clear();
        foreach ((string path, GuestFile file) in _current)
        {
            _flushed.Add(path, file);
        }

        _changed.Clear();
        _moves.Clear();
    }

    // One that was moved once more, or removed, may be anywhere by now.
    private bool IsLost((string From, string To) move, Dictionary<string, GuestFile> found)
        => !found.ContainsKey(move.From) && !found.ContainsKey(move.To) && _current.ContainsKey(move.To);

    // What a path may hold besides what was flushed, and that it may hold nothing.
    private List<GuestFile> Change(string path)
    {
        if (!_changed.TryGetValue(path, out List<GuestFile>? contents))
        {
            contents = [];
            _changed.Add(path, contents);
        }

        return contents;
    }

    private GuestFile? Identify(string path, byte[] content, List<string> problems)
    {
        GuestFile? before = _flushed.GetValueOrDefault(path);
        if (before is not null && content.AsSpan().SequenceEqual(before.MakeContent()))
        {
            return before;
        }

        if (!_changed.TryGetValue(path, out List<GuestFile>? contents))
        {
            problems.Add(before is null ? $"{path} is there and was never made" : $"{path} was flushed and holds something else");
            return null;
        }

        // Not flushed: as much of it as had been linked when somebody asked for everything to be on the disk.
        foreach (GuestFile file in contents.Where(file => content.Length <= file.Size))
        {
            if (content.AsSpan().SequenceEqual(file.MakeContent().AsSpan(0, content.Length)))
            {
                return file with { Size = content.Length };
            }
        }

        problems.Add($"{path} holds what nobody wrote");
        return null;
    }
}
