using System.Collections.Generic;
using System.Linq;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Emission;

/// <summary>
/// Extension half of a call from the kernel to an extension: the entry points, which let no exception out, and a stand-in that
/// does nothing, for an extension that is told to fall silent. Entry points are ordinary functions: their convention is that of
/// the gate, and the frame of an unmanaged one would cost half as much as the rest of a cheap call.
/// </summary>
internal static class StubEmitter
{
    internal static string Emit(ContractModel contract)
    {
        SourceWriter writer = SourceWriter.For(contract, "System.Runtime.InteropServices");
        writer.Summary($"Where the kernel enters the <see cref=\"{contract.Interface}\"/> of this image.");
        writer.Open($"public static unsafe class {contract.Name}Stubs");
        writer.Line($"private static {contract.Interface}? s_target;");
        writer.Line();
        writer.Summary("Offers the contract to the kernel.");
        writer.Open($"public static CallStatus Publish({contract.Interface} target)");
        writer.Line("s_target = target;");
        writer.Line($"ulong* entryPoints = stackalloc ulong[{contract.Methods.Count}];");
        foreach (MethodModel method in contract.Methods)
        {
            writer.Line($"entryPoints[{method.Index}] = (ulong)(delegate*<{PointerTo(contract, method)}, ulong>)&{method.Name};");
        }

        writer.Line($"ReadOnlySpan<ulong> table = new(entryPoints, {contract.Methods.Count});");
        writer.Line($"return default(RuntimeServicesClient).Publish(contract: {contract.Id}, version: {contract.Version}, table).Status;");
        writer.Close();
        writer.Line();
        writer.Summary("From now on every call succeeds and does nothing.");
        writer.Open("internal static void Silence()");
        writer.Open("if (s_target is not null)");
        writer.Line($"s_target = new Silent{contract.Name}();");
        writer.Close();
        writer.Close();
        writer.Line();
        writer.Summary("From now on another object is called, which may pass calls on to the one that was.");
        writer.Open($"internal static void Replace(Func<{contract.Interface}, {contract.Interface}> successorOf)");
        writer.Open("if (s_target is not null)");
        writer.Line("s_target = successorOf(s_target);");
        writer.Close();
        writer.Close();
        foreach (MethodModel method in contract.Methods)
        {
            writer.Line();
            EmitEntry(writer, contract, method);
        }

        writer.Close();
        EmitSilent(writer, contract);
        ArgumentsEmitter.Emit(writer, contract);
        return writer.ToString();
    }

    private static string PointerTo(ContractModel contract, MethodModel method)
        => method.HasArguments ? ArgumentsEmitter.TypeOf(contract, method) + "*" : "void*";

    private static void EmitEntry(SourceWriter writer, ContractModel contract, MethodModel method)
    {
        IEnumerable<string> values = method.Parameters.Select(parameter => parameter.IsSpan
            ? $"new {parameter.DeclaredType}((void*)arguments->{parameter.Field}.Address, (int)arguments->{parameter.Field}.Length)"
            : parameter.Value.FromField($"arguments->{parameter.Field}"));
        string call = $"s_target!.{method.Name}({string.Join(", ", values)})";
        writer.Open($"private static ulong {method.Name}({PointerTo(contract, method)} arguments)");
        writer.Open("try");
        if (method.Result is ValueModel result)
        {
            writer.Line($"{method.ReturnType} result = {call};");
            writer.Line($"result.TryGet(out {result.Type} value);");
            writer.Line($"arguments->Result = {result.ToField("value")};");
            writer.Line("return (ulong)result.Status;");
        }
        else
        {
            writer.Line($"return (ulong){call}.Status;");
        }

        writer.Close();
        writer.Open("catch (Exception exception)");
        writer.Line("return ExceptionReport.Send(exception);");
        writer.Close();
        writer.Close();
    }

    private static void EmitSilent(SourceWriter writer, ContractModel contract)
    {
        writer.Line();
        writer.Summary("Answers every call and does nothing.");
        writer.Open($"internal sealed class Silent{contract.Name} : {contract.Interface}");
        bool first = true;
        foreach (MethodModel method in contract.Methods)
        {
            if (!first)
            {
                writer.Line();
            }

            first = false;
            writer.Line("/// <inheritdoc/>");
            string answer = method.Result is null ? "CallResult.Ok" : $"{method.ReturnType}.Ok(default)";
            writer.Line($"public {method.ReturnType} {method.Name}({method.Signature}) => {answer};");
        }

        writer.Close();
    }
}
