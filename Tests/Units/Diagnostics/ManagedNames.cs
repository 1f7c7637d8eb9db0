using NooksOS.Tools.Symbols;
using Xunit;

namespace NooksOS.Tests.Units.Diagnostics;

public sealed class ManagedNames
{
    [Theory]
    [InlineData("S_P_CoreLib_System_String__Concat_5", "System.String.Concat")]
    [InlineData("NooksOS_Drivers_E1000_NooksOS_Drivers_E1000_TransmitRing__TryPost", "NooksOS.Drivers.E1000.TransmitRing.TryPost")]
    [InlineData("NooksOS_Kernel_NooksOS_Kernel_Memory_FrameAllocator___ctor", "NooksOS.Kernel.Memory.FrameAllocator..ctor")]
    [InlineData("System_Linq_System_Linq_Enumerable__Sum_2", "System.Linq.Enumerable.Sum")]
    [InlineData("Int32__ToString_3", "Int32.ToString")]
    [InlineData("unbox_Single__ToString_2", "Single.ToString")]
    [InlineData("S_P_CoreLib_System_AppContext___cctor", "System.AppContext..cctor")]
    [InlineData("S_P_CoreLib_Interop_Sys__LStat_1", "Interop.Sys.LStat")]
    [InlineData("S_P_CoreLib_System_Collections_Generic_Dictionary_2<System___Canon__Int32>___ctor_2", "System.Collections.Generic.Dictionary<__Canon,Int32>..ctor")]
    [InlineData("S_P_CoreLib_System_Array__Resize<S_P_CoreLib_Internal_Reflection_Core_QScopeDefinition>", "System.Array.Resize<QScopeDefinition>")]
    [InlineData(
        "S_P_CoreLib_System_Array_1<S_P_CoreLib_System_Collections_Generic_KeyValuePair_2<System___Canon__Int32>>__GetEnumerator",
        "System.Array<KeyValuePair<__Canon,Int32>>.GetEnumerator")]
    [InlineData("S_P_CoreLib_System_Collections_Generic_List_1_Enumerator<System___Canon>__MoveNextRare", "System.Collections.Generic.List.Enumerator<__Canon>.MoveNextRare")]
    [InlineData(
        "<Boxed>S_P_CoreLib_System_Runtime_Intrinsics_Vector128DebugView_1<System___Canon>__<unbox>S_P_CoreLib_System_Runtime_Intrinsics_Vector128DebugView_1__get_UInt16View",
        "System.Runtime.Intrinsics.Vector128DebugView.get_UInt16View")]
    [InlineData("real_Demo_Driver_Entry___c__DisplayClass1_0___Main__b__0", "real.Demo.Driver.Entry.Main_.lambda")]
    [InlineData("NooksOS_Kernel_NooksOS_Kernel_Shell_Table___c___ToText_b__4_0", "NooksOS.Kernel.Shell.Table.ToText.lambda")]
    [InlineData("real_Demo_Driver_Entry__Iter_d__3__MoveNext", "real.Demo.Driver.Entry.Iter")]
    [InlineData("real_Demo_Driver_Entry__Iter_d__3__System_IDisposable_Dispose", "real.Demo.Driver.Entry.Iter.System.IDisposable.Dispose")]
    [InlineData("NooksOS_Kernel_NooksOS_Kernel_Shell_Line___Read_g__Step_3_0", "NooksOS.Kernel.Shell.Line.Read.Step")]
    [InlineData("RhpAssignRef", "RhpAssignRef")]
    [InlineData("__security_cookie", "__security_cookie")]
    [InlineData("a__b<c", "a.b<c>")]
    public void AreReadable(string symbol, string readable) => Assert.Equal(readable, ManagedName.Parse(symbol).ToString());
}
