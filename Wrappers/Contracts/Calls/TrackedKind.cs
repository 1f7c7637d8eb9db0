namespace NooksOS.Contracts;

/// <summary>Every kind of kernel object that a domain can hold.</summary>
public enum TrackedKind : byte
{
    /// <summary>No object: a free slot.</summary>
    None = 0,

    /// <summary>A PCI function claimed by a driver.</summary>
    Device,

    /// <summary>An interrupt line.</summary>
    InterruptLine,

    /// <summary>A range of I/O ports.</summary>
    PortRange,

    /// <summary>A window of device registers (a memory BAR).</summary>
    RegisterWindow,

    /// <summary>Memory that a device may read and write.</summary>
    DmaBuffer,

    /// <summary>A periodic or one-shot timer.</summary>
    Timer,

    /// <summary>A kernel lock.</summary>
    Lock,

    /// <summary>A network device registered with the kernel.</summary>
    NetworkDevice,

    /// <summary>A network stack registered with the kernel.</summary>
    NetworkStack,

    /// <summary>A buffer of the packet pool.</summary>
    PacketBuffer,

    /// <summary>Pages of memory.</summary>
    MemoryPages,

    /// <summary>A thread that runs inside the domain.</summary>
    Thread,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A block device registered with the kernel.</summary>
    BlockDevice,

    /// <summary>A volume opened by a file system.</summary>
    Volume,

    /// <summary>A channel of the ISA DMA controller.</summary>
    DmaChannel,

    /// <summary>A sound device registered with the kernel.</summary>
    SoundDevice,

    /// <summary>A stream of sound.</summary>
    SoundStream,

    /// <summary>A file system registered with the kernel.</summary>
    FileSystem,

    /// <summary>An open file or directory.</summary>
    File,
}
