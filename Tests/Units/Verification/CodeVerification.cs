using System;
using System.Linq;
using Iced.Intel;
using NooksOS.Isolation.Loading;
using NooksOS.Isolation.Verification;
using NooksOS.Tests.Units.Loading;
using Xunit;
using static Iced.Intel.AssemblerRegisters;

namespace NooksOS.Tests.Units.Verification;

public sealed class CodeVerification
{
    [Fact]
    public void OrdinaryCodeIsAccepted()
    {
        TestImage image = new()
        {
            Body = code =>
            {
                Label loop = code.CreateLabel();
                code.push(rbp);
                code.mov(rbp, rsp);
                code.mov(ecx, 10);
                code.Label(ref loop);
                code.movdqu(xmm0, __[rsi]);
                code.@lock.cmpxchg(__[rdi], rdx);
                code.rep.movsq();
                code.popcnt(rax, rcx);
                code.roundsd(xmm1, xmm0, 3);
                code.dec(ecx);
                code.jne(loop);
                code.call(8);
                code.int3();
                code.pop(rbp);
                code.ret();
                code.ud2();
            },
        };

        Assert.Null(Verify(image.Build()));
    }

    [Fact]
    public void AFunctionLongerThanTheWindowIsAccepted()
    {
        TestImage image = new()
        {
            BodyBytes = [.. Enumerable.Repeat(new byte[] { 0x48, 0xB8, 1, 2, 3, 4, 5, 6, 7, 8 }, 410).SelectMany(bytes => bytes), 0xC3],
            AfterBody = [],
        };
        byte[] file = image.Build();

        // The code is two pages long; put the constants behind it.
        Assert.True(file.Length > TestImage.TextFileOffset + 4101);
        Assert.Null(Verify(file));
    }

