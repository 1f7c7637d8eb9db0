namespace NooksOS.Tool.Machines;

/// <summary>One thing that the kernel said on the control port.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">The command that it is about; zero for <see cref="ControlEventKind.Ready"/> and <see cref="ControlEventKind.Output"/>.</param>
/// <param name="Status">How the command ended, zero for success.</param>
/// <param name="Text">The piece of output.</param>
public sealed record ControlEvent(ControlEventKind Kind, int Number = 0, int Status = 0, string Text = "");
