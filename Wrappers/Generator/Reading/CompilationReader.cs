using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Reading;

/// <summary>Finds what a compilation asks for and the contracts that it can see.</summary>
internal static class CompilationReader
{
    /// <summary>What is to be emitted.</summary>
    internal static GenerationModel Read(Compilation compilation, Action<Diagnostic> report)
    {
        int? side = FindAttribute(compilation.Assembly, KnownTypes.GenerateWrappers)?.ConstructorArguments[0].Value as int?;
        IEnumerable<IAssemblySymbol> assemblies = side is null ? [compilation.Assembly] : FindAssemblies(compilation);
        IReadOnlyList<ContractModel> contracts = ReadContracts(assemblies, report);
        return new GenerationModel(
            side,
            new EquatableArray<ContractModel>(side is null ? [] : contracts),
            ReadExtensionClass(compilation, report));
    }

    private static IEnumerable<IAssemblySymbol> FindAssemblies(Compilation compilation)
    {
        IAssemblySymbol? home = compilation.GetTypeByMetadataName(KnownTypes.Contract)?.ContainingAssembly;
        if (home is null)
        {
            return [];
        }

        IEnumerable<IAssemblySymbol> others = compilation.SourceModule.ReferencedAssemblySymbols
            .Where(assembly => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(identity => identity.Name == home.Name)));
        return new[] { home, compilation.Assembly }.Concat(others).Distinct<IAssemblySymbol>(SymbolEqualityComparer.Default);
    }

    private static List<ContractModel> ReadContracts(IEnumerable<IAssemblySymbol> assemblies, Action<Diagnostic> report)
    {
        List<ContractModel> contracts = [];
        foreach (INamedTypeSymbol type in assemblies.SelectMany(assembly => FindInterfaces(assembly.GlobalNamespace)))
        {
            AttributeData? attribute = type.GetAttributes().FirstOrDefault(candidate => ValueReader.IsNamed(candidate, KnownTypes.Contract));
            if (attribute is null || new ContractReader(type, report).Read(attribute) is not ContractModel contract)
            {
                continue;
            }

            Location location = type.Locations.FirstOrDefault(candidate => candidate.IsInSource) ?? Location.None;
            if (contracts.FirstOrDefault(other => other.Id == contract.Id) is ContractModel same)
            {
                report(Diagnostic.Create(Diagnostics.ContractNumberUsedTwice, location, contract.Interface, same.Interface, contract.Id));
                continue;
            }

            if (contracts.FirstOrDefault(other => other.Name == contract.Name) is ContractModel namesake)
            {
                report(Diagnostic.Create(Diagnostics.ContractNameUsedTwice, location, contract.Interface, namesake.Interface));
                continue;
            }

            contracts.Add(contract);
        }

        return [.. contracts.OrderBy(contract => contract.Id)];
    }

    private static IEnumerable<INamedTypeSymbol> FindInterfaces(INamespaceSymbol scope)
        => scope.GetTypeMembers().Where(type => type.TypeKind == TypeKind.Interface)
            .Concat(scope.GetNamespaceMembers().SelectMany(FindInterfaces));

    private static string? ReadExtensionClass(Compilation compilation, Action<Diagnostic> report)
    {
        if (FindAttribute(compilation.Assembly, KnownTypes.Extension) is not AttributeData attribute)
        {
            return null;
        }

        object? argument = attribute.ConstructorArguments[0].Value;
        if (argument is INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false } type
            && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
            && type.AllInterfaces.Any(implemented => implemented.ToDisplayString() == KnownTypes.ExtensionInterface)
            && type.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility != Accessibility.Private))
        {
            return type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        }

        Location location = attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? Location.None;
        report(Diagnostic.Create(Diagnostics.ExtensionCannotBeMade, location, (argument as ITypeSymbol)?.ToDisplayString() ?? "null"));
        return null;
    }

    private static AttributeData? FindAttribute(IAssemblySymbol assembly, string name)
        => assembly.GetAttributes().FirstOrDefault(attribute => ValueReader.IsNamed(attribute, name));
}
