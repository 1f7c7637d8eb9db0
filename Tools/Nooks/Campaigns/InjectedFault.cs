namespace NooksOS.Tool.Campaigns;

/// <summary>A changed instruction, as the kernel's <c>inject --json</c> tells it.</summary>
public sealed record InjectedFault
{
    /// <summary>The type of fault.</summary>
    public string Type { get; init; } = string.Empty;

    /// <summary>Where the instruction lies in the image.</summary>
    public string ImageOffset { get; init; } = string.Empty;

    /// <summary>The function that it belongs to.</summary>
    public string? Function { get; init; }

    /// <summary>Its source file.</summary>
    public string? File { get; init; }

    /// <summary>The source line.</summary>
    public int? Line { get; init; }

    /// <summary>The instruction as it was built.</summary>
    public string Before { get; init; } = string.Empty;

    /// <summary>What is there now.</summary>
    public string After { get; init; } = string.Empty;

    /// <summary>Its bytes as they were built.</summary>
    public string BytesBefore { get; init; } = string.Empty;

    /// <summary>Its bytes now.</summary>
    public string BytesAfter { get; init; } = string.Empty;

    /// <summary>Whether it was reached.</summary>
    public bool Activated { get; init; }

    /// <summary>When it was reached first, since the machine was started.</summary>
    public double? ActivatedMilliseconds { get; init; }
}
