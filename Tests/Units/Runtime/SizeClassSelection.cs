using System.Collections.Generic;
using System.Linq;
using NooksOS.Runtime;
using Xunit;

namespace NooksOS.Tests.Units.Runtime;

/// <summary>Which cell an object of some size gets.</summary>
public sealed class SizeClassSelection
{
    public static TheoryData<int> Classes => [.. Enumerable.Range(0, SizeClasses.Count)];

    [Fact]
    public void EverySizeGetsTheSmallestCellThatHoldsIt()
    {
        uint[] sizes = [.. Enumerable.Range(0, SizeClasses.Count).Select(SizeClasses.CellBytes)];
        for (uint bytes = 1; bytes <= SizeClasses.LargestCellBytes; bytes++)
        {
            Assert.Equal(sizes.First(size => size >= bytes), SizeClasses.CellBytes(SizeClasses.IndexOf(bytes)));
        }
    }

    [Fact]
    public void SizesGrowAndTheLargestIsTheLast()
    {
        List<uint> sizes = [.. Enumerable.Range(0, SizeClasses.Count).Select(SizeClasses.CellBytes)];
        Assert.Equal(sizes.Order().Distinct(), sizes);
        Assert.Equal(SizeClasses.LargestCellBytes, sizes[^1]);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void CellsAreAlignedAndFillTheirBlock(int index)
    {
        uint bytes = SizeClasses.CellBytes(index);
        uint available = HeapBlock.Bytes - HeapBlock.HeaderBytes;
        Assert.Equal(0u, bytes % HeapBlock.CellGranularityBytes);
        Assert.True(available % bytes <= available / 8, $"{available % bytes} of {available} bytes are left over");
        Assert.True(available / bytes >= 2);
    }
}
