namespace NooksOS.Generator.Model;

/// <summary>A contract as text, without symbols of the compiler.</summary>
/// <param name="Interface">Name of the interface.</param>
/// <param name="Namespaces">Namespaces that its signatures need.</param>
/// <param name="Id">Its number.</param>
/// <param name="Version">Its version.</param>
/// <param name="Direction">Who calls whom.</param>
/// <param name="Methods">Its methods, in the order of declaration, which is the order of their numbers.</param>
internal sealed record ContractModel(
    string Interface,
    EquatableArray<string> Namespaces,
    int Id,
    int Version,
    ContractDirection Direction,
    EquatableArray<MethodModel> Methods)
{
    /// <summary>The name without the prefix of interfaces: INetworkDevice is NetworkDevice.</summary>
    internal string Name => Naming.WithoutPrefix(Interface);

    /// <summary>The class that holds the arguments structures.</summary>
    internal string Arguments => Name + "Arguments";

    /// <summary>The name as a local variable.</summary>
    internal string Variable => Naming.Camel(Name);
}
