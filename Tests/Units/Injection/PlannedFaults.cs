using System;
using System.Collections.Generic;
using System.Linq;
using Iced.Intel;
using NooksOS.Isolation.Injection;
using NooksOS.Isolation.Loading;
using Xunit;

namespace NooksOS.Tests.Units.Injection;

public sealed class PlannedFaults
{
    private const int Faults = 40;

    public static TheoryData<FaultType> Types() => new(FaultTypeInfo.All.Where(info => !info.IsAtWrappers).Select(info => info.Type));

    [Fact]
    public void EveryTypeHasANameThatFindsIt()
    {
        Assert.Equal(Enum.GetValues<FaultType>(), FaultTypeInfo.All.Select(info => info.Type));
        Assert.All(FaultTypeInfo.All, info => Assert.Same(info, FaultTypeInfo.Find(info.Name)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void TheSameSeedGivesTheSameFaultsAndAnotherGivesOthers(FaultType type)
    {
        foreach (ImageFunctions image in ImageFunctions.All())
        {
            string[] Plan(ulong seed) => [.. PlanFaults(image, type, seed).Select(fault => $"{fault.ImageOffset} {fault.After}")];
            Assert.Equal(Plan(1), Plan(1));
            Assert.NotEqual(Plan(1), Plan(2));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void AFaultChangesOneInstructionOnly(FaultType type)
    {
        foreach (ImageFunctions image in ImageFunctions.All())
        {
            IReadOnlyList<TextFault> faults = PlanFaults(image, type, 7);
            Assert.Equal(Faults, faults.Count);
            foreach (TextFault fault in faults)
            {
                Assert.Equal(fault.Original.Length, fault.Changed.Length);
                Assert.NotEqual(fault.Original, fault.Changed);
                Assert.Equal(image.Bytes(fault.ImageOffset, fault.Original.Length), fault.Original);
                CodeRange function = Assert.Single(image.Scope.Functions, range => range.Contains(fault.ImageOffset));
                Assert.Contains(image.Decode(function).Instructions, instruction
                    => instruction.IP == fault.ImageOffset && instruction.Length == fault.Original.Length);
                Assert.DoesNotContain(faults, other => !ReferenceEquals(other, fault) && other.Overlaps(fault));
            }
        }
    }

    [Theory]
    [InlineData(FaultType.Text)]
    [InlineData(FaultType.Source)]
    [InlineData(FaultType.Destination)]
    [InlineData(FaultType.Pointer)]
    public void AFlipChangesOneBit(FaultType type) => Assert.All(ImageFunctions.All(), image => Assert.All(
        PlanFaults(image, type, 3), fault => Assert.Equal(1, fault.Original.Zip(fault.Changed, (before, after) => int.PopCount(before ^ after)).Sum())));

    [Theory]
    [InlineData(FaultType.Initialization)]
    [InlineData(FaultType.NoOperation)]
    [InlineData(FaultType.Branch)]
    [InlineData(FaultType.Interface)]
    public void AnInstructionThatIsLeftOutDoesNothing(FaultType type) => Assert.All(ImageFunctions.All(), image => Assert.All(
        PlanFaults(image, type, 3), fault => Assert.Equal("nop", fault.After)));

    [Fact]
    public void ADestinationFaultLeavesWhatIsReadAlone()
    {
        TextFault[] faults = Alter(FaultType.Destination, code => code.mov(AssemblerRegisters.rax, AssemblerRegisters.rbx));
        Assert.All(faults, fault => Assert.EndsWith(",rbx", fault.After));
        Assert.Equal(3, faults.Select(fault => fault.After).Distinct().Count());
    }

    [Fact]
    public void ASourceFaultLeavesWhatIsWrittenAlone()
    {
        TextFault[] faults = Alter(FaultType.Source, code => code.add(AssemblerRegisters.rax, 5));
        Assert.All(faults, fault => Assert.StartsWith("add rax,", fault.After));
    }

    [Fact]
    public void APointerIntoTheFrameOfTheFunctionIsLeftAlone()
        => Assert.Empty(Alter(FaultType.Pointer, code => code.mov(AssemblerRegisters.rax, AssemblerRegisters.__[AssemblerRegisters.rbp - 8])));

    [Fact]
    public void ALoopRunsWhileItShouldEnd()
        => Assert.All(Alter(FaultType.Loop, code => code.jne(0)), fault => Assert.StartsWith("je ", fault.After));

    [Fact]
    public void LessBecomesLessOrEqual()
        => Assert.All(Alter(FaultType.OffByOne, code => code.jl(0)), fault => Assert.StartsWith("jle ", fault.After));

    [Fact]
    public void AboveBecomesAboveOrEqual()
        => Assert.All(Alter(FaultType.OffByOne, code => code.ja(0)), fault => Assert.StartsWith("jae ", fault.After));

    [Fact]
    public void AComparisonWithAConstantIsWrongByOne() => Assert.All(
        Alter(FaultType.OffByOne, code => code.cmp(AssemblerRegisters.eax, 10)),
        fault => Assert.Contains(fault.After, (string[])["cmp eax,9h", "cmp eax,0Bh"]));

    [Fact]
    public void ALoadThatIsNoArgumentIsLeftAlone() => Assert.Empty(Alter(FaultType.Interface, code =>
    {
        code.mov(AssemblerRegisters.rdi, AssemblerRegisters.rbx);
        code.jne(0);
        code.call(0);
    }));

    private static IReadOnlyList<TextFault> PlanFaults(ImageFunctions image, FaultType type, ulong seed)
        => FaultPlanner.Plan(image.File, image.Layout, image.Scope, [type], Faults, seed);

    // Every way to apply a type to the first instruction that it has a meaning for.
    private static TextFault[] Alter(FaultType type, Action<Assembler> write)
    {
        const uint Start = 0x1000;
        Assembler assembler = new(64);
        write(assembler);
        using System.IO.MemoryStream stream = new();
        assembler.Assemble(new StreamCodeWriter(stream), Start);
        byte[] bytes = stream.ToArray();
        FunctionCode code = FunctionCode.Decode(bytes, new CodeRange(Start, Start + (uint)bytes.Length));
        List<TextFault> faults = [];
        for (ulong seed = 0; seed < 200; seed++)
        {
            byte[] original = bytes[..code.Instructions[0].Length];
            byte[] changed = [.. original];
            if (InstructionMutation.TryApply(type, code, 0, new SeededRandom(seed), changed))
            {
                faults.Add(new TextFault(type, Start, original, changed));
            }
        }

        return [.. faults];
    }
}
