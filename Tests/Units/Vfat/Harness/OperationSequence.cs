using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>
/// Random operations on files, and what the tree is like after each of them. Remembers which state was acknowledged to be on the
/// medium by which write.
/// </summary>
internal sealed class OperationSequence
{
    private const int MaximumBytes = 6000;

    private readonly FileMachine _machine;
    private readonly Random _random;
    private readonly Dictionary<string, byte[]?> _tree = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Acknowledgement> _acknowledged = [];
    private readonly List<(int Write, string Path)> _touched = [];
    private int _names;

    public OperationSequence(FileMachine machine, int seed)
    {
        _machine = machine;
        _random = new Random(seed);
        Acknowledge();
    }

    /// <summary>The tree as it should be now.</summary>
    public IReadOnlyDictionary<string, byte[]?> Tree => _tree;

    public void Run(int operations)
    {
        for (; operations != 0; operations--)
        {
            Step();
        }
    }

    /// <summary>
    /// What must be found after a cut behind so many writes: everything that was acknowledged before, but for what was touched
    /// since.
    /// </summary>
    public IEnumerable<KeyValuePair<string, byte[]?>> CertainAfter(int writes)
    {
        Acknowledgement last = _acknowledged.Last(acknowledged => acknowledged.Writes <= writes);
        string[] touched = [.. _touched.Where(touch => touch.Write >= last.Writes).Select(touch => touch.Path)];
        return last.Tree.Where(file => !touched.Any(path =>
            file.Key.Equals(path, StringComparison.OrdinalIgnoreCase)
            || file.Key.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase)));
    }

    private void Step()
    {
        switch (_random.Next(14))
        {
            case 0 or 1 or 2:
                Write(NewPath(), Content());
                break;
            case 3 when PickFile() is { } path:
                Append(path);
                break;
            case 4 when PickFile() is { } path:
                Overwrite(path);
                break;
            case 5 when PickFile() is { } path:
                Resize(path);
                break;
            case 6 or 7 when PickFile() is { } path:
                Move(path, NewPath());
                break;
            case 8 when PickDirectory() is { Length: not 0 } path && NewPath(PickDirectory()) is { } target
                && !target.StartsWith(path + "/", StringComparison.OrdinalIgnoreCase):
                Move(path, target);
                break;
            case 9 when PickFile() is { } path:
                Delete(path);
                break;
            case 10:
                MakeDirectory();
                break;
            case 11 when PickFile() is { } path && PickFile() is { } other && other != path:
                Replace(path, other);
                break;
            case 12 when PickEmptyDirectory() is { } path:
                Delete(path);
                break;
            case 13:
                FileMachine.Ok(_machine.Files.Synchronize());
                Acknowledge();
                break;
            default:
                if (PickFile() is { } written)
                {
                    Write(written, Content());
                }

                break;
        }
    }

    private void Write(string path, byte[] content)
    {
        Touch(path);
        _machine.WriteFile(path, content);
        _tree[path] = content;
    }

    private void Append(string path)
    {
        Touch(path);
        byte[] more = Content();
        _machine.Append(path, more);
        _tree[path] = [.. _tree[path]!, .. more];
    }

    private void Overwrite(string path)
    {
        Touch(path);
        byte[] content = [.. _tree[path]!];
        int start = _random.Next(content.Length + 1);
        byte[] piece = Content();
        Handle<TrackedObjects.File> file = _machine.Open(path, FileRequests.Write);
        FileMachine.Ok(_machine.Files.Seek(file, (ulong)start));
        _machine.WriteAll(file, piece);
        FileMachine.Ok(_machine.Files.Close(file));
        Array.Resize(ref content, Math.Max(content.Length, start + piece.Length));
        piece.CopyTo(content, start);
        _tree[path] = content;
    }

    private void Resize(string path)
    {
        Touch(path);
        byte[] content = [.. _tree[path]!];
        Array.Resize(ref content, _random.Next(MaximumBytes));
        _machine.SetLength(path, (ulong)content.Length);
        _tree[path] = content;
    }

    private void Move(string path, string target)
    {
        Touch(path);
        Touch(target);
        FileMachine.Ok(_machine.Files.Rename(path, target, replaces: false));
        foreach (string moved in _tree.Keys.Where(key => key == path || key.StartsWith(path + "/", StringComparison.Ordinal)).ToArray())
        {
            _tree.Remove(moved, out byte[]? content);
            _tree.Add(target + moved[path.Length..], content);
        }
    }

    private void Replace(string path, string other)
    {
        Touch(path);
        Touch(other);
        FileMachine.Ok(_machine.Files.Rename(path, other, replaces: true));
        _tree.Remove(path, out byte[]? content);
        _tree[other] = content;
    }

    private void Delete(string path)
    {
        Touch(path);
        FileMachine.Ok(_machine.Files.Remove(path));
        _tree.Remove(path);
    }

    private void MakeDirectory()
    {
        string path = NewPath();
        Touch(path);
        FileMachine.Ok(_machine.Files.CreateDirectory(path));
        _tree.Add(path, null);
    }

    private void Acknowledge() => _acknowledged.Add(new Acknowledgement(_machine.Volume.Trace.Count, new Dictionary<string, byte[]?>(_tree)));

    private void Touch(string path) => _touched.Add((_machine.Volume.Trace.Count, path));

    private byte[] Content()
    {
        byte[] content = new byte[_random.Next(4) == 0 ? 0 : _random.Next(MaximumBytes)];
        _random.NextBytes(content);
        return content;
    }

    private string? PickFile() => Pick([.. _tree.Where(file => file.Value is not null).Select(file => file.Key)]);

    private string PickDirectory() => Pick([string.Empty, .. _tree.Where(file => file.Value is null).Select(file => file.Key)])!;

    private string? PickEmptyDirectory() => Pick([.. _tree
        .Where(file => file.Value is null && !_tree.Keys.Any(key => key.StartsWith(file.Key + "/", StringComparison.Ordinal)))
        .Select(file => file.Key)]);

    private string? Pick(string[] from) => from.Length == 0 ? null : from[_random.Next(from.Length)];

    private string NewPath() => NewPath(PickDirectory());

    private string NewPath(string directory)
    {
        int number = ++_names;
        return directory + "/" + _random.Next(6) switch
        {
            0 => $"F{number}.TXT",
            1 => $"A middling name {number}.data",
            2 => $"\u00E4\u4E2D\uD83D\uDE80 {number}",
            3 => new string('n', _random.Next(100, 250)) + number,
            _ => $"name{number}.txt",
        };
    }

    private sealed record Acknowledgement(int Writes, Dictionary<string, byte[]?> Tree);
}
