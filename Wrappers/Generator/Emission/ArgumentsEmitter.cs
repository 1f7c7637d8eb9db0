using System.Linq;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Emission;

/// <summary>The structures that carry arguments and results. Both sides emit the same ones.</summary>
internal static class ArgumentsEmitter
{
    internal static void Emit(SourceWriter writer, ContractModel contract)
    {
        if (!contract.Methods.Any(method => method.HasArguments))
        {
            return;
        }

        writer.Line();
        writer.Summary($"What travels with the calls of <see cref=\"{contract.Interface}\"/>; the same on both sides.");
        writer.Open($"internal static class {contract.Arguments}");
        bool first = true;
        foreach (MethodModel method in contract.Methods.Where(method => method.HasArguments))
        {
            if (!first)
            {
                writer.Line();
            }

            first = false;
            writer.Line($"[StructLayout(LayoutKind.Sequential, Size = {method.ArgumentBytes})]");
            writer.Open($"internal struct {method.Name}");
            if (method.Result is ValueModel result)
            {
                writer.Line($"internal {result.FieldType} Result;");
            }

            foreach (ParameterModel parameter in method.Parameters)
            {
                writer.Line($"internal {(parameter.IsSpan ? "SpanArgument" : parameter.Value.FieldType)} {parameter.Field};");
            }

            writer.Close();
        }

        writer.Close();
    }

    /// <summary>The type of the structure of a method.</summary>
    internal static string TypeOf(ContractModel contract, MethodModel method) => $"{contract.Arguments}.{method.Name}";

    /// <summary>What stands for the arguments in a call: their address and size, or nothing.</summary>
    internal static string Reference(MethodModel method, ContractModel contract)
        => method.HasArguments ? $"&arguments, (nuint)sizeof({TypeOf(contract, method)})" : "null, 0";
}
