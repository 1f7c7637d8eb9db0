using System;
using NooksOS.Isolation;
using NooksOS.Isolation.Injection;

namespace NooksOS.Image.Hosting;

/// <summary>
/// Puts a privileged instruction into a running instance, which the verifier would refuse in an image: the instance turns
/// interrupts off and then loops. Under ring 3 the first instruction traps; under any other back end nothing stops it.
/// </summary>
internal static class PrivilegedPatch
{
    private const ushort ControlContract = 2;
    private const int MisbehaveMethod = 4;

    // cli; jmp to itself
    private static ReadOnlySpan<byte> Instructions => [0xFA, 0xEB, 0xFE];

    /// <summary>Changes the stub of the method that will be called next. False if it cannot be found.</summary>
    public static bool TryApply(Domain instance)
        => instance.GetEntryPoints(ControlContract) is { Length: > MisbehaveMethod } entryPoints
            && InstanceCode.TryOverwrite(instance, entryPoints[MisbehaveMethod], Instructions);
}
