namespace NooksOS.Contracts;

/// <summary>The marker types that give a <see cref="Handle{T}"/> its kind.</summary>
public static class TrackedObjects
{
    /// <summary>Marks handles of kind <see cref="TrackedKind.Device"/>.</summary>
    public readonly struct Device : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.Device;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.InterruptLine"/>.</summary>
    public readonly struct InterruptLine : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.InterruptLine;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.PortRange"/>.</summary>
    public readonly struct PortRange : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.PortRange;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.RegisterWindow"/>.</summary>
    public readonly struct RegisterWindow : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.RegisterWindow;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.DmaBuffer"/>.</summary>
    public readonly struct DmaBuffer : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.DmaBuffer;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.Timer"/>.</summary>
    public readonly struct Timer : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.Timer;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.Lock"/>.</summary>
    public readonly struct Lock : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.Lock;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.NetworkDevice"/>.</summary>
    public readonly struct NetworkDevice : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.NetworkDevice;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.NetworkStack"/>.</summary>
    public readonly struct NetworkStack : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.NetworkStack;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.PacketBuffer"/>.</summary>
    public readonly struct PacketBuffer : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.PacketBuffer;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.MemoryPages"/>.</summary>
    public readonly struct MemoryPages : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.MemoryPages;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.Thread"/>.</summary>
    public readonly struct Thread : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.Thread;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.Socket"/>.</summary>
    public readonly struct Socket : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.Socket;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.BlockDevice"/>.</summary>
    public readonly struct BlockDevice : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.BlockDevice;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.Volume"/>.</summary>
    public readonly struct Volume : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.Volume;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.DmaChannel"/>.</summary>
    public readonly struct DmaChannel : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.DmaChannel;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.SoundDevice"/>.</summary>
    public readonly struct SoundDevice : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.SoundDevice;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.SoundStream"/>.</summary>
    public readonly struct SoundStream : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.SoundStream;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.FileSystem"/>.</summary>
    public readonly struct FileSystem : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.FileSystem;
    }

    /// <summary>Marks handles of kind <see cref="TrackedKind.File"/>.</summary>
    public readonly struct File : ITrackedKind
    {
        /// <inheritdoc/>
        public static TrackedKind Kind => TrackedKind.File;
    }
}
