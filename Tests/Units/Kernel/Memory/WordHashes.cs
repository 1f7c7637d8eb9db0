using System;
using System.Linq;
using NooksOS.Kernel.Memory;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Memory;

public sealed class WordHashes
{
    [Theory]
    [InlineData(8)]
    [InlineData(77)]
    [InlineData(256)]
    public void EachBitThatChangesMakesAnotherHash(int lengthBytes)
    {
        byte[] memory = new byte[lengthBytes];
        new Random(1).NextBytes(memory);
        ulong original = WordHash.Of(memory);

        ulong[] changed = [.. Enumerable.Range(0, lengthBytes * 8).Select(bit =>
        {
            byte[] other = [.. memory];
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            return WordHash.Of(other);
        })];

        Assert.DoesNotContain(original, changed);
        Assert.Equal(changed.Length, changed.Distinct().Count());
        Assert.Equal(original, WordHash.Of(memory));
    }

    [Fact]
    public void WordsThatChangePlacesAndZerosAtTheEndMakeAnother()
    {
        byte[] memory = [.. Enumerable.Range(0, 32).Select(static number => (byte)number)];
        byte[] swapped = [.. memory[8..16], .. memory[..8], .. memory[16..]];

        Assert.NotEqual(WordHash.Of(memory), WordHash.Of(swapped));
        Assert.NotEqual(WordHash.Of(memory), WordHash.Of([.. memory, 0]));
        Assert.NotEqual(WordHash.Of([]), WordHash.Of(new byte[8]));
    }
}
