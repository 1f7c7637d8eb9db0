using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Reading;

/// <summary>Turns the interface of a contract into a model, or says why it cannot be one.</summary>
internal sealed class ContractReader(INamedTypeSymbol contract, Action<Diagnostic> report)
{
    // Names that generated methods use for themselves.
    private static readonly HashSet<string> s_reservedNames = ["arguments", "buffer", "status", "service", "control", "result", "exception"];

    private readonly SortedSet<string> _namespaces = new(StringComparer.Ordinal);
    private bool _valid = true;

    /// <summary>The model, or null if something was reported.</summary>
    internal ContractModel? Read(AttributeData attribute)
    {
        if (contract.IsGenericType || contract.ContainingType is not null || !contract.AllInterfaces.IsEmpty)
        {
            Report(Diagnostics.MemberCannotCross, contract, contract.Name);
        }

        ContractDirection direction = (ContractDirection)(int)attribute.ConstructorArguments[1].Value!;
        List<MethodModel> methods = [];
        foreach (ISymbol member in contract.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, IsAbstract: true, IsGenericMethod: false } method
                && contract.GetMembers(method.Name).Length == 1)
            {
                methods.Add(ReadMethod(method, methods.Count, direction));
            }
            else
            {
                Report(Diagnostics.MemberCannotCross, member, $"{contract.Name}.{member.Name}");
            }
        }

        if (methods.Count > Limits.MaximumMethods)
        {
            Report(Diagnostics.TooManyMethods, contract, contract.Name, methods.Count, Limits.MaximumMethods);
        }

        if (!contract.ContainingNamespace.IsGlobalNamespace)
        {
            _namespaces.Add(contract.ContainingNamespace.ToDisplayString());
        }

        _namespaces.Add("System");
        _namespaces.Add(KnownTypes.ContractsNamespace);
        int version = attribute.NamedArguments.Where(named => named.Key == "Version").Select(named => (int)(ushort)named.Value.Value!)
            .DefaultIfEmpty(1).First();
        return !_valid ? null : new ContractModel(
            contract.Name,
            new EquatableArray<string>(_namespaces),
            (ushort)attribute.ConstructorArguments[0].Value!,
            version,
            direction,
            new EquatableArray<MethodModel>(methods));
    }

    private MethodModel ReadMethod(IMethodSymbol method, int index, ContractDirection direction)
    {
        string name = $"{contract.Name}.{method.Name}";
        ValueModel? result = ReadResult(method, name);
        List<ParameterModel> parameters = [];
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (ReadParameter(parameter, name, mustCount: direction == ContractDirection.ExtensionToKernel && result?.Type != "uint") is ParameterModel model)
            {
                parameters.Add(model);
            }
        }

        int size = result is null ? 0 : result.SizeBytes;
        foreach (ParameterModel parameter in parameters)
        {
            size = parameter.IsSpan
                ? ValueReader.Align(size, sizeof(long)) + (2 * sizeof(long))
                : ValueReader.Align(size, parameter.Value.Alignment) + parameter.Value.SizeBytes;
        }

        size = ValueReader.Align(size, sizeof(long));
        if (size > Limits.MaximumArgumentBytes)
        {
            Report(Diagnostics.ArgumentsDoNotFit, method, name, size, Limits.MaximumArgumentBytes);
        }

        long spanBytes = parameters.Where(parameter => parameter.IsSpan)
            .Sum(parameter => (long)parameter.MaximumLength * parameter.Value.SizeBytes);
        int limit = direction == ContractDirection.KernelToExtension ? Limits.MaximumSharedBytes : Limits.MaximumSpanBytes;
        if (spanBytes > limit || parameters.Any(parameter => parameter.MaximumLength < 0))
        {
            Report(Diagnostics.MaximumLengthOutOfBounds, method, name, spanBytes, limit);
        }

        bool keepsMonitor = method.GetAttributes().Any(candidate => ValueReader.IsNamed(candidate, KnownTypes.KeepsMonitor));
        if (keepsMonitor && direction != ContractDirection.ExtensionToKernel)
        {
            Report(Diagnostics.OnlyServicesKeepMonitor, method, name);
        }

        return new MethodModel(method.Name, index, new EquatableArray<ParameterModel>(parameters), result, size, keepsMonitor);
    }

    private ValueModel? ReadResult(IMethodSymbol method, string name)
    {
        INamedTypeSymbol? type = method.ReturnType as INamedTypeSymbol;
        bool isResult = !method.ReturnsByRef && !method.ReturnsByRefReadonly && type is not null
            && type.Name == "CallResult" && type.ContainingNamespace.ToDisplayString() == KnownTypes.ContractsNamespace;
        ValueModel? value = isResult && type!.TypeArguments.Length == 1 ? ValueReader.Read(type.TypeArguments[0], _namespaces) : null;
        if (!isResult || (type!.TypeArguments.Length == 1 && value is null))
        {
            Report(Diagnostics.ReturnIsNotCallResult, method, name, method.ReturnType.ToDisplayString());
        }

        return value;
    }

    private ParameterModel? ReadParameter(IParameterSymbol parameter, string method, bool mustCount)
    {
        string definition = parameter.Type.OriginalDefinition.ToDisplayString();
        bool isWritable = definition == KnownTypes.Span;
        bool isSpan = isWritable || definition == KnownTypes.ReadOnlySpan;
        ITypeSymbol type = isSpan ? ((INamedTypeSymbol)parameter.Type).TypeArguments[0] : parameter.Type;
        ValueModel? value = parameter.RefKind == RefKind.None ? ValueReader.Read(type, _namespaces) : null;
        if (value is null)
        {
            Report(Diagnostics.ParameterIsNotPlainData, parameter, parameter.Name, method, parameter.Type.ToDisplayString());
            return null;
        }

        AttributeData? bound = parameter.GetAttributes().FirstOrDefault(attribute => ValueReader.IsNamed(attribute, KnownTypes.MaximumLength));
        if (isSpan && bound is null)
        {
            Report(Diagnostics.SpanHasNoMaximumLength, parameter, parameter.Name, method);
            return null;
        }

        int length = isSpan ? (int)bound!.ConstructorArguments[0].Value! : 0;
        if (isSpan && length <= 0)
        {
            Report(Diagnostics.MaximumLengthOutOfBounds, parameter, method, length, Limits.MaximumSpanBytes);
            return null;
        }

        bool isOutput = parameter.GetAttributes().Any(attribute => ValueReader.IsNamed(attribute, KnownTypes.Output));
        if (isOutput && (!isWritable || mustCount))
        {
            Report(Diagnostics.OutputIsNotCounted, parameter, parameter.Name, method);
            return null;
        }

        return new ParameterModel(NameFor(parameter), value, length, isWritable, isOutput);
    }

    private static string NameFor(IParameterSymbol parameter)
        => s_reservedNames.Contains(parameter.Name) ? parameter.Name + "Value"
            : SyntaxFacts.GetKeywordKind(parameter.Name) == SyntaxKind.None ? parameter.Name
            : "@" + parameter.Name;

    private void Report(DiagnosticDescriptor descriptor, ISymbol symbol, params object[] arguments)
    {
        _valid = false;
        Location location = symbol.Locations.FirstOrDefault(candidate => candidate.IsInSource) ?? Location.None;
        report(Diagnostic.Create(descriptor, location, arguments));
    }
}
