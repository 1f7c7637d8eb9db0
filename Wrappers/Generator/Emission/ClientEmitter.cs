using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Emission;

/// <summary>
/// Extension half of a call from an extension to the kernel. A structure without fields, so that the runtime can use it before
/// anything can be allocated.
/// </summary>
internal static class ClientEmitter
{
    internal static string Emit(ContractModel contract)
    {
        SourceWriter writer = SourceWriter.For(contract, "System.Runtime.InteropServices");
        writer.Summary($"Calls the kernel's <see cref=\"{contract.Interface}\"/>.");
        writer.Open($"public readonly unsafe struct {contract.Name}Client : {contract.Interface}");
        writer.Line($"private const uint Service = 0x{(contract.Id << 8).ToString("X4", CultureInfo.InvariantCulture)};");
        foreach (MethodModel method in contract.Methods)
        {
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Open($"public {method.ReturnType} {method.Name}({method.Signature})");
            EmitBody(writer, contract, method);
            writer.Close();
        }

        writer.Close();
        ArgumentsEmitter.Emit(writer, contract);
        return writer.ToString();
    }

    private static void EmitBody(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        string service = $"Service + {method.Index}";
        if (!method.HasArguments)
        {
            writer.Line($"return new CallResult((CallStatus)Xpc.Call({service}, null));");
            return;
        }

        List<string> values = [.. method.Parameters.Where(parameter => !parameter.IsSpan)
            .Select(parameter => $"{parameter.Field} = {parameter.Value.ToField(parameter.Name)}")];
        string type = ArgumentsEmitter.TypeOf(contract, method);
        writer.Line(values.Count == 0 ? $"{type} arguments = default;" : $"{type} arguments = new() {{ {string.Join(", ", values)} }};");
        bool hasSpans = method.Spans.Any();
        if (hasSpans)
        {
            writer.Line();
            writer.Line("// SAFETY: the spans are pinned for the call; the kernel copies from and to them within it.");
            foreach (ParameterModel span in method.Spans)
            {
                writer.Line($"fixed ({span.Value.Type}* {span.Local("Pointer")} = {span.Name})");
            }

            writer.Open();
            foreach (ParameterModel span in method.Spans)
            {
                writer.Line($"arguments.{span.Field} = new SpanArgument {{ Address = (ulong){span.Local("Pointer")}, Length = (ulong){span.Name}.Length }};");
            }
        }

        writer.Line($"CallStatus status = (CallStatus)Xpc.Call({service}, &arguments);");
        writer.Line(method.Result is ValueModel result
            ? $"return new {method.ReturnType}(status, {result.FromField("arguments.Result")});"
            : "return new CallResult(status);");
        if (hasSpans)
        {
            writer.Close();
        }
    }
}
