using System;
using System.Buffers.Binary;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioNet;

/// <summary>
/// Tells the device what to receive (virtio 1.2 §5.1.6.5.1 and .2), one command after the other, each when the one before it was
/// answered. A device that does not answer goes on to receive what it received before, which after a reset is everything.
/// </summary>
internal sealed class FilterCommands(VirtioTransport transport, ControlQueue control)
{
    private readonly byte[] _table = new byte[ControlQueue.MaximumDataBytes];
    private int _tableBytes;
    private bool _isPromiscuous;
    private bool _isAllMulticast;
    private Step _next = Step.Done;
    private bool _isTableRefused;

    private enum Step
    {
        Promiscuous,
        Table,
        AllMulticast,
        Done,
    }

    /// <summary>The control queue's queue.</summary>
    public SplitQueue Queue => control.Queue;

    /// <summary>Forgets what it was about to say. The device must be at rest.</summary>
    public void Reset()
    {
        control.Reset();
        _next = Step.Done;
    }

    /// <summary>Begins to tell the device of a filter, or begins anew.</summary>
    public void Set(ReceiveFilter filter)
    {
        _isPromiscuous = filter.IsPromiscuous;
        _isAllMulticast = filter.IsAllMulticast;
        BinaryPrimitives.WriteUInt32LittleEndian(_table, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(_table.AsSpan(sizeof(uint)), (uint)filter.Groups.Length);
        _tableBytes = 2 * sizeof(uint);
        foreach (MacAddress group in filter.Groups)
        {
            group.Write(_table.AsSpan(_tableBytes));
            _tableBytes += MacAddress.Length;
        }

        _next = Step.Promiscuous;
        _isTableRefused = false;
        Advance();
    }

    /// <summary>Goes on as far as the device has answered.</summary>
    public void Advance()
    {
        while (true)
        {
            if (control.IsBusy)
            {
                if (!control.TryTakeAnswer(out bool wasAccepted))
                {
                    return;
                }

                _isTableRefused |= _next == Step.AllMulticast && !wasAccepted;
            }

            if (_next == Step.Done)
            {
                return;
            }

            SendNext();
        }
    }

    private void SendNext()
    {
        switch (_next)
        {
            case Step.Promiscuous:
                SendFlag(ControlCommand.Promiscuous, _isPromiscuous);
                _next = Step.Table;
                break;

            case Step.Table:
                _table.AsSpan(0, _tableBytes).CopyTo(control.Data);
                control.Add(ControlCommand.SetAddressTable, _tableBytes);
                _next = Step.AllMulticast;
                break;

            default:
                // Too much is better than too little, if the table was too long for the device.
                SendFlag(ControlCommand.AllMulticast, _isAllMulticast || _isTableRefused);
                _next = Step.Done;
                break;
        }

        transport.Publish(control.Queue);
    }

    private void SendFlag(ControlCommand command, bool value)
    {
        control.Data[0] = value ? (byte)1 : (byte)0;
        control.Add(command, 1);
    }
}
