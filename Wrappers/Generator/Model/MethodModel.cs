using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Generator.Model;

/// <summary>A method of a contract.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its number within the contract.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Result">Type of the value returned, or null if it returns only a status.</param>
/// <param name="ArgumentBytes">Size of the arguments structure, a multiple of eight; zero if there is none.</param>
/// <param name="KeepsMonitor">Whether nobody else enters the caller's domain meanwhile.</param>
internal sealed record MethodModel(
    string Name, int Index, EquatableArray<ParameterModel> Parameters, ValueModel? Result, int ArgumentBytes, bool KeepsMonitor)
{
    /// <summary>Whether anything crosses besides the status.</summary>
    internal bool HasArguments => ArgumentBytes != 0;

    /// <summary>Type that the method returns.</summary>
    internal string ReturnType => Result is null ? "CallResult" : $"CallResult<{Result.Type}>";

    /// <summary>Whether the value returned tells how many elements of an output were written.</summary>
    internal bool ReturnsCount => Result?.Type == "uint";

    /// <summary>The parameters that are spans.</summary>
    internal IEnumerable<ParameterModel> Spans => Parameters.Where(parameter => parameter.IsSpan);

    /// <summary>The parameters as declared.</summary>
    internal string Signature => string.Join(", ", Parameters.Select(parameter => $"{parameter.DeclaredType} {parameter.Name}"));
}
