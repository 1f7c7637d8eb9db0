using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Recovery;

namespace NooksOS.Image.Hosting;

/// <summary>Turns what an interrupt handler noted about a death into the manager's report.</summary>
internal static unsafe class FaultReports
{
    private static readonly string[] s_registerNames =
        ["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"];

    /// <summary>Makes the report of a dead instance.</summary>
    public static FaultReport Make(uint placeId, Domain instance)
    {
        ref DomainFault fault = ref instance.Control->Fault;
        FaultText? text = FaultTexts.Take(instance.DomainId);
        return new FaultReport
        {
            DomainId = placeId,
            Kind = fault.Kind,
            TimeNanoseconds = fault.TimeNanoseconds,
            InstructionPointer = fault.InstructionPointer,
            Address = fault.Address,
            HasAddress = fault.Kind is FaultKind.IllegalRead or FaultKind.IllegalWrite or FaultKind.IllegalExecute
                or FaultKind.StackOverflow or FaultKind.BadParameter or FaultKind.DmaFault,
            Detail = Describe(in fault, text),
            Registers = fault.Vector != 0 ? ReadRegisters(ref fault) : [],
            Stack = text is { Stack.Length: > 0 } ? text.Stack : DomainStack.Capture(instance, in fault),
        };
    }

    private static string Describe(in DomainFault fault, FaultText? text)
    {
        if (text is not null)
        {
            return text.Type.Length == 0 ? text.Message : $"{text.Type}: {text.Message}";
        }

        if (fault.Kind == FaultKind.DmaFault)
        {
            DmaFaultRecord record = new(fault.Address, fault.ErrorCode);
            return $"the device {record.SourceAddress} was kept from {(record.IsRead ? "reading" : "writing")} (reason {record.Reason})";
        }

        return fault.Vector != 0 ? $"vector {fault.Vector}, error code 0x{fault.ErrorCode:x}" : string.Empty;
    }

    private static List<RegisterValue> ReadRegisters(ref DomainFault fault)
    {
        List<RegisterValue> registers = [new("rip", fault.InstructionPointer), new("rsp", fault.StackPointer)];
        for (int index = 0; index < RegisterSet.Count; index++)
        {
            registers.Add(new RegisterValue(s_registerNames[index], fault.Registers[index]));
        }

        return registers;
    }
}
