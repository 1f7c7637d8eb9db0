using Xunit;

namespace NooksOS.Tests.Boot.Harness;

/// <summary>The classes of which some tests use the <see cref="SharedMachine"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SharedMachineTests : ICollectionFixture<SharedMachine>
{
    /// <summary>What the classes name.</summary>
    public const string Name = "shared machine";
}
