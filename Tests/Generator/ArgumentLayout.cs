using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using NooksOS.Tests.Generator.Support;
using Xunit;

namespace NooksOS.Tests.Generator;

/// <summary>The structures that travel are the same on both sides and fit the gate.</summary>
public sealed class ArgumentLayout
{
    private static readonly MethodInfo s_sizeOf = typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!;

    [Fact]
    public void BothSidesAgree()
    {
        Dictionary<string, int> kernel = Measure(Halves.LoadKernel());
        Dictionary<string, int> extension = Measure(Halves.LoadExtension());
        Assert.True(kernel.Count > 40);
        Assert.Equal(kernel.OrderBy(pair => pair.Key), extension.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void EveryStructureFitsTheGateAsItWasComputed()
    {
        foreach (Type structure in Structures(Halves.LoadKernel()))
        {
            int size = SizeOf(structure);
            Assert.Equal(structure.StructLayoutAttribute!.Size, size);
            Assert.Equal(0, size % 8);
            Assert.InRange(size, 8, 256);
        }
    }

    private static Dictionary<string, int> Measure(Assembly half)
        => Structures(half).ToDictionary(structure => structure.FullName!, SizeOf);

    private static int SizeOf(Type type) => (int)s_sizeOf.MakeGenericMethod(type).Invoke(null, null)!;

    private static IEnumerable<Type> Structures(Assembly half) => half.GetTypes()
        .Where(type => type.IsNested && type.DeclaringType!.Name.EndsWith("Arguments", StringComparison.Ordinal));
}
