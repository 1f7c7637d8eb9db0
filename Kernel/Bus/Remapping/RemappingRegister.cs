namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>Byte offsets of a unit's registers, Intel VT-d specification, chapter "Register Descriptions".</summary>
public enum RemappingRegister : uint
{
    /// <summary>VER_REG, 32 bits: minor version in bits 3:0, major in 7:4.</summary>
    Version = 0x00,

    /// <summary>CAP_REG, 64 bits: see <see cref="RemappingCapabilities"/>.</summary>
    Capability = 0x08,

    /// <summary>ECAP_REG, 64 bits: see <see cref="RemappingCapabilities"/>.</summary>
    ExtendedCapability = 0x10,

    /// <summary>GCMD_REG, 32 bits, written only: a <see cref="GlobalCommand"/>.</summary>
    GlobalCommand = 0x18,

    /// <summary>GSTS_REG, 32 bits: what of the commands is in force, by the same bits.</summary>
    GlobalStatus = 0x1C,

    /// <summary>RTADDR_REG, 64 bits: the root table.</summary>
    RootTableAddress = 0x20,

    /// <summary>FSTS_REG, 32 bits: a <see cref="FaultStatus"/>. Most bits are cleared by writing ones.</summary>
    FaultStatus = 0x34,

    /// <summary>FECTL_REG, 32 bits: bit 31 masks the fault event.</summary>
    FaultEventControl = 0x38,

    /// <summary>FEDATA_REG, 32 bits: the data of the message that the fault event is.</summary>
    FaultEventData = 0x3C,

    /// <summary>FEADDR_REG, 32 bits: its address.</summary>
    FaultEventAddress = 0x40,

    /// <summary>FEUADDR_REG, 32 bits: the upper half of its address.</summary>
    FaultEventUpperAddress = 0x44,

    /// <summary>PMEN_REG, 32 bits: bit 31 keeps devices from memory that the firmware has protected.</summary>
    ProtectedMemoryEnable = 0x64,

    /// <summary>IQH_REG, 64 bits: the descriptor that the unit takes next, as an offset in bytes.</summary>
    InvalidationQueueHead = 0x80,

    /// <summary>IQT_REG, 64 bits: the one behind the last, as an offset in bytes. Writing has the unit begin.</summary>
    InvalidationQueueTail = 0x88,

    /// <summary>IQA_REG, 64 bits: where the queue is; its length in bits 2:0 as a power of two pages.</summary>
    InvalidationQueueAddress = 0x90,
}
