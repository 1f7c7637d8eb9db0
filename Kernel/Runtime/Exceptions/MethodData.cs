namespace NooksOS.Runtime;

/// <summary>The compiler's exception data of a function or funclet: what .dotnet_eh_table says about it.</summary>
internal unsafe struct MethodData
{
    private const byte KindMask = 3;
    private const byte HasExceptionInfoFlag = 4;
    private const byte ReversePInvokeFlag = 8;
    private const byte HasAssociatedDataFlag = 0x10;

    /// <summary>Start of the method, for a funclet that of the method it belongs to.</summary>
    public byte* MethodStart;

    /// <summary>Encoded exception clauses, or null.</summary>
    public byte* Clauses;

    /// <summary>Whether code of another language calls this method; no exception may leave it.</summary>
    public bool IsReversePInvoke;

    /// <summary>Whether the function is a handler or filter that the compiler split off.</summary>
    public bool IsFunclet;

    /// <summary>Reads the data of a function.</summary>
    public static MethodData Read(FrameDescription* function)
    {
        MethodData data = default;
        data.MethodStart = function->Start;
        byte* position = function->CompilerData;
        if (position == null)
        {
            return data;
        }

        byte flags = *position++;
        data.IsReversePInvoke = (flags & ReversePInvokeFlag) != 0;
        if ((flags & KindMask) != 0)
        {
            data.IsFunclet = true;
            byte* main = position + *(int*)position;
            position += sizeof(int);
            data.MethodStart = function->Start - *(int*)position;
            position = main;
            flags = *position++;
        }

        if ((flags & HasAssociatedDataFlag) != 0)
        {
            position += sizeof(int);
        }

        if ((flags & HasExceptionInfoFlag) != 0)
        {
            data.Clauses = position + *(int*)position;
        }

        return data;
    }
}
