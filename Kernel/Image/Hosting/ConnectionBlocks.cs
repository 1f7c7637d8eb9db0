using System;
using NooksOS.Isolation;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Hosting;

/// <summary>The memory of connections, as the socket shadow wants it.</summary>
internal sealed class ConnectionBlocks(ConnectionMemory memory) : IConnectionBlocks
{
    /// <inheritdoc/>
    public uint Limit => memory.Limit;

    /// <inheritdoc/>
    public bool TryTake(out uint block) => memory.TryTake(out block);

    /// <inheritdoc/>
    public void Return(uint block) => memory.Return(block);

    /// <inheritdoc/>
    public Span<byte> Get(uint block) => memory.Get(block);

    /// <inheritdoc/>
    public long Trim(long nowNanoseconds) => memory.Trim(nowNanoseconds);

    /// <summary>The blocks as one instance sees them.</summary>
    public IConnectionWindow ViewOf(Domain instance) => new Window(memory, instance);

    private sealed class Window(ConnectionMemory memory, Domain instance) : IConnectionWindow
    {
        public ulong Open() => memory.Open(instance);

        public void Close() => memory.Close(instance);
    }
}
