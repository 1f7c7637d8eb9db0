using System;
using System.Text;
using NooksOS.Contracts;

namespace NooksOS.Programs.Play;

/// <summary>A file that the emulator has handed over.</summary>
internal sealed class HandedFile : IByteFile
{
    private readonly IProcessServices _kernel;
    private readonly byte[] _name;

    private HandedFile(IProcessServices kernel, byte[] name, ulong lengthBytes)
    {
        _kernel = kernel;
        _name = name;
        LengthBytes = lengthBytes;
    }

    /// <inheritdoc/>
    public ulong LengthBytes { get; }

    /// <summary>Finds the file; null if there is none of that name.</summary>
    public static HandedFile? TryOpen(IProcessServices kernel, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length <= ProcessLimits.FileNameBytes && kernel.GetHandedFileLength(bytes).TryGet(out ulong lengthBytes)
            ? new HandedFile(kernel, bytes, lengthBytes)
            : null;
    }

    /// <inheritdoc/>
    public int Read(ulong offsetBytes, Span<byte> destination)
    {
        int done = 0;
        while (done < destination.Length)
        {
            Span<byte> piece = destination.Slice(done, Math.Min(destination.Length - done, ProcessLimits.ReadBytes));
            if (!_kernel.ReadHandedFile(_name, offsetBytes + (ulong)done, piece).TryGet(out uint count) || count == 0 || count > piece.Length)
            {
                break;
            }

            done += (int)count;
        }

        return done;
    }
}
