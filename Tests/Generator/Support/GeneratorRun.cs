using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NooksOS.Generator;
using Xunit;

namespace NooksOS.Tests.Generator.Support;

/// <summary>Runs the generator over source text, as the compiler does.</summary>
internal sealed class GeneratorRun
{
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.Preview);

    private GeneratorRun(Compilation output, GeneratorDriverRunResult result)
    {
        Output = output;
        Files = result.GeneratedTrees.ToDictionary(tree => Path.GetFileName(tree.FilePath), tree => tree.ToString());
        Diagnostics = result.Diagnostics;
    }

    /// <summary>The compilation with what was generated.</summary>
    public Compilation Output { get; }

    /// <summary>What was generated, by file name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>What the generator had to say.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Runs over some sources that see the contracts of the system and those of the samples.</summary>
    public static GeneratorRun Of(string assemblyName, bool withSamples, params string[] sources)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            assemblyName,
            sources.Select(source => CSharpSyntaxTree.ParseText(source, s_parseOptions)),
            FindReferences(withSamples),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new WrapperGenerator().AsSourceGenerator()], parseOptions: s_parseOptions);
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return new GeneratorRun(output, driver.GetRunResult());
    }

    /// <summary>The assembly. Fails with what the compiler says.</summary>
    public byte[] Emit()
    {
        using MemoryStream image = new();
        IEnumerable<Diagnostic> errors = Output.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.Empty(errors.Select(error => error.ToString()));
        return image.ToArray();
    }

    private static IEnumerable<MetadataReference> FindReferences(bool withSamples)
    {
        string samples = typeof(GeneratorRun).Assembly.GetName().Name + ".dll";
        string all = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return all.Split(Path.PathSeparator)
            .Where(path => withSamples || Path.GetFileName(path) != samples)
            .Select(path => MetadataReference.CreateFromFile(path));
    }
}
