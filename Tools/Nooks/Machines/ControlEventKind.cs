namespace NooksOS.Tool.Machines;

/// <summary>What the kernel says on the control port.</summary>
public enum ControlEventKind
{
    /// <summary>It takes commands from now on.</summary>
    Ready,

    /// <summary>The output of a command follows.</summary>
    Begin,

    /// <summary>A piece of output.</summary>
    Output,

    /// <summary>A command has ended.</summary>
    End,
}
