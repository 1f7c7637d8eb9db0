using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NooksOS.Runtime;
using Xunit;

namespace NooksOS.Tests.Units.Runtime;

/// <summary>Structures that CoreLib 9.0, the assembly and the kernel see, too.</summary>
public sealed unsafe class RuntimeLayouts
{
    [Fact]
    public void ContextIsWhatTheAssemblyFills()
    {
        Assert.Equal(0x50, sizeof(LimitedContext));
        Assert.Equal(0x10, Offset<LimitedContext>(nameof(LimitedContext.Rbp)));
        Assert.Equal(0x20, Offset<LimitedContext>(nameof(LimitedContext.Rbx)));
        Assert.Equal(0x48, Offset<LimitedContext>(nameof(LimitedContext.R15)));
    }

    [Fact]
    public void RegisterDisplayIsWhatTheAssemblyReads()
    {
        Assert.Equal(0x18, Offset<RegisterDisplay>(nameof(RegisterDisplay.Rbx)));
        Assert.Equal(0x20, Offset<RegisterDisplay>(nameof(RegisterDisplay.Rbp)));
        Assert.Equal(0x58, Offset<RegisterDisplay>(nameof(RegisterDisplay.R12)));
        Assert.Equal(0x70, Offset<RegisterDisplay>(nameof(RegisterDisplay.R15)));
        Assert.Equal(0x78, Offset<RegisterDisplay>(nameof(RegisterDisplay.StackPointer)));
        Assert.Equal(0x80, Offset<RegisterDisplay>(nameof(RegisterDisplay.InstructionPointer)));
    }

    [Fact]
    public void WalkAndDispatchAreWhatTheBaseLibraryReserves()
    {
        Assert.Equal(376, sizeof(StackFrameIterator));
        Assert.Equal(24, Offset<StackFrameIterator>(nameof(StackFrameIterator.ControlPc)));
        Assert.Equal(32, Offset<StackFrameIterator>(nameof(StackFrameIterator.Registers)));
        Assert.True(Offset<StackFrameIterator>(nameof(StackFrameIterator.NextExceptionInfo)) >= 32 + sizeof(RegisterDisplay));
        Assert.Equal(0x1A0, sizeof(ExceptionInfo));
        Assert.Equal(0x20, Offset<ExceptionInfo>(nameof(ExceptionInfo.Frames)));
    }

    [Fact]
    public void ThreadBlockIsTheStartOfTheKernelsThread()
    {
        Assert.Equal(64, sizeof(ThreadBlock));
        Assert.Equal(8, Offset<ThreadBlock>(nameof(ThreadBlock.SavedStackPointer)));
        Assert.Equal(32, Offset<ThreadBlock>(nameof(ThreadBlock.ExceptionInfoHead)));
        Assert.Equal(40, Offset<ThreadBlock>(nameof(ThreadBlock.ThreadStatics)));
        Assert.Equal(48, Offset<ThreadBlock>(nameof(ThreadBlock.ThreadId)));
    }

    [Fact]
    public void BlockHeaderLeavesTheCellsAlone()
        => Assert.True(Unsafe.SizeOf<HeapBlock>() <= HeapBlock.HeaderBytes && HeapBlock.HeaderBytes % HeapBlock.CellGranularityBytes == 0);

    private static int Offset<T>(string field) => (int)Marshal.OffsetOf<T>(field);
}
