using System.Collections.Generic;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Emission;

/// <summary>Chooses the files of a compilation.</summary>
internal static class Emitter
{
    private const int KernelSide = 0;

    /// <summary>The files by name.</summary>
    internal static Dictionary<string, string> Emit(GenerationModel model)
    {
        Dictionary<string, string> files = [];
        foreach (ContractModel contract in model.Contracts)
        {
            files[$"{contract.Name}.g.cs"] = EmitContract(contract, model.Side == KernelSide);
        }

        if (model.Side is int side)
        {
            if (side == KernelSide)
            {
                files["ContractCatalog.g.cs"] = CatalogEmitter.Emit(model.Contracts);
            }
            else
            {
                files["ExtensionContracts.g.cs"] = PublicationEmitter.Emit(model.Contracts);
            }
        }

        if (model.ExtensionClass is string extensionClass)
        {
            files["ExtensionEntry.g.cs"] = EntryEmitter.Emit(extensionClass);
        }

        return files;
    }

    private static string EmitContract(ContractModel contract, bool forKernel) => contract.Direction switch
    {
        ContractDirection.KernelToExtension => forKernel ? ProxyEmitter.Emit(contract) : StubEmitter.Emit(contract),
        _ => forKernel ? DispatcherEmitter.Emit(contract) : ClientEmitter.Emit(contract),
    };
}
