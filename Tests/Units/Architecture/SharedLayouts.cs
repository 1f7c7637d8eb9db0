using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using NooksOS.Isolation;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using Xunit;

namespace NooksOS.Tests.Units.Architecture;

/// <summary>Offsets in <c>layout.inc</c> against the C# structures that the same memory holds.</summary>
public sealed partial class SharedLayouts
{
    private static readonly Dictionary<string, long> s_constants = ReadConstants();

    [Theory]
    [InlineData("T_SAVED_STACK", typeof(ThreadControl), nameof(ThreadControl.SavedStackPointer))]
    [InlineData("T_THREAD_ID", typeof(ThreadControl), nameof(ThreadControl.ThreadId))]
    [InlineData("T_KERNEL_STACK_TOP", typeof(ThreadControl), nameof(ThreadControl.KernelStackTop))]
    [InlineData("T_XPC_FRAME", typeof(ThreadControl), nameof(ThreadControl.XpcFrame))]
    [InlineData("TF_R15", typeof(TrapFrame), nameof(TrapFrame.R15))]
    [InlineData("TF_R8", typeof(TrapFrame), nameof(TrapFrame.R8))]
    [InlineData("TF_RBP", typeof(TrapFrame), nameof(TrapFrame.Rbp))]
    [InlineData("TF_RDI", typeof(TrapFrame), nameof(TrapFrame.Rdi))]
    [InlineData("TF_RAX", typeof(TrapFrame), nameof(TrapFrame.Rax))]
    [InlineData("TF_FROM_DOMAIN", typeof(TrapFrame), nameof(TrapFrame.FromDomain))]
    [InlineData("TF_VECTOR", typeof(TrapFrame), nameof(TrapFrame.Vector))]
    [InlineData("TF_ERROR", typeof(TrapFrame), nameof(TrapFrame.ErrorCode))]
    [InlineData("TF_RIP", typeof(TrapFrame), nameof(TrapFrame.Rip))]
    [InlineData("TF_RFLAGS", typeof(TrapFrame), nameof(TrapFrame.Rflags))]
    [InlineData("TF_RSP", typeof(TrapFrame), nameof(TrapFrame.Rsp))]
    [InlineData("TF_SS", typeof(TrapFrame), nameof(TrapFrame.Ss))]
    [InlineData("D_OWNER", typeof(DomainControl), nameof(DomainControl.Owner))]
    [InlineData("D_WAITERS", typeof(DomainControl), nameof(DomainControl.Waiters))]
    [InlineData("D_STATE", typeof(DomainControl), nameof(DomainControl.State))]
    [InlineData("D_FREE_STACK", typeof(DomainControl), nameof(DomainControl.FreeStack))]
    [InlineData("D_BLOCK", typeof(DomainControl), nameof(DomainControl.Block))]
    [InlineData("D_VIEW", typeof(DomainControl), nameof(DomainControl.View))]
    [InlineData("D_KEY_RIGHTS", typeof(DomainControl), nameof(DomainControl.KeyRights))]
    [InlineData("D_ACTIVE_FRAMES", typeof(DomainControl), nameof(DomainControl.ActiveFrames))]
    [InlineData("D_CALLS_IN", typeof(DomainControl), nameof(DomainControl.CallsIn))]
    [InlineData("D_CALLS_OUT", typeof(DomainControl), nameof(DomainControl.CallsOut))]
    [InlineData("D_ENTER_CODE", typeof(DomainControl), nameof(DomainControl.EnterCode))]
    [InlineData("D_RESUME_CODE", typeof(DomainControl), nameof(DomainControl.ResumeCode))]
    [InlineData("D_TURNS", typeof(DomainControl), nameof(DomainControl.Turns))]
    [InlineData("D_BACK_END", typeof(DomainControl), nameof(DomainControl.BackEnd))]
    [InlineData("S_NEXT", typeof(StackDescriptor), nameof(StackDescriptor.Next))]
    [InlineData("S_THREAD_BLOCK", typeof(StackDescriptor), nameof(StackDescriptor.ThreadBlock))]
    [InlineData("S_ENTRY_STACK", typeof(StackDescriptor), nameof(StackDescriptor.EntryStackPointer))]
    [InlineData("S_ARGUMENTS", typeof(StackDescriptor), nameof(StackDescriptor.Arguments))]
    [InlineData("F_PREVIOUS", typeof(XpcFrame), nameof(XpcFrame.Previous))]
    [InlineData("F_DOMAIN", typeof(XpcFrame), nameof(XpcFrame.Domain))]
    [InlineData("F_STACK", typeof(XpcFrame), nameof(XpcFrame.Stack))]
    [InlineData("F_TICKS", typeof(XpcFrame), nameof(XpcFrame.Ticks))]
    [InlineData("F_RIP", typeof(XpcFrame), nameof(XpcFrame.InstructionPointer))]
    [InlineData("F_RFLAGS", typeof(XpcFrame), nameof(XpcFrame.Flags))]
    [InlineData("F_RSP", typeof(XpcFrame), nameof(XpcFrame.StackPointer))]
    [InlineData("F_ARGUMENTS", typeof(XpcFrame), nameof(XpcFrame.Arguments))]
    [InlineData("F_SIZE_BYTES", typeof(XpcFrame), nameof(XpcFrame.ArgumentBytes))]
    [InlineData("F_IN_SERVICE", typeof(XpcFrame), nameof(XpcFrame.InService))]
    [InlineData("F_SERVICE", typeof(XpcFrame), nameof(XpcFrame.Service))]
    public void AssemblyAndStructureAgree(string constant, Type structure, string field)
        => Assert.Equal(s_constants[constant], (long)Marshal.OffsetOf(structure, field));

