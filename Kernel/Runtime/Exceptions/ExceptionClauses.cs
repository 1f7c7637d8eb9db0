using System.Runtime;
using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>Enumerates the try regions of a method as CoreLib's dispatch asks for them.</summary>
internal static unsafe class ExceptionClauses
{
    private enum ClauseKind : uint
    {
        Typed = 0,
        Fault = 1,
        Filter = 2,
    }

    [RuntimeExport("RhpEHEnumInitFromStackFrameIterator")]
    private static byte Begin(StackFrameIterator* walk, MethodRegion* region, Enumeration* enumeration)
    {
        FrameDescription function;
        if (!FrameDescription.TryFind(walk->ControlPc, &function))
        {
            return 0;
        }

        MethodData data = MethodData.Read(&function);
        if (data.Clauses == null)
        {
            return 0;
        }

        *region = default;
        region->HotStart = data.MethodStart;
        enumeration->MethodStart = data.MethodStart;
        enumeration->Position = data.Clauses;
        enumeration->Remaining = ReadUnsigned(&enumeration->Position);
        return 1;
    }

    [RuntimeExport("RhpEHEnumNext")]
    private static byte Next(Enumeration* enumeration, Clause* clause)
    {
        if (enumeration->Remaining == 0)
        {
            return 0;
        }

        enumeration->Remaining--;
        byte** position = &enumeration->Position;
        clause->TryStart = ReadUnsigned(position);
        uint lengthAndKind = ReadUnsigned(position);
        clause->TryEnd = clause->TryStart + (lengthAndKind >> 2);
        clause->Kind = (ClauseKind)(lengthAndKind & 3);
        clause->Handler = enumeration->MethodStart + ReadUnsigned(position);
        switch (clause->Kind)
        {
            case ClauseKind.Typed:
                clause->TargetType = *position + *(int*)*position;
                *position += sizeof(int);
                break;
            case ClauseKind.Filter:
                clause->Filter = enumeration->MethodStart + ReadUnsigned(position);
                break;
            default:
                break;
        }

        return 1;
    }

    // The compiler's variable-length numbers: the low bits of the first byte tell how many bytes follow.
    private static uint ReadUnsigned(byte** position)
    {
        byte* bytes = *position;
        uint first = bytes[0];
        if ((first & 1) == 0)
        {
            *position += 1;
            return first >> 1;
        }

        if ((first & 2) == 0)
        {
            *position += 2;
            return (first >> 2) | ((uint)bytes[1] << 6);
        }

        if ((first & 4) == 0)
        {
            *position += 3;
            return (first >> 3) | ((uint)bytes[1] << 5) | ((uint)bytes[2] << 13);
        }

        if ((first & 8) == 0)
        {
            *position += 4;
            return (first >> 4) | ((uint)bytes[1] << 4) | ((uint)bytes[2] << 12) | ((uint)bytes[3] << 20);
        }

        *position += 5;
        return *(uint*)(bytes + 1);
    }

    // MethodRegionInfo of .NET 9.
    [StructLayout(LayoutKind.Sequential)]
    private struct MethodRegion
    {
        public byte* HotStart;
        public nuint HotSize;
        public byte* ColdStart;
        public nuint ColdSize;
    }

    // The 32 bytes that CoreLib reserves (EHEnum).
    [StructLayout(LayoutKind.Sequential)]
    private struct Enumeration
    {
        public byte* MethodStart;
        public byte* Position;
        public uint Remaining;
    }

    // RhEHClause of .NET 9.
    [StructLayout(LayoutKind.Sequential)]
    private struct Clause
    {
        public ClauseKind Kind;
        public uint TryStart;
        public uint TryEnd;
        public byte* Filter;
        public byte* Handler;
        public void* TargetType;
    }
}
