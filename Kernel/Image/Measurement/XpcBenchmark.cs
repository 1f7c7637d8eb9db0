using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Wrappers;

namespace NooksOS.Image.Measurement;

/// <summary>Measures calls into and out of one running instance.</summary>
internal sealed unsafe class XpcBenchmark(Domain instance, IExtensionControl control, int rounds)
{
    private const ushort ControlContract = ExtensionControlProxy.Contract;
    private const ulong NullService = RuntimeServicesDispatcher.Contract << 8;

    // The return of an image at ring 3 is a move, a clear and SYSCALL; its call is an addition, SYSCALL and a return.
    private const int StubInstructions = 3;

    private readonly DomainControl* _control = instance.Control;

    /// <summary>Measures under the back end in force.</summary>
    /// <param name="countsInstructions">Whether a time-stamp count is an instruction: then the gate's own parts are told apart.</param>
    public XpcCosts Measure(bool countsInstructions)
    {
        double kernelToDomain = PerRound(CallNull);
        double fixedCost = FastestBatch.Measure(rounds, _ => CallKernel(0));
        double domainToKernel = (FastestBatch.Measure(rounds, CallKernel) - fixedCost) / FastestBatch.Rounds;
        return new XpcCosts
        {
            BackEnd = _control->BackEnd,
            KernelToDomain = kernelToDomain,
            DomainToKernel = domainToKernel,
            Parts = MeasureParts(kernelToDomain, domainToKernel, countsInstructions),
        };
    }

    private List<XpcPart> MeasureParts(double kernelToDomain, double domainToKernel, bool countsInstructions)
    {
        bool isRing3 = _control->BackEnd == ProtectionBackEnd.Ring3;
        GateAddresses gate = Gate.GetAddresses(_control->BackEnd);
        int stub = isRing3 ? StubInstructions : 0;

        // Each of these goes one step further than the one before it, so that the differences are the steps.
        double turnBack = PerRound(count => Enter(isRing3 ? _control->ReturnCode : gate.Return, 0, count));
        double null_ = PerRound(count => Enter(instance.GetEntryPoints(ControlContract)[0], 0, count));
        double callKernel = PerRound(count => Enter(isRing3 ? _control->SystemCallCode : gate.Call, NullService, count));
        double outAndBack = callKernel - turnBack;
        double domainHalf = null_ - turnBack;
        List<XpcPart> parts = [];
        if (countsInstructions)
        {
            GateLengths lengths = GateLengths.Count(_control->BackEnd);
            double gateIn = lengths.Enter;
            double gateOut = lengths.Return + stub;
            parts.Add(new XpcPart("in: caller and proxy", kernelToDomain - domainHalf - gateIn - gateOut));
            parts.Add(new XpcPart("in: gate, enter", gateIn));
            parts.Add(new XpcPart("in: entry stub", domainHalf));
            parts.Add(new XpcPart("in: gate, return", gateOut));
            parts.Add(new XpcPart("out: client", domainToKernel - outAndBack + stub));
            parts.Add(new XpcPart("out: gate, call", lengths.CallKernel));
            parts.Add(new XpcPart("out: service", outAndBack - lengths.CallKernel - lengths.ResumeDomain - stub));
            parts.Add(new XpcPart("out: gate, resume", lengths.ResumeDomain));
        }
        else
        {
            parts.Add(new XpcPart("in: proxy", kernelToDomain - null_));
            parts.Add(new XpcPart("in: gate", turnBack));
            parts.Add(new XpcPart("in: entry stub", domainHalf));
            parts.Add(new XpcPart("out: client", domainToKernel - outAndBack));
            parts.Add(new XpcPart("out: gate and service", outAndBack));
        }

        return parts;
    }

    private double PerRound(System.Func<int, CallStatus> batch) => FastestBatch.Measure(rounds, batch) / FastestBatch.Rounds;

    private CallStatus CallNull(int count)
    {
        CallStatus status = CallStatus.Ok;
        for (int round = 0; round < count; round++)
        {
            status |= control.Null().Status;
        }

        return status;
    }

    private CallStatus CallKernel(int count) => control.CallKernel((uint)count).Status;

    // What the gate returns means nothing where the domain's function was left out.
    private CallStatus Enter(ulong entry, ulong argument, int count)
    {
        for (int round = 0; round < count; round++)
        {
            // SAFETY:
            // 1. The entry is code of the instance's image, or of the gate where domains run at the kernel's privilege.
            // 2. Each of these pieces leads back to the gate by itself, and the gate looks whether the domain is alive.
            Gate.Enter(_control, entry, (void*)argument, 0);
        }

        return instance.IsAlive ? CallStatus.Ok : CallStatus.DomainDied;
    }
}