    [Theory]
    [InlineData("BACK_END_DIRECT", ProtectionBackEnd.Direct)]
    [InlineData("BACK_END_RING3", ProtectionBackEnd.Ring3)]
    [InlineData("BACK_END_PAGETABLE", ProtectionBackEnd.PageTable)]
    [InlineData("BACK_END_PKS", ProtectionBackEnd.ProtectionKeys)]
    public void AssemblyAndBackEndsAgree(string constant, ProtectionBackEnd backEnd)
        => Assert.Equal(s_constants[constant], (long)backEnd);

    [Fact]
    public void TheBitsOfServicesCoverEveryContract()
    {
        Assert.Equal(Gate.ServiceLimit, s_constants["SERVICE_LIMIT"]);
        Assert.Equal(Gate.ServiceLimit, (uint)Domain.ContractLimit * 256);
    }

    [Fact]
    public void TheFramesKeepTheStackAligned()
    {
        Assert.Equal(0, s_constants["TF_SIZE"] % 16);
        Assert.Equal(s_constants["TF_SIZE"], Marshal.SizeOf<TrapFrame>());

        // Six pushes and a return address lie above the frame.
        Assert.Equal(0, (s_constants["F_LENGTH"] + 56) % 16);
        Assert.True(s_constants["F_LENGTH"] >= Marshal.SizeOf<XpcFrame>());
    }

    [Fact]
    public void AThreadBeginsWithTheRuntimesBlock()
    {
        Assert.Equal(0, (long)Marshal.OffsetOf<ThreadControl>(nameof(ThreadControl.Next)));
        Assert.Equal(64, (long)Marshal.OffsetOf<ThreadControl>(nameof(ThreadControl.KernelStackTop)));
    }

    private static Dictionary<string, long> ReadConstants()
    {
        Dictionary<string, long> constants = [];
        foreach (string line in File.ReadLines(Path.Combine(SourceTree.Root, "Kernel/Cpu/Assembly/layout.inc")))
        {
            Match match = ConstantPattern().Match(line);
            if (match.Success)
            {
                constants.Add(match.Groups["name"].Value, long.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
            }
        }

        return constants;
    }

    [GeneratedRegex(@"^(?<name>\w+)\s+equ\s+(?<value>\d+)\s*(;.*)?$")]
    private static partial Regex ConstantPattern();
}
