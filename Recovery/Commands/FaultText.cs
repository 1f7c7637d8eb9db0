using System.Globalization;
using System.Text;

namespace NooksOS.Recovery.Commands;

/// <summary>One fault record as a block of text.</summary>
internal static class FaultText
{
    private const int LabelWidth = 11;
    private const int RegistersPerLine = 4;

    /// <summary>Writes everything that is known.</summary>
    public static string Write(FaultView view)
    {
        StringBuilder text = new();
        string address = view.Address is null ? string.Empty : $" at {Words.Address(view.Address)}";
        text.Append(CultureInfo.InvariantCulture, $"fault {view.Id}: {view.Extension}, generation {view.Generation}, ")
            .Append(Words.Of(view.Kind))
            .Append(address)
            .Append('\n');
        Line(text, "when", $"{Words.MillisecondsText(view.TimeNanoseconds)} ms after boot");
        if (view.InstructionPointer is not null)
        {
            Line(text, "where", $"{Words.Address(view.InstructionPointer)} {view.Location}");
        }

        Line(text, "detail", view.Detail);
        Line(text, "decision", DescribeDecision(view));
        Line(text, "outcome", view.RecoveryNanoseconds is { } recovery
            ? $"{Words.Of(view.Outcome)} in {Words.MillisecondsText(recovery)} ms"
            : Words.Of(view.Outcome));
        Line(text, "objects", $"{view.ObjectsReleased} released, {view.ObjectsLeaked} leaked");
        Line(text, "pages", $"{view.PagesBefore - ulong.Min(view.PagesBefore, view.PagesAfter)} freed, {view.PagesAfter} leaked");
        Line(text, "note", view.Note);
        text.Append("  step            at ms   took ms\n");
        foreach (StepTime step in view.Steps)
        {
            text.Append("  ")
                .Append(Words.Of(step.Step).PadRight(15))
                .Append(Words.MillisecondsText(step.ElapsedNanoseconds).PadLeft(7))
                .Append(Words.MillisecondsText(step.DurationNanoseconds).PadLeft(10))
                .Append('\n');
        }

        WriteStack(text, view);
        WriteRegisters(text, view);
        return text.ToString();
    }

    private static string DescribeDecision(FaultView view)
    {
        if (view.Decision is not { } decision)
        {
            return "none yet";
        }

        string delay = decision.DelayMilliseconds == 0 ? string.Empty : $" of {decision.DelayMilliseconds} ms";
        return $"{Words.Of(decision.Action)}{delay}, by {Words.Of(view.DecidedBy)}";
    }

    private static void WriteStack(StringBuilder text, FaultView view)
    {
        foreach (StackEntry entry in view.Stack)
        {
            Line(text, "called from", $"{Words.Address(entry.Address)} {entry.Location}");
        }
    }

    private static void WriteRegisters(StringBuilder text, FaultView view)
    {
        for (int index = 0; index < view.Registers.Count; index++)
        {
            RegisterValue register = view.Registers[index];
            text.Append("  ")
                .Append(register.Name.PadLeft(3))
                .Append(' ')
                .Append(register.Value.ToString("x16", CultureInfo.InvariantCulture));
            if (index % RegistersPerLine == RegistersPerLine - 1 || index == view.Registers.Count - 1)
            {
                text.Append('\n');
            }
        }
    }

    private static void Line(StringBuilder text, string label, string value)
    {
        if (value.Length != 0)
        {
            text.Append("  ").Append(label.PadRight(LabelWidth)).Append(' ').Append(value).Append('\n');
        }
    }
}
