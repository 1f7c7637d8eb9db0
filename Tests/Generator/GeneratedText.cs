using System;
using System.IO;
using System.Runtime.CompilerServices;
using NooksOS.Tests.Generator.Support;
using Xunit;

namespace NooksOS.Tests.Generator;

/// <summary>
/// The text of a wrapper of each kind. To accept a change: set NOOKS_ACCEPT_SNAPSHOTS, run, and look at the difference.
/// </summary>
public sealed class GeneratedText
{
    private const string Kernel = "[assembly: NooksOS.Contracts.GenerateWrappers(NooksOS.Contracts.WrapperSide.Kernel)]";
    private const string Extension = "[assembly: NooksOS.Contracts.GenerateWrappers(NooksOS.Contracts.WrapperSide.Extension)]";

    private const string Driver = """
        using NooksOS.Contracts;

        [assembly: Extension(typeof(Author.Driver))]

        namespace Author;

        public sealed class Driver : IExtension
        {
            public CallResult Start(IExtensionServices services) => CallResult.Ok;

            public CallResult Stop() => CallResult.Ok;
        }
        """;

    [Theory]
    [InlineData(Kernel, "SampleDevice.g.cs", "Proxy.txt")]
    [InlineData(Extension, "SampleDevice.g.cs", "Stubs.txt")]
    [InlineData(Kernel, "SampleHost.g.cs", "Dispatcher.txt")]
    [InlineData(Extension, "SampleHost.g.cs", "Client.txt")]
    [InlineData(Kernel, "ContractCatalog.g.cs", "Catalog.txt")]
    [InlineData(Extension, "ExtensionContracts.g.cs", "Publication.txt")]
    [InlineData(Driver, "ExtensionEntry.g.cs", "Entry.txt")]
    public void LooksAsIfWrittenByHand(string source, string file, string snapshot)
    {
        GeneratorRun run = GeneratorRun.Of("Author", withSamples: true, source);
        Assert.Empty(run.Diagnostics);
        string text = run.Files[file].TrimStart('\uFEFF');
        if (Environment.GetEnvironmentVariable("NOOKS_ACCEPT_SNAPSHOTS") is not null)
        {
            File.WriteAllText(Path.Combine(SourceFolder(), "Snapshots", snapshot), text);
            return;
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snapshots", snapshot)), text);
    }

    [Fact]
    public void AnAssemblyThatAsksForNothingGetsNothing()
        => Assert.Empty(GeneratorRun.Of("Author", withSamples: true, "public class Nothing;").Files);

    [Fact]
    public void UnchangedContractsAreTheSameModel()
    {
        GeneratorRun first = GeneratorRun.Of("Author", withSamples: true, Kernel);
        GeneratorRun second = GeneratorRun.Of("Author", withSamples: true, Kernel);
        Assert.Equal(
            NooksOS.Generator.Reading.CompilationReader.Read(first.Output, _ => { }),
            NooksOS.Generator.Reading.CompilationReader.Read(second.Output, _ => { }));
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
