using System;
using Iced.Intel;

namespace NooksOS.Isolation.Verification;

/// <summary>
/// Which instructions an image may hold. What is allowed is listed by processor feature, and is what the compiler is told to
/// emit (x86-64-v2) and what a switch between threads saves (FXSAVE: no AVX state); of that, what touches the
/// state of the processor is taken out again by name.
/// </summary>
/// <remarks>Keeps the answer per encoding: asking costs far more than decoding, and an image uses a few hundred encodings.</remarks>
internal sealed class InstructionRules
{
    // More than Iced has, so that a newer Iced fits.
    private const int HighestCode = 8192;

    private readonly InstructionVerdict[] _verdicts = new InstructionVerdict[HighestCode];

    public InstructionVerdict Judge(Code code)
    {
        ref InstructionVerdict verdict = ref _verdicts[(int)code];
        if (verdict == InstructionVerdict.Unknown)
        {
            verdict = Decide(code);
        }

        return verdict;
    }

    private static InstructionVerdict Decide(Code code)
    {
        if (code.IsPrivileged() || IsStateOfProcessor(code.Mnemonic()))
        {
            return InstructionVerdict.Privileged;
        }

        switch (code)
        {
            case Code.Syscall:
                return InstructionVerdict.SystemCall;
            case Code.Mov_Sreg_rm16 or Code.Mov_Sreg_r32m16 or Code.Mov_Sreg_r64m16:
            case Code.Popw_FS or Code.Popq_FS or Code.Popw_GS or Code.Popq_GS:
                return InstructionVerdict.Privileged;
            case Code.Xbegin_rel16 or Code.Xbegin_rel32:
                return InstructionVerdict.Unexpected;
        }

        if (code.IsCallFar() || code.IsCallFarIndirect() || code.IsJmpFar() || code.IsJmpFarIndirect())
        {
            return InstructionVerdict.Privileged;
        }

        if (code.Encoding() != EncodingKind.Legacy || !HasOnlyAllowedFeatures(code) || IsUnexpected(code.Mnemonic()))
        {
            return InstructionVerdict.Unexpected;
        }

        bool direct = code.IsJccShortOrNear() || code.IsJmpShortOrNear() || code.IsCallNear()
            || code.IsLoop() || code.IsLoopcc() || code.IsJcxShort();
        return direct ? InstructionVerdict.Branch : InstructionVerdict.Allowed;
    }

    private static bool IsStateOfProcessor(Mnemonic mnemonic) => mnemonic
        is Mnemonic.Int or Mnemonic.Int1 or Mnemonic.Into
        or Mnemonic.Iret or Mnemonic.Iretd or Mnemonic.Iretq or Mnemonic.Retf
        or Mnemonic.Sysenter or Mnemonic.Sysexit or Mnemonic.Sysexitq or Mnemonic.Sysret or Mnemonic.Sysretq
        or Mnemonic.Swapgs or Mnemonic.Rdfsbase or Mnemonic.Rdgsbase or Mnemonic.Wrfsbase or Mnemonic.Wrgsbase
        or Mnemonic.Lfs or Mnemonic.Lgs or Mnemonic.Lss or Mnemonic.Lds or Mnemonic.Les
        or Mnemonic.Xsetbv or Mnemonic.Wrpkru or Mnemonic.Rdpmc

        // At kernel privilege, POPF would set and clear the interrupt flag.
        or Mnemonic.Popf or Mnemonic.Popfd or Mnemonic.Popfq
        or Mnemonic.Sgdt or Mnemonic.Sidt or Mnemonic.Sldt or Mnemonic.Str or Mnemonic.Smsw
        or Mnemonic.Vmcall or Mnemonic.Vmmcall or Mnemonic.Vmfunc or Mnemonic.Vmlaunch or Mnemonic.Vmresume
        or Mnemonic.Vmxon or Mnemonic.Vmxoff or Mnemonic.Vmread or Mnemonic.Vmwrite
        or Mnemonic.Vmptrld or Mnemonic.Vmptrst or Mnemonic.Vmclear
        or Mnemonic.Vmrun or Mnemonic.Vmload or Mnemonic.Vmsave;

    private static bool IsUnexpected(Mnemonic mnemonic) => mnemonic
        is Mnemonic.Lar or Mnemonic.Lsl or Mnemonic.Verr or Mnemonic.Verw or Mnemonic.Arpl or Mnemonic.Bound
        or Mnemonic.Enter or Mnemonic.Salc or Mnemonic.Ud0 or Mnemonic.Ud1;

    private static bool HasOnlyAllowedFeatures(Code code)
    {
        foreach (CpuidFeature feature in code.CpuidFeatures())
        {
            if (feature is not (CpuidFeature.INTEL8086 or CpuidFeature.INTEL186 or CpuidFeature.INTEL286
                or CpuidFeature.INTEL386 or CpuidFeature.INTEL486 or CpuidFeature.X64
                or CpuidFeature.FPU or CpuidFeature.FPU287 or CpuidFeature.FPU387
                or CpuidFeature.CMOV or CpuidFeature.CX8 or CpuidFeature.CMPXCHG16B or CpuidFeature.MMX
                or CpuidFeature.SSE or CpuidFeature.SSE2 or CpuidFeature.SSE3 or CpuidFeature.SSSE3
                or CpuidFeature.SSE4_1 or CpuidFeature.SSE4_2 or CpuidFeature.POPCNT
                or CpuidFeature.MULTIBYTENOP or CpuidFeature.PAUSE or CpuidFeature.CPUID or CpuidFeature.TSC))
            {
                return false;
            }
        }

        return true;
    }
}
