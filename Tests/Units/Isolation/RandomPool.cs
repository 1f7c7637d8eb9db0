using System.Collections.Generic;
using System.Linq;
using NooksOS.Isolation;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

public sealed class RandomPool
{
    [Fact]
    public void NothingRepeatsAlthoughNothingIsStirredIn()
    {
        EntropyPool pool = new();
        HashSet<ulong> given = [.. Enumerable.Range(0, 10_000).Select(_ => pool.Take())];

        Assert.Equal(10_000, given.Count);
    }

    [Fact]
    public void EachSampleChangesAllThatFollows()
    {
        EntropyPool one = new();
        EntropyPool other = new();
        one.Stir(1);
        other.Stir(2);

        // The same from here on cannot make them the same again.
        for (ulong sample = 0; sample < 100; sample++)
        {
            one.Stir(sample);
            other.Stir(sample);
            Assert.NotEqual(one.Take(), other.Take());
        }
    }

    [Fact]
    public void TheOrderOfSamplesCounts()
    {
        EntropyPool one = new();
        EntropyPool other = new();
        one.Stir(1);
        one.Stir(2);
        other.Stir(2);
        other.Stir(1);

        Assert.NotEqual(one.Take(), other.Take());
    }

    [Fact]
    public void HalfOfTheBitsAreSet()
    {
        EntropyPool pool = new();
        int bits = Enumerable.Range(0, 1000).Sum(_ => System.Numerics.BitOperations.PopCount(pool.Take()));

        Assert.InRange(bits, 31_000, 33_000);
    }
}
