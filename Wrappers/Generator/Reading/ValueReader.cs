using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using NooksOS.Generator.Model;

namespace NooksOS.Generator.Reading;

/// <summary>
/// Decides which types are plain data and computes their layout. Structures of the framework are refused: what the compiler
/// sees of them is a reference assembly, which hides their fields.
/// </summary>
internal static class ValueReader
{
    private static readonly SymbolDisplayFormat s_typeFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The value, or null if the type cannot cross. Adds the namespaces that its text needs.</summary>
    internal static ValueModel? Read(ITypeSymbol type, ISet<string> namespaces)
    {
        Layout? layout = Measure(type);
        if (layout is null)
        {
            return null;
        }

        AddNamespaces(type, namespaces);
        string text = type.ToDisplayString(s_typeFormat);
        bool isFlags = type.TypeKind == TypeKind.Enum && HasAttribute(type, KnownTypes.Flags);
        IEnumerable<string> values = type.TypeKind == TypeKind.Enum
            ? type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => $"{text}.{field.Name}")
            : [];
        return new ValueModel(text, layout.Value.SizeBytes, layout.Value.Alignment, new EquatableArray<string>(values), isFlags);
    }

    private static Layout? Measure(ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte:
                return new Layout(1, 1);
            case SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16:
                return new Layout(2, 2);
            case SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single:
                return new Layout(4, 4);
            case SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Double:
            case SpecialType.System_IntPtr or SpecialType.System_UIntPtr:
                return new Layout(8, 8);
        }

        if (type is not INamedTypeSymbol { IsUnmanagedType: true, IsValueType: true } named)
        {
            return null;
        }

        if (named.TypeKind == TypeKind.Enum)
        {
            return Measure(named.EnumUnderlyingType!);
        }

        return IsOfFramework(named) || HasAttribute(named, KnownTypes.StructLayout) ? null : MeasureStructure(named);
    }

    private static Layout? MeasureStructure(INamedTypeSymbol type)
    {
        int offset = 0;
        int alignment = 1;
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && !field.IsConst))
        {
            if (field.IsFixedSizeBuffer || Measure(field.Type) is not Layout layout)
            {
                return null;
            }

            offset = Align(offset, layout.Alignment) + layout.SizeBytes;
            alignment = Math.Max(alignment, layout.Alignment);
        }

        int size = Math.Max(1, Align(offset, alignment));
        AttributeData? inlineArray = type.GetAttributes().FirstOrDefault(attribute => IsNamed(attribute, KnownTypes.InlineArray));
        return new Layout(inlineArray is null ? size : size * (int)inlineArray.ConstructorArguments[0].Value!, alignment);
    }

    internal static int Align(int offset, int alignment) => (offset + alignment - 1) & -alignment;

    internal static bool HasAttribute(ISymbol symbol, string name)
        => symbol.GetAttributes().Any(attribute => IsNamed(attribute, name));

    internal static bool IsNamed(AttributeData attribute, string name) => attribute.AttributeClass?.ToDisplayString() == name;

    private static bool IsOfFramework(INamedTypeSymbol type)
    {
        string name = type.ContainingNamespace.ToDisplayString();
        return name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
    }

    private static void AddNamespaces(ITypeSymbol type, ISet<string> namespaces)
    {
        if (type.SpecialType == SpecialType.None && !type.ContainingNamespace.IsGlobalNamespace)
        {
            namespaces.Add(type.ContainingNamespace.ToDisplayString());
        }

        if (type is INamedTypeSymbol named)
        {
            foreach (ITypeSymbol argument in named.TypeArguments)
            {
                AddNamespaces(argument, namespaces);
            }
        }
    }

    private readonly record struct Layout(int SizeBytes, int Alignment);
}
