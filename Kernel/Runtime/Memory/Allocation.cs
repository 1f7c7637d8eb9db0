using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Runtime;

/// <summary>What the compiler's code and CoreLib call to make objects.</summary>
internal static unsafe class Allocation
{
    private const int LengthOffset = 8;
    private const uint LargestArrayBytes = 0x7FFF_FFC7;

    [RuntimeExport("RhpNewFast")]
    private static void* NewFast(MethodTable* type)
    {
        byte* target = Make(type, type->BaseBytes);
        if (target == null)
        {
            ThrowFailedAllocation(type, false);
        }

        return target;
    }

    [RuntimeExport("RhpNewFinalizable")]
    private static void* NewFinalizable(MethodTable* type)
    {
        byte* target = Make(type, type->BaseBytes);
        if (target == null || !Finalization.TryRegister(target))
        {
            ThrowFailedAllocation(type, false);
        }

        return target;
    }

    [RuntimeExport("RhpNewArray")]
    private static void* NewArray(MethodTable* type, nint length)
    {
        if (length is < 0 or > (nint)LargestArrayBytes)
        {
            ThrowFailedAllocation(type, true);
        }

        byte* target = MakeArray(type, (uint)length);
        if (target == null)
        {
            ThrowFailedAllocation(type, false);
        }

        return target;
    }

    [RuntimeExport("RhNewString")]
    private static void* NewString(MethodTable* type, nint length)
    {
        const nint LongestString = 0x3FFF_FFDF;
        if (length is < 0 or > LongestString)
        {
            ThrowFailedAllocation(type, false);
        }

        byte* target = MakeArray(type, (uint)length);
        if (target == null)
        {
            ThrowFailedAllocation(type, false);
        }

        return target;
    }

    [RuntimeExport("RhAllocateNewArray")]
    private static void AllocateNewArray(MethodTable* type, uint length, uint flags, void** result)
        => *result = length > LargestArrayBytes ? null : MakeArray(type, length);

    [RuntimeExport("RhAllocateNewObject")]
    private static void AllocateNewObject(MethodTable* type, uint flags, void** result)
    {
        byte* target = Make(type, type->BaseBytes);
        if (target != null && type->HasFinalizer && !Finalization.TryRegister(target))
        {
            target = null;
        }

        *result = target;
    }

    private static byte* MakeArray(MethodTable* type, uint length)
    {
        nuint bytes = (type->BaseBytes + ((nuint)type->ComponentBytes * length) + 7) & ~(nuint)7;
        return Make(type, bytes, length);
    }

    private static byte* Make(MethodTable* type, nuint bytes, uint length = 0)
    {
        if (bytes <= SizeClasses.LargestCellBytes)
        {
            Platform.EnterCritical();
            byte* cell = Heap.TryTakeCell((uint)bytes);
            if (cell != null)
            {
                byte* target = Format(cell, type, length);
                Platform.LeaveCritical();
                return target;
            }

            Platform.LeaveCritical();
        }

        return MakeSlowly(type, bytes, length);
    }

    private static byte* MakeSlowly(MethodTable* type, nuint bytes, uint length)
    {
        Platform.EnterCritical();
        byte* cell = Heap.TakeCell(bytes);
        byte* target = cell == null ? null : Format(cell, type, length);
        Platform.LeaveCritical();
        FinalizerThread.Pulse();
        return target;
    }

    private static byte* Format(byte* cell, MethodTable* type, uint length)
    {
        byte* target = cell + sizeof(void*);
        if (length != 0)
        {
            *(uint*)(target + LengthOffset) = length;
        }

        // Last: from here on the collector takes the cell for an object.
        *(MethodTable**)target = type;
        return target;
    }

    private static void ThrowFailedAllocation(MethodTable* type, bool isOverflow)
        => FailedAllocation(type, isOverflow ? (byte)1 : (byte)0);

    [RuntimeImport("*", "RhExceptionHandling_FailedAllocation")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void FailedAllocation(MethodTable* type, byte isOverflow);
}
