using System.Collections.Generic;
using System.Linq;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Emission;

/// <summary>What the kernel knows of all contracts.</summary>
internal static class CatalogEmitter
{
    // The method's number is the lowest byte of a service number.
    private const int MethodBits = 8;

    internal static string Emit(IReadOnlyList<ContractModel> contracts)
    {
        SourceWriter writer = new(["System.Collections.Generic", "NooksOS.Contracts"]);
        writer.Summary("Every contract, and how often each of its methods was called.");
        writer.Open("public static unsafe class ContractCatalog");
        writer.Summary("The contracts by number.");
        writer.Line("public static IReadOnlyList<ContractDescription> All { get; } =");
        writer.Line("[");
        writer.Indent();
        foreach (ContractModel contract in contracts)
        {
            string methods = string.Join(", ", contract.Methods.Select(method => $"\"{method.Name}\""));
            writer.Line($"new(\"{contract.Interface}\", {contract.Id}, {contract.Version}, CallDirection.{contract.Direction}, [{methods}]),");
        }

        writer.Unindent();
        writer.Line("];");
        writer.Line();
        writer.Summary("How often a method was called through its wrapper since boot.");
        writer.Open("public static ulong GetCalls(ushort contract, int method) => contract switch");
        foreach (ContractModel contract in contracts)
        {
            string suffix = contract.Direction == ContractDirection.KernelToExtension ? "Proxy" : "Dispatcher";
            writer.Line($"{contract.Id} => {contract.Name}{suffix}.GetCalls(method),");
        }

        writer.Line("_ => 0,");
        writer.Close(";");
        List<ContractModel> services = [.. contracts.Where(contract => contract.Direction == ContractDirection.ExtensionToKernel)];
        int highest = services.Count == 0 ? 0 : services.Max(contract => contract.Id);
        writer.Line();
        writer.Summary("Numbers of the services during which no other thread enters the caller's domain.");
        writer.Line("public static System.ReadOnlySpan<uint> ServicesThatKeepMonitor =>");
        writer.Line("[");
        writer.Indent();
        foreach (ContractModel contract in services.Where(contract => contract.Methods.Any(method => method.KeepsMonitor)))
        {
            IEnumerable<string> numbers = contract.Methods.Where(method => method.KeepsMonitor)
                .Select(method => $"0x{(contract.Id << MethodBits) + method.Index:X4}");
            writer.Line($"{string.Join(", ", numbers)},");
        }

        writer.Unindent();
        writer.Line("];");
        writer.Line();
        writer.Line("// One more than the highest number of a contract that extensions call.");
        writer.Line($"internal const int ServiceContractLimit = {highest + 1};");
        writer.Line();
        writer.Open("internal static void AddServicesTo(delegate*<nint, ulong, ulong>* table)");
        foreach (ContractModel contract in services)
        {
            writer.Line($"{contract.Name}Dispatcher.AddTo(table);");
        }

        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
