namespace NooksOS.Generator.Reading;

/// <summary>Names of the types that the generator knows.</summary>
internal static class KnownTypes
{
    internal const string ContractsNamespace = "NooksOS.Contracts";
    internal const string Contract = ContractsNamespace + ".ContractAttribute";
    internal const string MaximumLength = ContractsNamespace + ".MaximumLengthAttribute";
    internal const string KeepsMonitor = ContractsNamespace + ".KeepsMonitorAttribute";
    internal const string Output = ContractsNamespace + ".OutputAttribute";
    internal const string GenerateWrappers = ContractsNamespace + ".GenerateWrappersAttribute";
    internal const string Extension = ContractsNamespace + ".ExtensionAttribute";
    internal const string ExtensionInterface = ContractsNamespace + ".IExtension";
    internal const string CallResult = ContractsNamespace + ".CallResult";
    internal const string Span = "System.Span<T>";
    internal const string ReadOnlySpan = "System.ReadOnlySpan<T>";
    internal const string Flags = "System.FlagsAttribute";
    internal const string InlineArray = "System.Runtime.CompilerServices.InlineArrayAttribute";
    internal const string StructLayout = "System.Runtime.InteropServices.StructLayoutAttribute";
}
