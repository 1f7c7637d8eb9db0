using System;
using System.Collections.Generic;
using System.IO;
using NooksOS.Contracts;
using NooksOS.Files;

namespace NooksOS.Image.Commands;

/// <summary>
/// What files are used for, for measurements: one after the other from the first byte to the last, here and there, and as a
/// compiler does that reads and writes many small ones. Each returns how many bytes went through the file system; what is
/// written is on the medium when it returns.
/// </summary>
/// <param name="files">Files.</param>
/// <param name="forget">Empties the cache of what is on the medium.</param>
/// <param name="cancellation">Whether somebody wants it to end: throws then.</param>
internal sealed class FileLoad(FileSystem files, Action forget, Action cancellation)
{
    private const string Root = "/bench.tmp";
    private const string Large = Root + "/large.bin";
    private const int LargeBytes = 16 << 20;
    private const int SmallPieceBytes = 4096;
    private const int SmallPieces = 512;
    private const int Folders = 8;
    private const int FilesPerFolder = 20;
    private const int LargestSourceBytes = 24_000;
    private const int Seed = 11;

    private readonly byte[] _piece = MakePiece();

    /// <summary>The loads by their names, in the order in which they must run.</summary>
    public IReadOnlyList<(string Name, Func<long> Run)> All =>
    [
        ("sequentialWrite", WriteLarge),
        ("sequentialRead", ReadLarge),
        ("randomRead", ReadHereAndThere),
        ("randomWrite", WriteHereAndThere),
        ("compile", Compile),
    ];

    /// <summary>Makes room.</summary>
    public void Begin()
    {
        Clear();
        files.CreateDirectory(Root);
    }

    /// <summary>Removes what was made.</summary>
    public void Clear()
    {
        if (files.Exists(Root))
        {
            files.RemoveTree(Root);
        }

        files.Synchronize();
    }

    private static byte[] MakePiece()
    {
        byte[] piece = new byte[FileLimits.TransferBytes];
        new Random(Seed).NextBytes(piece);
        return piece;
    }

    private long WriteLarge()
    {
        using (OpenFileStream stream = files.Create(Large))
        {
            for (int position = 0; position < LargeBytes; position += _piece.Length)
            {
                cancellation();
                stream.Write(_piece);
            }
        }

        files.Synchronize();
        return LargeBytes;
    }

    private long ReadLarge()
    {
        forget();
        return ReadAll(Large);
    }

    private long ReadHereAndThere()
    {
        forget();
        Random random = new(Seed);
        using OpenFileStream stream = files.OpenRead(Large);
        for (int count = 0; count < SmallPieces; count++)
        {
            cancellation();
            stream.Seek((long)random.Next(LargeBytes / SmallPieceBytes) * SmallPieceBytes, SeekOrigin.Begin);
            stream.ReadExactly(_piece.AsSpan(0, SmallPieceBytes));
        }

        return SmallPieces * SmallPieceBytes;
    }

    private long WriteHereAndThere()
    {
        Random random = new(Seed + 1);
        using (OpenFileStream stream = files.Open(Large, FileMode.Open, FileAccess.ReadWrite))
        {
            for (int count = 0; count < SmallPieces; count++)
            {
                cancellation();
                stream.Seek((long)random.Next(LargeBytes / SmallPieceBytes) * SmallPieceBytes, SeekOrigin.Begin);
                stream.Write(_piece.AsSpan(0, SmallPieceBytes));
            }
        }

        files.Synchronize();
        return SmallPieces * SmallPieceBytes;
    }

    /// <summary>Unpacks an archive of sources, reads each of them and some that it includes, and writes what is made of it.</summary>
    private long Compile()
    {
        Random random = new(Seed + 2);
        long bytes = 0;
        List<string> sources = [];
        for (int folder = 0; folder < Folders; folder++)
        {
            string path = $"{Root}/sources of part {folder}";
            files.CreateDirectory(path);
            for (int number = 0; number < FilesPerFolder; number++)
            {
                sources.Add($"{path}/source file {number}.cs");
                bytes += Write(sources[^1], random.Next(1, LargestSourceBytes));
            }
        }

        forget();
        foreach (string source in sources)
        {
            cancellation();
            bytes += ReadAll(source) + ReadAll(sources[random.Next(sources.Count)]) + ReadAll(sources[random.Next(sources.Count)]);
            bytes += Write(source + ".o", random.Next(1, LargestSourceBytes));
        }

        foreach (string source in sources)
        {
            bytes += ReadAll(source + ".o");
        }

        files.Synchronize();
        return bytes;
    }

    private long Write(string path, int lengthBytes)
    {
        cancellation();
        using OpenFileStream stream = files.Create(path);
        stream.Write(_piece.AsSpan(0, lengthBytes));
        return lengthBytes;
    }

    private long ReadAll(string path)
    {
        long bytes = 0;
        using OpenFileStream stream = files.OpenRead(path);
        while (stream.Read(_piece) is int length && length != 0)
        {
            cancellation();
            bytes += length;
        }

        return bytes;
    }
}
