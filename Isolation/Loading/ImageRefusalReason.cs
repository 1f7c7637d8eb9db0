namespace NooksOS.Isolation.Loading;

/// <summary>Why an image is not loaded.</summary>
public enum ImageRefusalReason
{
    /// <summary>The file ends before something that it says it holds.</summary>
    Truncated,

    /// <summary>The file does not begin like an ELF file, or is of another class or version.</summary>
    NotElf,

    /// <summary>The code is for another processor.</summary>
    WrongMachine,

    /// <summary>The file is not position independent.</summary>
    NotPositionIndependent,

    /// <summary>The file wants a dynamic linker: libraries, symbols, initialisers or thread-local storage.</summary>
    NeedsLinking,

    /// <summary>A table of the file is impossible: entry size, count or alignment.</summary>
    MalformedTable,

    /// <summary>There is not exactly one segment each of code, constants and data.</summary>
    WrongSegments,

    /// <summary>A segment reaches past the end of the file, or is larger in the file than in memory.</summary>
    SegmentOutsideFile,

    /// <summary>Two segments share a page.</summary>
    OverlappingSegments,

    /// <summary>A segment is writable and executable.</summary>
    WritableText,

    /// <summary>The image takes more memory than an image may.</summary>
    TooLarge,

    /// <summary>There is no image header at the start of the constants.</summary>
    NoHeader,

    /// <summary>The image is made for another version of the binary interface.</summary>
    WrongAbiVersion,

    /// <summary>The image is of another kind than the one asked for.</summary>
    WrongKind,

    /// <summary>The name in the header is empty or not text.</summary>
    NameNotText,

    /// <summary>The bytes are not those that were linked.</summary>
    WrongChecksum,

    /// <summary>A relocation is of a type that the loader does not do.</summary>
    RelocationType,

    /// <summary>A relocation would write outside the data of the image.</summary>
    RelocationOutsideData,

    /// <summary>A relocation would make a pointer to outside the image.</summary>
    RelocationTargetOutsideImage,

    /// <summary>The image would start outside its code.</summary>
    EntryOutsideText,

    /// <summary>A reference of the header points outside the segment that it belongs to.</summary>
    ReferenceOutsideImage,

    /// <summary>The table of functions is missing or malformed.</summary>
    MalformedUnwindTable,

    /// <summary>There is code, or something that is not padding, outside the functions.</summary>
    CodeOutsideFunctions,

    /// <summary>Bytes of a function are not an instruction.</summary>
    InvalidInstruction,

    /// <summary>An instruction that only the kernel may execute.</summary>
    PrivilegedInstruction,

    /// <summary>An instruction that no compiled extension holds.</summary>
    UnexpectedInstruction,

    /// <summary>A system call at another place than the two that the header declares.</summary>
    UnexpectedSystemCall,

    /// <summary>A branch leaves the code of the image.</summary>
    BranchOutsideText,

    /// <summary>A branch goes into the middle of an instruction or between functions.</summary>
    BranchIntoInstruction,

    /// <summary>An instruction reaches past the end of its function.</summary>
    InstructionPastFunction,
}
