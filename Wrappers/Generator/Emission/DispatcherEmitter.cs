using System.Collections.Generic;
using System.Linq;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Emission;

/// <summary>
/// Kernel half of a call from an extension to the kernel: one function for each method that trusts nothing it is given, copies
/// the arguments in, calls the service and copies the result out.
/// </summary>
internal static class DispatcherEmitter
{
    internal static string Emit(ContractModel contract)
    {
        SourceWriter writer = SourceWriter.For(contract, "System.Runtime.InteropServices");
        writer.Summary($"Carries calls of a domain to the kernel's <see cref=\"{contract.Interface}\"/>.");
        writer.Open($"public static unsafe class {contract.Name}Dispatcher");
        writer.Summary("The number of the contract.");
        writer.Line($"public const ushort Contract = {contract.Id};");
        writer.Line();
        writer.Line("private static CallCounts s_calls;");
        writer.Line();
        writer.Line("internal static ulong GetCalls(int method) => s_calls[method];");
        writer.Line();
        writer.Line("// The caller has made the table, with room for every method of every contract.");
        writer.Open("internal static void AddTo(delegate*<nint, ulong, ulong>* table)");
        writer.Line("delegate*<nint, ulong, ulong>* methods = table + (Contract * ServiceEntry.MethodsPerContract);");
        foreach (MethodModel method in contract.Methods)
        {
            writer.Line($"methods[{method.Index}] = &{method.Name};");
        }

        writer.Close();
        foreach (MethodModel method in contract.Methods)
        {
            writer.Line();
            EmitMethod(writer, contract, method);
        }

        writer.Close();
        ArgumentsEmitter.Emit(writer, contract);
        return writer.ToString();
    }

    private static void EmitMethod(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        string name = $"{contract.Interface}.{method.Name}";
        string type = ArgumentsEmitter.TypeOf(contract, method);
        writer.Open($"private static ulong {method.Name}(nint control, ulong argumentsAddress)");
        writer.Line($"s_calls[{method.Index}]++;");
        writer.Open("try");
        writer.Line($"{contract.Interface}? service = CallerServices.Resolve<{contract.Interface}>(control, Contract);");
        Refuse(writer, "service is null", "(ulong)CallStatus.NotSupported");
        writer.Line();
        if (method.HasArguments)
        {
            writer.Line($"{type} arguments{(method.Parameters.Count == 0 ? " = default" : string.Empty)};");
            if (method.Parameters.Count != 0)
            {
                Refuse(
                    writer,
                    $"!CallerMemory.TryCopyIn(control, argumentsAddress, &arguments, (nuint)sizeof({type}))",
                    $"CallerFaults.RefuseParameter(control, \"{name}: arguments\")");
                writer.Line();
            }
        }

        foreach (ParameterModel parameter in method.Parameters.Where(parameter => !parameter.IsSpan && parameter.Value.Values.Count != 0))
        {
            Refuse(
                writer,
                EnumCheck.IsImpossible($"arguments.{parameter.Field}", parameter.Value),
                $"CallerFaults.RefuseParameter(control, \"{name}: {parameter.Name}\")");
            writer.Line();
        }

        if (method.Spans.Any())
        {
            EmitSpans(writer, method, name);
        }
        else
        {
            EmitCall(writer, method, name);
        }

        writer.Close();
        writer.Open("catch (Exception exception)");
        writer.Line($"return CallerFaults.FailService(control, (Contract * ServiceEntry.MethodsPerContract) + {method.Index}, exception);");
        writer.Close();
        writer.Close();
    }

    private static void EmitSpans(SourceWriter writer, MethodModel method, string name)
    {
        foreach (ParameterModel span in method.Spans)
        {
            Refuse(
                writer,
                $"arguments.{span.Field}.Length > {span.MaximumLength}",
                $"CallerFaults.RefuseParameter(control, \"{name}: length of {span.Name}\")");
            writer.Line();
        }

        foreach (ParameterModel span in method.Spans)
        {
            writer.Line($"nuint {span.Local("Bytes")} = {span.Bytes($"arguments.{span.Field}.Length")};");
        }

        IEnumerable<string> lengths = method.Spans.Select(span => $"TransferBuffer.Round({span.Local("Bytes")})");
        writer.Line($"byte[] buffer = CopyBuffers.Rent({string.Join(" + ", lengths)});");
        writer.Line();
        writer.Line("// SAFETY: the buffer is pinned, and as long as all spans together.");
        writer.Open("fixed (byte* bufferPointer = buffer)");
        string start = "bufferPointer";
        foreach (ParameterModel span in method.Spans)
        {
            writer.Line($"byte* {span.Local("Pointer")} = {start};");
            start = $"{span.Local("Pointer")} + TransferBuffer.Round({span.Local("Bytes")})";
        }

        foreach (ParameterModel span in method.Spans.Where(span => !span.IsOutput))
        {
            Refuse(
                writer,
                $"!CallerMemory.TryCopyIn(control, arguments.{span.Field}.Address, {span.Local("Pointer")}, {span.Local("Bytes")})",
                $"CallerFaults.RefuseParameter(control, \"{name}: {span.Name}\")");
            writer.Line();
        }

        EmitCall(writer, method, name);
        writer.Close();
    }

    private static void EmitCall(SourceWriter writer, MethodModel method, string name)
    {
        IEnumerable<string> arguments = method.Parameters.Select(parameter => parameter.IsSpan
            ? $"new {parameter.DeclaredType}({parameter.Local("Pointer")}, (int)arguments.{parameter.Field}.Length)"
            : parameter.Value.FromField($"arguments.{parameter.Field}"));
        List<ParameterModel> writable = [.. method.Spans.Where(span => span.IsWritable)];
        string call = $"service.{method.Name}({string.Join(", ", arguments)})";
        if (method.Result is null && !method.Spans.Any())
        {
            writer.Line($"return CallerFaults.Settle(control, {call}.Status, \"{name}\");");
            return;
        }

        writer.Line($"{method.ReturnType} result = {call};");
        foreach (ParameterModel span in writable)
        {
            string bytes = span.IsOutput
                ? span.Bytes($"Math.Min(result.Value, arguments.{span.Field}.Length)")
                : span.Local("Bytes");
            Refuse(
                writer,
                $"result.Succeeded && !CallerMemory.TryCopyOut(control, {span.Local("Pointer")}, arguments.{span.Field}.Address, {bytes})",
                $"CallerFaults.RefuseParameter(control, \"{name}: {span.Name}\")");
            writer.Line();
        }

        if (method.Spans.Any())
        {
            writer.Line("CopyBuffers.Return(buffer);");
        }

        if (method.Result is ValueModel value)
        {
            writer.Open($"if (result.TryGet(out {value.Type} value))");
            writer.Line($"arguments.Result = {value.ToField("value")};");
            Refuse(
                writer,
                $"!CallerMemory.TryCopyOut(control, &arguments.Result, argumentsAddress, (nuint)sizeof({value.FieldType}))",
                $"CallerFaults.RefuseParameter(control, \"{name}: result\")");
            writer.Close();
            writer.Line();
        }

        writer.Line($"return CallerFaults.Settle(control, result.Status, \"{name}\");");
    }

    private static void Refuse(SourceWriter writer, string condition, string answer)
    {
        writer.Open($"if ({condition})");
        writer.Line($"return {answer};");
        writer.Close();
    }
}
