using NooksOS.Drivers.Es1371;
using NooksOS.Drivers.SoundBlaster16;
using NooksOS.Kernel.Bus.Isa;
using Xunit;

namespace NooksOS.Tests.Units.Sound;

/// <summary>Numbers that the data sheets give.</summary>
public sealed class RegisterLayouts
{
    [Fact]
    public void AudioPciRegistersAreWhereTheSpecificationHasThem()
    {
        Assert.Equal(0x00u, (uint)AudioPciRegister.Control);
        Assert.Equal(0x04u, (uint)AudioPciRegister.Status);
        Assert.Equal(0x0Cu, (uint)AudioPciRegister.MemoryPage);
        Assert.Equal(0x20u, (uint)AudioPciRegister.Serial);
        Assert.Equal(0x28u, (uint)AudioPciRegister.Dac2SampleCount);
        Assert.Equal(0x38u, (uint)AudioPciRegister.Dac2FrameAddress);
        Assert.Equal(0x3Cu, (uint)AudioPciRegister.Dac2FrameCount);
        Assert.Equal(1u << 5, (uint)ChipControl.Dac2Enable);
        Assert.Equal(1u << 9, (uint)SerialControl.Dac2InterruptEnable);
    }

    [Fact]
    public void SoundBlasterPortsAreWhereTheGuideHasThem()
    {
        Assert.Equal(0x6u, (uint)SoundBlasterPort.Reset);
        Assert.Equal(0xAu, (uint)SoundBlasterPort.ReadData);
        Assert.Equal(0xCu, (uint)SoundBlasterPort.WriteCommand);
        Assert.Equal(0xFu, (uint)SoundBlasterPort.Acknowledge16);
        Assert.Equal(0xB6, (byte)DspCommand.Play16Automatic);
        Assert.Equal(0xD5, (byte)DspCommand.Pause16);
    }

    [Theory]
    [InlineData(5, 0x10000, 0x10000, true)]
    [InlineData(5, 0x10000, 0x20000, false)]
    [InlineData(5, 0x20000, 0x20000, true)]
    [InlineData(5, 0x10001, 0x100, false)]
    [InlineData(1, 0x10000, 0x10000, true)]
    [InlineData(1, 0x18000, 0x10000, false)]
    [InlineData(1, 0xFF_0000, 0x10000, true)]
    [InlineData(1, 0x100_0000, 0x100, false)]
    [InlineData(4, 0x10000, 0x100, false)]
    [InlineData(5, 0x10000, 0, false)]
    public void AChannelReachesWhatItsCounterAndPageCan(uint channel, ulong address, uint lengthBytes, bool reaches)
        => Assert.Equal(reaches, DmaController.CanReach(channel, address, lengthBytes));

    [Fact]
    public void AChannelCountsRoundAndRound()
    {
        DmaControllerModel model = new();
        DmaController controller = new(model);
        controller.Program(5, 0x2_0000, 0x1_0000);
        Assert.Null(model.NextAddress(5));
        controller.Unmask(5);
        for (uint unit = 0; unit < 0x8000 + 5; unit++)
        {
            Assert.Equal(0x2_0000u + (2 * (unit % 0x8000)), model.NextAddress(5));
            model.Move(5);
        }

        Assert.Equal(10u, controller.GetPosition(5));
        Assert.Equal(10u, controller.Stop(5));
        Assert.Null(model.NextAddress(5));
        Assert.Empty(model.Complaints);
    }

    [Fact]
    public void ACountThatGoesOnWhileItIsReadIsReadWhole()
    {
        DmaControllerModel model = new();
        DmaController controller = new(model);
        controller.Program(5, 0x2_0000, 0x1_0000);
        controller.Unmask(5);
        for (int unit = 0; unit < 255; unit++)
        {
            model.Move(5);
        }

        model.OnCountRead = () => model.Move(5);
        Assert.InRange(controller.GetPosition(5), 510u, 530u);
    }

    [Fact]
    public void AChannelIsNotProgrammedBeyondItsReach()
        => Assert.Throws<System.ArgumentException>(() => new DmaController(new DmaControllerModel()).Program(5, 0x1_0000, 0x2_0000));
}
