using System.Linq;
using Microsoft.CodeAnalysis;
using NooksOS.Tests.Generator.Support;
using Xunit;

namespace NooksOS.Tests.Generator;

/// <summary>What cannot cross a protection boundary is an error where it is written.</summary>
public sealed class RefusedContracts
{
    [Theory]
    [InlineData("NOOKS001", "CallResult M(string text);")]
    [InlineData("NOOKS001", "CallResult M(object thing);")]
    [InlineData("NOOKS001", "CallResult M(WithReference thing);")]
    [InlineData("NOOKS001", "unsafe CallResult M(byte* address);")]
    [InlineData("NOOKS001", "CallResult M(WithPointer thing);")]
    [InlineData("NOOKS001", "CallResult M(ref int number);")]
    [InlineData("NOOKS001", "CallResult M(out int number);")]
    [InlineData("NOOKS001", "CallResult M([MaximumLength(4)] ReadOnlySpan<string> texts);")]
    [InlineData("NOOKS001", "CallResult M(DateTime time);")]
    [InlineData("NOOKS001", "CallResult M(byte[] bytes);")]
    [InlineData("NOOKS002", "void M();")]
    [InlineData("NOOKS002", "int M();")]
    [InlineData("NOOKS002", "System.Threading.Tasks.Task<CallResult> M();")]
    [InlineData("NOOKS002", "CallResult<DateTime> M();")]
    [InlineData("NOOKS003", "CallResult M(ReadOnlySpan<byte> bytes);")]
    [InlineData("NOOKS003", "CallResult M(Span<byte> bytes);")]
    [InlineData("NOOKS005", "CallResult M(Large a, Large b, Large c);")]
    [InlineData("NOOKS006", "int Property { get; }")]
    [InlineData("NOOKS006", "event Action Happened;")]
    [InlineData("NOOKS006", "CallResult M<T>(int number);")]
    [InlineData("NOOKS006", "CallResult M() => CallResult.Ok;")]
    [InlineData("NOOKS006", "CallResult M(int a); CallResult M(long a);")]
    [InlineData("NOOKS007", "CallResult M([MaximumLength(0)] Span<byte> bytes);")]
    [InlineData("NOOKS007", "CallResult M([MaximumLength(-1)] Span<byte> bytes);")]
    [InlineData("NOOKS007", "CallResult M([MaximumLength(196609)] Span<byte> bytes);")]
    [InlineData("NOOKS007", "CallResult M([MaximumLength(2147483647)] Span<long> numbers);")]
    [InlineData("NOOKS012", "CallResult M([MaximumLength(4), Output] Span<byte> bytes);")]
    [InlineData("NOOKS012", "CallResult<int> M([MaximumLength(4), Output] Span<byte> bytes);")]
    [InlineData("NOOKS012", "CallResult<uint> M([MaximumLength(4), Output] ReadOnlySpan<byte> bytes);")]
    public void AMemberThatCannotCross(string id, string member)
    {
        Diagnostic diagnostic = Assert.Single(Diagnose(Contract("IBad", 90, member)).DistinctBy(found => found.Id));
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.True(diagnostic.Location.IsInSource);
    }

    [Fact]
    public void AMethodOfAnExtensionThatKeepsTheMonitor()
        => Assert.Equal("NOOKS011", Assert.Single(Diagnose(
            "[Contract(90, CallDirection.KernelToExtension)] public interface IBad { [KeepsMonitor] CallResult M(); }")).Id);

    [Fact]
    public void TwoContractsOfOneNumber()
        => Assert.Equal("NOOKS004", Assert.Single(Diagnose(Contract("IOne", 90, ""), Contract("ITwo", 90, ""))).Id);

    [Fact]
    public void ANumberThatTheSystemUses()
    {
        GeneratorRun run = GeneratorRun.Of(
            "Author",
            withSamples: false,
            "[assembly: NooksOS.Contracts.GenerateWrappers(NooksOS.Contracts.WrapperSide.Kernel)]",
            Preamble + Contract("IMine", 1, ""));
        Assert.Equal("NOOKS004", Assert.Single(run.Diagnostics).Id);
    }

    [Fact]
    public void TwoContractsOfOneName()
        => Assert.Equal("NOOKS010", Assert.Single(Diagnose(Contract("ISame", 90, ""), "namespace Other { " + Contract("ISame", 91, "") + " }")).Id);

    [Fact]
    public void AContractThatInherits()
        => Assert.Equal("NOOKS006", Assert.Single(Diagnose("[Contract(90, CallDirection.KernelToExtension)] public interface IBad : IDisposable;")).Id);

    [Fact]
    public void TooManyMethods()
    {
        string members = string.Concat(Enumerable.Range(0, 65).Select(index => $"CallResult M{index}();"));
        Assert.Equal("NOOKS008", Assert.Single(Diagnose(Contract("IBad", 90, members))).Id);
    }

    [Theory]
    [InlineData("public abstract class Driver : Base;")]
    [InlineData("public class Driver<T> : Base;")]
    [InlineData("public class Driver;")]
    [InlineData("public class Driver(int number) : Base { public int Number => number; }")]
    public void AnExtensionClassThatCannotBeMade(string declaration)
    {
        string name = declaration.Contains("<T>") ? "Driver<>" : "Driver";
        GeneratorRun run = GeneratorRun.Of("Author", withSamples: false, $$"""
            using NooksOS.Contracts;
            [assembly: Extension(typeof({{name}}))]
            public class Base : IExtension
            {
                public CallResult Start(IExtensionServices services) => CallResult.Ok;
                public CallResult Stop() => CallResult.Ok;
            }
            {{declaration}}
            """);
        Assert.Equal("NOOKS009", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.Files);
    }

    [Fact]
    public void TheContractsOfTheSystemAreGood()
    {
        GeneratorRun run = GeneratorRun.Of(
            "Author", withSamples: false, "[assembly: NooksOS.Contracts.GenerateWrappers(NooksOS.Contracts.WrapperSide.Kernel)]");
        Assert.Empty(run.Diagnostics);
        Assert.Contains("NetworkDevice.g.cs", run.Files.Keys);
    }

    private const string Preamble = """
        using System;
        using NooksOS.Contracts;
        public struct WithReference { public string Text; }
        public unsafe struct WithPointer { public byte* Address; }
        public struct Large { public long A, B, C, D, E, F, G, H, I, J, K; }

        """;

    private static string Contract(string name, int id, string members)
        => $"[Contract({id}, CallDirection.ExtensionToKernel)] public interface {name} {{ {members} }}\n";

    private static Diagnostic[] Diagnose(params string[] contracts)
    {
        GeneratorRun run = GeneratorRun.Of("Author", withSamples: false, Preamble + string.Concat(contracts));
        Assert.Empty(run.Files);
        return [.. run.Diagnostics];
    }
}
