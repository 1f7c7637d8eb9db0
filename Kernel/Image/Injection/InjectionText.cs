using System.Collections.Generic;
using NooksOS.Isolation.Injection;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Injection;

/// <summary>Injected faults as text and as JSON.</summary>
internal static class InjectionText
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>One fault on one line.</summary>
    public static string Describe(InjectedFault fault) => $"{NameOf(fault.Type)} {fault.Where}: {fault.Before}  ->  {fault.After}";

    /// <summary>All faults of an instance, and the time since boot, from which on those who wait for this may use it.</summary>
    public static string WriteJson(string? extension, uint generation, IReadOnlyList<InjectedFault> faults, long nowNanoseconds)
    {
        JsonWriter json = new();
        json.BeginObject()
            .Property("extension", extension)
            .Property("generation", generation)
            .Property("milliseconds", nowNanoseconds / NanosecondsPerMillisecond)
            .Name("faults").BeginArray();
        foreach (InjectedFault fault in faults)
        {
            long activated = fault.ActivationNanoseconds;
            json.BeginObject()
                .Property("type", NameOf(fault.Type))
                .Property("imageOffset", fault.ImageOffset)
                .Property("function", fault.Function)
                .Property("file", fault.File)
                .Property("line", fault.Line)
                .Property("before", fault.Before)
                .Property("after", fault.After)
                .Property("bytesBefore", fault.BytesBefore)
                .Property("bytesAfter", fault.BytesAfter)
                .Property("activated", activated != 0)
                .Property("activatedMilliseconds", activated == 0 ? null : activated / NanosecondsPerMillisecond)
                .EndObject();
        }

        return json.EndArray().EndObject() + "\n";
    }

    private static string NameOf(FaultType type) => FaultTypeInfo.All[(int)type].Name;
}
