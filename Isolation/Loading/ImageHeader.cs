namespace NooksOS.Isolation.Loading;

/// <summary>
/// What an image says about itself, checked: each reference is an offset in the image and lies where it must.
/// The layout is that of header.asm of the runtime.
/// </summary>
public sealed class ImageHeader
{
    /// <summary>"NOOK", little-endian.</summary>
    public const uint Magic = 0x4B4F4F4E;

    /// <summary>The version of the binary interface that this kernel speaks.</summary>
    public const ushort AbiVersion = 1;

    /// <summary>Length of the header.</summary>
    public const int LengthBytes = 96;

    /// <summary>Length of the block that image and kernel share.</summary>
    public const int DomainBlockBytes = 64;

    /// <summary>Most bytes of a name.</summary>
    public const int HighestNameBytes = 32;

    internal const int AbiVersionField = 4;
    internal const int KindField = 6;
    internal const int LengthField = 8;
    internal const int ChecksumField = 12;
    internal const int EntryField = 16;
    internal const int ThrowHardwareExceptionField = 20;
    internal const int ManagedCodeField = 24;
    internal const int HelperCodeField = 32;
    internal const int XpcReturnField = 40;
    internal const int XpcCallField = 44;
    internal const int DomainBlockField = 48;
    internal const int TextField = 52;
    internal const int NameField = 64;

    /// <summary>Name of the extension.</summary>
    public required string Name { get; init; }

    /// <summary>What the image is made for.</summary>
    public required ImageKind Kind { get; init; }

    /// <summary>Where the image starts.</summary>
    public required uint Entry { get; init; }

    /// <summary>Where a hardware exception becomes a managed one.</summary>
    public required uint ThrowHardwareException { get; init; }

    /// <summary>Compiled C#.</summary>
    public required CodeRange ManagedCode { get; init; }

    /// <summary>Helpers in which a fault is one of their caller.</summary>
    public required CodeRange HelperCode { get; init; }

    /// <summary>Where a stub returns to at ring 3.</summary>
    public required uint XpcReturn { get; init; }

    /// <summary>The stub that does the system call of a call to the kernel.</summary>
    public required uint XpcCall { get; init; }

    /// <summary>The block that image and kernel share.</summary>
    public required uint DomainBlock { get; init; }

    /// <summary>All code.</summary>
    public required CodeRange Text { get; init; }
}
