using System;
using NooksOS.Isolation.Loading;
using Xunit;

namespace NooksOS.Tests.Units.Loading;

/// <summary>Code and constants of an image that somebody has changed in memory.</summary>
public sealed class RestoredImages
{
    private const int PageBytes = 4096;
    private const int ContentBytes = (3 * PageBytes) + 17;
    private const int MemoryBytes = 4 * PageBytes;

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(5000)]
    public void WhateverWasChangedIsAsItWas(int changes)
    {
        Random random = new(changes);
        byte[] contents = new byte[ContentBytes];
        random.NextBytes(contents);
        byte[] pristine = [.. contents, .. new byte[MemoryBytes - ContentBytes]];
        byte[] memory = [.. pristine];
        for (int change = 0; change < changes; change++)
        {
            memory[random.Next(MemoryBytes)] ^= (byte)random.Next(1, 256);
        }

        PristineBytes.Restore(contents, memory);

        Assert.Equal(pristine, memory);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(PageBytes)]
    [InlineData(ContentBytes - 1)]
    public void AChangedInstructionDoesNotMakeAnEmulatorTranslateAllOthersAgain(int offset)
    {
        byte[] contents = new byte[ContentBytes];
        new Random(1).NextBytes(contents);
        byte[] memory = [.. contents, .. new byte[MemoryBytes - ContentBytes]];
        memory[offset] ^= 1;

        Assert.InRange(PristineBytes.Restore(contents, memory), 1, sizeof(ulong));
        Assert.Equal(0, PristineBytes.Restore(contents, memory));
    }
}
