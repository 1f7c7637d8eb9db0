using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>A device as seen through its registers: what the models of all devices have in common.</summary>
internal abstract class SimulatedRegisters(FakeMemory memory, FakeClock clock) : RegisterWindow
{
    private const long ReadNanoseconds = 500;

    public override uint LengthBytes => WindowBytes;

    public abstract PciIdentity Identity { get; }

    /// <summary>Which BAR the registers are.</summary>
    public abstract uint RegisterBar { get; }

    public abstract uint WindowBytes { get; set; }

    /// <summary>Called for each register read; what it returns is what the driver reads.</summary>
    public Func<uint, uint, uint>? ReadFilter { get; set; }

    /// <summary>Register writes that are left before the instance dies. Negative: it lives.</summary>
    public int WritesLeft { get; set; } = -1;

    public int Writes { get; private set; }

    /// <summary>What the driver did to the device that no driver may do. Must stay empty.</summary>
    public List<string> Complaints { get; } = [];

    public abstract bool IsLineAsserted { get; }

    /// <summary>Whether the device is quiet, and knows no memory but that of the present instance.</summary>
    public abstract bool IsReadyForTheBus { get; }

    protected FakeMemory Memory { get; } = memory;

    protected FakeClock Clock { get; } = clock;

    public override byte Read8(uint offsetBytes) => (byte)Read(offsetBytes, sizeof(byte));

    public override ushort Read16(uint offsetBytes) => (ushort)Read(offsetBytes, sizeof(ushort));

    public override uint Read32(uint offsetBytes) => Read(offsetBytes, sizeof(uint));

    public override void Write8(uint offsetBytes, byte value) => Write(offsetBytes, sizeof(byte), value);

    public override void Write16(uint offsetBytes, ushort value) => Write(offsetBytes, sizeof(ushort), value);

    public override void Write32(uint offsetBytes, uint value) => Write(offsetBytes, sizeof(uint), value);

    /// <summary>See <see cref="IDeviceResources.ReadConfiguration"/>; a device whose driver does not look there has none.</summary>
    public virtual uint ReadConfiguration(uint offsetBytes, uint widthBytes) => throw new NotSupportedException();

    /// <summary>Puts values into all registers that no driver would put there. What is plugged into it is spared.</summary>
    public abstract void Scramble(Random random);

    /// <summary>Makes the device say something that it has not to say.</summary>
    public abstract void RaiseAnything(Random random);

    /// <summary>Writes anything to the memory that it shares with the driver, wherever that is.</summary>
    public virtual void ScribbleOverMemory(Random random)
    {
        FakeDmaBuffer buffer = Memory.Live[random.Next(Memory.Live.Count)];
        for (int count = random.Next(1, 64); count > 0; count--)
        {
            int offset = random.Next(buffer.Bytes.Length);
            random.NextBytes(buffer.Bytes.Slice(offset, Math.Min(random.Next(1, 17), buffer.Bytes.Length - offset)));
        }
    }

    /// <summary>From now on some of what the driver reads is anything but the truth.</summary>
    public void StartLying(Random random) => ReadFilter = (_, truth) => random.Next(40) switch
    {
        0 => 0,
        1 => uint.MaxValue,
        2 => (uint)random.NextInt64(),
        3 => truth ^ (1u << random.Next(32)),
        4 => (uint)random.Next(512),
        _ => truth,
    };

    /// <summary>Notes what the driver has done wrong.</summary>
    protected void Complain(bool isBad, string complaint)
    {
        if (isBad)
        {
            Complaints.Add(complaint);
        }
    }

    protected abstract uint ReadTruly(uint offsetBytes, uint widthBytes);

    protected abstract void WriteTruly(uint offsetBytes, uint widthBytes, uint value);

    private uint Read(uint offsetBytes, uint widthBytes)
    {
        CheckOffset(offsetBytes, widthBytes);
        Clock.Advance(ReadNanoseconds);
        uint value = ReadTruly(offsetBytes, widthBytes);
        return ReadFilter is null ? value : ReadFilter(offsetBytes, value);
    }

    private void Write(uint offsetBytes, uint widthBytes, uint value)
    {
        CheckOffset(offsetBytes, widthBytes);
        if (WritesLeft == 0)
        {
            throw new InstanceKilledException();
        }

        WritesLeft--;
        Writes++;
        WriteTruly(offsetBytes, widthBytes, value);
    }

    private void CheckOffset(uint offsetBytes, uint widthBytes)
    {
        if (offsetBytes % widthBytes != 0 || offsetBytes >= WindowBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(offsetBytes));
        }
    }
}
