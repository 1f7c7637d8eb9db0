using Microsoft.CodeAnalysis;

namespace NooksOS.Generator;

/// <summary>What can be wrong with a contract. Each is an error: a wrapper that is almost right is worse than none.</summary>
internal static class Diagnostics
{
    private const string Contracts = "Contracts";

    internal static readonly DiagnosticDescriptor ParameterIsNotPlainData = Error(
        "NOOKS001",
        "Parameter is not plain data",
        "Parameter '{0}' of '{1}' has type '{2}': only unmanaged values without pointers, passed by value, and spans of them cross a protection boundary");

    internal static readonly DiagnosticDescriptor ReturnIsNotCallResult = Error(
        "NOOKS002",
        "Method does not return CallResult or CallResult<T>",
        "'{0}' returns '{1}': a call across a protection boundary returns CallResult or CallResult<T> of an unmanaged value without pointers");

    internal static readonly DiagnosticDescriptor SpanHasNoMaximumLength = Error(
        "NOOKS003",
        "Span has no maximum length",
        "Span '{0}' of '{1}' needs [MaximumLength]");

    internal static readonly DiagnosticDescriptor ContractNumberUsedTwice = Error(
        "NOOKS004",
        "Contract number is used twice",
        "'{0}' and '{1}' have the same contract number {2}");

    internal static readonly DiagnosticDescriptor ArgumentsDoNotFit = Error(
        "NOOKS005",
        "Arguments do not fit the gate",
        "The arguments and the result of '{0}' take {1} bytes; the gate copies at most {2}");

    internal static readonly DiagnosticDescriptor MemberCannotCross = Error(
        "NOOKS006",
        "Contract has a member that cannot cross",
        "'{0}' cannot cross a protection boundary: a contract has ordinary, non-generic, not overloaded methods of its own and nothing else");

    internal static readonly DiagnosticDescriptor MaximumLengthOutOfBounds = Error(
        "NOOKS007",
        "Maximum length is out of bounds",
        "The spans of '{0}' carry up to {1} bytes; at least 1 and at most {2} are allowed");

    internal static readonly DiagnosticDescriptor TooManyMethods = Error(
        "NOOKS008",
        "Contract has too many methods",
        "'{0}' has {1} methods; at most {2} are allowed");

    internal static readonly DiagnosticDescriptor ExtensionCannotBeMade = Error(
        "NOOKS009",
        "Extension class cannot be made",
        "'{0}' must be a non-abstract, non-generic class of this assembly that implements IExtension and has a constructor without parameters",
        "Extensions");

    internal static readonly DiagnosticDescriptor ContractNameUsedTwice = Error(
        "NOOKS010",
        "Two contracts have the same name",
        "'{0}' and '{1}' would have wrappers of the same name");

    internal static readonly DiagnosticDescriptor OnlyServicesKeepMonitor = Error(
        "NOOKS011",
        "Only services of the kernel keep the monitor",
        "'{0}' has [KeepsMonitor], but is called by the kernel: the attribute is for what extensions call");

    internal static readonly DiagnosticDescriptor OutputIsNotCounted = Error(
        "NOOKS012",
        "Output is not counted",
        "'{0}' of '{1}' is [Output]: it must be a Span, and a service of the kernel must return CallResult<uint>, the number of elements that it has written");

    private static DiagnosticDescriptor Error(string id, string title, string message, string category = Contracts)
        => new(id, title, message, category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
