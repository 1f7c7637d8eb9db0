namespace NooksOS.Generator.Model;

/// <summary>Everything to be emitted for one compilation.</summary>
/// <param name="Side">0 kernel, 1 extension, null: the assembly does not ask for wrappers.</param>
/// <param name="Contracts">The contracts it can see.</param>
/// <param name="ExtensionClass">The class that the image is made of, fully qualified, or null.</param>
internal sealed record GenerationModel(int? Side, EquatableArray<ContractModel> Contracts, string? ExtensionClass);
