using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>The part of the compiler's type description (MethodTable of .NET 9) that allocator and collector read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MethodTable
{
    private const uint HasComponentsFlag = 0x8000_0000;
    private const uint HasPointersFlag = 0x0100_0000;
    private const uint HasFinalizerFlag = 0x0010_0000;

    private uint _flags;
    private uint _baseBytes;

    /// <summary>Size of an object without elements, including the header word before it.</summary>
    public readonly uint BaseBytes => _baseBytes;

    /// <summary>Whether objects hold references.</summary>
    public readonly bool HasPointers => (_flags & HasPointersFlag) != 0;

    /// <summary>Whether objects are finalized.</summary>
    public readonly bool HasFinalizer => (_flags & HasFinalizerFlag) != 0;

    /// <summary>Size of an element of an array or string, else zero.</summary>
    public readonly uint ComponentBytes => (_flags & HasComponentsFlag) != 0 ? _flags & 0xFFFF : 0;

    /// <summary>
    /// Size of the description of references that lies before the type: a count, then that many pairs of words; or, where the count
    /// is negative, an offset and so many words.
    /// </summary>
    public static int DescriptionBytes(MethodTable* type)
    {
        if (!type->HasPointers)
        {
            return 0;
        }

        int seriesCount = (int)((nint*)type)[-1];
        return sizeof(void*) * (1 + (seriesCount > 0 ? 2 * seriesCount : 1 - seriesCount));
    }

    /// <summary>Size of an object, including the header word before it.</summary>
    public static nuint ObjectBytes(byte* target)
    {
        MethodTable* type = *(MethodTable**)target;
        uint component = type->ComponentBytes;
        return component == 0 ? type->_baseBytes : type->_baseBytes + ((nuint)component * *(uint*)(target + sizeof(void*)));
    }
}
