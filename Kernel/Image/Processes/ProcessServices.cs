using System;
using NooksOS.Contracts;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Processes;

/// <summary>What the kernel offers to one process.</summary>
internal sealed class ProcessServices(byte[] arguments, ShellOutput output, Action<int> exited) : IProcessServices
{
    /// <inheritdoc/>
    public CallResult<uint> GetArguments(Span<byte> destination)
    {
        if (destination.Length < arguments.Length)
        {
            return CallResult<uint>.Failure(CallStatus.BadParameter);
        }

        arguments.CopyTo(destination);
        return CallResult<uint>.Ok((uint)arguments.Length);
    }

    /// <inheritdoc/>
    public CallResult WriteOutput(ReadOnlySpan<byte> text)
    {
        output.Write(text);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult Exit(int status)
    {
        exited(status);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<ulong> GetHandedFileLength(ReadOnlySpan<byte> name)
        => HandedFiles.TryOpen(name) is { } content
            ? CallResult<ulong>.Ok((ulong)content.Length)
            : CallResult<ulong>.Failure(CallStatus.NotFound);

    /// <inheritdoc/>
    public CallResult<uint> ReadHandedFile(ReadOnlySpan<byte> name, ulong offsetBytes, Span<byte> destination)
    {
        if (HandedFiles.TryOpen(name) is not { } content)
        {
            return CallResult<uint>.Failure(CallStatus.NotFound);
        }

        int offset = (int)Math.Min(offsetBytes, (ulong)content.Length);
        int count = Math.Min(destination.Length, content.Length - offset);
        content.AsSpan(offset, count).CopyTo(destination);
        return CallResult<uint>.Ok((uint)count);
    }
}
