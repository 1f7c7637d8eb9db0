using System;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Console;

/// <summary>
/// A 16550 UART at 115200 8N1. Writing polls and works from the first instruction of the kernel on; reading is by interrupt,
/// or by polling where the interrupt does not come. Plain memory: interrupt handlers use it.
/// </summary>
internal unsafe struct SerialPort
{
    /// <summary>Base port and interrupt line of COM1: console and log.</summary>
    public const ushort FirstPort = 0x3F8;

    /// <summary>Base port of COM2: the host tool's channel.</summary>
    public const ushort SecondPort = 0x2F8;

    private const int FifoBytes = 16;
    private const uint TransmitPolls = 1_000_000;

    private const byte DivisorLatch = 0x80;
    private const byte EightBitsNoParity = 0x03;
    private const byte FifoEnableAndClear = 0x07;
    private const byte FifoTriggerAtEight = 0x80;
    private const byte TerminalReadyRequestOut2 = 0x0B;
    private const byte ReceiveInterrupt = 0x01;
    private const byte DataReady = 0x01;
    private const byte TransmitEmpty = 0x20;

    private ushort _basePort;
    private bool _present;
    private int _arrivals;
    private ReceiveRing _received;

    /// <summary>Whether the device answers.</summary>
    public readonly bool IsPresent => _present;

    /// <summary>Sets the device up, with its interrupt off.</summary>
    public void Initialize(ushort basePort)
    {
        _basePort = basePort;
        Write(UartRegister.Scratch, 0x5A);
        _present = Read(UartRegister.Scratch) == 0x5A;
        if (!_present)
        {
            return;
        }

        Write(UartRegister.InterruptEnable, 0);
        Write(UartRegister.LineControl, DivisorLatch);
        Write(UartRegister.Data, 1);
        Write(UartRegister.InterruptEnable, 0);
        Write(UartRegister.LineControl, EightBitsNoParity);
        Write(UartRegister.FifoControl, FifoEnableAndClear | FifoTriggerAtEight);

        // OUT2 connects the interrupt line on a PC.
        Write(UartRegister.ModemControl, TerminalReadyRequestOut2);
    }

    /// <summary>Lets the device interrupt when bytes arrive.</summary>
    public void EnableReceiveInterrupt()
    {
        if (_present)
        {
            Write(UartRegister.InterruptEnable, ReceiveInterrupt);
        }
    }

    /// <summary>Writes all bytes; gives up on a device that takes nothing for too long.</summary>
    public readonly void WriteBytes(ReadOnlySpan<byte> bytes) => WriteBytes(bytes, TransmitPolls);

    /// <summary>Writes bytes until the device has taken nothing for so many polls; returns those that it did not take.</summary>
    public readonly ReadOnlySpan<byte> WriteBytes(ReadOnlySpan<byte> bytes, uint polls)
    {
        while (_present && bytes.Length > 0)
        {
            if (!WaitForTransmitter(polls))
            {
                return bytes;
            }

            // An empty transmitter means an empty FIFO.
            int count = Math.Min(bytes.Length, FifoBytes);
            for (int index = 0; index < count; index++)
            {
                Write(UartRegister.Data, bytes[index]);
            }

            bytes = bytes[count..];
        }

        return [];
    }

    /// <summary>Moves what has arrived from the device to the ring and wakes the reader. Interrupts must be off.</summary>
    public void CollectReceived()
    {
        bool any = false;
        while (_present && (Read(UartRegister.LineStatus) & DataReady) != 0)
        {
            _received.Put(Read(UartRegister.Data));
            any = true;
        }

        if (any)
        {
            WakeReader();
        }
    }

    /// <summary>Adds bytes as if the device had received them. Interrupts must be off.</summary>
    public void Inject(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            _received.Put(value);
        }

        WakeReader();
    }

    /// <summary>Waits for a byte. False if none came in time.</summary>
    public bool TryRead(long timeoutNanoseconds, out byte value)
    {
        int seen = _arrivals;
        if (TryTake(out value))
        {
            return true;
        }

        fixed (int* arrivals = &_arrivals)
        {
            WaitTable.WaitWhile(arrivals, seen, timeoutNanoseconds);
        }

        return TryTake(out value);
    }

    private readonly bool WaitForTransmitter(uint polls)
    {
        for (; (Read(UartRegister.LineStatus) & TransmitEmpty) == 0; polls--)
        {
            if (polls == 0)
            {
                return false;
            }

            Processor.Pause();
        }

        return true;
    }

    private void WakeReader()
    {
        _arrivals++;
        fixed (int* arrivals = &_arrivals)
        {
            WaitTable.Wake((ulong)arrivals, int.MaxValue);
        }
    }

    // Also asks the device, for a machine whose interrupt line is wired in a way that we do not know.
    private bool TryTake(out byte value)
    {
        if (_received.TryTake(out value))
        {
            return true;
        }

        ulong flags = Processor.DisableInterrupts();
        CollectReceived();
        Processor.RestoreInterrupts(flags);
        return _received.TryTake(out value);
    }

    private readonly byte Read(UartRegister register) => PortIo.Read8((ushort)(_basePort + (ushort)register));

    private readonly void Write(UartRegister register, byte value) => PortIo.Write8((ushort)(_basePort + (ushort)register), value);
}
