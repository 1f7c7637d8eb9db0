using System.Collections.Generic;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary>Fault records as JSON. Times of steps count from the detection.</summary>
internal static class FaultJson
{
    /// <summary>All records as an array. Registers and stack are left out: a boot can hold hundreds of records.</summary>
    public static string Write(IReadOnlyList<FaultView> views)
    {
        JsonWriter json = new();
        json.BeginArray();
        foreach (FaultView view in views)
        {
            json.BeginObject();
            WriteProperties(json, view);
            json.EndObject();
        }

        json.EndArray();
        return json.ToString() + "\n";
    }

    /// <summary>One record with everything in it.</summary>
    public static string Write(FaultView view)
    {
        JsonWriter json = new();
        json.BeginObject();
        WriteProperties(json, view);
        json.Name("registers").BeginObject();
        foreach (RegisterValue register in view.Registers)
        {
            json.Property(register.Name, Words.Address(register.Value));
        }

        json.EndObject();
        json.Name("stack").BeginArray();
        foreach (StackEntry entry in view.Stack)
        {
            json.BeginObject();
            json.Property("address", Words.Address(entry.Address));
            WriteLocation(json, entry.Location);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        return json.ToString() + "\n";
    }

    private static void WriteProperties(JsonWriter json, FaultView view)
    {
        json.Property("id", view.Id)
            .Property("extension", view.Extension)
            .Property("generation", view.Generation)
            .Property("kind", Words.Of(view.Kind))
            .Property("detail", view.Detail)
            .Property("timeMilliseconds", Words.Milliseconds(view.TimeNanoseconds))
            .Property("address", Words.Address(view.Address))
            .Property("instructionPointer", Words.Address(view.InstructionPointer));
        WriteLocation(json, view.Location);
        json.Property("decision", view.Decision is { } decision ? Words.Of(decision.Action) : null)
            .Property("delayMilliseconds", view.Decision?.DelayMilliseconds)
            .Property("decidedBy", Words.Of(view.DecidedBy))
            .Property("outcome", Words.Of(view.Outcome))
            .Property("note", view.Note)
            .Property("objectsReleased", view.ObjectsReleased)
            .Property("objectsLeaked", view.ObjectsLeaked)
            .Property("pagesBefore", view.PagesBefore)
            .Property("pagesLeaked", view.PagesAfter)
            .Property("recoveryMilliseconds", Words.Milliseconds(view.RecoveryNanoseconds));
        json.Name("steps").BeginArray();
        foreach (StepTime step in view.Steps)
        {
            json.BeginObject()
                .Property("name", Words.Of(step.Step))
                .Property("milliseconds", Words.Milliseconds(step.ElapsedNanoseconds))
                .Property("durationMilliseconds", Words.Milliseconds(step.DurationNanoseconds))
                .EndObject();
        }

        json.EndArray();
    }

    private static void WriteLocation(JsonWriter json, in CodeLocation location)
        => json.Property("function", location.Symbol)
            .Property("file", location.File)
            .Property("line", location.Line == 0 ? null : location.Line);
}
