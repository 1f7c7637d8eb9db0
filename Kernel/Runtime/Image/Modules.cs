using System.Runtime;

namespace NooksOS.Runtime;

/// <summary>The compiler's module as CoreLib's start-up code and reflection ask for it. An image has exactly one.</summary>
internal static unsafe class Modules
{
    private static TypeManager s_typeManager;
    private static nint s_osModule;

    private struct TypeManager
    {
        public nint OsModule;
        public ModuleHeader* Header;
        public nint* ClasslibFunctions;
        public int FunctionCount;
    }

    [RuntimeExport("RhpRegisterOsModule")]
    private static nint RegisterOsModule(nint osModule)
    {
        s_osModule = osModule;
        return osModule;
    }

    [RuntimeExport("RhpCreateTypeManager")]
    private static TypeManager* CreateTypeManager(nint osModule, ModuleHeader* header, nint* classlibFunctions, int functionCount)
    {
        // SAFETY: a static of an unmanaged type does not move.
        fixed (TypeManager* manager = &s_typeManager)
        {
            manager->OsModule = osModule;
            manager->Header = header;
            manager->ClasslibFunctions = classlibFunctions;
            manager->FunctionCount = functionCount;
            return manager;
        }
    }

    [RuntimeExport("RhpGetModuleSection")]
    private static void* GetModuleSection(TypeManager** manager, int sectionId, int* lengthBytes)
        => ModuleHeader.FindSection((*manager)->Header, sectionId, lengthBytes);

    [RuntimeExport("RhFindBlob")]
    private static byte FindBlob(TypeManager** manager, uint blobId, byte** start, uint* lengthBytes)
    {
        int length;
        *start = (byte*)ModuleHeader.FindBlob((*manager)->Header, blobId, &length);
        *lengthBytes = (uint)length;
        return *start != null ? (byte)1 : (byte)0;
    }

    [RuntimeExport("RhpGetClasslibFunctionFromCodeAddress")]
    private static nint GetClasslibFunctionFromCodeAddress(nint address, int function) => GetClasslibFunction(function);

    [RuntimeExport("RhpGetClasslibFunctionFromEEType")]
    private static nint GetClasslibFunctionFromType(void* methodTable, int function) => GetClasslibFunction(function);

    [RuntimeExport("RhGetOSModuleFromPointer")]
    private static nint GetOsModuleFromPointer(nint address) => s_osModule;

    // Exception.ToString asks for a file name; an empty one is an answer it can use.
    [RuntimeExport("RhGetModuleFileName")]
    private static int GetModuleFileName(nint osModule, byte** name)
    {
        *name = (byte*)ImageInfo.Current;
        return 0;
    }

    [RuntimeExport("RhGetRuntimeVersion")]
    private static byte* GetRuntimeVersion(int* lengthBytes)
    {
        *lengthBytes = 0;
        return (byte*)ImageInfo.Current;
    }

    [RuntimeExport("RhGetKnobValues")]
    private static uint GetKnobValues(byte*** keys, byte*** values)
    {
        *keys = null;
        *values = null;
        return 0;
    }

    // Frozen objects lie in the data section, which is scanned as a whole.
    [RuntimeExport("RhRegisterFrozenSegment")]
    private static nint RegisterFrozenSegment(void* segment, nuint allocatedBytes, nuint committedBytes, nuint reservedBytes) => 1;

    [RuntimeExport("RhUpdateFrozenSegment")]
    private static void UpdateFrozenSegment(nint segment, void* allocated, void* committed)
    {
    }

    private static nint GetClasslibFunction(int function)
        => function < s_typeManager.FunctionCount ? s_typeManager.ClasslibFunctions[function] : 0;
}
