using System;

namespace NooksOS.Contracts;

/// <summary>What the kernel offers to a process that somebody has started; refused to anybody else.</summary>
[Contract(50, CallDirection.ExtensionToKernel)]
public interface IProcessServices
{
    /// <summary>Copies the arguments, each in UTF-8 and ended by a zero. Returns their length.</summary>
    CallResult<uint> GetArguments([MaximumLength(ProcessLimits.ArgumentBytes)] Span<byte> arguments);

    /// <summary>Writes text in UTF-8 to the terminal of whoever has started the process.</summary>
    CallResult WriteOutput([MaximumLength(ProcessLimits.OutputBytes)] ReadOnlySpan<byte> text);

    /// <summary>Ends the process with a status; zero says that all went well. The call returns, and the kernel takes the process away.</summary>
    CallResult Exit(int status);

    /// <summary>Says how long a file is that the emulator has handed over.</summary>
    CallResult<ulong> GetHandedFileLength([MaximumLength(ProcessLimits.FileNameBytes)] ReadOnlySpan<byte> name);

    /// <summary>Reads such a file from an offset on. Returns how many bytes there were.</summary>
    CallResult<uint> ReadHandedFile(
        [MaximumLength(ProcessLimits.FileNameBytes)] ReadOnlySpan<byte> name,
        ulong offsetBytes,
        [MaximumLength(ProcessLimits.ReadBytes)] Span<byte> destination);
}
