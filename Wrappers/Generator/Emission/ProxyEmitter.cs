using System.Collections.Generic;
using System.Linq;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Emission;

/// <summary>Kernel half of a call from the kernel to an extension: a class that implements the interface by entering the domain.</summary>
internal static class ProxyEmitter
{
    internal static string Emit(ContractModel contract)
    {
        SourceWriter writer = SourceWriter.For(contract, "System.Runtime.InteropServices");
        string name = contract.Name + "Proxy";
        writer.Summary($"Calls the <see cref=\"{contract.Interface}\"/> of a domain.");
        writer.Open($"public sealed unsafe class {name} : {contract.Interface}");
        writer.Summary("The number of the contract.");
        writer.Line($"public const ushort Contract = {contract.Id};");
        writer.Line();
        writer.Line("private static CallCounts s_calls;");
        writer.Line();
        writer.Line("private readonly ContractChannel _channel;");
        writer.Line();
        writer.Summary("Makes a proxy for the domain that the channel leads to.");
        writer.Line($"public {name}(DomainChannel channel) => _channel = channel.Open(Contract, methodCount: {contract.Methods.Count});");
        foreach (MethodModel method in contract.Methods)
        {
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Open($"public {method.ReturnType} {method.Name}({method.Signature})");
            writer.Line($"s_calls[{method.Index}]++;");
            if (method.Spans.Any())
            {
                EmitSpanBody(writer, contract, method);
            }
            else
            {
                EmitPlainBody(writer, contract, method);
            }

            writer.Close();
        }

        writer.Line();
        writer.Line("internal static ulong GetCalls(int method) => s_calls[method];");
        writer.Close();
        ArgumentsEmitter.Emit(writer, contract);
        return writer.ToString();
    }

    private static void EmitPlainBody(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        if (!method.HasArguments)
        {
            writer.Line($"return new CallResult(_channel.Call({method.Index}, null, 0));");
            return;
        }

        EmitArguments(writer, contract, method);
        writer.Line($"CallStatus status = _channel.Call({method.Index}, {ArgumentsEmitter.Reference(method, contract)});");
        EmitReturn(writer, method);
    }

    private static void EmitSpanBody(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        foreach (ParameterModel span in method.Spans)
        {
            writer.Open($"if ({span.Name}.Length > {span.MaximumLength})");
            writer.Line(method.Result is null
                ? "return new CallResult(CallStatus.BadParameter);"
                : $"return new {method.ReturnType}(CallStatus.BadParameter, default);");
            writer.Close();
            writer.Line();
        }

        EmitArguments(writer, contract, method);
        foreach (ParameterModel span in method.Spans)
        {
            writer.Line($"nuint {span.Local("Bytes")} = {span.Bytes($"{span.Name}.Length")};");
        }

        writer.Line();
        writer.Line("// SAFETY: the spans are pinned while the buffer copies from and to them.");
        foreach (ParameterModel span in method.Spans)
        {
            writer.Line($"fixed ({span.Value.Type}* {span.Local("Pointer")} = {span.Name})");
        }

        writer.Open();
        IEnumerable<string> lengths = method.Spans.Select(span => $"_channel.Room({span.Local("Pointer")}, {span.Local("Bytes")})");
        writer.Line($"TransferBuffer buffer = _channel.Lend({string.Join(" + ", lengths)});");
        foreach (ParameterModel span in method.Spans)
        {
            writer.Line($"SpanArgument {span.Local("Argument")} = buffer.{(span.IsOutput ? "Reserve" : "Add")}({span.Local("Pointer")}, {span.Local("Bytes")}, {span.Name}.Length);");
            writer.Line($"arguments.{span.Field} = {span.Local("Argument")};");
        }

        writer.Line($"CallStatus status = _channel.Call({method.Index}, in buffer, {ArgumentsEmitter.Reference(method, contract)});");
        foreach (ParameterModel span in method.Spans.Where(span => span.IsWritable))
        {
            string bytes = span.IsOutput && method.ReturnsCount
                ? span.Bytes($"Math.Min(arguments.Result, (uint){span.Name}.Length)")
                : span.Local("Bytes");
            writer.Line($"status = buffer.CopyBack(status, {span.Local("Argument")}, {span.Local("Pointer")}, {bytes});");
        }

        writer.Line("buffer.Return();");
        EmitReturn(writer, method);
        writer.Close();
    }

    private static void EmitArguments(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        List<string> values = [.. method.Parameters.Where(parameter => !parameter.IsSpan)
            .Select(parameter => $"{parameter.Field} = {parameter.Value.ToField(parameter.Name)}")];
        string type = ArgumentsEmitter.TypeOf(contract, method);
        writer.Line(values.Count == 0 ? $"{type} arguments = default;" : $"{type} arguments = new() {{ {string.Join(", ", values)} }};");
    }

    private static void EmitReturn(SourceWriter writer, MethodModel method)
    {
        if (method.Result is not ValueModel result)
        {
            writer.Line("return new CallResult(status);");
            return;
        }

        if (result.Values.Count != 0)
        {
            writer.Open($"if (status == CallStatus.Ok && {EnumCheck.IsImpossible("arguments.Result", result)})");
            writer.Line($"status = _channel.RefuseReply({method.Index});");
            writer.Close();
            writer.Line();
        }

        writer.Line($"return new {method.ReturnType}(status, {result.FromField("arguments.Result")});");
    }
}
