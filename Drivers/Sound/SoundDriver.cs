using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Sound;

/// <summary>
/// What the driver of a family of sound devices begins with: it makes a <see cref="SoundController"/>; everything else is the same
/// for all of them. Anything but <see cref="IExtension.Start"/> fails while there is no device. Each call to the kernel
/// lets another thread in, so the state is complete before it.
/// </summary>
public abstract class SoundDriver : IExtension, ISoundDevice, IInterruptSink
{
    private ISoundDeviceHost? _host;
    private SoundController? _controller;
    private Handle<TrackedObjects.SoundDevice> _registration;
    private bool _isOpen;
    private bool _isPlaying;
    private uint _run;
    private uint _looks;

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (_controller is not null)
        {
            return CallResult.Failure(CallStatus.Busy);
        }

        try
        {
            SoundController? controller = Attach(services);
            if (controller is null)
            {
                return CallResult.Failure(CallStatus.NotFound);
            }

            if (!controller.TryReset())
            {
                services.Log("the device does not answer");
                return CallResult.Failure(CallStatus.Failed);
            }

            // Not before the reset: the line may have been left asserted by the predecessor, with nobody here to answer it.
            OpenInterruptLine();
            CallResult<Handle<TrackedObjects.SoundDevice>> registered = controller.Register(services.SoundDevices);
            if (registered.TryGet(out _registration))
            {
                _host = services.SoundDevices;
                _controller = controller;
            }

            return registered.Succeeded ? CallResult.Ok : CallResult.Failure(registered.Status);
        }
        catch (InvalidOperationException refusal)
        {
            services.Log(refusal.Message);
            return CallResult.Failure(CallStatus.Failed);
        }
    }

    /// <inheritdoc/>
    public CallResult Stop()
    {
        // The position stays where it is: the kernel reads it when it takes the device back.
        Halt();
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<SoundRing> Open(SoundFormat format)
    {
        if (_controller is null)
        {
            return CallResult<SoundRing>.Failure(CallStatus.Failed);
        }

        if (format != SoundFormat.Mix)
        {
            return CallResult<SoundRing>.Failure(CallStatus.NotSupported);
        }

        Halt();
        _controller.Configure();
        _controller.Ring.Reset();
        _isOpen = true;
        return CallResult<SoundRing>.Ok(RingLayout.Ring);
    }

    /// <inheritdoc/>
    public CallResult<uint> Submit(ReadOnlySpan<byte> samples)
    {
        if (_controller is null || !_isOpen)
        {
            return CallResult<uint>.Failure(CallStatus.Failed);
        }

        if (samples.Length % SoundFormat.Mix.FrameBytes != 0)
        {
            return CallResult<uint>.Failure(CallStatus.BadParameter);
        }

        Look();
        return CallResult<uint>.Ok(_controller.Ring.Write(samples, _isPlaying));
    }

    /// <inheritdoc/>
    public CallResult Start(uint run)
    {
        if (_controller is null || !_isOpen)
        {
            return CallResult.Failure(CallStatus.Failed);
        }

        if (!_isPlaying)
        {
            _isPlaying = true;
            _run = run;
            _controller.Start();
        }

        return CallResult.Ok;
    }

    /// <inheritdoc/>
    CallResult<ulong> ISoundDevice.Stop()
    {
        if (_controller is null || !_isOpen)
        {
            return CallResult<ulong>.Failure(CallStatus.Failed);
        }

        Halt();
        _isOpen = false;
        return CallResult<ulong>.Ok(_controller.Ring.PositionFrames);
    }

    /// <inheritdoc/>
    public CallResult<ulong> GetPosition()
    {
        if (_controller is null || !_isOpen)
        {
            return CallResult<ulong>.Failure(CallStatus.Failed);
        }

        // An interrupt that was lost must not leave the line asserted for ever.
        _controller.TakeInterrupt();
        Look();
        return CallResult<ulong>.Ok(_controller.Ring.PositionFrames);
    }

    /// <inheritdoc/>
    public CallResult SetVolume(uint volume)
    {
        if (_controller is null || volume > SoundLimits.FullVolume)
        {
            return CallResult.Failure(_controller is null ? CallStatus.Failed : CallStatus.BadParameter);
        }

        _controller.SetVolume(volume);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult Close()
    {
        Halt();
        _isOpen = false;
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<uint> OnInterrupt(Handle<TrackedObjects.InterruptLine> line)
    {
        if (_controller is null || !_controller.TakeInterrupt())
        {
            return CallResult<uint>.Ok(InterruptAnswer.NotMine);
        }

        if (_isPlaying)
        {
            Look();
            _host!.ReportPosition(_registration, _run, _controller.Ring.PositionFrames);
        }

        return CallResult<uint>.Ok(InterruptAnswer.Served);
    }

    /// <summary>
    /// Claims a device and maps what belongs to it; null if there is none. May throw what the resources of a device throw.
    /// </summary>
    protected abstract SoundController? Attach(IExtensionServices services);

    /// <summary>Opens the interrupt line of the device that was attached.</summary>
    protected abstract void OpenInterruptLine();

    private void Look()
    {
        if (_isPlaying)
        {
            TryLook();
        }
    }

    // While the position is read another thread may read it too. What was read first is old when it has moved on, and would be taken for almost
    // a whole way around the ring. False if somebody else began to look meanwhile.
    private bool TryLook()
    {
        uint look = ++_looks;
        uint offsetFrames = _controller!.ReadOffsetFrames();
        if (look != _looks)
        {
            return false;
        }

        _controller.Ring.Advance(offsetFrames);
        return true;
    }

    private void Halt()
    {
        if (!_isPlaying)
        {
            return;
        }

        // First the device, then the look: between them it takes no frame.
        _controller!.Stop();
        while (!TryLook())
        {
            // Whoever looked is told that this one looks again, and leaves the position alone.
        }

        _isPlaying = false;
    }
}
