using System;
using System.Text;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Commands;

/// <summary>Checks orders of an extension that somebody uses as a console, and hands them to <see cref="SystemOrders"/>.</summary>
public sealed class SystemControlService(RecoveryManager manager, SystemOrders orders) : ISystemControl
{
    /// <inheritdoc/>
    public CallResult Crash(ReadOnlySpan<byte> extension, ReadOnlySpan<byte> kind)
        => CrashKinds.Find(Encoding.UTF8.GetString(kind)) is null
            ? CallResult.Failure(CallStatus.NotFound)
            : Order("crash", extension, kind);

    /// <inheritdoc/>
    public CallResult SetIsolation(ReadOnlySpan<byte> extension, ReadOnlySpan<byte> mode)
        => mode.SequenceEqual("domain"u8) || mode.SequenceEqual("direct"u8)
            ? Order("isolate", extension, mode)
            : CallResult.Failure(CallStatus.NotFound);

    // The words are known ones by now, so the line means what the order says.
    private CallResult Order(string command, ReadOnlySpan<byte> extension, ReadOnlySpan<byte> word)
    {
        if (manager.Describe(Encoding.UTF8.GetString(extension)) is not { } status)
        {
            return CallResult.Failure(CallStatus.NotFound);
        }

        return status.State == ExtensionState.Running && orders.TryAdd($"{command} {status.Name} {Encoding.UTF8.GetString(word)}")
            ? CallResult.Ok
            : CallResult.Failure(CallStatus.Busy);
    }
}
