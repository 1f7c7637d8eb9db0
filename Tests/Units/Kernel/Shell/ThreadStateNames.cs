using System;
using System.Linq;
using NooksOS.Kernel.Shell.Commands;
using NooksOS.Kernel.Threads;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Shell;

public sealed class ThreadStateNames
{
    [Fact]
    public void EveryStateHasAName()
    {
        ThreadState[] states = Enum.GetValues<ThreadState>();
        Assert.Equal(states.Length, states.Select(ThreadsCommand.NameOf).Distinct().Count());
    }
}
