using System.Text;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Diagnostics;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Diagnostics;

public sealed class ExceptionDescriptions
{
    [Theory]
    [InlineData(6, 0, 0, "invalid opcode, error code 0x0000")]
    [InlineData(13, 0x18, 0, "general protection fault, error code 0x0018")]
    [InlineData(14, 0, 0x10, "page fault: read of 0x0000000000000010, a null reference")]
    [InlineData(14, 2, 0x8000000000, "page fault: write to 0x0000008000000000, which is not mapped")]
    [InlineData(14, 3, 0x8000000000, "page fault: write to 0x0000008000000000, which its page forbids")]
    [InlineData(14, 0x11, 0x8000000000, "page fault: execution of 0x0000008000000000, which its page forbids")]
    [InlineData(14, 0x23, 0x8000000000, "page fault: write to 0x0000008000000000, which its protection key forbids")]
    [InlineData(14, 9, 0x8000000000, "page fault: read of 0x0000008000000000, whose page tables are corrupt")]
    [InlineData(200, 0, 0, "unexpected vector, error code 0x0000")]
    public void AnExceptionIsDescribed(ulong vector, ulong errorCode, ulong address, string expected)
    {
        Utf8Text text = new(new byte[200]);
        ExceptionText.Describe(ref text, vector, errorCode, address);
        Assert.Equal(expected, Encoding.ASCII.GetString(text.Written));
    }
}
