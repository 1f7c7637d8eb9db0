using Xunit;

namespace NooksOS.Tests.Units;

/// <summary>Tests that look at the memory of the whole process: they run alone, after the others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuresMemory
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "measures memory";
}
