namespace NooksOS.Generator.Model;

/// <summary>The generator's view of <c>NooksOS.Contracts.CallDirection</c>, with the same values.</summary>
internal enum ContractDirection
{
    KernelToExtension,
    ExtensionToKernel,
}
