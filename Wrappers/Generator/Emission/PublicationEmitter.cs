using System.Collections.Generic;
using System.Linq;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Emission;

/// <summary>Which contracts an extension offers.</summary>
internal static class PublicationEmitter
{
    // The runtime half implements this one, for every extension.
    private const string Control = "IExtensionControl";

    internal static string Emit(IReadOnlyList<ContractModel> contracts)
    {
        List<ContractModel> offered = [.. contracts.Where(contract =>
            contract.Direction == ContractDirection.KernelToExtension && contract.Interface != Control)];
        SourceWriter writer = new(offered.SelectMany(contract => contract.Namespaces).Append("NooksOS.Contracts").Distinct());
        writer.Summary("The contracts that an extension can implement.");
        writer.Open("internal static class ExtensionContracts");
        writer.Summary("Offers every contract that the extension implements. Stops at the first that the kernel refuses.");
        writer.Open("internal static CallStatus Publish(object extension)");
        writer.Line("CallStatus status = CallStatus.Ok;");
        foreach (ContractModel contract in offered)
        {
            writer.Open($"if (status == CallStatus.Ok && extension is {contract.Interface} {contract.Variable})");
            writer.Line($"status = {contract.Name}Stubs.Publish({contract.Variable});");
            writer.Close();
            writer.Line();
        }

        writer.Line("return status;");
        writer.Close();
        writer.Line();
        writer.Summary("From now on the extension answers every call and does nothing.");
        writer.Open("internal static void Silence()");
        foreach (ContractModel contract in offered)
        {
            writer.Line($"{contract.Name}Stubs.Silence();");
        }

        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
