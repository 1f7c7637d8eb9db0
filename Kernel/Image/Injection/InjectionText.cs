using System.Collections.Generic;
using System.Globalization;
using NooksOS.Isolation.Injection;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery;

namespace NooksOS.Image.Injection;

/// <summary>Injected faults as text and as JSON.</summary>
internal static class InjectionText
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>One fault on one line.</summary>
    public static string Describe(InjectedFault injected)
    {
        TextFault fault = injected.Fault;
        string where = injected.Location.Symbol is { } symbol ? $" in {symbol}" : string.Empty;
        string line = injected.Location.File is { } file ? $" ({file}:{injected.Location.Line})" : string.Empty;
        return $"{NameOf(fault.Type)} at 0x{fault.ImageOffset:x}{where}{line}: {fault.Before}  ->  {fault.After}";
    }

    /// <summary>All faults of an instance.</summary>
    public static string WriteJson(string? extension, uint generation, IReadOnlyList<InjectedFault> faults)
    {
        JsonWriter json = new();
        json.BeginObject().Property("extension", extension).Property("generation", generation).Name("faults").BeginArray();
        foreach (InjectedFault injected in faults)
        {
            TextFault fault = injected.Fault;
            CodeLocation location = injected.Location;
            long activated = injected.ActivationNanoseconds;
            json.BeginObject()
                .Property("type", NameOf(fault.Type))
                .Property("imageOffset", "0x" + fault.ImageOffset.ToString("x", CultureInfo.InvariantCulture))
                .Property("function", location.Symbol)
                .Property("file", location.File)
                .Property("line", location.Line == 0 ? null : location.Line)
                .Property("before", fault.Before)
                .Property("after", fault.After)
                .Property("bytesBefore", System.Convert.ToHexStringLower(fault.Original))
                .Property("bytesAfter", System.Convert.ToHexStringLower(fault.Changed))
                .Property("activated", activated != 0)
                .Property("activatedMilliseconds", activated == 0 ? null : activated / NanosecondsPerMillisecond)
                .EndObject();
        }

        return json.EndArray().EndObject() + "\n";
    }

    private static string NameOf(FaultType type) => FaultTypeInfo.All[(int)type].Name;
}
