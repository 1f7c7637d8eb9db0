namespace NooksOS.Kernel.Shell;

/// <summary>What a byte meant for the line.</summary>
public enum LineEditorResult
{
    /// <summary>The line goes on.</summary>
    Editing,

    /// <summary>The line is complete: take it.</summary>
    Complete,

    /// <summary>Ctrl-C: the line was thrown away.</summary>
    Interrupted,
}
