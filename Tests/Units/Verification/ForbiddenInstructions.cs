using System;
using System.IO;
using System.Linq;
using Iced.Intel;
using NooksOS.Isolation.Loading;
using NooksOS.Isolation.Verification;
using NooksOS.Tests.Units.Loading;
using Xunit;
using static Iced.Intel.AssemblerRegisters;

namespace NooksOS.Tests.Units.Verification;

public sealed class ForbiddenInstructions
{
    private static readonly (string Name, Action<Assembler> Emit)[] s_instructions =
    [
        ("cli", code => code.cli()),
        ("sti", code => code.sti()),
        ("hlt", code => code.hlt()),
        ("in", code => code.@in(al, dx)),
        ("in imm", code => code.@in(al, 0x60)),
        ("out", code => code.@out(dx, al)),
        ("out imm", code => code.@out(0x64, al)),
        ("insb", code => code.insb()),
        ("rep insd", code => code.rep.insd()),
        ("outsb", code => code.outsb()),
        ("mov to cr0", code => code.mov(cr0, rax)),
        ("mov from cr3", code => code.mov(rax, cr3)),
        ("mov to cr4", code => code.mov(cr4, rax)),
        ("mov to dr7", code => code.mov(dr7, rax)),
        ("mov from dr6", code => code.mov(rax, dr6)),
        ("wrmsr", code => code.wrmsr()),
        ("rdmsr", code => code.rdmsr()),
        ("rdpmc", code => code.rdpmc()),
        ("lgdt", code => code.lgdt(__[rax])),
        ("lidt", code => code.lidt(__[rax])),
        ("lldt", code => code.lldt(ax)),
        ("ltr", code => code.ltr(ax)),
        ("lmsw", code => code.lmsw(ax)),
        ("clts", code => code.clts()),
        ("sgdt", code => code.sgdt(__[rax])),
        ("sidt", code => code.sidt(__[rax])),
        ("smsw", code => code.smsw(eax)),
        ("invlpg", code => code.invlpg(__[rax])),
        ("invpcid", code => code.invpcid(rax, __[rcx])),
        ("invd", code => code.invd()),
        ("wbinvd", code => code.wbinvd()),
        ("swapgs", code => code.swapgs()),
        ("sysret", code => code.sysretq()),
        ("sysexit", code => code.sysexitq()),
        ("sysenter", code => code.sysenter()),
        ("iret", code => code.iretq()),
        ("int 0x80", code => code.@int(0x80)),
        ("int 3 in two bytes", code => code.@int(3)),
        ("int1", code => code.int1()),
        ("xsetbv", code => code.xsetbv()),
        ("wrpkru", code => code.wrpkru()),
        ("popfq", code => code.popfq()),
        ("retf", code => code.retf()),
        ("far call", code => code.db(0xFF, 0x18)),
        ("far jump", code => code.db(0xFF, 0x28)),
        ("mov to ds", code => code.mov(ds, ax)),
        ("mov to ss", code => code.mov(ss, eax)),
        ("pop fs", code => code.pop(fs)),
        ("pop gs", code => code.pop(gs)),
        ("lss", code => code.lss(eax, __[rax])),
        ("rdfsbase", code => code.rdfsbase(rax)),
        ("rdgsbase", code => code.rdgsbase(rax)),
        ("wrfsbase", code => code.wrfsbase(rax)),
        ("wrgsbase", code => code.wrgsbase(rax)),
        ("vmcall", code => code.vmcall()),
        ("vmlaunch", code => code.vmlaunch()),
        ("vmxoff", code => code.vmxoff()),
        ("vmrun", code => code.db(0x0F, 0x01, 0xD8)),
        ("monitor", code => code.db(0x0F, 0x01, 0xC8)),
        ("mwait", code => code.mwait()),
    ];

    public static TheoryData<string> Names() => [.. s_instructions.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void IsRefused(string name)
    {
        Assembler assembler = new(64);
        Array.Find(s_instructions, one => one.Name == name).Emit(assembler);
        using MemoryStream stream = new();
        assembler.Assemble(new StreamCodeWriter(stream), TestImage.ManagedCodeStart);
        byte[] file = new TestImage { BodyBytes = [0x90, .. stream.ToArray(), 0xC3] }.Build();
        Assert.True(ImageParser.TryParse(file, ImageKind.Extension, out LoadedImageLayout? layout, out _));

        ImageRefusal? refusal = ImageVerifier.Verify(file, layout);

        Assert.NotNull(refusal);
        Assert.True(refusal.Reason is ImageRefusalReason.PrivilegedInstruction or ImageRefusalReason.UnexpectedInstruction, refusal.ToString());
        Assert.Equal(TestImage.ManagedCodeStart + 1ul, refusal.Offset);
    }
}
