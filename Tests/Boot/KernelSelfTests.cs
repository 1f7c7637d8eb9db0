using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

public sealed class KernelSelfTests
{
    /// <summary>With little memory the collector has to work harder.</summary>
    [Theory]
    [InlineData(128)]
    [InlineData(512)]
    public Task WhatTheRuntimePromisesHoldsOnTheMachine(int megabytes)
        => BootTest.RunAsync(new BootOptions { MemoryMegabytes = megabytes }, async machine =>
        {
            Assert.DoesNotContain("FAILED", await machine.RunAsync("selftest"));

            // Once more, in the heap that the first round has left behind.
            Assert.DoesNotContain("FAILED", await machine.RunAsync("selftest"));
        });
}
