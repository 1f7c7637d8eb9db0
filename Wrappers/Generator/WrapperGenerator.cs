using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using NooksOS.Generator.Emission;
using NooksOS.Generator.Model;
using NooksOS.Generator.Reading;

namespace NooksOS.Generator;

/// <summary>
/// Makes the wrappers: for each contract one file for each side, so that nobody writes marshalling by hand; and the entry
/// point of an image from the attribute that names its class.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class WrapperGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<GenerationModel> model =
            context.CompilationProvider.Select(static (compilation, _) => CompilationReader.Read(compilation, static _ => { }));
        context.RegisterSourceOutput(model, static (output, model) =>
        {
            foreach (KeyValuePair<string, string> file in Emitter.Emit(model))
            {
                output.AddSource(file.Key, SourceText.From(file.Value, Encoding.UTF8));
            }
        });

        // Apart from the model, because a place in source must not be kept between compilations.
        context.RegisterSourceOutput(
            context.CompilationProvider,
            static (output, compilation) => CompilationReader.Read(compilation, output.ReportDiagnostic));
    }
}
