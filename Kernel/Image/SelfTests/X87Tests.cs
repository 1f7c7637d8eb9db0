using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Isolation.Injection;

namespace NooksOS.Image.SelfTests;

/// <summary>What a domain that runs while the tests do can bring about with the x87, which no gate saves.</summary>
internal static class X87Tests
{
    private const ushort ControlContract = 2;
    private const int MisbehaveMethod = 4;

    public static IEnumerable<SelfTest> All { get; } =
    [
        new("numbers do not depend on what a domain leaves in the x87", NumbersAreRightAfterwards),
        new("an exception of the x87 ends the domain that has raised it", AnExceptionEndsTheDomain),
    ];

    // Short mantissas, results rounded towards zero, no exception masked and one still to be told of:
    // push 0xC00; fldcw [rsp]; fld1; fldz; fdivp; pop rax; xor eax, eax; ret
    private static bool NumbersAreRightAfterwards()
        => RunInDomain([0x68, 0x00, 0x0C, 0x00, 0x00, 0xD9, 0x2C, 0x24, 0xD9, 0xE8, 0xD9, 0xEE, 0xDE, 0xF9, 0x58, 0x31, 0xC0, 0xC3]) == CallStatus.Ok
            && NumberTests.ElementaryFunctionsAreAccurate();

    // The same with an FWAIT behind the division, which has the exception told of.
    private static bool AnExceptionEndsTheDomain()
        => RunInDomain([0x68, 0x00, 0x0C, 0x00, 0x00, 0xD9, 0x2C, 0x24, 0xD9, 0xE8, 0xD9, 0xEE, 0xDE, 0xF9, 0x9B, 0x58, 0x31, 0xC0, 0xC3]) == CallStatus.DomainDied;

    // In the place of the one method that nobody calls meanwhile.
    private static unsafe CallStatus RunInDomain(ReadOnlySpan<byte> code)
    {
        Domain instance = Domain.All().First(
            domain => domain.IsAlive && domain.Generation != 0 && domain.GetEntryPoints(ControlContract).Length > MisbehaveMethod);
        ulong entry = instance.GetEntryPoints(ControlContract)[MisbehaveMethod];

        // SAFETY: an entry point of an instance lies in its code, which is mapped for as long as it lives, and there is more behind it.
        byte[] before = new ReadOnlySpan<byte>((void*)entry, code.Length).ToArray();
        if (!InstanceCode.TryOverwrite(instance, entry, code))
        {
            return CallStatus.NotSupported;
        }

        CallStatus status = (CallStatus)Gate.Enter(instance.Control, entry, null, 0);
        InstanceCode.TryOverwrite(instance, entry, before);
        return status;
    }
}
