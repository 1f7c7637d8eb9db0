using System;
using System.Runtime.CompilerServices;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Cpu;
using NooksOS.Wrappers;

namespace NooksOS.Image.Measurement;

/// <summary>
/// Measures null crossings of a running domain. Each figure is the best of several batches, which leaves interrupts out; under
/// an emulator that counts instructions, ticks are instructions.
/// </summary>
internal sealed unsafe class CrossingMeter(Domain domain, IExtensionControl control, uint rounds)
{
    private const int Batches = 10;
    private const uint NullService = RuntimeServicesDispatcher.Contract << 8;

    // What gate code returns through at ring 3 ends in RET; entering there measures the gate alone.
    private const ulong SystemCallLength = 5;
    private const byte ReturnInstruction = 0xC3;

    /// <summary>Measures, or returns null if the domain does not answer.</summary>
    public CrossingCost? Measure()
    {
        if (!control.Null().Succeeded)
        {
            return null;
        }

        double loop = Best(static (_, _, count) =>
        {
            for (uint round = 0; round < count; round++)
            {
                Nothing();
            }
        });
        double inward = Best(static (_, control, count) =>
        {
            for (uint round = 0; round < count; round++)
            {
                control.Null();
            }
        });
        double outward = Best(static (_, control, count) => control.CallKernel(count));
        double dispatcher = Best(static (domain, _, count) =>
        {
            nint address = (nint)domain.Control;
            for (uint round = 0; round < count; round++)
            {
                ServiceEntry.Serve(address, NullService, 0);
            }
        });
        double gate = MeasureGate();
        return new CrossingCost(
            inward,
            outward,
            [
                ("loop", loop),
                ("gateInAndBack", gate - loop),
                ("proxyAndStub", inward - gate),
                ("dispatcherAndService", dispatcher - loop),
                ("clientAndGateOutAndBack", outward - dispatcher),
            ]);
    }

    private double MeasureGate()
    {
        // SAFETY: the image is mapped; the loader has checked that the stub is code of the image.
        ulong target = domain.Control->SystemCallCode + SystemCallLength;
        if (*(byte*)target != ReturnInstruction)
        {
            throw new InvalidOperationException("The image has another stub for system calls.");
        }

        return Best((domain, _, count) =>
        {
            for (uint round = 0; round < count; round++)
            {
                Gate.Enter(domain.Control, target, null, 0);
            }
        });
    }

    private double Best(Action<Domain, IExtensionControl, uint> batch)
    {
        uint count = Math.Max(1, rounds / Batches);
        ulong best = ulong.MaxValue;
        for (int index = 0; index < Batches; index++)
        {
            ulong start = Processor.ReadTimeStamp();
            batch(domain, control, count);
            best = Math.Min(best, Processor.ReadTimeStamp() - start);
        }

        return (double)best / count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Nothing()
    {
    }
}
