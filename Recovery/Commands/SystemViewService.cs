using System;
using System.Globalization;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary>
/// Shows the system to one instance of an extension, by the same commands that show it in the shell. Keeps the document that was
/// asked for last, since it is fetched piece by piece.
/// </summary>
/// <param name="commands">The commands. They may be added later.</param>
public sealed class SystemViewService(CommandRegistry commands) : ISystemView
{
    private byte[] _document = [];

    /// <inheritdoc/>
    public CallResult<uint> Query(SystemDocument document, uint count, uint offset, Span<byte> piece)
    {
        if (offset == 0 && !TryMake(document, count))
        {
            return CallResult<uint>.Failure(CallStatus.NotFound);
        }

        if (offset > _document.Length)
        {
            return CallResult<uint>.Failure(CallStatus.BadParameter);
        }

        ReadOnlySpan<byte> rest = _document.AsSpan((int)offset);
        rest[..Math.Min(rest.Length, piece.Length)].CopyTo(piece);
        return CallResult<uint>.Ok((uint)_document.Length);
    }

    private bool TryMake(SystemDocument document, uint count)
    {
        CapturedOutput output = new();
        string? line = document switch
        {
            SystemDocument.Domains => "domains --json",
            SystemDocument.Faults when count is 0 or > int.MaxValue => "faults --json",
            SystemDocument.Faults => string.Create(CultureInfo.InvariantCulture, $"faults --json --last {count}"),
            SystemDocument.Memory => "mem --json",
            SystemDocument.Network => "net --json",
            SystemDocument.Calls => "xpc --json",
            _ => null,
        };
        if (document == SystemDocument.CrashKinds)
        {
            output.Write(CrashKinds.ToJson());
        }
        else if (line is null || commands.Run(line, output, CancellationToken.None) != ExitCode.Success)
        {
            return false;
        }

        _document = output.Text.ToArray();
        return true;
    }
}