    [Theory]
    [InlineData(new byte[] { 0xC3, 0xF4 }, ImageRefusalReason.PrivilegedInstruction, 0x41ul, "hlt")]
    [InlineData(new byte[] { 0x90, 0x0F, 0x22, 0xC0 }, ImageRefusalReason.PrivilegedInstruction, 0x41ul, "cr0")]
    [InlineData(new byte[] { 0x90, 0x0F, 0x05 }, ImageRefusalReason.UnexpectedSystemCall, 0x41ul, "syscall")]
    [InlineData(new byte[] { 0x06, 0xC3 }, ImageRefusalReason.InvalidInstruction, 0x40ul, "0x06")]
    [InlineData(new byte[] { 0xC3, 0x48, 0xB8, 1, 2 }, ImageRefusalReason.InstructionPastFunction, 0x41ul, "past the end")]
    [InlineData(new byte[] { 0xE9, 0, 0, 1, 0 }, ImageRefusalReason.BranchOutsideText, 0x40ul, "jmp")]
    [InlineData(new byte[] { 0x75, 0x80 }, ImageRefusalReason.BranchOutsideText, 0x40ul, "jne")]
    [InlineData(new byte[] { 0xEB, 0x01, 0x48, 0x89, 0xC3, 0xC3 }, ImageRefusalReason.BranchIntoInstruction, 0x40ul, "jmp")]
    [InlineData(new byte[] { 0xEB, 0x01, 0xC3 }, ImageRefusalReason.BranchIntoInstruction, 0x40ul, "between functions")]
    [InlineData(new byte[] { 0x66, 0xE9, 0, 0, 0, 0 }, ImageRefusalReason.UnexpectedInstruction, 0x40ul, "prefix")]
    [InlineData(new byte[] { 0x64, 0x48, 0x8B, 0x04, 0x25, 0, 0, 0, 0 }, ImageRefusalReason.UnexpectedInstruction, 0x40ul, "fs")]
    [InlineData(new byte[] { 0x65, 0x48, 0x8B, 0x00 }, ImageRefusalReason.UnexpectedInstruction, 0x40ul, "gs")]
    [InlineData(new byte[] { 0xC5, 0xF8, 0x58, 0xC1 }, ImageRefusalReason.UnexpectedInstruction, 0x40ul, "vaddps")]
    [InlineData(new byte[] { 0xF3, 0x0F, 0xC7, 0xF8 }, ImageRefusalReason.UnexpectedInstruction, 0x40ul, "rdpid")]
    public void AViolationIsNamed(byte[] code, ImageRefusalReason reason, ulong offset, string word)
    {
        ImageRefusal? refusal = Verify(new TestImage { BodyBytes = code }.Build());

        Assert.NotNull(refusal);
        Assert.Equal(reason, refusal.Reason);
        Assert.Equal(offset, refusal.Offset);
        Assert.Contains(word, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void CodeBetweenFunctionsIsRefused()
    {
        ImageRefusal? refusal = Verify(new TestImage { AfterBody = [0x90, 0xC3] }.Build());

        Assert.Equal(ImageRefusalReason.CodeOutsideFunctions, refusal?.Reason);
        Assert.Equal(0x42ul, refusal?.Offset);
    }

    [Fact]
    public void AssemblyOfTheRuntimeIsVerifiedToo()
    {
        byte[] file = new TestImage().Build();
        file[TestImage.TextFileOffset + 0x30] = 0xFA;

        ImageRefusal? refusal = Verify(file);

        Assert.Equal(ImageRefusalReason.PrivilegedInstruction, refusal?.Reason);
        Assert.Equal(0x30ul, refusal?.Offset);
    }

    [Fact]
    public void OnlyTheDeclaredStubsMayCallTheSystem()
    {
        byte[] file = new TestImage().Build();
        TestImage.PutReference(file, 40, 0);

        Assert.Equal(ImageRefusalReason.UnexpectedSystemCall, Verify(file)?.Reason);
    }

    [Fact]
    public void AThirdSystemCallIsRefused()
    {
        byte[] file = new TestImage().Build();
        file[TestImage.TextFileOffset + 0x2B] = 0x0F;
        file[TestImage.TextFileOffset + 0x2C] = 0x05;

        Assert.Equal(ImageRefusalReason.UnexpectedSystemCall, Verify(file)?.Reason);
    }

    [Theory]
    [InlineData(TestImage.UnwindTableOffset, 0x1B031B01u)]
    [InlineData(TestImage.UnwindTableOffset + 8, 2u)]
    [InlineData(TestImage.UnwindTableOffset + 8, 0xFFFFFFFFu)]
    [InlineData(TestImage.UnwindTableOffset + 12, 0x80000000u)]
    [InlineData(TestImage.UnwindTableOffset + 16, 0x7FFFFFFFu)]
    [InlineData(TestImage.FirstFunctionDescription + 8, 0u)]
    [InlineData(TestImage.FirstFunctionDescription + 12, 0xFFFFFFFFu)]
    [InlineData(TestImage.FirstFunctionDescription + 12, 0u)]
    public void AMalformedFunctionTableIsRefused(int constantsOffset, uint value)
    {
        byte[] file = new TestImage().Build();
        TestImage.Put32(file, TestImage.ConstantsFileOffset + constantsOffset, value);

        Assert.Equal(ImageRefusalReason.MalformedUnwindTable, Verify(file)?.Reason);
    }

    [Fact]
    public void AnImageWithoutAFunctionTableIsRefused()
    {
        byte[] file = new TestImage().Build();
        TestImage.Put32(file, TestImage.UnwindProgramHeader, 0);

        Assert.Equal(ImageRefusalReason.MalformedUnwindTable, Verify(file)?.Reason);
    }

    private static ImageRefusal? Verify(byte[] file)
    {
        Assert.True(ImageParser.TryParse(file, ImageKind.Extension, out LoadedImageLayout? layout, out ImageRefusal? refusal), refusal?.ToString());
        return ImageVerifier.Verify(file, layout);
    }
}
